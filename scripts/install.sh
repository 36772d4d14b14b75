#!/bin/sh
# Installs gemproxy from the unpacked archive, beside whom it lies, as a systemd service, or puts another
# version in the place of one that it installed. May be run again at any time; fetches nothing.
set -eu
umask 022

usage() {
    cat <<'TEXT'
usage: scripts/install.sh [--prefix DIR] [--destdir DIR] [--no-start]

  --prefix DIR    where the program goes: DIR/lib/gemproxy, DIR/bin, DIR/share (/usr/local)
  --destdir DIR   a root to install into, for packagers: only files are put there; no user is made, nothing
                  is started, and who runs it need not be root
  --no-start      neither enables nor starts the service; one that runs is left running as it is

The configuration, /etc/gemproxy/proxy.yaml, is made with fresh secrets where there is none and never
overwritten. A new version is started only if it accepts the configuration; else the one that runs goes on.
On Debian and Ubuntu prefer the .deb.

Exit codes: 0 installed, 1 refused or failed, 2 wrong usage, 6 installed, but not started because the
configuration is not accepted, 9 no Java 25 in the archive or on this machine.
TEXT
}

prefix=/usr/local destdir='' start=true
while [ $# -gt 0 ]; do
    case $1 in
        --prefix | --destdir)
            case ${2:-} in
                /*) ;;
                *) echo "install.sh: $1 wants an absolute path" >&2; exit 2 ;;
            esac
            if [ "$1" = --prefix ]; then prefix=${2%/}; else destdir=${2%/}; fi
            shift
            ;;
        --no-start) start=false ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done

fail() {
    echo "install.sh: $*" >&2
    exit 1
}

case $prefix in
    *[!A-Za-z0-9/._+-]*) fail "the prefix may hold letters, digits and / . _ + - only: the unit names it" ;;
esac
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
source=${here%/*}
# In a checkout the program is where the build leaves it.
[ -r "$source/lib/service.sh" ] || source=$source/dist/target/gemproxy
[ -r "$source/lib/service.sh" ] || fail "no program beside $here: unpack the archive, or make package in a checkout"
# shellcheck source=SCRIPTDIR/../dist/src/main/sh/java.sh
. "$source/lib/java.sh"
# shellcheck source=SCRIPTDIR/../dist/src/main/sh/service.sh
. "$source/lib/service.sh"
need_java install.sh "$source"

home=$prefix/lib/gemproxy
units=/etc/systemd/system
list=$home/installed-files
root=$destdir$home

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

# ours LINK: there is nothing at LINK, or a link to this program
ours() {
    [ -L "$1" ] || [ ! -e "$1" ] || fail "$1 is there already and not of gemproxy"
    case $(readlink "$1" || :) in
        '' | */lib/gemproxy/bin/*) ;;
        *) fail "$1 is a link to something else" ;;
    esac
}

check() {
    if [ -z "$destdir" ]; then
        [ "$(id -u)" -eq 0 ] || fail "must be run as root (sudo $0), or with --destdir"
        if command -v dpkg-query >/dev/null && dpkg-query -W -f '${Status}' gemproxy 2>/dev/null | grep -q ' installed$'; then
            fail "gemproxy is installed as a Debian package: upgrade that, or remove it first"
        fi
    fi
    for directory in "$root" "$destdir$prefix/bin" "$destdir$prefix/share" "$destdir$units" "$destdir$service_etc"; do
        guarded "$directory"
    done
    for directory in "$destdir$service_state" "$destdir$service_logs"; do
        [ ! -L "$directory" ] || fail "$directory is a symbolic link: remove it"
        guarded "${directory%/*}"
    done
    for name in gemproxy gemproxy-cli gemini-simulator; do
        ours "$destdir$prefix/bin/$name"
    done
}

# The parts change places one by one; service/, from which a running server takes its files, is not touched.
put_program() {
    mkdir -p "$root"
    rm -rf "$root"/.new "$root"/.old
    mkdir "$root/.new" "$root/.old"
    for part in bin lib runtime config share systemd scripts monitoring LICENSE README.md CHANGELOG.md; do
        [ ! -e "$source/$part" ] || cp -R --preserve=timestamps "$source/$part" "$root/.new/$part"
        chmod -R u=rwX,go=rX "$root/.new"
        [ ! -e "$root/$part" ] || mv "$root/$part" "$root/.old/$part"
        [ ! -e "$root/.new/$part" ] || mv "$root/.new/$part" "$root/$part"
    done
    rm -rf "$root/.new" "$root/.old"
    : >"$root/.files"
}

# put FILE PATH: FILE, or standard input for -, at PATH, in one step and not through a link
put() {
    mkdir -p "$destdir${2%/*}"
    put_new=$(mktemp "$destdir${2%/*}/.gemproxy-XXXXXXXX")
    cat -- "$1" >"$put_new"
    chmod 0644 "$put_new"
    mv -fT "$put_new" "$destdir$2"
    printf '%s\n' "$2" >>"$root/.files"
}

put_files() {
    mkdir -p "$destdir$prefix/bin"
    for name in gemproxy gemproxy-cli gemini-simulator; do
        ln -sfnT "../lib/gemproxy/bin/$name" "$destdir$prefix/bin/$name"
        printf '%s\n' "$prefix/bin/$name" >>"$root/.files"
    done
    for page in "$root"/share/man/man1/*.1; do
        put "$page" "$prefix/share/man/man1/${page##*/}"
    done
    "$root/bin/gemproxy-cli" completion bash | put - "$prefix/share/bash-completion/completions/gemproxy-cli"
    # It is read when it is first needed, so it must complete that first word as well.
    {
        echo '#compdef gemproxy-cli'
        "$root/bin/gemproxy-cli" completion zsh
        echo '_bash_complete -o default -F _complete_gemproxy-cli'
    } | put - "$prefix/share/zsh/site-functions/_gemproxy-cli"
    "$root/bin/gemproxy-cli" completion fish | put - "$prefix/share/fish/vendor_completions.d/gemproxy-cli.fish"
    for unit in "$root"/systemd/*.service "$root"/systemd/*.socket; do
        [ ! -f "$unit" ] || sed "s|/usr/lib/gemproxy|$home|g" "$unit" | put - "$units/${unit##*/}"
    done
    # What an earlier version had and this one has not.
    if [ -f "$destdir$list" ]; then
        while IFS= read -r file; do
            grep -qxF -- "$file" "$root/.files" || rm -f "$destdir$file"
        done <"$destdir$list"
    fi
    mv -fT "$root/.files" "$destdir$list"
}

running() { [ -d /run/systemd/system ] && systemctl --quiet is-active gemproxy.service; }

start_service() {
    if ! service_accepts "$home"; then
        if running; then
            echo "install.sh: NOT RESTARTED: the new version does not accept the configuration (see above). What ran before runs on, but its next start will fail: mend $(service_config), then: systemctl restart gemproxy" >&2
        else
            echo "install.sh: installed, and not started, because the configuration is not complete (see above): put your Gemini keys into $service_etc/proxy.yaml, then: systemctl enable --now gemproxy" >&2
        fi
        return 6
    fi
    [ -d /run/systemd/system ] || return 0
    systemctl --quiet enable gemproxy.service && systemctl restart gemproxy.service
}

check
put_program
put_files
if [ -n "$destdir" ]; then
    echo "Installed gemproxy into $destdir"
    exit 0
fi
service_account
service_directories
service_first_config "$home"
service_copy "$home"
[ ! -d /run/systemd/system ] || systemctl daemon-reload
status=0
if "$start"; then start_service || status=$?; fi
service_forget_copies "$home"
[ "$status" -eq 0 ] || exit "$status"
echo "Installed gemproxy in $home"
