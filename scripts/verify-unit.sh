#!/usr/bin/env bash
# Asks systemd-analyze whether it accepts the unit, in a root of its own in which the program of
# ExecStart exists. systemd-analyze ends with 0 when it only ignores a line, so a word is a failure.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

command -v systemd-analyze >/dev/null || { echo "systemd-analyze is missing: apt install systemd" >&2; exit 1; }
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root"/{bin,etc/systemd/system,usr/lib/gemproxy/bin}
for program in bin/kill usr/lib/gemproxy/bin/gemproxy; do
    printf '#!/bin/sh\n' >"$root/$program"
    chmod 755 "$root/$program"
done
# The targets a unit is ordered by come from the machine's own systemd.
for units in usr/lib/systemd/system lib/systemd/system; do
    [ -d "/$units" ] || continue
    mkdir -p "$root/$units"
    cp -r "/$units/." "$root/$units/"
done
cp systemd/gemproxy.service "$root/etc/systemd/system/"

verify() {
    status=0
    said=$(systemd-analyze verify --root="$root" --man=no --recursive-errors=no gemproxy.service 2>&1) || status=$?
    if [ "$status" -ne 0 ] || [ -n "$said" ]; then
        printf '%s\n' "$said" >&2
        exit 1
    fi
}
verify
echo "systemd accepts systemd/gemproxy.service: $(systemd-analyze security --offline=true --root="$root" gemproxy.service 2>/dev/null | tail -n 1)"
mkdir -p "$root/etc/systemd/system/gemproxy.service.d"
cp systemd/config-writes.conf "$root/etc/systemd/system/gemproxy.service.d/"
verify
echo "systemd accepts systemd/config-writes.conf"
