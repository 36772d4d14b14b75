#!/usr/bin/env bash
# From a clean checkout to a streamed answer through the proxy. Idempotent: what is there is kept.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: scripts/quickstart.sh [--once] [--port N] [--admin-port N]

Builds gemproxy if needed, writes config/proxy.yaml and certs/ if there are none, starts the proxy on
https://localhost:8443 and its admin port on http://127.0.0.1:9090, mints a client token and sends one
streamed request. Stays in the foreground until Ctrl-C.

  --once           exit 0 after the first answer
  --port N         the proxy port (8443)
  --admin-port N   the admin port (9090)

With GEMINI_API_KEY, or GEMINI_API_KEYS (comma-separated), it talks to Gemini; without, to the bundled
simulator.
TEXT
}

port=8443 admin_port=9090 once=false
while [ $# -gt 0 ]; do
    case $1 in
        --once) once=true ;;
        --port | --admin-port)
            case ${2:-} in
                '' | *[!0-9]*) echo "quickstart: $1 wants a port number" >&2; exit 2 ;;
            esac
            if [ "$1" = --port ]; then port=$2; else admin_port=$2; fi
            shift
            ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done

cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly home=dist/target/gemproxy stamp=dist/target/quickstart.stamp
readonly run=var/quickstart-$$ build_log=logs/quickstart-build.log
readonly server_log=logs/gemproxy.log simulator_log=logs/simulator.log
readonly model=gemini-2.5-flash
server='' simulator='' admin_url=''

say() {
    if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then printf '\n\033[1m%s\033[0m\n' "$*"; else printf '\n%s\n' "$*"; fi
}

fail() { # fail MESSAGE [LOG]
    echo "quickstart: $1" >&2
    if [ -n "${2:-}" ] && [ -s "$2" ]; then
        echo "--- the last lines of $2" >&2
        tail -n 20 "$2" >&2
    fi
    exit 1
}

# shellcheck disable=SC2317 # called by the trap
stop() { # the proxy first, so that what it relays can end
    local process
    trap '' INT TERM
    for process in $server $simulator; do
        kill -TERM "$process" 2>/dev/null || continue
        wait "$process" 2>/dev/null || true
    done
    rm -rf "$run"
}

is_taken() { # is_taken PORT
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

check_ports() {
    ! is_taken "$port" || fail "port $port is taken; --port chooses another"
    ! is_taken "$admin_port" || fail "port $admin_port is taken; --admin-port chooses another"
}

check_keys() { # a token of ours that stands where a Gemini key belongs must not go to Google
    case ,${GEMINI_API_KEY:-},${GEMINI_API_KEYS:-} in
        *,eyJ*.*.* | *,[[:space:]]eyJ*.*.*)
            fail "GEMINI_API_KEY(S) holds a client token, not a Gemini key: unset it" ;;
    esac
}

size() { # size FILE: its bytes, 0 if there is none
    if [ -e "$1" ]; then wc -c <"$1"; else echo 0; fi
}

since() { # since OFFSET FILE: what was appended
    tail -c "+$(($1 + 1))" "$2" 2>/dev/null
}

secret() { # 48 characters of 6 random bits each
    head -c 36 /dev/urandom | base64 | tr '+/' '-_'
}

build() {
    if [ -x "$home/bin/gemproxy" ] && [ -e "$stamp" ] &&
        [ -z "$(find pom.xml {simulator,server,cli,dist}/{pom.xml,src/main} -newer "$stamp" | head -n 1)" ]; then
        return
    fi
    # shellcheck source=SCRIPTDIR/../dist/src/main/sh/java.sh
    . dist/src/main/sh/java.sh
    find_java "" javac || fail "no JDK 25 found (looked at JAVA_HOME, /usr/lib/jvm, /opt, ~/.sdkman and PATH); install one, e.g. Temurin 25 from https://adoptium.net, or set JAVA_HOME"
    command -v mvn >/dev/null || fail "Maven is missing; install it, e.g. apt install maven"
    say "Building (the first time Maven fetches its plugins and our libraries: a minute or two)"
    touch "$run/build-began"
    # shellcheck disable=SC2154 # find_java sets java_home
    JAVA_HOME=$java_home mvn -B -ntp -pl dist -am package -Dmaven.test.skip=true \
        -Dspotless.check.skip=true -Dgemproxy.archive.skip=true >"$build_log" 2>&1 </dev/null ||
        fail "the build failed; all of it is in $build_log" "$build_log"
    touch -r "$run/build-began" "$stamp"
}

write_config() {
    if [ -e config/proxy.yaml ]; then
        return
    fi
    say "Writing config/proxy.yaml with fresh secrets"
    mkdir -p config
    (
        umask 077
        cat >"$run/proxy.yaml" <<YAML
# Written by scripts/quickstart.sh. Every key there is: config/proxy.yaml.example
server:
  host: 127.0.0.1            # 0.0.0.0 opens it to other machines
  port: 8443
  tls:
    enabled: true
    cert_path: certs/cert.pem
    key_path: certs/key.pem

# Keys come from GEMINI_API_KEYS (or GEMINI_API_KEY) while there are none here:
# gemini:
#   api_keys:
#     - id: primary
#       key: \${GEMINI_KEY_1}
#       project: my-project

auth:
  jwt_secret: "$(secret)"
  admin_password: "$(secret)"
  rate_limit_per_minute: 60  # of a client whose token names no limit

admin:
  host: 127.0.0.1
  port: 9090
YAML
        mv "$run/proxy.yaml" config/proxy.yaml
    )
}

make_certificate() {
    if [ -e certs/cert.pem ] && [ -e certs/key.pem ]; then
        return
    fi
    say "Making a self-signed certificate in certs/"
    "$home/bin/gemproxy-cli" cert self-signed --out certs >"$run/cert.log" 2>&1 || fail "no certificate" "$run/cert.log"
}

has_own_keys() { grep -Eq '^[[:space:]-]*(key|key_file|api_keys_file):' config/proxy.yaml; }

choose_upstream() {
    if [ -n "${GEMINI_API_KEY:-}${GEMINI_API_KEYS:-}" ]; then
        say "Talking to Gemini with the keys of your environment"
        return
    fi
    if has_own_keys; then
        say "Talking to Gemini with the keys of config/proxy.yaml"
        return
    fi
    say "No GEMINI_API_KEY is set: answers come from the bundled simulator, not from Gemini"
    local first second begin url=''
    begin=$(size "$simulator_log")
    first=AIza$(secret | cut -c 1-35) second=AIza$(secret | cut -c 1-35)
    "$home/bin/gemini-simulator" --port 0 --key "first=$first@one" --key "second=$second@two" \
        >>"$simulator_log" 2>&1 </dev/null &
    simulator=$!
    local deadline=$((SECONDS + 60))
    until [ -n "$url" ]; do
        kill -0 "$simulator" 2>/dev/null || fail "the simulator ended" "$simulator_log"
        [ "$SECONDS" -lt "$deadline" ] || fail "the simulator did not start within a minute" "$simulator_log"
        sleep 0.1
        url=$(since "$begin" "$simulator_log" | grep -Eo 'http://[^[:space:]/]+' | head -n 1 || true)
    done
    export GEMINI_API_KEYS="$first,$second"
    overrides=(--set "gemini.base_url=$url")
}

is_ready() { # an admin port with TLS is known to gemproxy-cli by the configuration
    case $(<"$run/serves") in
        *'admin on https://'*)
            admin_url=https://127.0.0.1:$admin_port
            "$home/bin/gemproxy-cli" status --config config/proxy.yaml --server "$admin_url" >/dev/null 2>&1
            ;;
        *)
            admin_url=http://127.0.0.1:$admin_port
            curl -fs --noproxy '*' --max-time 2 -o /dev/null "$admin_url/health/ready"
            ;;
    esac
}

start_server() {
    local begin
    begin=$(size "$server_log")
    # The line that is waited for below has this level.
    grep -Eiq '^[[:space:]]*level:[[:space:]]*"?(debug|trace)' config/proxy.yaml ||
        overrides+=(--set logging.level=info)
    "$home/bin/gemproxy" --config config/proxy.yaml --set "server.port=$port" --set "admin.port=$admin_port" \
        ${overrides[@]+"${overrides[@]}"} >>"$server_log" 2>&1 </dev/null &
    server=$!
    local deadline=$((SECONDS + 60)) status=0
    # Its own log first: another server on the admin port would answer as well.
    until since "$begin" "$server_log" | grep -E "serves on .*:$port([^0-9]|\$)" >"$run/serves" && is_ready; do
        if ! kill -0 "$server" 2>/dev/null; then
            wait "$server" || status=$?
            server=''
            if [ "$status" -eq 5 ]; then
                fail "a port is taken: --port and --admin-port choose others" "$server_log"
            fi
            fail "the proxy ended with code $status" "$server_log"
        fi
        [ "$SECONDS" -lt "$deadline" ] || fail "the proxy was not ready within a minute" "$server_log"
        sleep 0.2
    done
}

mint_token() {
    token=$("$home/bin/gemproxy-cli" token issue --config config/proxy.yaml --subject quickstart --ttl 24h 2>"$run/token.log") ||
        fail "no token" "$run/token.log"
    # In a file, because other users of the machine can read a program's arguments.
    (umask 077 && printf 'x-goog-api-key: %s\n' "$token" >"$run/credential")
}

ask() {
    say "POST /v1beta/models/$model:streamGenerateContent?alt=sse"
    curl -sSN --fail-with-body --noproxy '*' --max-time 300 --cacert certs/cert.pem \
        --header @"$run/credential" --header 'content-type: application/json' \
        --data '{"contents":[{"parts":[{"text":"Say hello in one sentence."}]}]}' \
        "https://localhost:$port/v1beta/models/$model:streamGenerateContent?alt=sse" 2>"$run/curl.log" |
        tee "$run/answer" | while IFS= read -r line; do
            grep -Eo '"text": *"([^"\\]|\\.)*"' <<<"$line" | while IFS= read -r text; do
                text=${text#*: }
                text=${text#*\"}
                text=${text//'\u001b'/} # an answer must not steer the terminal
                text=${text%\"}
                printf '%b' "${text//\\\"/\"}"
            done || true
        done || {
        cat "$run/curl.log" "$run/answer" >&2 || true
        fail "the request failed" "$server_log"
    }
    grep -q '"text"' "$run/answer" || fail "there was no text in the answer" "$server_log"
    echo
}

next_steps() {
    cat <<TEXT

Your client token (valid for 24 hours; give it to an SDK as its API key):

$token

What to try next, from this directory, in another terminal:

  export TOKEN=<the token>  SSL_CERT_FILE=\$PWD/certs/cert.pem  NODE_EXTRA_CA_CERTS=\$PWD/certs/cert.pem

  Python      genai.Client(api_key=os.environ["TOKEN"], http_options={"base_url": "https://localhost:$port"})
  JavaScript  new GoogleGenAI({apiKey: process.env.TOKEN, httpOptions: {baseUrl: "https://localhost:$port"}})
  OpenAI SDK  OpenAI(api_key=os.environ["TOKEN"], base_url="https://localhost:$port/v1beta/openai/")
  gemini-cli  GEMINI_API_KEY=\$TOKEN GOOGLE_GEMINI_BASE_URL=https://localhost:$port gemini -p hello

Do not export the token as GEMINI_API_KEY: gemproxy takes that for a key of Gemini.

  curl$([[ $admin_url != https:* ]] || printf ' --cacert certs/cert.pem') $admin_url/health/detailed
  $home/bin/gemproxy-cli status --server $admin_url
  $home/bin/gemproxy-cli audit tail -f

Logs: $server_log, logs/audit.log    Configuration: config/proxy.yaml
TEXT
}

overrides=()
token=''
command -v curl >/dev/null || fail "curl is missing; install it, e.g. apt install curl"
check_ports
check_keys
mkdir -p logs "$run"
chmod 700 "$run"
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

build
write_config
make_certificate
choose_upstream
start_server
mint_token
ask
next_steps
if "$once"; then
    exit 0
fi
say "Running on https://localhost:$port (admin: $admin_url) until Ctrl-C"
status=0
wait "$server" || status=$?
server=''
fail "the proxy ended with code $status" "$server_log"
