# One entry point for people and for CI: make demo, make check, make bench, make fuzz, make install,
# make dist, make packages.
# tools/find-jdk prints the folder of a JDK 25 or says exactly what to install.

SHELL = /bin/sh
JAVA_HOME := $(shell sh tools/find-jdk)
export JAVA_HOME
MAVEN := $(shell MVN="$(MVN)" sh tools/find-maven)
MVN ?= $(MAVEN) -B
PREFIX ?= /usr
VERSION := $(shell sed -n 's|^  <version>\(.*\)</version>|\1|p' pom.xml)
DIST = target/dist/jmail-$(VERSION).tar.gz

.PHONY: check demo fuzz sessions bench bench-smtp build jar stage install package-tree dist packages format quick clean

build:
	@test -n "$(JAVA_HOME)" -a -n "$(MAVEN)"
	$(MVN) -q -DskipTests package

# Builds, starts a private instance under target/demo, sends root a message, and shows what came of it.
demo: stage
	@JAVA_HOME="$(JAVA_HOME)" sh tools/demo

# The installed tree as the tests use it. An installation keeps the configuration it finds; here that would be an
# older one of ours.
stage: build
	@rm -rf target/stage/etc
	@JAVA_HOME="$(JAVA_HOME)" sh tools/install target/stage /usr

# make install DESTDIR=/opt/stage PREFIX=/usr
install: build
	@JAVA_HOME="$(JAVA_HOME)" sh tools/install "$(DESTDIR)" "$(PREFIX)"

# The release tarball, the same octets for the same sources.
dist:
	@sh tools/dist $(DIST)

# What the recipes of packages call: builds from the tarball without tests and checks of style, with what the
# local Maven repository has, and lays the tree out without anything of this machine.
jar:
	@test -n "$(JAVA_HOME)" -a -n "$(MAVEN)"
	$(MVN) -q -o -Pquick -Dmaven.test.skip=true package

package-tree:
	@JAVA_HOME="$(JAVA_HOME)" sh tools/install "$(DESTDIR)" "$(PREFIX)" package

# Every kind of package that this machine can build, from the tarball, into target/packages.
packages: dist
	@JAVA_HOME="$(JAVA_HOME)" sh -eu -c 'mkdir -p target/packages; for build in packaging/*/build; do \
	  [ ! -e "$$build" ] || "$$build" $(DIST) target/packages; done'

# Every test. As root nothing is left out; without root the tests that need it (tag "root") are, and it says so.
check: stage
	@test -n "$(JAVA_HOME)"
	@JAVA_HOME="$(JAVA_HOME)" MVN="$(MVN)" MAKE="$(MAKE)" sh tools/check

# Looks for octets that break the parsers of strangers' octets: FUZZ_SECONDS for each fuzzer (60), or only FUZZERS
# ("SmtpSessionFuzz MimeFuzz"). See docs/fuzzing.md.
fuzz: FUZZ_SECONDS ?= 60
fuzz:
	@test -n "$(JAVA_HOME)"
	$(MVN) -q -Pquick,fuzz test-compile dependency:build-classpath -Dmdep.outputFile=target/fuzz-classpath
	@JAVA_HOME="$(JAVA_HOME)" sh tools/fuzz "$(FUZZ_SECONDS)" $(FUZZERS)

# SESSIONS (10,000) SMTP sessions at once, each of which delivers; prints what a session costs. Needs root.
sessions: SESSIONS ?= 10000
sessions: stage
	$(MVN) test -Dtest=SmtpSessionsTest -Djmail.sessions=$(SESSIONS)

# The same work on jmail and on Debian's Postfix. ROUNDS (5), and RESULTS: a file to keep the table in.
bench: stage
	$(MVN) -q dependency:build-classpath -Dmdep.outputFile=target/test-classpath
	@JAVA_HOME="$(JAVA_HOME)" sh bench/run all $(or $(ROUNDS),5) $(RESULTS)

# Its part that is about SMTP and a long queue: QUEUED (100,000) deferred messages, SESSIONS (10,000) idle ones.
bench-smtp: stage
	$(MVN) -q dependency:build-classpath -Dmdep.outputFile=target/test-classpath
	@JAVA_HOME="$(JAVA_HOME)" QUEUED=$(QUEUED) SESSIONS=$(SESSIONS) sh bench/run smtp $(or $(ROUNDS),3) $(RESULTS)

# Formats every source as the check wants it.
format:
	$(MVN) -q spotless:apply

# The inner loop: compiles without Error Prone and formatting checks.
quick:
	$(MVN) -q -o -Pquick -DskipTests package

clean:
	rm -rf target
