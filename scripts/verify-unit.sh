#!/usr/bin/env bash
# Asks systemd-analyze whether it accepts each unit and each drop-in, in a root of its own in which the program
# of ExecStart exists, and how exposed the service is: 2.0 at most. systemd-analyze ends with 0 when it only ignores
# a line, so a word is a failure.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

most_exposed=2.0

command -v systemd-analyze >/dev/null || { echo "systemd-analyze is missing: apt install systemd" >&2; exit 1; }
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
units=$root/etc/systemd/system
mkdir -p "$root/bin" "$units" "$root/usr/lib/gemproxy/bin"
for program in bin/kill usr/lib/gemproxy/bin/gemproxy; do
    printf '#!/bin/sh\n' >"$root/$program"
    chmod 755 "$root/$program"
done
# The targets a unit is ordered by come from the machine's own systemd.
for known in usr/lib/systemd/system lib/systemd/system; do
    [ -d "/$known" ] || continue
    mkdir -p "$root/$known"
    cp -r "/$known/." "$root/$known/"
done

verify() { # verify UNIT WHAT: fails unless systemd-analyze is silent about UNIT
    status=0
    said=$(systemd-analyze verify --root="$root" --man=no --recursive-errors=no "$1" 2>&1) || status=$?
    if [ "$status" -ne 0 ] || [ -n "$said" ]; then
        printf '%s\n' "$2:" "$said" >&2
        exit 1
    fi
}

exposure() { # exposure WHAT: the score of the service as it is in $root
    score=$(systemd-analyze security --offline=true --root="$root" gemproxy.service 2>/dev/null |
        sed -n 's/.*Overall exposure level for [^:]*: \([0-9.]*\).*/\1/p')
    if ! awk -v score="${score:-11}" -v most="$most_exposed" 'BEGIN { exit !(score + 0 <= most + 0) }'; then
        echo "$1: exposure ${score:-unknown}, and $most_exposed is the most" >&2
        exit 1
    fi
    echo "systemd accepts $1: exposure $score"
}

for unit in systemd/*.service systemd/*.socket; do
    cp "$unit" "$units/"
done
for unit in systemd/*.socket; do
    verify "${unit##*/}" "$unit"
    echo "systemd accepts $unit"
done
verify gemproxy.service systemd/gemproxy.service
exposure systemd/gemproxy.service

# Each drop-in by itself, then all at once: they are for the unit that has the section they fill.
for drop_in in systemd/*.conf; do
    unit=gemproxy.service
    ! grep -q '^\[Socket\]' "$drop_in" || unit=gemproxy.socket
    mkdir -p "$units/$unit.d"
    cp "$drop_in" "$units/$unit.d/"
    verify "$unit" "$drop_in"
    if [ "$unit" = gemproxy.service ]; then
        exposure "$drop_in"
    else
        echo "systemd accepts $drop_in"
    fi
    rm -r "${units:?}/$unit.d"
done
for drop_in in systemd/*.conf; do
    unit=gemproxy.service
    ! grep -q '^\[Socket\]' "$drop_in" || unit=gemproxy.socket
    mkdir -p "$units/$unit.d"
    cp "$drop_in" "$units/$unit.d/"
done
verify gemproxy.socket "all drop-ins at once"
verify gemproxy.service "all drop-ins at once"
exposure "all drop-ins at once"
