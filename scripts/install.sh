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

program=install.sh start=true
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
source=${here%/*}
layout=$source/lib/layout.sh
[ -r "$layout" ] || layout=$source/dist/src/main/sh/layout.sh
# shellcheck source=SCRIPTDIR/../dist/src/main/sh/layout.sh
. "$layout"
while [ $# -gt 0 ]; do
    case $1 in
        --prefix | --destdir) place "$1" "${2:-}"; shift ;;
        --no-start) start=false ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done
places

# In a checkout the program is where the build leaves it.
[ -r "$source/lib/service.sh" ] || source=$source/dist/target/gemproxy
[ -r "$source/lib/service.sh" ] || fail "no program beside $here: unpack the archive, or make package in a checkout"
# shellcheck source=SCRIPTDIR/../dist/src/main/sh/java.sh
. "$source/lib/java.sh"
# shellcheck source=SCRIPTDIR/../dist/src/main/sh/service.sh
. "$source/lib/service.sh"
# shellcheck source=SCRIPTDIR/../dist/src/main/sh/service-check.sh
. "$source/lib/service-check.sh"
need_java install.sh "$source"

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
    guard
    guarded "$destdir$service_etc"
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
    for part in bin lib runtime config share systemd scripts monitoring gemproxy.cdx.json LICENSE README.md CHANGELOG.md; do
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
            grep -qxF -- "$file" "$root/.files" || ! placed "$file" || rm -f "$destdir$file"
        done <"$destdir$list"
    fi
    mv -fT "$root/.files" "$destdir$list"
}

running() { [ -d /run/systemd/system ] && systemctl --quiet is-active gemproxy.service; }

start_service() {
    if ! service_accepts "$home"; then
        if running; then
            echo "install.sh: NOT RESTARTED: the new version does not accept the configuration (see above). What ran before runs on, but its next start will fail: mend what is told there, of $(service_config), then run this again" >&2
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
