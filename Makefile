# Every way to do anything here. Maven builds; this file remembers how to ask it.
.DEFAULT_GOAL := help
.PHONY: help setup format lint test verify coverage run bench bench-start bench-selection bench-authentication bench-accounting bench-audit simulate schema transcripts prove package packages backup deploy monitor test-containers test-monitoring ci clean

SHELL := /bin/sh
MVN ?= mvn
JDK25 = $(shell . dist/src/main/sh/java.sh && find_java "" javac && echo "$$java_home")
# The formatter needs a JVM of 21 or newer; the build itself is content with 17.
MVN25 = JAVA_HOME=$(JDK25) $(MVN)

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: ## check that JDK 25 and Maven are there, fetch what the build needs
	@command -v $(firstword $(MVN)) >/dev/null || { echo "Maven is missing: apt install maven, or https://maven.apache.org"; exit 1; }
	@test -n "$(JDK25)" || { echo "no JDK 25 found: install one, e.g. Temurin 25 (https://adoptium.net), or set JAVA_HOME"; exit 1; }
	@echo "JDK 25: $(JDK25)"
	$(MVN25) -B -ntp -q -DskipTests package

format: ## rewrite the sources as the formatter wants them
	$(MVN25) -B -ntp -q spotless:apply

lint: ## formatter, compiler with all warnings as errors, shellcheck, systemd unit
	$(MVN25) -B -ntp -q spotless:check test-compile
	git ls-files -z '*.sh' .ci/run 'dist/src/main/bin/*' | xargs -0 shellcheck -x
	scripts/verify-unit.sh

test: ## the tests that need no socket
	$(MVN) -B -ntp test -Dtest='*Test' -Dsurefire.failIfNoSpecifiedTests=false

verify: ## every test
	$(MVN) -B -ntp verify

coverage: ## every test, with a JaCoCo report in each target/site/jacoco
	$(MVN25) -B -ntp verify -Pcoverage

run: ## the quickstart: proxy, simulator if there is no key, one request
	scripts/quickstart.sh

bench: ## against nginx, in interleaved rounds
	benchmarks/run.sh

bench-start: ## how long the command line and the server take to start
	benchmarks/start.sh

bench-selection: ## JMH: choosing a key among 10 to 10,000, by 1 and 16 threads
	MVN="$(MVN)" benchmarks/selection.sh SelectionBenchmark

bench-authentication: ## JMH: checking a token, known and new, by algorithm
	MVN="$(MVN)" benchmarks/selection.sh AuthenticationBenchmark

bench-accounting: ## JMH: limits and budgets, counts, prices, the ledger
	MVN="$(MVN)" benchmarks/selection.sh AccountingBenchmark

bench-audit: ## JMH: a record of the audit log, from the end of a request to the file
	MVN="$(MVN)" benchmarks/selection.sh AuditBenchmark

simulate: ## thirty days of the key pool; writes docs/key-simulation.md
	$(MVN) -B -ntp -pl server -am test -Dtest=KeySimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dgemproxy.simulate=true

schema: ## JSON Schemas of the configuration; writes config/*.schema.json
	$(MVN) -B -ntp -pl server -am test -Dtest=ConfigSchemaTest -Dsurefire.failIfNoSpecifiedTests=false -Dgemproxy.schema=true

transcripts: ## what each command prints; writes the transcripts and the fields in docs/cli
	$(MVN) -B -ntp -pl cli -am test -Dtest=TranscriptsIT,JsonFieldsIT -Dsurefire.failIfNoSpecifiedTests=false -Dgemproxy.transcripts=true

prove: ## the long counts in full; writes docs/proof.md
	MVN="$(MVN)" scripts/prove.sh

package: ## dist/target/gemproxy/ and its tar.gz
	$(MVN) -B -ntp -DskipTests package

packages: ## the same with a Java of its own, and the .deb (Linux x64, two minutes more)
	$(MVN) -B -ntp -DskipTests -Ppackages package

deploy: ## build, validate, install and restart on this machine; back on failure (scripts/deploy.sh --help)
	scripts/deploy.sh

backup: ## configuration, state, certificates and audit log into one archive (scripts/backup.sh --help)
	scripts/backup.sh

monitor: ## what a running server reports (scripts/monitor.sh --help)
	scripts/monitor.sh report

test-monitoring: ## promtool: Prometheus' configuration, the alerts and their tests
	scripts/verify-monitoring.sh

test-containers: ## Dockerfile, Compose and Kubernetes files against linter and schemas (needs Node)
	cd deploy/check && npm ci --no-audit --no-fund && node check.mjs

ci: ## what a fresh machine runs
	.ci/run

clean: ## remove what the build made
	$(MVN) -B -ntp -q clean
