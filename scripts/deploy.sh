#!/usr/bin/env bash
# A new gemproxy on this machine: built, checked against the configuration that is here, installed,
# restarted, asked whether it serves; and the old one back if it does not.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: scripts/deploy.sh [--artifact FILE] [--config FILE] [--timeout SECONDS] [--dry-run]

  --artifact FILE    a .deb or .tar.gz to deploy; else one is built from this checkout: a .deb where
                     gemproxy is installed as a package, a .tar.gz elsewhere
  --config FILE      what the new program must accept (/etc/gemproxy/proxy.yaml)
  --prefix DIR       where an archive is installed: DIR/lib/gemproxy (/usr/local); a package is in /usr
  --timeout SECONDS  how long the new server may take until it serves (60)
  --dry-run          builds and validates, says what it would do, changes nothing

What is installed already is not installed again, and a server that runs it is not restarted. Before a change
the installed program is kept in /var/backups/gemproxy, where --keep DIR does not name another place.

Exit codes: 0 it serves; 1 it did not, and the old one is back; 2 bad usage; 4 the configuration is not valid
for the new program, nothing was changed; 5 it cannot be built, read or installed, or the old one not kept:
nothing was changed, or it is taken back, as is said; 7 neither the new nor the old one serves.
TEXT
}

artifact='' config=/etc/gemproxy/proxy.yaml prefix=/usr/local keep=/var/backups/gemproxy
timeout=60 dry_run=false
here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)

say() { printf '%s\n' "$*" >&2; }

fail() { # fail CODE MESSAGE
    say "deploy: $2"
    exit "$1"
}

while [ $# -gt 0 ]; do
    case $1 in
        --artifact | --config | --prefix | --keep | --timeout) [ -n "${2:-}" ] || fail 2 "$1 wants a value" ;;
    esac
    case $1 in
        --artifact) artifact=$2; shift ;;
        --config) config=$2; shift ;;
        --prefix) prefix=${2%/}; shift ;;
        --keep) keep=$2; shift ;;
        --timeout) timeout=$2; shift ;;
        --dry-run) dry_run=true ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done
case $timeout in
    *[!0-9]*) fail 2 "--timeout wants seconds" ;;
esac

umask 022
work=$(mktemp -d) || fail 5 "there is no room for temporary files; nothing was changed"
trap 'rm -rf "$work"' EXIT
chmod 0711 "$work" # the service's user runs what is in there
new=$work/new

# As the unit's LoadCredential=gemproxy:/etc/gemproxy/credentials names them.
export CREDENTIALS_DIRECTORY=$work/credentials
mkdir -m 0700 "$CREDENTIALS_DIRECTORY"
for secret in "${config%/*}"/credentials/*; do
    [ ! -f "$secret" ] || ln -s "$(readlink -f "$secret")" "$CREDENTIALS_DIRECTORY/gemproxy_${secret##*/}"
done

is_package() { dpkg-query -W -f '${db:Status-Status}' gemproxy 2>/dev/null | grep -qx installed; }

may() { # whoever is not root can look, and install below a --prefix of their own
    [ "$(id -u)" -ne 0 ] && [ "$dry_run" = false ] || return 0
    case $prefix:$artifact in
        /usr/local:* | /usr:* | *.deb) fail 5 "only root can install; nothing was changed" ;;
    esac
}

build() {
    local wanted=() pattern='gemproxy-*-linux-x64.tar.gz'
    [ -z "$artifact" ] || return 0
    [ -e "$here/../pom.xml" ] || fail 2 "this is no checkout: name what to deploy with --artifact"
    if is_package; then
        wanted=(-Ppackages) pattern='gemproxy_*_amd64.deb'
    fi
    say "building"
    (cd "$here/.." && "${MVN:-mvn}" -B -ntp -q -pl dist -am package -DskipTests ${wanted[@]+"${wanted[@]}"}) >&2 ||
        fail 5 "the build failed"
    artifact=$(find "$here/../dist/target" -maxdepth 1 -name "$pattern" -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d ' ' -f 2-) || artifact=
    [ -n "$artifact" ] || fail 5 "the build left no $pattern"
}

unpack() { # to $new: the tree that will be the prefix
    [ -r "$artifact" ] || fail 5 "$artifact cannot be read"
    mkdir "$work/unpacked"
    case $artifact in
        *.deb)
            dpkg-deb -x "$artifact" "$work/unpacked" || fail 5 "$artifact is damaged"
            mv "$work/unpacked/usr/lib/gemproxy" "$new" || fail 5 "$artifact holds no gemproxy"
            prefix=/usr
            ;;
        *.tar.gz)
            tar -C "$work/unpacked" --no-same-owner -xzf "$artifact" || fail 5 "$artifact is damaged"
            mv "$work/unpacked"/gemproxy-* "$new" || fail 5 "$artifact holds no gemproxy"
            [ -x "$new/scripts/install.sh" ] || fail 5 "$artifact holds no scripts/install.sh"
            ;;
        *) fail 2 "$artifact is neither a .deb nor a .tar.gz" ;;
    esac
    [ -x "$new/bin/gemproxy-cli" ] || fail 5 "$artifact holds no gemproxy"
}

of_service() { # whether it is what the service reads, and the new program knows how; then its service.sh is sourced
    [ -r "$new/lib/service.sh" ] || return 1
    # shellcheck disable=SC1091 # it comes with the program
    . "$new/lib/service.sh"
    # shellcheck disable=SC1091 # likewise; earlier versions have it in service.sh
    [ ! -r "$new/lib/service-check.sh" ] || . "$new/lib/service-check.sh"
    [ "$config" = "${service_etc:?}/proxy.yaml" ]
}

accepts() ( # as the service would read it
    if of_service; then
        service_accepts "$new" "$home"
    else
        "$new/bin/gemproxy-cli" validate "$config"
    fi
)

status() ( # of the server that runs, asked where the service's file and environment say
    local file=$config
    if of_service && command -v service_surroundings >/dev/null; then
        service_surroundings || exit 1
        file=$(service_config)
    fi
    "$home/bin/gemproxy-cli" status --config "$file"
)

validate() { # the new program judges the configuration that is here
    if [ ! -e "$config" ]; then
        [ ! -d "${config%/*}" ] || [ -x "${config%/*}" ] || fail 5 "this user may not look at $config; nothing was changed"
        say "no $config yet: the installation makes one"
        return
    fi
    accepts >"$work/validated" 2>&1 || {
        cat "$work/validated" >&2
        fail 4 "the new program does not accept $config; nothing was changed"
    }
    say "the new program accepts $config"
}

same() { # same TREE TREE: the same program; caches that an installation makes do not count
    local part
    for part in bin lib runtime; do
        [ -e "$1/$part" ] || [ -e "$2/$part" ] || continue
        diff -rq --exclude='*.aot' --exclude='*.jsa' "$1/$part" "$2/$part" >/dev/null 2>&1 || return 1
    done
}

pid() { systemctl show --property=MainPID --value gemproxy.service 2>/dev/null || true; }

serves() { # the process that systemd runs answers, and goes on to
    local deadline=$((SECONDS + timeout)) first
    while [ "$SECONDS" -le "$deadline" ]; do
        first=$(pid)
        if systemctl is-active --quiet gemproxy.service &&
            status >"$work/status" 2>&1; then
            sleep 1 # one that dies at once has another process by now
            [ "$(pid)" != "$first" ] || return 0
        fi
        sleep 0.5
    done
    return 1
}

keep_old() { # the installed program, from which it can be installed again
    rm -rf "$keep/previous.new" || return
    install -d -m 0700 "$keep" || return
    if [ -e "$home" ]; then
        cp -a "$home" "$keep/previous.new" || return
        rm -rf "$keep/previous.new/service" || return
    fi
    rm -rf "$keep/previous" || return
    [ ! -e "$keep/previous.new" ] || mv "$keep/previous.new" "$keep/previous"
}

install_artifact() { # install_artifact FILE TREE
    case $1 in
        *.deb) DEBIAN_FRONTEND=noninteractive dpkg -i --force-confold "$1" >&2 ;;
        *) "$2/scripts/install.sh" --prefix "$prefix" >&2 ;;
    esac
}

restart() { # restart PID: unless the installation has replaced that process
    case $(pid) in
        "$1" | 0 | '') systemctl restart gemproxy.service ;;
    esac
}

put_back() { # the kept program in the place of a package's: its package is not at hand
    local part
    for part in bin lib runtime; do
        rm -rf "${home:?}/$part"
        [ ! -e "$keep/previous/$part" ] || cp -a "$keep/previous/$part" "$home/$part"
    done
    say "dpkg still calls it the new version: install the old package when you have it"
    [ ! -r "$home/lib/service.sh" ] || (
        # shellcheck disable=SC1091 # it comes with the package
        . "$home/lib/service.sh"
        service_copy "$home"
    )
}

roll_back() { # roll_back CODE WHY
    say "deploy: $2"
    [ -d "$keep/previous" ] || fail 7 "there is nothing to go back to"
    say "going back to what ran before"
    [ "$timeout" -ge 60 ] || timeout=60 # impatience is for new ones
    if ! is_package; then
        install_artifact '' "$keep/previous" || say "its installation failed"
    elif [ ! -e "$keep/deployed.deb" ] || ! install_artifact "$keep/deployed.deb" '' ||
        ! same "$keep/previous" "$home"; then
        put_back # no package is kept, or not of what ran
    fi
    systemctl daemon-reload || true
    systemctl reset-failed gemproxy.service 2>/dev/null || true
    systemctl restart gemproxy.service || true
    if serves && same "$keep/previous" "$home"; then
        fail "$1" "the old server serves again"
    fi
    fail 7 "the old server does not serve either: journalctl -u gemproxy"
}

may
build
may
unpack
home=$prefix/lib/gemproxy
validate
if same "$new" "$home"; then
    say "this very program is installed"
    if serves; then
        say "and it serves"
        exit 0
    fi
    [ "$dry_run" = false ] || { say "would restart it"; exit 0; }
    systemctl restart gemproxy.service || true
    serves || fail 7 "it does not serve: journalctl -u gemproxy"
    exit 0
fi
if [ "$dry_run" = true ]; then
    say "would keep $home in $keep/previous, install $artifact and restart gemproxy.service"
    exit 0
fi
keep_old || {
    rm -rf "$keep/previous.new" || true
    fail 5 "what is installed cannot be kept in $keep; nothing was changed"
}
before=$(pid)
install_artifact "$artifact" "$new" || roll_back 5 "the installation failed"
systemctl daemon-reload || roll_back 5 "systemd does not read the new unit"
restart "$before" || roll_back 1 "the new server does not start"
serves || roll_back 1 "the new server did not serve within $timeout seconds"
same "$new" "$home" || roll_back 5 "what is installed is not what was to be"
case $artifact in
    *.deb) # what a later roll back installs again
        cp -f "$artifact" "$keep/deployed.deb" || {
            rm -f "$keep/deployed.deb" || true
            say "it serves, but $artifact could not be kept in $keep"
        }
        ;;
esac
cat "$work/status"
