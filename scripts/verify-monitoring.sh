#!/usr/bin/env bash
# Asks promtool whether Prometheus would take monitoring/prometheus.yml and its rules, and runs the tests
# of the rules. It changes nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

case ${1:-} in
    '') ;;
    -h | --help)
        echo "usage: scripts/verify-monitoring.sh"
        echo
        echo "Exit codes: 0 all of it holds, 1 it does not, 2 bad usage, 9 promtool is missing."
        exit 0
        ;;
    *) echo "usage: scripts/verify-monitoring.sh" >&2; exit 2 ;;
esac
command -v promtool >/dev/null || { echo "promtool is missing: apt install --no-install-recommends prometheus" >&2; exit 9; }

promtool check config monitoring/prometheus.yml
promtool check rules monitoring/alert_rules.yml
for test in monitoring/tests/*.yml; do
    echo "$test"
    promtool test rules "$test"
done
