#!/usr/bin/env bash
# How long programs take from their start, with and without the caches of lib/train.sh or of a package:
# the command line to its answer, the server to its first answer to a client.
set -euo pipefail
export LC_ALL=C

usage() {
    cat <<'TEXT'
usage: benchmarks/start.sh [--runs N] [--tls] [--max-validate MS] [--max-start MS] [--home DIR]

  --runs N            starts of each kind; medians are printed (15)
  --tls               the server serves TLS, with a certificate that it made before and the client trusts
  --max-validate MS   exit 1 when `gemproxy-cli validate` with its cache takes longer
  --max-start MS      the same of the server with its cache, from its start to the first served request
  --home DIR          an installation of gemproxy; default: dist/target/gemproxy of the checkout

Works on a copy in a temporary directory. Needs curl, and a Java 25 unless the installation has one; everything runs on 127.0.0.1.
TEXT
}

here=$(cd "$(dirname "$0")" && pwd -P)
runs=15 scheme=http most='' most_start='' home=$here/../dist/target/gemproxy
while [ $# -gt 0 ]; do
    case $1 in
        --runs | --max-validate | --max-start)
            case ${2:-} in
                '' | *[!0-9]* | 0) echo "start.sh: $1 wants a number above 0" >&2; exit 2 ;;
            esac
            case $1 in
                --runs) runs=$2 ;;
                --max-validate) most=$2 ;;
                --max-start) most_start=$2 ;;
            esac
            shift
            ;;
        --tls) scheme=https ;;
        --home) home=${2:?start.sh: --home wants a directory}; shift ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done
[ -x "$home/bin/gemproxy-cli" ] || { echo "start.sh: no installation at $home (make package)" >&2; exit 2; }

work=$(mktemp -d)
trust=()
[ $scheme = http ] || trust=(--cacert "$work/cert.pem")
running=''
trap 'if [ -n "$running" ]; then kill $running 2>/dev/null || :; fi; rm -rf "$work"' EXIT
cp -rp "$home" "$work/gemproxy"
cp=$work/gemproxy
# A package was trained when it was built.
[ ! -e "$cp/lib/gemproxy.aot" ] || mv "$cp"/lib/*.aot "$work"

export JWT_SECRET=n0t-A-secret-but-32-characters-Long
export GEMINI_API_KEY=AIzaSimulatorDemoKey000000000000000000
unset GEMPROXY_CONFIG JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS JAVA_OPTS
install -m 600 "$cp/config/proxy.yaml.example" "$work/ordinary.yaml"

# milliseconds MICROSECONDS-BEFORE
milliseconds() { echo $(((${EPOCHREALTIME/./} - $1) / 1000)); }

# processor_time PROCESS: the milliseconds it has used, all threads
processor_time() {
    awk -v tick="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print int(($12 + $13) * 1000 / tick) }' "/proc/$1/stat"
}

# median: of the numbers on standard input
median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

# timed COMMAND...: the medians of its time and of its processor time over so many runs, after one
# that fills the page cache
timed() {
    "$@" >"$work/said" 2>&1 || { cat "$work/said" >&2; exit 1; }
    local TIMEFORMAT='%3R %3U %3S' i
    for ((i = 0; i < runs; i++)); do
        { time "$@" >/dev/null 2>&1; } 2>>"$work/times"
    done
    printf '%s %s\n' "$(awk '{ print int($1 * 1000) }' "$work/times" | median)" \
        "$(awk '{ print int(($2 + $3) * 1000) }' "$work/times" | median)"
    rm "$work/times"
}

# row NAME MS [CPU]
row() { printf '%-40s %8s %8s\n' "$1" "$2" "${3:-}"; }

# served: milliseconds from the server's start to the answer that a client has, and of processor time
served() {
    before=${EPOCHREALTIME/./}
    exec 3< <(cd "$work" && exec "$cp/bin/gemproxy" --config server.yaml 2>&1)
    running="$simulator $!"
    while read -r -u 3 line; do
        case $line in
            *"serves on $scheme://127.0.0.1:"*)
                port=${line#*serves on "$scheme"://127.0.0.1:}
                port=${port%%[!0-9]*}
                break
                ;;
        esac
    done
    curl -fsS -o /dev/null "${trust[@]}" -H "x-goog-api-key: $token" -H 'content-type: application/json' \
        -d '{"contents":[{"parts":[{"text":"hello"}]}]}' \
        "$scheme://127.0.0.1:$port/v1beta/models/gemini-2.5-flash:generateContent"
    echo "$(milliseconds "$before") $(processor_time "${running#* }")"
    kill "${running#* }"
    cat <&3 >/dev/null
    exec 3<&-
    running=$simulator
}

exec 4< <(exec "$cp/bin/gemini-simulator" --port 0)
simulator=$!
running=$simulator
read -r -u 4 line
url=http://${line#*http://}
url=${url%%[[:space:]]*}
cat >"$work/server.yaml" <<TEXT
server: {host: 127.0.0.1, port: 0, tls: {enabled: $([ $scheme = https ] && echo true || echo false), cert_path: cert.pem, key_path: key.pem}}
gemini: {base_url: "${url%/}"}
admin: {host: 127.0.0.1, port: 0}
audit: {path: audit.log}
state: {dir: var}
auth: {rate_limit_per_minute: 100000}
TEXT
chmod 600 "$work/server.yaml"
token=$("$cp/bin/gemproxy-cli" token issue --config "$work/server.yaml" --subject bench 2>/dev/null)

# starts: the medians of the server's
starts() {
    local i
    served >/dev/null
    for ((i = 0; i < runs; i++)); do served >>"$work/served"; done
    echo "$(cut -d ' ' -f 1 "$work/served" | median) $(cut -d ' ' -f 2 "$work/served" | median)"
    rm "$work/served"
}

printf 'load average %s\n' "$(cut -d ' ' -f 1-3 /proc/loadavg)"
row "median of $runs starts" ms 'cpu ms'
# shellcheck disable=SC2046 # two words
row 'gemproxy-cli validate, without a cache' $(timed "$cp/bin/gemproxy-cli" validate "$work/ordinary.yaml")
# shellcheck disable=SC2046 # two words
row 'gemproxy to its first served request, so' $(starts)
if [ -e "$work/gemproxy.aot" ]; then mv "$work"/*.aot "$cp/lib/"; else sh "$cp/lib/train.sh" >/dev/null; fi
for program in gemproxy gemproxy-cli; do
    JDK_JAVA_OPTIONS=-XX:AOTMode=on "$cp/bin/$program" --version >/dev/null 2>&1 ||
        { echo "start.sh: the cache of $program is not used" >&2; exit 1; }
done
read -r validate processor < <(timed "$cp/bin/gemproxy-cli" validate "$work/ordinary.yaml")
row 'gemproxy-cli validate' "$validate" "$processor"
# shellcheck disable=SC2046 # two words
row 'gemproxy-cli --version' $(timed "$cp/bin/gemproxy-cli" --version)
read -r start processor < <(starts)
row 'gemproxy to its first served request' "$start" "$processor"

if [ -n "$most" ] && [ "$validate" -gt "$most" ]; then
    echo "start.sh: validate takes more than $most ms" >&2
    exit 1
fi
if [ -n "$most_start" ] && [ "$start" -gt "$most_start" ]; then
    echo "start.sh: the server takes more than $most_start ms" >&2
    exit 1
fi
