#!/usr/bin/env bash
# A look at a running gemproxy, for a terminal or a cron job: gemproxy-cli asks its admin port.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: scripts/monitor.sh status  [OPTIONS]
       scripts/monitor.sh watch   [--interval SECONDS] [--count N] [OPTIONS]
       scripts/monitor.sh report  [--output text|json] [OPTIONS]
       scripts/monitor.sh metrics [WORD] [OPTIONS]

  status   whether it serves, where, with which configuration, and the state of each key
  watch    status and performance again and again, until Ctrl-C or --count times
  report   /performance: rates, latencies, keys, process; and in text /errors below it
  metrics  what Prometheus sees; a WORD chooses metrics by their names

OPTIONS go to gemproxy-cli as they are: --config FILE, --server URL, --token-file FILE, --ca FILE.
  --cli PROGRAM  gemproxy-cli; else the one beside this script, of the checkout, or of the PATH

Exit codes are those of gemproxy-cli: 0 shown; 1 the server answers something else; 2 bad usage; 3 it cannot
be reached; 4 not authorised; 9 gemproxy-cli or its Java is missing.
TEXT
}

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
cli='' interval=5 count=0 output=text word=''
options=()

refuse() {
    echo "monitor: $1" >&2
    exit 2
}

command=${1:-}
case $command in
    status | watch | report | metrics) shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
esac
while [ $# -gt 0 ]; do
    case $1 in
        --config | --server | --token-file | --ca | --cli | --interval | --count | --output | -o)
            [ -n "${2:-}" ] || refuse "$1 wants a value"
            ;;
    esac
    case $1 in
        --config | --server | --token-file | --ca) options+=("$1" "$2"); shift ;;
        --cli) cli=$2; shift ;;
        --interval) interval=$2; shift ;;
        --count) count=$2; shift ;;
        --output | -o) output=$2; shift ;;
        -h | --help) usage; exit 0 ;;
        -*) refuse "unknown option $1" ;;
        *)
            if [ "$command" != metrics ] || [ -n "$word" ]; then refuse "$command takes no word"; fi
            word=$1
            ;;
    esac
    shift
done
case $interval-$count in
    *[!0-9-]* | 0-*) refuse "--interval and --count want numbers" ;;
esac
case $output in
    text | json) ;;
    *) refuse "--output wants text or json" ;;
esac

find_cli() {
    local candidate
    for candidate in "$cli" "$here/../bin/gemproxy-cli" "$here/../dist/target/gemproxy/bin/gemproxy-cli" \
        "$(command -v gemproxy-cli || true)" /usr/lib/gemproxy/bin/gemproxy-cli; do
        if [ -n "$candidate" ] && [ -x "$candidate" ]; then
            cli=$candidate
            return
        fi
    done
    echo "monitor: gemproxy-cli is missing: build it (mvn package), or name it with --cli" >&2
    exit 9
}

ask() { # ask COMMAND...: of the server
    "$cli" "$@" ${options[@]+"${options[@]}"} --output "$output"
}

unit() { # the service, where systemd runs it
    local state
    command -v systemctl >/dev/null || return 0
    state=$(systemctl is-active gemproxy.service 2>/dev/null) || true
    case $state in
        active | activating | deactivating | reloading | failed) echo "systemd: gemproxy.service is $state" ;;
    esac
}

status() {
    [ "$output" = json ] || unit
    ask status || return
    [ "$output" = json ] || { echo && ask keys list; }
}

watch() {
    local round=0 last=0
    trap 'exit 0' INT
    while :; do
        round=$((round + 1))
        [ ! -t 1 ] || printf '\033[H\033[2J'
        date -u '+%F %T UTC'
        last=0
        status || last=$? # a server that is away for a moment is watched on
        if [ "$last" -eq 0 ]; then
            echo
            ask performance || last=$?
        fi
        [ "$count" -eq 0 ] || [ "$round" -lt "$count" ] || return "$last"
        sleep "$interval"
    done
}

report() {
    if [ "$output" = json ]; then
        ask performance
        return
    fi
    printf 'gemproxy on %s, %s\n\n' "$(uname -n)" "$(date -u '+%F %T UTC')"
    ask performance
    echo
    ask errors
}

# The service's own socket needs neither its configuration, which may name secrets of systemd's, nor a token.
socket=/run/gemproxy/admin.sock
if [ "${#options[@]}" -eq 0 ] && [ -z "${GEMPROXY_SERVER_URL:-}${GEMPROXY_CONFIG:-}" ] && [ ! -e config/proxy.yaml ] &&
    [ -S "$socket" ] && [ -w "$socket" ]; then
    options=(--server "unix:$socket")
fi
find_cli
case $command in
    metrics) ask metrics ${word:+"$word"} ;;
    *) "$command" ;;
esac
