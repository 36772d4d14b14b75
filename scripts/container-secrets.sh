#!/usr/bin/env bash
# The secrets of docker-compose.yml, as files that only their containers' users can read.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: sudo scripts/container-secrets.sh [--dir DIR]

Writes what is missing in deploy/secrets (--dir names another directory), mode 0600: jwt-secret, audit-chain.key
and gemini-primary for user 65532, grafana-password for user 472. Keeps what is there. The Gemini key comes
from $GEMINI_API_KEY, if that is in the environment, or write gemini-primary before (not as a word behind sudo,
which logs its words): sudo install -D -m 0600 /dev/stdin deploy/secrets/gemini-primary. As root it gives the files to these users, without
which the containers cannot read them.

It follows no links: what is one in the directory, or the directory itself, is refused.

Exit codes: 0 all are there; 1 the Gemini key is missing, something is a link, or a file cannot be written; 2 bad usage.
TEXT
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
dir=deploy/secrets
while [ $# -gt 0 ]; do
    case $1 in
        --dir)
            [ -n "${2:-}" ] || { usage >&2; exit 2; }
            dir=$2
            shift
            ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done

umask 077
dir=${dir%/}
for name in '' /jwt-secret /audit-chain.key /grafana-password /gemini-primary; do
    [ ! -L "$dir$name" ] || {
        echo "container-secrets: $dir$name is a symbolic link: put the file itself there, or remove it" >&2
        exit 1
    }
done
mkdir -p "$dir"
# The daemon hands each file on by itself: who may pass through is who may name them.
chmod 0711 "$dir"

own() { # own FILE USER
    if [ "$(id -u)" -eq 0 ]; then chown -h "$2" "$1"; fi
}

keep() { # keep NAME: its text from stdin, unless it is there
    local fresh
    if [ -s "$dir/$1" ]; then
        echo "kept: $dir/$1" >&2
    else
        fresh=$(mktemp "$dir/.$1.XXXXXX")
        cat >"$fresh"
        mv -T "$fresh" "$dir/$1"
        echo "written: $dir/$1" >&2
    fi
    own "$dir/$1" 65532:65532
}

keep jwt-secret < <(head -c 36 /dev/urandom | base64 | tr '+/' '-_')
keep audit-chain.key < <(od -An -vtx1 -N32 /dev/urandom | tr -d ' \n')
scripts/grafana-password.sh "$dir/grafana-password"
own "$dir/grafana-password" 472:0
if [ ! -s "$dir/gemini-primary" ] && [ -z "${GEMINI_API_KEY:-}" ]; then
    echo "container-secrets: no Gemini key: set GEMINI_API_KEY, or write $dir/gemini-primary" >&2
    exit 1
fi
keep gemini-primary <<<"${GEMINI_API_KEY:-}"
[ "$(id -u)" -eq 0 ] || echo "not root: give the files to 65532 and 472 (sudo), or the containers cannot read them" >&2
