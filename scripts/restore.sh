# shellcheck shell=bash
# The way back of backup.sh, which sources this file: open_archive, restore.
# shellcheck disable=SC2154,SC2034 # stage, archive, root, force, now, audit and chain_key are backup.sh's

fact() { # fact NAME: what the archive says about itself
    sed -n "s/^$1=//p" "$stage/BACKUP"
}

open_archive() { # open_archive DIR: unpacked below it as $stage, and checked
    local strangers noted sum
    [ -r "$archive" ] || fail 5 "$archive cannot be read"
    if [ -e "$archive.sha256" ]; then
        # Not by --check, which looks for the name that is in there: an archive may be renamed.
        read -r noted _ <"$archive.sha256" || [ -n "${noted:-}" ] || fail 1 "$archive.sha256 holds no checksum"
        sum=$(sha256sum <"$archive") || fail 5 "$archive cannot be read"
        [ "${sum%% *}" = "${noted#\\}" ] || fail 1 "$archive is damaged, or $archive.sha256 is another one's"
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

# From here on each directory is entered and then looked at, and what is done is done in `.`: a path of several
# parts could be led elsewhere between look and use, by whoever owns a directory in it.

only_ours() { # nobody but root and this user may change `.`
    [ -n "$(find . -maxdepth 0 \( -uid 0 -o -uid "$EUID" \) ! -perm /022)" ]
}

enter() { # enter NAME PATH: `.` becomes its directory NAME, which is PATH; links count only where nobody else made them
    local from
    from=$(only_ours || stat -c %d:%i .)
    cd -P -- "./$1" || fail 5 "$2 cannot be entered"
    [ -z "$from" ] || [ "$(stat -c %d:%i ..)" = "$from" ] || fail 1 "$2 leads elsewhere"
}

in_the_way_here() { # in_the_way_here PATH: names in `.`, which is PATH, that must not stay there; each ends with a zero
    if [ "$1" = "$state" ]; then
        find . -mindepth 1 -maxdepth 1 ! -name 'before-restore-*' ! -name lock ! -name '*.lock' -printf '%P\0'
        return
    fi
    find "$stage/root$1" -mindepth 1 -maxdepth 1 -type f -printf '%P\0' | while IFS= read -r -d '' name; do
        [ ! -e "./$name" ] && [ ! -L "./$name" ] || printf '%s\0' "$name"
    done
    [ "$1" != "${audit%/*}" ] || find . -maxdepth 1 -type f \( -name "${audit##*/}-*" -o -name "${audit##*/}.*" \) \
        ! -name '*.lock' -printf '%P\0'
}

move_aside() ( # move_aside PATH: what is in the way in `.`, which is PATH, into before-restore-<time> in it
    local names name
    mapfile -d '' names < <(in_the_way_here "$1" | sort -zu)
    [ "${#names[@]}" -gt 0 ] || exit 0
    mkdir -m 0700 "./before-restore-$now" || fail 5 "nothing can be written in $root$1"
    enter "before-restore-$now" "$root$1/before-restore-$now"
    [ -O . ] || fail 1 "$root$1/before-restore-$now is somebody else's"
    for name in "${names[@]}"; do
        mv -T -- "../$name" "./$name" || fail 5 "$root$1/$name cannot be moved aside"
    done
)

put_down() { # put_down PATH: what the archive holds below PATH, into `.`, which is that; directories that are there stay as they are
    local from=$stage/root$1 name made
    [ "$force" != true ] || move_aside "$1" || exit
    # Each file anew, which fails where somebody has put a link in the meantime.
    find "$from" -mindepth 1 -maxdepth 1 -type f -exec cp -p -P --remove-destination -t . -- {} + ||
        fail 5 "not everything could be written in $root$1"
    while IFS= read -r -d '' name; do
        made=false
        if mkdir -m 0700 -- "./$name" 2>/dev/null; then made=true; fi
        (
            enter "$name" "$root$1/$name"
            put_down "$1/$name"
            if [ "$made" = true ]; then
                [ -O . ] || fail 1 "$root$1/$name is somebody else's"
                [ "$EUID" -ne 0 ] || chown --reference="$from/$name" . || fail 5 "$root$1/$name keeps no owner"
                chmod --reference="$from/$name" . || fail 5 "$root$1/$name keeps no mode"
            fi
        ) || exit
    done < <(find "$from" -mindepth 1 -maxdepth 1 -type d -printf '%P\0')
}

restore() {
    local state audit file there status=0
    case $root in
        /*) ;;
        *) root=$PWD/$root ;;
    esac
    mkdir -p "$root"
    root=$(CDPATH='' cd -- "$root" && pwd -P)
    root=${root%/}
    open_archive "${root:-/}"
    state=$(fact state) audit=$(fact audit)
    for file in "$state" "$audit"; do
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
        say "what was there is in before-restore-$now beside each"
    fi
    # What is there must be moved aside also where the archive holds nothing.
    for file in "$state" "${audit%/*}"; do
        [ ! -d "$root$file" ] || mkdir -p "$stage/root$file"
    done
    (cd -P -- "${root:-/}" && put_down "") || exit
    say "$(wc -l <"$stage/SHA256SUMS") files restored below ${root:-/}"
    if find_cli; then
        chain_key=$(fact chain_key) workdir_of_cli=$stage
        verify_audit "$root" || status=1
    fi
    [ "$status" -eq 0 ] || fail 1 "all is restored, but the audit log does not verify"
    say "next: gemproxy-cli validate $root$(fact config), then start the server"
}
