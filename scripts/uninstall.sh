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

prefix=/usr/local destdir='' purge=false
while [ $# -gt 0 ]; do
    case $1 in
        --prefix | --destdir)
            case ${2:-} in
                /*) ;;
                *) echo "uninstall.sh: $1 wants an absolute path" >&2; exit 2 ;;
            esac
            if [ "$1" = --prefix ]; then prefix=${2%/}; else destdir=${2%/}; fi
            shift
            ;;
        --purge) purge=true ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
functions=$here/../lib/service.sh
[ -r "$functions" ] || functions=$here/../dist/src/main/sh/service.sh
# shellcheck source=SCRIPTDIR/../dist/src/main/sh/service.sh
. "$functions"
home=$prefix/lib/gemproxy
root=$destdir$home

if [ -z "$destdir" ] && [ "$(id -u)" -ne 0 ]; then
    echo "uninstall.sh: must be run as root (sudo $0)" >&2
    exit 1
fi
# State, logs, user and configuration are then the package's, whose service may be using them.
if "$purge" && [ -z "$destdir" ] && command -v dpkg-query >/dev/null &&
    dpkg-query -W -f '${Status}' gemproxy 2>/dev/null | grep -q ' installed$'; then
    echo "uninstall.sh: gemproxy is installed as a Debian package too, and --purge would take its state away: leave --purge out" >&2
    exit 1
fi
if [ -z "$destdir" ] && [ -d /run/systemd/system ] && [ -f "$root/installed-files" ]; then
    systemctl --quiet disable --now gemproxy.service gemproxy.socket 2>/dev/null || :
fi
if [ -f "$root/installed-files" ]; then
    while IFS= read -r file; do
        # Only what install.sh writes there, whatever the list says by now.
        case $file in
            */../*) ;;
            "$prefix"/bin/gem* | "$prefix"/share/*/gem* | "$prefix"/share/*/_gem* | /etc/systemd/system/gemproxy.*) rm -f "$destdir$file" ;;
        esac
    done <"$root/installed-files"
fi
[ ! -L "$root" ] || { echo "uninstall.sh: $root is a symbolic link" >&2; exit 1; }
rm -rf "$root"
if [ -z "$destdir" ]; then
    [ ! -d /run/systemd/system ] || systemctl daemon-reload
    if "$purge"; then service_remove_data; fi
fi
echo "Removed gemproxy from $destdir$prefix"
