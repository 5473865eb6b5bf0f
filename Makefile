# `make` lists the targets. Every call of Maven goes through bin/mvn-quiet, which finds the JDK.
.DEFAULT_GOAL := help
MVN := bin/mvn-quiet

# What to test: make test T=Name or T=Name#method
T ?=
# The simulation: its seed (empty: a new one, printed) and how long.
SEED ?=
MINUTES ?= 1
# How often make kill kills.
N ?= 60
# Where make lab listens, and how many times as fast as usual its jobs are made.
PORT ?= 9900
SPEED ?= 1

NO_TESTS_IS_FINE := -Dsurefire.failIfNoSpecifiedTests=false -DfailIfNoTests=false
PROCESS_TESTS := surefire:test -Dtest.groups=process -Dtest.excluded.groups=proof $(NO_TESTS_IS_FINE)

.PHONY: help run build test test-all check fmt golden sim kill lab proof bench db aot clean

help: ## lists the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: build ## builds what is stale and starts the relay with its own database and the sandbox, in ./data
	@REELAY_SANDBOX=true REELAY_DATA_DIR=$${REELAY_DATA_DIR:-data} exec bin/reelay serve

build: ## builds target/reelay.jar if a source is newer
	@bin/build

test: ## everything that must hold; one class or method with T=name
ifeq ($(T),)
	@$(MAKE) --no-print-directory test-all
else
	@$(MVN) test -Dtest='$(T)' -Dtest.excluded.groups= $(NO_TESTS_IS_FINE)
endif

# One step a line, so that the first failure ends it; process tests need the packaged jar.
test-all:
	@rm -f target/test-times
	@.ci/timed "format" $(MVN) spotless:check
	@.ci/timed "compile with all lints, unit, contract and scenario tests, package" $(MVN) verify
	@touch target/reelay.jar
	@.ci/timed "tests with real processes" $(MVN) $(PROCESS_TESTS)
	@.ci/timed --report

check: ## format, compile with all lints, unit, contract and scenario tests
	@$(MVN) spotless:check test

fmt: ## formats the Java sources
	@$(MVN) spotless:apply

golden: ## rewrites expected files; read the diff afterwards
	@$(MVN) test -Dgolden=write -Dtest='ProviderContractTest,ConfigurationPageTest,ProvidersPageTest,LifecycleDiagramTest,UnifiedViewTest,CliPageTest' $(NO_TESTS_IS_FINE)
	@git status --short

sim: ## the seeded simulation: SEED= MINUTES=
	@$(MVN) test -Dtest='*SimulationTest' -Dtest.excluded.groups= -Dreelay.sim.seed='$(SEED)' -Dreelay.sim.minutes='$(MINUTES)' $(NO_TESTS_IS_FINE)

kill: build ## real kills of the server under load: N=
	@$(MVN) test -Dtest='KillTest' -Dtest.excluded.groups=proof -Dreelay.kill.count='$(N)' $(NO_TESTS_IS_FINE)

lab: build ## a server that plays the providers, to point channels at: PORT= SPEED=
	@$(MVN) -q test-compile
	@exec "$$(bin/find-jdk)/bin/java" -cp 'target/test-classes:target/classes:target/lib/*' dev.reelay.lab.LabMain '$(PORT)' '$(SPEED)'

proof: build ## the long forms of all proofs
	@$(MVN) test -Dtest.groups=proof -Dtest.excluded.groups= $(NO_TESTS_IS_FINE)

bench: build ## every benchmark; prints the ratios of one run
	@if [ -x bench/run ]; then exec bench/run; else echo "there is no bench/run" >&2; exit 2; fi

db: ## a shell on the running relay's own database (needs psql)
	@exec bin/db-shell

aot: build ## makes the cache of loaded classes with which Reelay starts faster
	@bin/train-aot

clean: ## removes what was built; never the data
	@rm -rf target
