#!/bin/bash
# Runs client tests: run.sh BUILD_DIR install, then run.sh BUILD_DIR FILE.test.mjs
# The packages go to BUILD_DIR/clients, never into the source tree. GW_PROGRAM and GW_FAKE name the programs.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
place=$1/clients
mkdir -p "$place"

if [ "$2" = install ]; then
    if ! cmp -s "$here/package-lock.json" "$place/installed-lock.json"; then
        cp "$here/package.json" "$here/package-lock.json" "$place/"
        # The SDKs want a newer Node than Debian 12 has: a package brings it, so the engine check of npm's own
        # Node says nothing.
        (cd "$place" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
        cp "$here/package-lock.json" "$place/installed-lock.json"
    fi
    # Once for all tests: two that run at a time must not find each other's half-written files.
    cp "$here"/*.mjs "$here/package.json" "$place/"
    exit 0
fi

# A command-line program has a folder of its own, named as its test.
program=${2%.test.mjs}
if [ -d "$here/$program" ] && ! cmp -s "$here/$program/package-lock.json" "$place/$program/installed-lock.json"; then
    mkdir -p "$place/$program"
    cp "$here/$program"/package*.json "$place/$program/"
    # Large, and not for every machine: the test says so when it is not there.
    if (cd "$place/$program" && timeout 240 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error); then
        cp "$here/$program/package-lock.json" "$place/$program/installed-lock.json"
    fi
fi

node=$(echo "$place"/node_modules/node-linux-*/bin/node)
[ -x "$node" ] || node=node
cd "$place"
exec "$node" --test --test-reporter=spec "$2"
