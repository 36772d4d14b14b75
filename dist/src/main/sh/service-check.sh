# shellcheck shell=sh
# shellcheck disable=SC2154 # some variables are of service.sh, which is sourced before
# shellcheck disable=SC2030,SC2031 # all of it runs in the subshell of service_accepts
# The check before a restart. Sourced by scripts/install.sh and deploy.sh, and part of postinst.
#
# The program is asked as the service will be: as its user, with its groups, environment and credentials, and
# behind what the unit hides. Where systemd runs, a unit made of the service's own does that; elsewhere this
# shell gives what it can. --check reads all that a start reads, keys of certificates included. The server's
# JAVA_OPTS are left out, because their ports and logs are taken by the server that runs.

# service_accepts HOME [PLACE]: whether the program in HOME, which will lie in PLACE, accepts the configuration;
# says on standard error what is wrong
service_accepts() (
    umask 077
    service_file=$(service_config)
    if [ "$(id -u)" -ne 0 ]; then
        # Only root becomes another user; whoever else asks gets the answer of their own.
        service_surroundings && "$1/bin/gemproxy-cli" validate "$service_file" >&2
        exit
    fi
    service_dir=$(mktemp -d /run/gemproxy-check.XXXXXXXX 2>/dev/null) || service_dir=$(mktemp -d) || exit 1
    service_unit=gemproxy-check-${service_dir##*.}.service
    trap 'service_check_ends' EXIT
    trap 'exit 1' HUP INT TERM PIPE
    service_verdict=0
    service_asked_by_systemd "$1" "${2:-$1}" || service_verdict=$?
    if [ "$service_verdict" -eq 2 ]; then
        service_verdict=0
        service_asked_by_shell "$1" >"$service_dir/said" 2>&1 || service_verdict=1
    fi
    cat "$service_dir/said" >&2
    if [ "$service_verdict" -ne 0 ] && grep -q 'this user\|not exist\|not there' "$service_dir/said"; then
        echo "gemproxy: this is what the service sees, which runs as the user $(service_user); its unit shows it nothing of /home, /root and the temporary files of others" >&2
    fi
    exit "$service_verdict"
)

service_check_ends() {
    if [ -e "/run/systemd/system/$service_unit" ]; then
        rm -f "/run/systemd/system/$service_unit"
        systemctl stop "$service_unit" 2>/dev/null || :
        systemctl reset-failed "$service_unit" 2>/dev/null || :
    fi
    rm -rf "$service_dir"
}

# service_property NAME [UNIT]: what systemd has of the service; nothing where there is none
service_property() { systemctl show --property="$1" --value "${2:-gemproxy.service}" 2>/dev/null || :; }

service_user() {
    service_property User | grep . || echo gemproxy
}

# service_asked_by_systemd HOME PLACE: 0 accepted, 1 refused, 2 systemd cannot ask
service_asked_by_systemd() {
    [ -d /run/systemd/system ] && [ -d "$2" ] || return 2
    # What a unit would want quoted.
    case $1$2$service_file in *[!A-Za-z0-9/._~+-]*) return 2 ;; esac
    [ "$(service_property LoadState)" = loaded ] || return 2
    : >"$service_dir/said"
    service_unit_text "$1" "$2" >"/run/systemd/system/$service_unit" || return 2
    chmod 0644 "/run/systemd/system/$service_unit" # systemd warns of others
    # In the background, because only wait ends when a signal comes.
    systemctl start "$service_unit" 2>/dev/null &
    wait "$!" && return 0
    service_status=$(service_property Result "$service_unit"):$(service_property ExecMainStatus "$service_unit")
    case $service_status in
        # Program, output and the places of both are the check's own; all else is the service's.
        exit-code:0 | exit-code:203 | exit-code:209 | exit-code:222 | exit-code:226) return 2 ;;
        exit-code:2[0-9][0-9] | resources:*)
            echo "gemproxy: systemd cannot start the service as its unit says (${service_status%:0}): journalctl -u $service_unit" >>"$service_dir/said"
            return 1
            ;;
        exit-code:*) return 1 ;;
        *) return 2 ;;
    esac
}

# service_unit_text HOME PLACE: the service's unit with all drop-ins, which checks instead of serving and
# leaves alone what belongs to the server that runs
service_unit_text() {
    systemctl cat gemproxy.service >"$service_dir/unit" 2>/dev/null || return
    printf '[Unit]\nDescription=whether gemproxy accepts its configuration\n'
    awk '/^[[:space:]]*\[/ { service = /\[Service\]/ } service' "$service_dir/unit"
    cat <<TEXT

[Service]
Type=oneshot
NotifyAccess=none
RemainAfterExit=no
Restart=no
RestartForceExitStatus=
SuccessExitStatus=
WatchdogSec=0
TimeoutStartSec=60s
ExecCondition=
ExecStartPre=
ExecStart=
ExecStart=$2/bin/gemproxy --check --config $service_file
ExecStartPost=
ExecReload=
ExecStop=
ExecStopPost=
PIDFile=
Sockets=
RuntimeDirectory=
StateDirectory=
CacheDirectory=
LogsDirectory=
ConfigurationDirectory=
UnsetEnvironment=JAVA_OPTS JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS
StandardInput=null
StandardOutput=append:$service_dir/said
StandardError=inherit
TEXT
    [ "$1" = "$2" ] || printf 'BindReadOnlyPaths=%s:%s\n' "$1" "$2"
}

# service_asked_by_shell HOME: the same without systemd
service_asked_by_shell() (
    service_home=$1 service_as=$(service_user)
    service_group=$(service_property Group | grep .) || service_group=$(id -g "$service_as" 2>/dev/null) || :
    service_groups=$(id -G "$service_as" 2>/dev/null) || :
    service_groups=$(echo "$service_groups" "$(service_property SupplementaryGroups)" | sed 's/ *$//; s/  */,/g')
    set -- setpriv --reuid="$service_as" --regid="$service_group" --groups="$service_groups" --inh-caps=-all --no-new-privs
    chmod 0711 "$service_dir"
    # No such user yet, no setpriv (busybox has another), or a program only root can reach: root's answer is
    # better than none.
    "$@" test -x "$service_home/bin/gemproxy" 2>/dev/null || set -- env
    service_forget_environment
    service_surroundings || exit 1
    unset JAVA_OPTS JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS
    service_credentials "$service_as"
    "$@" "$service_home/bin/gemproxy" --check --config "$service_file"
)

# service_forget_environment: what the administrator's shell has and the service has not
service_forget_environment() {
    # shellcheck disable=SC2013 # names have no blanks
    for service_variable in $(awk 'BEGIN { for (name in ENVIRON) if (name ~ /^[A-Za-z_][A-Za-z0-9_]*$/) print name }'); do
        unset "$service_variable" 2>/dev/null || :
    done
    export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
}

# service_credentials USER: copies, as the unit's LoadCredential=gemproxy:/etc/gemproxy/credentials names them.
# The directory is root's until all is in it, so nobody can lay a link there.
service_credentials() {
    export CREDENTIALS_DIRECTORY="$service_dir/credentials"
    mkdir "$CREDENTIALS_DIRECTORY"
    for service_secret in "$service_etc"/credentials/*; do
        [ -f "$service_secret" ] || continue
        service_copied=$CREDENTIALS_DIRECTORY/gemproxy_${service_secret##*/}
        (umask 377 && cat "$service_secret" >"$service_copied")
        chown "$1" "$service_copied" 2>/dev/null || :
    done
    chown "$1" "$CREDENTIALS_DIRECTORY" 2>/dev/null || :
}
