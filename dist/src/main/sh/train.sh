#!/bin/sh
# Makes gemproxy and gemproxy-cli start in half the time: writes lib/gemproxy.aot and lib/gemproxy-cli.aot,
# ahead-of-time caches for the Java that is found here. Run it as who owns the installation, and again
# after an update of gemproxy or of Java; a cache that does not fit is left alone, and all works without.
#
# The server is trained by requests, over TLS, against the bundled simulator, all on 127.0.0.1; that needs
# curl. A package that has a Java of its own holds its caches already.
#
# Exit codes: 0 written, 1 not, or not both, 9 no Java 25 found.
set -eu

case $0 in
    */*) here=${0%/*} ;;
    *) here=. ;;
esac
home=$(CDPATH='' cd -- "$here/.." && pwd -P)
# shellcheck source=SCRIPTDIR/java.sh
. "$home/lib/java.sh"
need_java train.sh "$home"
class_path "$home"
unset JAVA_OPTS JDK_JAVA_OPTIONS JAVA_TOOL_OPTIONS GEMPROXY_CONFIG
umask 022

work=$(mktemp -d)
running=''
# shellcheck disable=SC2329 # called by the trap
clean() {
    # shellcheck disable=SC2086 # a list of processes
    [ -z "$running" ] || kill $running 2>/dev/null || :
    rm -rf "$work" "$home/lib/.new-$$".*
}
trap clean EXIT
trap 'exit 1' HUP INT TERM

fail() { # fail WHAT FILE: what FILE says, and the end
    echo "train.sh: $1:" >&2
    cat "$2" >&2
    exit 1
}

# recorded: the flags of a VM that writes the cache NEW at its end
recorded() { printf '%s' "-XX:AOTCacheOutput=$home/lib/.new-$$.$1"; }

put() { # put NAME LOG: the new cache in its place
    [ -s "$home/lib/.new-$$.$1" ] || fail "no cache $1 was made" "$2"
    chmod 0644 "$home/lib/.new-$$.$1"
    mv -f "$home/lib/.new-$$.$1" "$home/lib/$1"
    echo "Wrote $home/lib/$1"
}

cli() { # cli FLAG ARGUMENT...: the command line in a VM with one more flag
    flag=$1
    shift
    # shellcheck disable=SC2086,SC2154 # lists of flags
    "$java_home/bin/java" $cli_flags $java_portable ${flag:+"$flag"} -cp "$java_class_path" io.gemproxy.cli.Main "$@"
}

line_of() { # line_of FILE PATTERN PROCESS: waits for a line, a minute at most
    i=0
    until grep -s -E -m 1 "$2" "$1" 2>/dev/null; do
        i=$((i + 1))
        if ! kill -0 "$3" 2>/dev/null || [ "$i" -gt 600 ]; then
            fail 'a program for the training did not start' "$1"
        fi
        sleep 0.1
    done
}

start_simulator() {
    sh "$home/bin/gemini-simulator" --port 0 >"$work/simulator.log" 2>&1 &
    simulator=$!
    running="$simulator"
    url=$(line_of "$work/simulator.log" 'http://' "$simulator")
    url=http://${url#*http://}
    url=${url%%[[:space:]]*}
}

write_config() {
    (
        umask 077
        cat >"$work/proxy.yaml" <<YAML
server:
  host: 127.0.0.1
  port: 0
  tls: {enabled: true, cert_path: "$work/certs/cert.pem", key_path: "$work/certs/key.pem"}
gemini: {base_url: "${url%/}"}
admin: {host: 127.0.0.1, port: 0, socket: "$work/admin.sock"}
audit: {path: "$work/audit.log", chain_key_file: "$work/audit-chain.key"}
state: {dir: "$work/var"}
auth: {rate_limit_per_minute: 6000}
limits:
  client: {tokens_per_minute: 100000000, requests_per_day: 1000000, tokens_per_day: 1000000000}
  address: {requests_per_minute: 6000, auth_failures_per_minute: 100}
YAML
    )
    JWT_SECRET=$(head -c 48 /dev/urandom | base64 | tr -d '\n')
    GEMINI_API_KEY=AIzaSimulatorDemoKey000000000000000000
    export JWT_SECRET GEMINI_API_KEY
}

start_server() { # start_server FLAG...
    rm -f "$work/server.log"
    # shellcheck disable=SC2086,SC2154 # lists of flags
    "$java_home/bin/java" -XX:+UseSerialGC $server_flags $java_portable "$@" \
        -cp "$java_class_path" io.gemproxy.server.Main --config "$work/proxy.yaml" >"$work/server.log" 2>&1 &
    server=$!
    running="$server $simulator"
    line=$(line_of "$work/server.log" 'serves on https://' "$server")
    port=${line#*serves on https://*:}
    port=${port%%[!0-9]*}
    admin=${line#*admin on }
    admin=${admin%%[!a-z0-9.:/]*}
}

stop_server() {
    kill "$server"
    wait "$server" || fail 'the server ended badly' "$work/server.log"
    running=$simulator
}

ask_with() { # ask_with HEADER-FILE [CURL-OPTION]... PATH: status and body do not matter here
    header=$1
    shift
    curl -sS -o "$work/answer" --noproxy '*' --max-time 30 --insecure --header @"$work/$header" "$@" ||
        fail 'a request failed' "$work/server.log"
}

ask() { ask_with credential "$@"; }

ask_all() {
    gemini="https://127.0.0.1:$port/v1beta/models/gemini-2.5-flash"
    body='{"contents":[{"parts":[{"text":"Say hello in one sentence."}]}]}'
    for i in 1 2 3 4 5 6 7 8; do
        ask --data "$body" "$gemini:generateContent"
        ask --data "$body" "$gemini:streamGenerateContent?alt=sse"
    done
    ask --http1.1 --tls-max 1.2 --data "$body" "$gemini:countTokens"
    ask "https://127.0.0.1:$port/v1beta/models"
    ask --data '{"model":"gemini-2.5-flash","stream":true,"messages":[{"role":"user","content":"hello"}]}' \
        "https://127.0.0.1:$port/v1beta/openai/chat/completions"
    ask_with key --data "$body" "$gemini:generateContent"
    ask --header 'x-goog-api-key: nobody' --data "$body" "$gemini:generateContent"
    for i in health/live health/ready metrics; do
        ask "$admin/$i"
    done
}

# What it is trained with is the template, in which nothing is secret, or a look at the server that is
# trained, which reads a configuration and asks the admin port as well. The answer may be "no".
train_cli() {
    status=0
    cli "$(recorded gemproxy-cli.aot)" "$@" >"$work/cli.log" 2>&1 || status=$?
    [ "$status" -le 1 ] || fail 'the command line failed' "$work/cli.log"
    put gemproxy-cli.aot "$work/cli.log"
}

train_both() {
    start_simulator
    write_config
    (umask 077 && cli '' token issue --config "$work/proxy.yaml" --subject training >"$work/token" 2>"$work/cli.log") ||
        fail 'no token was issued' "$work/cli.log"
    (umask 077 && printf 'authorization: Bearer %s\n' "$(cat "$work/token")" >"$work/credential")
    (umask 077 && printf 'x-goog-api-key: %s\n' "$(cat "$work/token")" >"$work/key")
    # Twice: a server that starts for the first time has nothing to read back, and most starts do.
    start_server
    ask_all
    stop_server
    start_server "$(recorded gemproxy.aot)"
    ask_all
    train_cli doctor --config "$work/proxy.yaml"
    stop_server
    put gemproxy.aot "$work/server.log"
}

if command -v curl >/dev/null; then
    train_both
else
    train_cli validate "$home/config/proxy.yaml.example"
    echo 'train.sh: curl is missing, so the start of the server stays as it is' >&2
    exit 1
fi
