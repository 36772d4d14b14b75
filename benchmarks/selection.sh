#!/usr/bin/env bash
# The JMH benchmarks, all or those that are named: SelectionBenchmark, what choosing a key costs (three
# policies, 10 to 10,000 keys, 1 and 16 threads; about two minutes on a quiet machine),
# AuthenticationBenchmark, what checking a token costs, AccountingBenchmark, what limits, counts, prices
# and the ledger cost, and AuditBenchmark, what a record costs. Arguments go to JMH, e.g.
# -p keys=10000 crowd, -h. BENCH_LOCK names a file to hold locked (flock) meanwhile, so that other work
# on the machine can keep away.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# shellcheck source=dist/src/main/sh/java.sh
. dist/src/main/sh/java.sh
find_java "" javac || { echo "no JDK 25 found; make setup says more" >&2; exit 1; }

"${MVN:-mvn}" -B -ntp -q -pl benchmarks -am -Dmaven.test.skip package
if [ -n "${BENCH_LOCK:-}" ]; then
    exec 9>"$BENCH_LOCK"
    flock 9
fi
# shellcheck disable=SC2154 # find_java sets it
exec "$java_home/bin/java" -cp "benchmarks/target/classes:$(cat benchmarks/target/classpath)" \
    org.openjdk.jmh.Main "$@"
