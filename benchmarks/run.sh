#!/usr/bin/env bash
# gemproxy against a bare nginx reverse proxy, in interleaved rounds on this machine.
# docs/benchmarks.md says how to read what it prints.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: benchmarks/run.sh [--rounds N] [--seconds N] [--warm-up N] [--connections N] [--max-ratio X] [--shares] [--home DIR]

  --rounds N        interleaved rounds; the medians are printed (5)
  --seconds N       length of each proxy's part of a round (8)
  --warm-up N       seconds of load before the first round (30)
  --connections N   connections of the load generator (64)
  --max-ratio X     exit 1 when gemproxy's CPU per request is more than X times nginx's
  --shares          set every kind of limit, out of reach, and after the rounds say which share of
                    gemproxy's CPU time authentication, limits, usage and the audit log take
  --home DIR        an installation of gemproxy; default: the checkout's own, built if it is missing

Needs nginx, wrk and curl (apt install nginx-light wrk curl) and Linux's /proc; --shares a JDK 25.
Everything runs on 127.0.0.1 and in a temporary directory. BENCH_LOCK names a file to hold locked
(flock) during each round, so that other work on the machine can keep away.
TEXT
}

rounds=5 seconds=8 warm_up=30 connections=64 max_ratio='' home='' shares=''
while [ $# -gt 0 ]; do
    case $1 in
        --rounds | --seconds | --warm-up | --connections)
            case ${2:-} in
                '' | *[!0-9]* | 0) echo "run.sh: $1 wants a number above 0" >&2; exit 2 ;;
            esac
            name=${1#--}
            printf -v "${name//-/_}" %s "$2"
            shift
            ;;
        --max-ratio)
            [[ ${2:-} =~ ^[0-9]+(\.[0-9]+)?$ ]] || { echo "run.sh: --max-ratio wants a number" >&2; exit 2; }
            max_ratio=$2
            shift
            ;;
        --shares) shares=yes ;;
        --home)
            [ -x "${2:-}/bin/gemproxy" ] || { echo "run.sh: --home wants a directory that holds bin/gemproxy" >&2; exit 2; }
            home=$(cd "$2" && pwd)
            shift
            ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done
[ "$connections" -ge 2 ] || { echo "run.sh: --connections wants at least 2" >&2; exit 2; }

cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly here=$PWD/benchmarks keys=20
PATH=$PATH:/usr/sbin # where Debian keeps nginx
missing=''
for tool in nginx wrk curl; do
    command -v "$tool" >/dev/null || missing="$missing $tool"
done
[ -z "$missing" ] || { echo "run.sh: missing:$missing; install with: apt install nginx-light wrk curl" >&2; exit 2; }
[ -r /proc/self/stat ] || { echo "run.sh: needs Linux's /proc" >&2; exit 2; }
if [ -n "$shares" ]; then
    # shellcheck source=dist/src/main/sh/java.sh
    . dist/src/main/sh/java.sh
    find_java "" jcmd || { echo "run.sh: --shares needs a JDK 25" >&2; exit 2; }
fi

if [ -z "$home" ]; then
    home=$PWD/dist/target/gemproxy
    [ -x "$home/bin/gemproxy" ] || { echo "Building gemproxy" >&2; make -s package >&2; }
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/gemproxy-bench.XXXXXX")
upstream='' nginx='' gemproxy=''

# shellcheck disable=SC2317 # called by the trap
clean_up() {
    local process
    trap '' INT TERM
    for process in $gemproxy $nginx $upstream; do
        kill -TERM "$process" 2>/dev/null || continue
        wait "$process" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() { # fail MESSAGE [LOG]
    echo "run.sh: $1" >&2
    if [ -n "${2:-}" ] && [ -s "$2" ]; then tail -n 20 "$2" >&2; fi
    exit 1
}

secret() { head -c 36 /dev/urandom | base64 | tr '+/' '-_'; }

choose_ports() { # sets upstream_port nginx_port proxy_port admin_port: four nobody listens on
    local found=() port
    while [ "${#found[@]}" -lt 4 ]; do
        port=$((20000 + RANDOM % 12000))
        case " ${found[*]:-} " in *" $port "*) continue ;; esac
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then found+=("$port"); fi
    done
    upstream_port=${found[0]} nginx_port=${found[1]} proxy_port=${found[2]} admin_port=${found[3]}
}

write_bodies() {
    local answer question
    question=$(head -c 420 /dev/zero | tr '\0' q)
    answer=$(head -c 620 /dev/zero | tr '\0' a)
    printf '{"contents":[{"role":"user","parts":[{"text":"%s"}]}],"generationConfig":{"temperature":0.2}}' \
        "$question" >"$work/question.json"
    printf '{"candidates":[{"content":{"parts":[{"text":"%s"}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":105,"candidatesTokenCount":155,"totalTokenCount":260,"promptTokensDetails":[{"modality":"TEXT","tokenCount":105}]},"modelVersion":"gemini-2.5-flash","responseId":"%s"}' \
        "$answer" bench-0000000000000000 >"$work/answer.json"
}

nginx_config() { # nginx_config NAME HTTP-BLOCK
    mkdir -p "$work/$1"
    cat >"$work/$1/nginx.conf" <<CONF
worker_processes 1;
daemon off;
master_process off;
pid $work/$1/pid;
error_log $work/$1/error.log warn;
events { worker_connections 2048; }
http {
    access_log off;
    keepalive_requests 1000000000;
    tcp_nodelay on;
    client_body_temp_path $work/$1/body;
    proxy_temp_path $work/$1/proxy;
    fastcgi_temp_path $work/$1/fastcgi;
    uwsgi_temp_path $work/$1/uwsgi;
    scgi_temp_path $work/$1/scgi;
$2
}
CONF
}

write_nginx() {
    nginx_config upstream "
    server {
        listen 127.0.0.1:$upstream_port;
        location / { default_type application/json; return 200 '$(cat "$work/answer.json")'; }
    }"
    nginx_config proxy "
    upstream gemini { server 127.0.0.1:$upstream_port; keepalive $connections; keepalive_requests 1000000000; }
    server {
        listen 127.0.0.1:$nginx_port;
        location / { proxy_pass http://gemini; proxy_http_version 1.1; proxy_set_header Connection ''; }
    }"
}

declared_client() { # with every kind of limit, so that each is counted
    [ -n "$shares" ] || return 0
    local minute=1000000 day=1000000000 tokens=1000000000000 # the first is the most that can be set
    cat <<YAML
  clients:
    - name: bench
      limits: { requests_per_minute: $minute, tokens_per_minute: $tokens, requests_per_day: $day }
      budgets: { day: { tokens: $tokens, usd: 1000000 }, month: { tokens: $tokens, usd: 1000000 } }
limits:
  address: { requests_per_minute: $minute, auth_failures_per_minute: $minute }
  global: { requests_per_minute: $minute, tokens_per_minute: $tokens }
YAML
}

write_gemproxy() {
    local number
    (
        umask 077
        cat >"$work/proxy.yaml" <<YAML
server: { host: 127.0.0.1, port: $proxy_port, tls: { enabled: false } }
gemini:
  base_url: http://127.0.0.1:$upstream_port
  api_keys:
$(for number in $(seq "$keys"); do
        printf '    - { id: key-%02d, key: "AIza%s", project: project-%02d }\n' "$number" "$(secret | cut -c 1-35)" "$number"
    done)
auth:
  enabled: true
  jwt_secret: "$(secret)"
$(declared_client)
admin: { host: 127.0.0.1, port: $admin_port }
metrics: { enabled: true }
logging: { level: info, format: json }
audit: { path: $work/audit.log }
state: { dir: $work/var }
YAML
        # wrk wants the header's value and nothing behind it
        printf %s "$("$home/bin/gemproxy-cli" token issue --config "$work/proxy.yaml" --subject bench --ttl 1d 2>"$work/token.err")" >"$work/token"
    )
    [ -s "$work/token" ] || fail "no token" "$work/token.err"
}

start() {
    nginx -p "$work/upstream" -c "$work/upstream/nginx.conf" 2>"$work/upstream.err" &
    upstream=$!
    nginx -p "$work/proxy" -c "$work/proxy/nginx.conf" 2>"$work/proxy.err" &
    nginx=$!
    (cd "$work" && exec "$home/bin/gemproxy" --config "$work/proxy.yaml") >"$work/gemproxy.log" 2>&1 &
    gemproxy=$!
    await "$upstream_port" "$upstream" "$work/upstream.err"
    await "$nginx_port" "$nginx" "$work/proxy.err"
    await "$proxy_port" "$gemproxy" "$work/gemproxy.log"
}

ask() { # ask PORT: the body of one answer
    curl -sS --fail --noproxy '*' --max-time 2 --header "x-goog-api-key: $(cat "$work/token")" \
        --header 'content-type: application/json' --data @"$work/question.json" \
        "http://127.0.0.1:$1/v1beta/models/gemini-2.5-flash:generateContent" 2>/dev/null
}

await() { # await PORT PROCESS LOG
    local deadline=$((SECONDS + 30))
    until ask "$1" | cmp -s - "$work/answer.json"; do
        kill -0 "$2" 2>/dev/null || fail "a process ended" "$3"
        [ "$SECONDS" -lt "$deadline" ] || fail "no answer on port $1" "$3"
        sleep 0.2
    done
}

clock_ticks=$(getconf CLK_TCK)
readonly clock_ticks

cpu_ticks() { # cpu_ticks PROCESS: user and system time, of all its threads
    local stat
    stat=$(<"/proc/$1/stat")
    # shellcheck disable=SC2086 # fields; the second one, which may hold blanks, is cut off
    set -- ${stat##*) }
    echo $((${12} + ${13}))
}

resident() { awk '/^VmRSS:/ { printf "%d", $2 / 1024 }' "/proc/$1/status"; }

load() { # load PORT SECONDS
    BENCH_BODY=$work/question.json BENCH_TOKEN=$work/token \
        wrk -t 2 -c "$connections" -d "${2}s" --latency -s "$here/post.lua" "http://127.0.0.1:$1" |
        sed -n 's/^figures //p'
}

# One line of: CPU microseconds per request, requests per second, p50 and p99 in milliseconds, MiB
measure() { # measure PORT PROCESS
    local before after figures requests micros p50 p99 errors
    before=$(cpu_ticks "$2")
    figures=$(load "$1" "$seconds")
    after=$(cpu_ticks "$2")
    read -r requests micros p50 p99 errors <<<"$figures"
    [ "${requests:-0}" -gt 0 ] || fail "no request was answered on port $1" "$work/gemproxy.log"
    [ "$errors" -eq 0 ] || fail "$errors of $requests requests failed on port $1" "$work/gemproxy.log"
    awk -v ticks=$((after - before)) -v hz="$clock_ticks" -v n="$requests" -v us="$micros" \
        -v p50="$p50" -v p99="$p99" -v mib="$(resident "$2")" \
        'BEGIN { printf "%.1f %.0f %.2f %.2f %d\n", ticks / hz * 1e6 / n, n / (us / 1e6), p50 / 1e3, p99 / 1e3, mib }'
}

median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

column() { cut -d ' ' -f "$2" "$work/$1.rounds" | median; }

row() { # row NAME FILE
    printf '%-10s %12s %12s %10s %10s %10s\n' "$1" "$(column "$2" 1)" "$(column "$2" 2)" "$(column "$2" 3)" "$(column "$2" 4)" "$(column "$2" 5)"
}

one_round() { # the order alternates, so that neither always comes first
    local first=nginx second=gemproxy name port process
    if [ $(($1 % 2)) -eq 0 ]; then first=gemproxy second=nginx; fi
    for name in "$first" "$second"; do
        if [ "$name" = nginx ]; then port=$nginx_port process=$nginx; else port=$proxy_port process=$gemproxy; fi
        measure "$port" "$process" >"$work/last"
        cat "$work/last" >>"$work/$name.rounds"
        echo "round $1 $name: $(awk '{ print $1 " us CPU per request, " $2 " requests/s, p50 " $3 " ms, p99 " $4 " ms, " $5 " MiB" }' "$work/last")" >&2
    done
    paste -d ' ' <(tail -n 1 "$work/gemproxy.rounds") <(tail -n 1 "$work/nginx.rounds") |
        awk '{ printf "%.2f\n", $1 / $6 }' >>"$work/ratios"
}

recorder() { # recorder COMMAND...: of jcmd, to gemproxy
    # shellcheck disable=SC2154 # find_java sets it
    "$java_home/bin/jcmd" "$gemproxy" "$@" >"$work/jcmd.log" || fail "no recording" "$work/jcmd.log"
}

# shellcheck disable=SC2317 # called through locked
shares_round() { # what a round's CPU time went to; docs/benchmarks.md says how it is told apart
    local before after figures requests errors
    recorder JFR.configure stackdepth=256
    recorder JFR.start name=shares settings="$here/cpu-time.jfc"
    before=$(cpu_ticks "$gemproxy")
    figures=$(load "$proxy_port" "$seconds")
    after=$(cpu_ticks "$gemproxy")
    recorder JFR.stop name=shares filename="$work/shares.jfr"
    read -r requests _ _ _ errors <<<"$figures"
    [ "${requests:-0}" -gt 0 ] || fail "no request was answered"
    [ "$errors" -eq 0 ] || fail "$errors of $requests requests failed"
    "$java_home/bin/java" "$here/src/main/java/io/gemproxy/benchmarks/CpuShares.java" "$work/shares.jfr" \
        "$(awk -v ticks=$((after - before)) -v hz="$clock_ticks" 'BEGIN { printf "%d", ticks / hz * 1e6 }')" "$requests"
}

locked() { # locked COMMAND...: with BENCH_LOCK held, if there is one
    if [ -n "${BENCH_LOCK:-}" ]; then
        exec 9>"$BENCH_LOCK"
        flock 9
    fi
    "$@"
    if [ -n "${BENCH_LOCK:-}" ]; then exec 9>&-; fi
}

# shellcheck disable=SC2317 # called through locked
warm() {
    load "$nginx_port" 2 >/dev/null
    load "$proxy_port" "$warm_up" >/dev/null
}

choose_ports
write_bodies
write_nginx
write_gemproxy
start
echo "warming up for $warm_up s" >&2
locked warm
for round in $(seq "$rounds"); do
    locked one_round "$round"
done

echo
echo "$connections connections, $(stat -c %s "$work/question.json") bytes up, $(stat -c %s "$work/answer.json") bytes down, no TLS, $(nproc) CPUs; medians of $rounds rounds of $seconds s"
printf '%-10s %12s %12s %10s %10s %10s\n' '' 'CPU us/req' 'requests/s' 'p50 ms' 'p99 ms' 'RSS MiB'
row nginx nginx
row gemproxy gemproxy
ratio=$(median <"$work/ratios")
echo "ratio gemproxy/nginx, CPU per request: $ratio (rounds: $(sort -n "$work/ratios" | paste -sd ' '))"
records=$(wc -l <"$work/audit.log")
[ "$records" -gt 0 ] || fail "the audit log is empty: what was measured is not the whole pipeline"
if [ -n "$shares" ]; then
    echo
    locked shares_round
fi
if [ -n "$max_ratio" ] && awk -v is="$ratio" -v most="$max_ratio" 'BEGIN { exit !(is > most) }'; then
    fail "the ratio is above $max_ratio"
fi
