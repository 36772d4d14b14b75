# shellcheck shell=sh
# Where scripts/install.sh of the archive puts things, and uninstall.sh finds them again. Sourced by both, from
# beside the program that they install or remove.
#
# program                      must be set: the script's name, for messages
# place --prefix|--destdir DIR takes an option of the script
# places                       home, root, units, list: where the program, its units and the list of its files are
# guard                        refuses directories that are not root's alone
# placed FILE                  whether FILE, of a list, is one that install.sh may have put there

# shellcheck disable=SC2034 # read by those who source this file
prefix=/usr/local destdir='' units=/etc/systemd/system

fail() {
    echo "${program:?}: $*" >&2
    exit 1
}

place() {
    case ${2:-} in
        /*) ;;
        *) echo "${program:?}: $1 wants an absolute path" >&2; exit 2 ;;
    esac
    if [ "$1" = --prefix ]; then prefix=${2%/}; else destdir=${2%/}; fi
}

places() {
    case $prefix in
        *[!A-Za-z0-9/._+-]*) fail "the prefix may hold letters, digits and / . _ + - only: the unit names it" ;;
        */../* | */..) fail "the prefix may not lead upwards" ;;
    esac
    home=$prefix/lib/gemproxy
    root=$destdir$home
    list=$home/installed-files
}

# the directories in which single files are put
directories() {
    printf '%s\n' "$prefix/bin" "$prefix/share/man/man1" "$prefix/share/bash-completion/completions" \
        "$prefix/share/zsh/site-functions" "$prefix/share/fish/vendor_completions.d" ${units:+"$units"}
}

# guarded DIR: DIR and what is above it belong to root (or to who installs into a root of their own) and are
# nobody else's to change, and none of it is a link; what is not there yet is fine
guarded() {
    guarded_path=$1
    while [ "$guarded_path" != "${destdir:-/}" ] && [ -n "$guarded_path" ]; do
        if [ -L "$guarded_path" ]; then
            fail "$guarded_path is a symbolic link: remove it, or choose another --prefix"
        fi
        if [ -e "$guarded_path" ]; then
            [ -d "$guarded_path" ] || fail "$guarded_path is no directory"
            [ -n "$(find "$guarded_path" -prune -user "$(id -u)" ! -perm -0002)" ] ||
                fail "$guarded_path belongs to somebody else, or anybody may write in it"
        fi
        guarded_path=${guarded_path%/*}
    done
}

guard() {
    guarded "$root"
    for guard_directory in $(directories); do
        guarded "$destdir$guard_directory"
    done
}

placed() {
    case ${1##*/} in
        gem* | _gem*) directories | grep -qxF -- "${1%/*}" ;;
        *) return 1 ;;
    esac
}
