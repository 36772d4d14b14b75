# shellcheck shell=sh
# What an installation does around its service. Sourced by scripts/install.sh and uninstall.sh, and part of
# the maintainer scripts of the Debian package.
#
# The service runs from a copy of the program made of hard links, service/current. Java opens jars and
# libraries when it first needs them: without the copy an upgrade would take them away under a running
# server, or give it those of another version.

service_etc=/etc/gemproxy
service_state=/var/lib/gemproxy
service_logs=/var/log/gemproxy
service_environment=/etc/default/gemproxy

# service_copy HOME: from now on the service starts from a copy of the program as it is
service_copy() {
    mkdir -p "$1/service"
    service_new=$(mktemp -d "$1/service/XXXXXXXX")
    chmod 0755 "$1/service" "$service_new"
    for service_part in bin lib runtime; do
        [ -d "$1/$service_part" ] || continue
        cp -al "$1/$service_part" "$service_new/" 2>/dev/null || {
            rm -rf "${service_new:?}/$service_part"
            cp -a "$1/$service_part" "$service_new/"
        }
    done
    rm -f "$1/service/.current"
    ln -s "${service_new##*/}" "$1/service/.current"
    mv -fT "$1/service/.current" "$1/service/current"
}

# service_forget_copies HOME: removes the copies that nothing runs from but the current one
service_forget_copies() {
    service_current=$(readlink "$1/service/current") || service_current=
    for service_old in "$1"/service/*; do
        if [ ! -d "$service_old" ] || [ -L "$service_old" ]; then continue; fi
        [ "${service_old##*/}" != "$service_current" ] || continue
        # By its runtime, or, where Java is the machine's, by the class path of the process.
        grep -qsF -- " $service_old/" /proc/[0-9]*/maps ||
            grep -qsF -- "$service_old/lib/" /proc/[0-9]*/cmdline || rm -rf "$service_old"
    done
}

# service_account: the system user and group
service_account() {
    getent group gemproxy >/dev/null || groupadd --system gemproxy
    getent passwd gemproxy >/dev/null ||
        useradd --system --gid gemproxy --home-dir "$service_state" --no-create-home \
            --shell /usr/sbin/nologin --comment gemproxy gemproxy
}

# service_directory MODE OWNER GROUP DIR: made, or given that mode; never through a link, but where an
# administrator said otherwise (dpkg-statoverride)
service_directory() {
    if [ -L "$4" ]; then
        echo "gemproxy: $4 is a symbolic link: its owner and mode are left alone" >&2
        return
    fi
    if command -v dpkg-statoverride >/dev/null && dpkg-statoverride --list "$4" >/dev/null; then
        return
    fi
    [ -d "$4" ] || mkdir -m 0700 "$4"
    chown -h "$2:$3" "$4"
    chmod "$1" "$4"
}

service_directories() {
    # 2770 is what systemd/config-writes.conf asks for; another run of an installation leaves it.
    case $(stat -c %a:%U:%G "$service_etc" 2>/dev/null || :) in
        2770:root:gemproxy) ;;
        *) service_directory 0750 root gemproxy "$service_etc" ;;
    esac
    service_directory 0700 root root "$service_etc/credentials"
    service_directory 0750 gemproxy gemproxy "$service_state"
    service_directory 0750 gemproxy gemproxy "$service_logs"
}

# service_first_config HOME: a configuration with fresh secrets where there is none; its sum tells an
# uninstallation whether anybody has written in it
service_first_config() {
    if [ -e "$service_etc/proxy.yaml" ] || [ -L "$service_etc/proxy.yaml" ]; then
        # One that outlived a purge names a key that did not; a log that is there has its own.
        if [ ! -e "$service_logs/audit.log" ] &&
            grep -qs "^[^#]*chain_key_file:.*$service_etc/audit-chain.key" "$service_etc/proxy.yaml"; then
            service_chain_key
        fi
        return
    fi
    "$1/bin/gemproxy-cli" init --service --dir "$service_etc" >/dev/null 2>&1 || {
        echo "gemproxy: no configuration was made: gemproxy-cli init --service --dir $service_etc says why" >&2
        return 1
    }
    chown root:gemproxy "$service_etc/proxy.yaml"
    chmod 0640 "$service_etc/proxy.yaml"
    sha256sum <"$service_etc/proxy.yaml" >"$service_etc/.proxy.yaml.sum"
    chmod 0600 "$service_etc/.proxy.yaml.sum"
    service_chain_key
}

# service_chain_key: the key of the audit log's chain, where the service reads it and cannot change it
service_chain_key() {
    service_key=$service_etc/audit-chain.key
    [ ! -e "$service_key" ] && [ ! -L "$service_key" ] || return 0
    (umask 077 && od -An -vtx1 -N32 /dev/urandom | tr -d ' \n' >"$service_key")
    chown root:gemproxy "$service_key"
    chmod 0640 "$service_key"
}

# service_config: the file that the service reads
service_config() {
    service_file=$(systemctl show --property=ExecStart --value gemproxy.service 2>/dev/null |
        sed -n 's|.*argv\[\]=[^;]*--config[ =]\(/[^ ;]*\).*|\1|p')
    printf '%s\n' "${service_file:-$service_etc/proxy.yaml}"
}

# service_variables: exports those of the service's environment file
service_variables() {
    [ -r "$service_environment" ] || return 0
    while IFS= read -r service_line || [ -n "$service_line" ]; do
        service_name=${service_line%%=*}
        case $service_name in
            "$service_line" | '' | [0-9]* | *[!A-Za-z0-9_]*) continue ;;
        esac
        service_value=${service_line#*=}
        case $service_value in
            \"*\") service_value=${service_value#\"} service_value=${service_value%\"} ;;
            \'*\') service_value=${service_value#\'} service_value=${service_value%\'} ;;
        esac
        export "$service_name=$service_value"
    done <"$service_environment"
}

# service_surroundings: gives a subshell what systemd gives the service besides its credentials
service_surroundings() {
    service_variables
    unset GEMPROXY_CONFIG
    cd "$service_state" || return 1
}

# service_elsewhere: prints the program that gemproxy.service starts; fails if there is none, as after its
# installation was removed
service_elsewhere() {
    for service_unit in /etc/systemd/system/gemproxy.service /usr/local/lib/systemd/system/gemproxy.service \
        /lib/systemd/system/gemproxy.service; do
        [ -f "$service_unit" ] || continue
        service_program=$(sed -n '/^ExecStart=/{s|^ExecStart=[-@:+!]*\([^ ]*\).*|\1|p;q}' "$service_unit")
        if [ -x "$service_program" ]; then
            printf '%s\n' "$service_program"
            return
        fi
    done
    return 1
}

# service_log_goes: whether the audit log lies where a purge removes it
service_log_goes() {
    ! grep -rqs 'GEMPROXY_AUDIT_PATH=' "$service_environment" /etc/systemd/system/gemproxy.service.d || return 1
    [ -e "$service_logs/audit.log" ] || [ ! -e "$service_state/audit.head" ] || return 1
    [ ! -f "$service_etc/proxy.yaml" ] ||
        grep -q "^\([^#]*[[:space:]{,]\)\{0,1\}path:[[:space:]]*[\"']\{0,1\}$service_logs/" "$service_etc/proxy.yaml"
}

# service_remove_data: all that the service made; what an administrator wrote stays, and is told
service_remove_data() {
    if service_used=$(service_elsewhere); then
        echo "gemproxy: configuration, state and logs stay, because another installation uses them: $service_used" >&2
        return
    fi
    if service_log_goes; then
        rm -f "$service_etc/audit-chain.key"
    elif [ -e "$service_etc/audit-chain.key" ]; then
        echo "gemproxy: the audit log does not lie in $service_logs: it stays, and so does the key of its chain" >&2
    fi
    rm -rf "$service_state" "$service_logs"
    if [ -f "$service_etc/.proxy.yaml.sum" ] && [ -f "$service_etc/proxy.yaml" ] &&
        sha256sum <"$service_etc/proxy.yaml" | cmp -s - "$service_etc/.proxy.yaml.sum"; then
        rm -f "$service_etc/proxy.yaml"
    fi
    rm -f "$service_etc/.proxy.yaml.sum"
    rmdir "$service_etc/credentials" "$service_etc" 2>/dev/null || :
    if [ -d "$service_etc" ] && [ ! -L "$service_etc" ]; then
        chown -Rh root:root "$service_etc"
        chmod 0700 "$service_etc"
        echo "gemproxy: $service_etc holds files that you may want to keep; they stay: $(cd "$service_etc" && find . -type f | sed 's|^\./||' | sort | tr '\n' ' ')" >&2
    fi
    if getent passwd gemproxy >/dev/null; then userdel gemproxy || :; fi
    if getent group gemproxy >/dev/null; then groupdel gemproxy || :; fi
}
