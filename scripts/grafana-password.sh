#!/usr/bin/env bash
# Makes the password of Grafana's admin: there is no default one.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: scripts/grafana-password.sh [--owner USER[:GROUP]] FILE

Writes a fresh password of 32 characters into FILE, mode 0600, and keeps one that is there. It prints where,
never what. Grafana reads it by GF_SECURITY_ADMIN_PASSWORD__FILE.

  --owner USER[:GROUP]  who shall own FILE: who runs Grafana (only root can give files away)

Exit codes: 0 it is there, 1 it cannot be written, 2 bad usage.
TEXT
}

owner='' file=''
while [ $# -gt 0 ]; do
    case $1 in
        --owner) owner=${2:?--owner wants a user}; shift ;;
        -h | --help) usage; exit 0 ;;
        -*) usage >&2; exit 2 ;;
        *) [ -z "$file" ] || { usage >&2; exit 2; }; file=$1 ;;
    esac
    shift
done
[ -n "$file" ] || { usage >&2; exit 2; }

if [ -s "$file" ]; then
    echo "kept: $file" >&2
    exit 0
fi
umask 077
mkdir -p "$(dirname "$file")"
fresh=$(mktemp "$file.XXXXXX")
trap 'rm -f "$fresh"' EXIT
# 24 bytes are 32 characters without padding.
head -c 24 /dev/urandom | base64 | tr -d '\n' | tr '+/' '-_' >"$fresh"
chmod 0600 "$fresh"
[ -z "$owner" ] || chown "$owner" "$fresh"
mv -T "$fresh" "$file"
echo "written: $file" >&2
