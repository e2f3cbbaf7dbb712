# One entry point for people and for CI: make demo, make check, make bench, make install.
# tools/find-jdk prints the folder of a JDK 25 or says exactly what to install.

SHELL = /bin/sh
JAVA_HOME := $(shell sh tools/find-jdk)
export JAVA_HOME
MVN ?= mvn -B

.PHONY: check build format quick clean

build:
	@test -n "$(JAVA_HOME)"
	$(MVN) -q -DskipTests package

check:
	@test -n "$(JAVA_HOME)"
	$(MVN) verify

# Formats every source as the check wants it.
format:
	$(MVN) -q spotless:apply

# The inner loop: compiles without Error Prone and formatting checks.
quick:
	$(MVN) -q -o -Pquick -DskipTests package

clean:
	rm -rf target
