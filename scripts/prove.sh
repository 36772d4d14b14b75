#!/usr/bin/env bash
# Runs every proof in full (the whole build, then the benchmark) and writes docs/proof.md from what
# they reported. Takes about half an hour on two cores.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Must-show line, what it claims, the test classes that show it
proofs=(
    "1|quickstart.sh --once prints a streamed answer|QuickstartIT LaunchersIT"
    "2|real SDKs: Java, LangChain4j, JavaScript, OpenAI|GoogleGenAiIT GoogleGenAiErrorsIT LangChain4jIT LangChain4jErrorsIT JavaScriptIT"
    "3|byte fidelity over the corpus|ByteFidelityIT"
    "4|stepped streams, clients that leave, 2 GiB each way in 128 MiB of heap|StreamsIT FlatMemoryIT"
    "5|4,000 requests at 2:1:1, failover unseen by clients|RotationIT KeyPoolTest"
    "6|no key, secret or password in any byte emitted|EmissionTapIT LeakIT SourceHidingIT ProxyAuditIT ProxyCredentialsIT ProxyFailoverIT ProxyRepetitionIT ProxyDeadlineIT"
    "keys 3|two files and one prompt over three projects, 200 runs of the Java SDK; another tenant's file is not found|AffinityIT ProxyAffinityIT"
    "keys 5|a cut at every write boundary, kill -9 of the whole server|PowerCutTest KilledWriterTest CrashIT"
    "keys 2|thirty days of the pool, simulated: docs/key-simulation.md|KeySimulationTest"
    "keys 4|three keys in ten fail, 100,000 requests, no client sees it|FailingKeysIT"
    "change 1|the configurations users have: exactly their findings, and a start unchanged once secrets come from the environment|ExampleFilesTest ValidateExamplesTest ExampleStartIT"
    "change 2|broken configurations at their places, in 64 MiB and a second each, no secret shown; validate only reads|BrokenConfigsTest BoundedMemoryTest HostileTextTest SecretsStayHiddenTest ValidateTraceIT"
    "change 3|1,000 reloads under load, valid and invalid mixed: no failed request, nothing left behind, a removed key's stream ends|ReloadUnderLoadIT ReloadIT PoolReconfigurationTest ReloadedSettingsIT"
    "change 4|a rollback restores byte for byte; the second of two admins gets 412|ConfigApiIT ConfigEndpointsTest ConfigWriterTest"
    "change 5|every route and role; nothing of the admin port on the proxy port by any spelling|RouteRolesIT AdminUnreachableIT"
    "change 6|every check of doctor fails once and shows its remedy|ExaminationTest DoctorCommandIT"
    "change 7|the transcripts of the commands are what they print|TranscriptsIT JsonFieldsIT"
    "usage 2|parallel requests of one client: exactly the limit, never beyond the cap|LimitsIT AddressLimitsIT DayLimitsIT DayBookTest DayKeepingTest DollarBudgetIT LaterCostsIT BudgetBookTest BudgetAdvanceTest BudgetKeepingTest RateLimiterTest TokenWindowTest"
    "audit 4|10,000 mutations of an audit log found at their lines; 100,000 requests, clients that leave, kill -9: one record each|ChainMutationTest AuditCompletenessIT"
    "audit 4b|after kill -9 ledger, budgets and audit log agree within the declared windows|BooksAfterKillIT BudgetCrashTest"
    "tokens 1a|the attack list, each refused with the same body; any single bit of a valid token changed|ForgedTokensIT EveryBitTest TokenFormTest TokenHeaderTest ValidityWindowTest"
    "usage 3|the golden corpus of usage bodies: counts and cost exact|UsageCorpusTest CacheStorageTest PriceReloadTest"
    "tokens 1|hostile tokens are refused cheaply; secrets are compared in constant time|CheapRefusalTest HostileTokensIT SecretComparisonTest"
    "tokens 1b|which clients there are does not show in the time: means of 10,000 samples within 5 %|EvenTimeTest"
    "tokens 1c|whether there is an admin password, and how near a try comes, does not show in the time of a login|AdminPasswordTest EvenLoginTimeTest"
    "audit 5|full disk, read-only disk, failing fsync: the policy holds, nothing is torn, writing goes on by itself|AuditDiskIT AuditFaultTest"
    "vm 1|certificates from a real ACME server by each challenge, its faults, ninety days of six-day certificates|PebbleIT AcmeServerIT AuthorityFaultsIT AdviceIT DnsHookIT CertificateFilesTest RenewalTimeTest NinetyDaysIT"
    "vm 2|50 certificates swapped under a load of handshakes|CertificateSwapIT CertificateChoiceIT CertificateWatchIT"
    "vm 3|on a real systemd: start, reload, SIGKILL, watchdog, 20 restarts without a loss; the life of the package|SystemdIT PackageIT"
    "vm 4|units, package, scripts and TLS as their judges want them|DebianPackageIT ScriptsIT TestsslIT"
    "8|the rooms and who may know whom|ArchitectureTest DocumentationTest"
)

say() { printf '%s\n' "$*"; }

sum_of() { # sum_of CLASS...: "tests failed skipped seconds" over their Surefire reports
    local class files=()
    for class in "$@"; do
        mapfile -t -O "${#files[@]}" files < <(find . -path '*/target/surefire-reports/*' -name "TEST-*.$class.xml")
    done
    [ "${#files[@]}" -gt 0 ] || { echo "0 0 0 0"; return; }
    awk '
        function number(name,   found) {
            if (match($0, " " name "=\"[0-9.]+\"") == 0) return 0
            found = substr($0, RSTART, RLENGTH)
            gsub(/[^0-9.]/, "", found)
            return found + 0
        }
        /<testsuite / {
            tests += number("tests"); bad += number("failures") + number("errors")
            skipped += number("skipped"); seconds += number("time")
        }
        END { printf "%d %d %d %.1f\n", tests, bad, skipped, seconds }' "${files[@]}"
}

report() { # report BENCHMARK_OUTPUT
    local proof line claim classes tests bad skipped seconds verdict
    say "# Proof"
    say
    say "Written by \`make prove\` on $(date -u +%F) at $(git rev-parse --short HEAD): the whole build and the benchmark,"
    say "with every count in full. A line without a test that ran is not proven, whatever else stands here."
    say
    say "| Must show | claim | shown by | tests | failed | skipped | seconds | |"
    say "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for proof in "${proofs[@]}"; do
        IFS='|' read -r line claim classes <<<"$proof"
        # shellcheck disable=SC2086 # a list of class names
        read -r tests bad skipped seconds <<<"$(sum_of $classes)"
        verdict="proven"
        if [ "$bad" -gt 0 ]; then verdict="FAILED"; elif [ "$tests" -eq "$skipped" ]; then verdict="NOT RUN"; fi
        say "| $line | $claim | ${classes// /, } | $tests | $bad | $skipped | $seconds | $verdict |"
    done
    say
    say "## 7. Against nginx"
    say
    say '```'
    cat "$1"
    say '```'
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
find . -path '*/target/surefire-reports' -prune -exec rm -rf {} +
"${MVN:-mvn}" -B -ntp -Dgemproxy.prove=true -fae verify
benchmarks/run.sh | tee "$work/benchmark"
report "$work/benchmark" >"$work/proof.md"
mv "$work/proof.md" docs/proof.md
say "written: docs/proof.md"
