#!/bin/sh
# Removes what install.sh installed.
set -eu

usage() {
    cat <<'TEXT'
usage: scripts/uninstall.sh [--prefix DIR] [--destdir DIR] [--purge]

  --prefix DIR    where install.sh put it (/usr/local)
  --destdir DIR   the root that it was put into
  --purge         removes state, logs, the user and the configuration that the installation made as well; a
                  configuration that somebody changed and files beside it stay

Without --purge the configuration, /var/lib/gemproxy, /var/log/gemproxy and the user stay.
Exit codes: 0 removed, or nothing was there; 1 refused; 2 wrong usage.
TEXT
}

program=uninstall.sh purge=false
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
functions=$here/../lib
[ -r "$functions/layout.sh" ] || functions=$here/../dist/src/main/sh
# shellcheck source=SCRIPTDIR/../dist/src/main/sh/layout.sh
. "$functions/layout.sh"
# shellcheck source=SCRIPTDIR/../dist/src/main/sh/service.sh
. "$functions/service.sh"
while [ $# -gt 0 ]; do
    case $1 in
        --prefix | --destdir) place "$1" "${2:-}"; shift ;;
        --purge) purge=true ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done
places

[ -n "$destdir" ] || [ "$(id -u)" -eq 0 ] || fail "must be run as root (sudo $0)"
# State, logs, user and configuration are then the package's, whose service may be using them.
if "$purge" && [ -z "$destdir" ] && command -v dpkg-query >/dev/null &&
    dpkg-query -W -f '${Status}' gemproxy 2>/dev/null | grep -q ' installed$'; then
    fail "gemproxy is installed as a Debian package too, and --purge would take its state away: leave --purge out"
fi
guard

# unit_is_ours: gemproxy.service starts this program, not one below another prefix
unit_is_ours() {
    [ ! -f "$destdir$units/gemproxy.service" ] || grep -qF -- "=$home/bin/" "$destdir$units/gemproxy.service"
}

unit_is_ours || units=
if [ -f "$destdir$list" ]; then
    if [ -z "$destdir" ] && [ -n "$units" ] && [ -d /run/systemd/system ]; then
        systemctl --quiet disable --now gemproxy.service gemproxy.socket 2>/dev/null || :
    fi
    while IFS= read -r file; do
        # Only what install.sh writes there, whatever the list says by now.
        ! placed "$file" || rm -f "$destdir$file"
    done <"$destdir$list"
fi
rm -rf "$root"
if [ -z "$destdir" ]; then
    [ ! -d /run/systemd/system ] || systemctl daemon-reload
    if "$purge"; then service_remove_data; fi
fi
echo "Removed gemproxy from $destdir$prefix"
