#!/usr/bin/env bash
# Copies what a gemproxy is (configuration, secrets, certificates, state, audit log, the key of its
# chain) into one archive, beside the running server, and back. docs/adr/0026-backups.md has the order.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: scripts/backup.sh [--config FILE] [--workdir DIR] [--output FILE]
       scripts/backup.sh --restore ARCHIVE [--root DIR] [--force]
       scripts/backup.sh --verify ARCHIVE

Writes an archive (mode 0600) and its checksum (ARCHIVE.sha256). All that the server keeps is in it,
secrets too: keep it like the configuration. The server may run and be busy.

  --config FILE    the configuration; else as the server finds it: $GEMPROXY_CONFIG,
                   ./config/proxy.yaml, /etc/gemproxy/proxy.yaml
  --workdir DIR    where its relative paths begin; else /var/lib/gemproxy for a configuration below
                   /etc/gemproxy, and the current directory for any other
  --output FILE    the archive; else ./gemproxy-backup-<time>.tar.gz
  --cli PROGRAM    gemproxy-cli; else the one beside this script, of the checkout, or of the PATH

  --restore        puts everything back where it was, below --root (/). Refuses what is there already,
                   unless --force, which moves that aside (before-restore-<time>); always refuses while
                   a server uses the state directory
  --verify         checks checksums and contents, changes nothing

Exit codes: 0 done; 1 refused, damaged, the audit log in it does not verify, or a file that the configuration
names is not in it; 2 bad usage; 5 a file cannot be read or written; 9 a program is missing.
TEXT
}

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
readonly here
mode=backup config='' workdir='' output='' cli='' archive='' root=/ force=false
now=$(date -u +%Y%m%dT%H%M%SZ)
readonly now credentials=/etc/gemproxy/credentials

say() { printf '%s\n' "$*" >&2; }

fail() { # fail CODE MESSAGE
    say "backup: $2"
    exit "$1"
}

value() { # value OPTION VALUE: an option that wants one
    [ -n "${2:-}" ] || fail 2 "$1 wants a value"
    printf '%s' "$2"
}

while [ $# -gt 0 ]; do
    case $1 in
        --config) config=$(value "$@") || exit; shift ;;
        --workdir) workdir=$(value "$@") || exit; shift ;;
        --output) output=$(value "$@") || exit; shift ;;
        --cli) cli=$(value "$@") || exit; shift ;;
        --restore) mode=restore; archive=$(value "$@") || exit; shift ;;
        --verify) mode=verify; archive=$(value "$@") || exit; shift ;;
        --root) root=$(value "$@") || exit; shift ;;
        --force) force=true ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done

umask 077
stage=
trap 'rm -rf "${stage:-}"' EXIT

find_cli() {
    local candidate
    for candidate in "$cli" "$here/../bin/gemproxy-cli" "$here/../dist/target/gemproxy/bin/gemproxy-cli" \
        "$(command -v gemproxy-cli || true)" /usr/lib/gemproxy/bin/gemproxy-cli; do
        if [ -n "$candidate" ] && [ -x "$candidate" ]; then
            cli=$(CDPATH='' cd -- "$(dirname -- "$candidate")" && pwd)/${candidate##*/}
            return
        fi
    done
    return 1
}

absolute() { # absolute PATH: as the server understands it
    case $1 in
        "$stage"/credentials/gemproxy_*) printf '%s/%s' "$credentials" "${1#"$stage"/credentials/gemproxy_}" ;;
        /*) printf '%s' "$1" ;;
        *) printf '%s/%s' "$workdir" "$1" ;;
    esac
}

surroundings() { # what systemd gives the service besides the file
    local name
    [ "$config" = /etc/gemproxy/proxy.yaml ] || return 0
    # As the unit's LoadCredential=gemproxy:/etc/gemproxy/credentials names them.
    export CREDENTIALS_DIRECTORY=$stage/credentials
    mkdir "$CREDENTIALS_DIRECTORY"
    for name in "$credentials"/*; do
        [ ! -f "$name" ] || ln -s "$name" "$CREDENTIALS_DIRECTORY/gemproxy_${name##*/}"
    done
    for name in "$here/../lib/service.sh" "$here/../dist/src/main/sh/service.sh"; do
        [ -r "$name" ] || continue
        # shellcheck source=SCRIPTDIR/../dist/src/main/sh/service.sh
        . "$name"
        service_variables
        return
    done
    fail 9 "service.sh is missing: run this script where it is installed, or in a checkout"
}

setting() { # setting KEY: its value, empty if it has none
    awk -v key="$1" '$1 == key { sub(/^[^ ]+ +/, ""); if ($0 != "-") print; exit }' "$stage/settings"
}

read_settings() {
    config=${config:-${GEMPROXY_CONFIG:-}}
    if [ -z "$config" ]; then
        config=/etc/gemproxy/proxy.yaml
        [ ! -e config/proxy.yaml ] || config=config/proxy.yaml
    fi
    [ -r "$config" ] || fail 5 "$config cannot be read"
    config=$(CDPATH='' cd -- "$(dirname -- "$config")" && pwd -P)/${config##*/}
    if [ -z "$workdir" ]; then
        case $config in
            /etc/gemproxy/*) workdir=/var/lib/gemproxy ;;
            *) workdir=$PWD ;;
        esac
    fi
    workdir=$(CDPATH='' cd -- "$workdir" && pwd -P)
    surroundings
    (cd "$workdir" && "$cli" config show --config "$config") >"$stage/settings" 2>"$stage/said" || {
        cat "$stage/said" >&2
        fail 1 "the configuration cannot be used"
    }
    state=$(absolute "$(setting state.dir)")
    audit=$(absolute "$(setting audit.path)")
    chain_key=$(setting audit.chain_key_file)
    [ -n "$chain_key" ] || {
        cat "$stage/said" >&2
        fail 1 "which file holds the key of the audit log is not known here"
    }
    chain_key=$(absolute "$chain_key")
    acme=$(setting server.tls.acme.storage_dir)
    [ -z "$acme" ] || acme=$(absolute "$acme")
}

named_files() { # each file that the configuration names, and its neighbours in /etc/gemproxy
    local key path
    printf '%s\n' "$config" "$chain_key"
    for key in server.tls.cert_path server.tls.key_path admin.tls.cert_path admin.tls.key_path \
        gemini.api_keys_file usage.prices_file; do
        path=$(setting "$key")
        [ -z "$path" ] || { absolute "$path" && echo; }
    done
    # Names of secret files are not among the settings, which show what is in them.
    secret_files
    # Locks and the lease are of who runs.
    [ ! -d "$acme" ] || find "$acme" \( -name 'before-restore-*' -prune \) -o -type f ! -name '*.lock' ! -name lease \
        ! -name '.*.new' ! -name '*.tmp' -print
    case $config in
        /etc/gemproxy/*)
            find /etc/gemproxy -name 'before-restore-*' -prune -o -type f -print
            echo /etc/default/gemproxy
            ;;
    esac
}

take() { # take FILE: into the stage, with mode, owner and those of its directories; 1 if it is gone
    (cd / && cp --parents --preserve=mode,ownership,timestamps --dereference -- ".$1" "$stage/root/") 2>"$stage/said" ||
        if [ -e "$1" ]; then
            cat "$stage/said" >&2
            fail 5 "$1 cannot be read"
        else
            return 1
        fi
}

state_files() { # relative names; the order in which copies that differ in time do least harm
    (
        cd "$state"
        ls audit.head batches.journal usage.journal budgets.journal days.journal 2>/dev/null || true
        find . \( -name 'before-restore-*' -prune \) -o -type f ! -path "./${audit#"$state"/}*" ! -name '*.tmp' ! -name lock ! -name '*.lock' \
            ! -name audit.head ! -name batches.journal ! -name usage.journal ! -name budgets.journal ! -name days.journal -printf '%P\n' |
            sort -r
    )
}

take_state() { # once more if a file went: it is replaced by its next version, or moved aside
    local name
    [ -d "$state" ] || return 0
    for _ in {1..20}; do
        rm -rf "$stage/root$state"
        while IFS= read -r name; do
            take "$state/$name" || continue 2
        done < <(state_files)
        # state.json is away for a moment when it is replaced.
        [ -e "$stage/root$state/state.json" ] || [ ! -e "$state/state.json" ] || continue
        return 0
    done
    fail 5 "$state changes faster than it can be copied"
}

audit_files() { # inode, size and time as one word, and name, of the log's rotated files
    find "$(dirname "$audit")" -maxdepth 1 -type f \( -name "${audit##*/}-*" -o -name "${audit##*/}.*" \) \
        ! -name '*.lock' -printf '%i-%s-%T@ %f\n' | sort
}

take_audit() { # head before log: the log may be ahead of its head, never behind
    local rotated active which name part
    local kept=$stage/rotated directory=${audit%/*}
    [ -e "$audit" ] || [ -n "$(audit_files 2>/dev/null)" ] || return 0
    [ ! -e "$audit" ] || [ -f "$audit" ] || { say "no copy of $audit, which is no file"; return 0; }
    mkdir -p "$kept"
    for _ in {1..50}; do
        rotated=$(audit_files)
        active=$(stat -c %i "$audit" 2>/dev/null || true)
        [ ! -e "$state/audit.head" ] || take "$state/audit.head" || continue
        # Rotated files do not change any more, so each is copied once, whatever name it gets.
        while read -r which name; do
            [ -z "$which" ] || [ -e "$kept/$which" ] || cp -p "$directory/$name" "$kept/$which" 2>/dev/null ||
                continue 2
        done <<<"$rotated"
        [ ! -e "$audit" ] || take "$audit" || continue
        [ "$rotated" = "$(audit_files)" ] || continue
        [ "$active" = "$(stat -c %i "$audit" 2>/dev/null || true)" ] || continue
        while read -r which name; do
            [ -z "$which" ] || { mkdir -p "$stage/root$directory" && mv "$kept/$which" "$stage/root$directory/$name"; }
        done <<<"$rotated"
        rm -rf "$kept"
        # The record that is just being written is not there yet.
        if [ -s "$stage/root$audit" ] && [ -n "$(tail -c 1 "$stage/root$audit")" ]; then
            part=$(tail -n 1 "$stage/root$audit" | wc -c)
            truncate -s "-$part" "$stage/root$audit"
        fi
        return 0
    done
    fail 5 "$audit is rotated faster than it can be copied"
}

verify_audit() { # verify_audit TREE: what audit verify says of the log below it
    if [ ! -e "$1$audit" ] || [ ! -e "$1$chain_key" ]; then
        say "no audit log to verify"
        return 0
    fi
    (cd "$workdir_of_cli" && "$cli" audit verify --file "$1$audit" --head-file "$1$state/audit.head" \
        --key-file "$1$chain_key") >&2
}

back_up() {
    local path name sum status=0
    find_cli || fail 9 "gemproxy-cli is missing: build it (mvn package), or name it with --cli"
    output=${output:-gemproxy-backup-$now.tar.gz}
    [ ! -e "$output" ] || fail 1 "$output is there already"
    stage=$(mktemp -d "$(dirname "$output")/.gemproxy-backup.XXXXXX") || fail 5 "$output cannot be written"
    stage=$(CDPATH='' cd -- "$stage" && pwd -P)
    mkdir "$stage/root"
    read_settings
    take_state
    take_audit
    named_files | sort -u | while IFS= read -r path; do
        case $path in
            "$audit" | "$state"/*) ;;
            # Between the writing of two files there is a third for a moment.
            "${acme:-/nowhere}"/*) take "$path" || true ;;
            *) [ ! -f "$path" ] || take "$path" || fail 5 "$path has gone" ;;
        esac
    done
    workdir_of_cli=$stage
    verify_audit "$stage/root" || status=1
    printf '%s\n' format=1 "made=$now" "version=$("$cli" --version 2>/dev/null | head -n 1)" "host=$(uname -n)" \
        "config=$config" "workdir=$workdir" "state=$state" "audit=$audit" "chain_key=$chain_key" >"$stage/BACKUP"
    (cd "$stage" && find root -type f -print0 | sort -z | xargs -0 sha256sum >SHA256SUMS)
    tar -C "$stage" -czf "$stage/archive" BACKUP SHA256SUMS root || fail 5 "$output cannot be written"
    # By names of their own first, so that nothing is written through a link that lies there.
    name=${output##*/}
    sum=$(sha256sum <"$stage/archive") || fail 5 "$output cannot be read"
    printf '%s  %s\n' "${sum%% *}" "$name" >"$stage/sum"
    mv -fT "$stage/archive" "$output"
    mv -fT "$stage/sum" "$output.sha256"
    say "$(wc -l <"$stage/SHA256SUMS") files in $output"
    [ "$status" -eq 0 ] || say "backup: the archive is written, but the audit log in it does not verify"
    [ ! -e "$stage/missing" ] || fail 1 "the archive is written, but not all that the configuration names is in it"
    exit "$status"
}

# shellcheck source=SCRIPTDIR/secret-files.sh
. "$here/secret-files.sh"
# shellcheck source=SCRIPTDIR/restore.sh
. "$here/restore.sh"

case $mode in
    backup) back_up ;;
    restore) restore ;;
    verify) open_archive "${TMPDIR:-/tmp}" && say "intact: $(wc -l <"$stage/SHA256SUMS") files, made $(fact made) on $(fact host)" ;;
esac
