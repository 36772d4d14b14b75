# shellcheck shell=bash
# The way back of backup.sh, which sources this file: open_archive, restore.
# shellcheck disable=SC2154,SC2034 # stage, archive, root, force, now, audit and chain_key are backup.sh's

fact() { # fact NAME: what the archive says about itself
    sed -n "s/^$1=//p" "$stage/BACKUP"
}

open_archive() { # open_archive DIR: unpacked below it as $stage, and checked
    local strangers
    [ -r "$archive" ] || fail 5 "$archive cannot be read"
    if [ -e "$archive.sha256" ]; then
        (cd "$(dirname "$archive")" && sha256sum --check --quiet "${archive##*/}.sha256" >&2) ||
            fail 1 "$archive is damaged"
    else
        say "without $archive.sha256: only the checksums inside are looked at"
    fi
    # Nothing but files and directories, nothing outside.
    strangers=$(tar -tvzf "$archive" 2>/dev/null | grep -Ev '^[-d]' || true)
    [ -z "$strangers" ] || fail 1 "$archive holds what no backup does: $strangers"
    strangers=$(tar -tzf "$archive" 2>/dev/null | grep -Ev '^(BACKUP|SHA256SUMS|root/.*)$' || true)
    [ -z "$strangers" ] || fail 1 "$archive holds what no backup does: $strangers"
    if tar -tzf "$archive" 2>/dev/null | grep -Eq '(^|/)\.\.(/|$)'; then
        fail 1 "$archive leads out of itself"
    fi
    stage=$(mktemp -d "$1/.gemproxy-restore.XXXXXX") || fail 5 "nothing can be written in $1"
    tar -C "$stage" -xpzf "$archive" || fail 1 "$archive is damaged"
    [ "$(fact format)" = 1 ] || fail 1 "$archive was written by a later gemproxy, or is no backup"
    (cd "$stage" && sha256sum --check --quiet --strict SHA256SUMS >&2) || fail 1 "$archive is damaged"
    [ "$(cd "$stage" && find root -type f | wc -l)" -eq "$(wc -l <"$stage/SHA256SUMS")" ] ||
        fail 1 "$archive holds files that it does not vouch for"
}

is_served() { # is_served STATE_DIRECTORY: a server holds its lock
    local inode
    [ -e "$1/lock" ] || return 1
    inode=$(stat -c %i "$1/lock")
    awk -v inode="$inode" '{ split($6, place, ":"); if (place[3] == inode) found = 1 } END { exit !found }' /proc/locks
}

audit_files_of() { # audit_files_of LOG: the log and its rotated files that are there
    local name=${1##*/}
    [ -d "${1%/*}" ] || return 0
    find "${1%/*}" -maxdepth 1 -type f \( -name "$name" -o -name "$name-*" -o -name "$name.*" \) ! -name '*.lock'
}

in_the_way() { # what is there already, one a line
    local file
    (cd "$stage/root" && find . -type f -printf '/%P\n') | while IFS= read -r file; do
        [ ! -e "$root$file" ] && [ ! -L "$root$file" ] || printf '%s\n' "$root$file"
    done
    audit_files_of "$root$(fact audit)"
    [ ! -d "$root$(fact state)" ] ||
        find "$root$(fact state)" \( -name 'before-restore-*' -prune \) -o -type f ! -name lock ! -name '*.lock' -print
}

links_elsewhere() { # directories to be written in that somebody has made links, one a line
    local directory owner
    (cd "$stage/root" && find . -mindepth 1 -type d -printf '/%P\0') | while IFS= read -r -d '' directory; do
        [ -L "$root$directory" ] || continue
        owner=$(stat -c %u "$root$directory")
        if [ "$owner" -ne 0 ] && [ "$owner" -ne "$(id -u)" ]; then
            printf '%s\n' "$root$directory"
        elif [ -n "$root" ]; then
            case $(readlink -m "$root$directory") in
                "$root"/*) ;;
                *) printf '%s\n' "$root$directory" ;;
            esac
        fi
    done
}

move_aside() { # move_aside FILE: into before-restore-<time> beside it, or at the top of the state directory
    local aside
    aside=$(dirname "$1")/before-restore-$now
    case $1 in
        "$root$state"/*) aside=$root$state/before-restore-$now$(dirname "/${1#"$root$state"/}") ;;
    esac
    mkdir -p "$aside"
    mv "$1" "$aside/"
}

restore() {
    local state file there status=0
    case $root in
        /*) ;;
        *) root=$PWD/$root ;;
    esac
    mkdir -p "$root"
    root=$(CDPATH='' cd -- "$root" && pwd -P)
    root=${root%/}
    open_archive "${root:-/}"
    state=$(fact state)
    for file in "$state" "$(fact audit)"; do
        case $root:$(readlink -m -- "$root$file") in
            :* | "$root:$root"/*) ;;
            *) fail 1 "$root$file is not below $root" ;;
        esac
    done
    ! is_served "$root$state" || fail 1 "a server uses $root$state: stop it first"
    # The service owns directories that root restores into; what it may have linked there is not followed.
    there=$(links_elsewhere)
    [ -z "$there" ] || fail 1 "links that lead elsewhere, or are not root's; remove them first: $there"
    there=$(in_the_way | sort -u)
    if [ -n "$there" ]; then
        if [ "$force" != true ]; then
            say "$there"
            fail 1 "this is there already; --force moves it aside"
        fi
        while IFS= read -r file; do
            move_aside "$file"
        done <<<"$there"
        say "what was there is in before-restore-$now beside each"
    fi
    # Directories that are there keep their owners and modes.
    tar -C "$stage/root" -cf - . | tar -C "${root:-/}" -xpf - --no-overwrite-dir --keep-directory-symlink ||
        fail 5 "not everything could be written below ${root:-/}"
    say "$(wc -l <"$stage/SHA256SUMS") files restored below ${root:-/}"
    if find_cli; then
        audit=$(fact audit) chain_key=$(fact chain_key) workdir_of_cli=$stage
        verify_audit "$root" || status=1
    fi
    [ "$status" -eq 0 ] || fail 1 "all is restored, but the audit log does not verify"
    say "next: gemproxy-cli validate $root$(fact config), then start the server"
}
