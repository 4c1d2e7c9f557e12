#!/usr/bin/env bash
# Runs packaging/deps.sh as somebody without root, with stand-ins for sudo and apt: deps-test.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir "$place/bin"
cp "$here/../../packaging/deps.sh" "$place/"

stand_in() {
    printf '#!/bin/sh\n%s\n' "$2" >"$place/bin/$1"
    chmod 755 "$place/bin/$1"
}
# Everything is installed but what MISSING names; the package lists know all but what UNKNOWN names.
stand_in dpkg-query 'for last; do :; done; case " $MISSING " in *" $last "*) exit 1 ;; esac; printf installed'
stand_in apt-cache 'case " $UNKNOWN " in *" $2 "*) ;; *) echo "$2 | 1.0 | a source" ;; esac'
stand_in apt-get 'echo "apt-get without root" >&2; exit 100'
stand_in sudo 'echo "sudo $*"'
chmod -R a+rX "$place"

as_user=()
[ "$(id -u)" -ne 0 ] || as_user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
# check NAME EXPECTED-CODE PATTERN…: what the last run printed holds each pattern.
check() {
    local name=$1 expected=$2 pattern
    shift 2
    code=0
    "${as_user[@]}" env PATH="$place/bin:/usr/bin:/bin" MISSING="$missing" UNKNOWN="$unknown" \
        "$place/deps.sh" >"$place/out" 2>&1 || code=$?
    if [ "$code" -ne "$expected" ]; then
        echo "$name: exit code $code" && cat "$place/out" && exit 1
    fi
    for pattern in "$@"; do
        grep -qxe "$pattern" "$place/out" || { echo "$name: no line $pattern in" && cat "$place/out" && exit 1; }
    done
}

missing= unknown=
check "nothing is missing" 0
[ ! -s "$place/out" ] || { echo "it was not silent:" && cat "$place/out" && exit 1; }

missing="ninja-build qt6-svg-dev libqt6svg6-dev" unknown=qt6-svg-dev
check "two are missing" 0 "sudo apt-get update -q" \
    "sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends ninja-build libqt6svg6-dev"

unknown="qt6-svg-dev libqt6svg6-dev"
check "a package that no list has" 1 " *qt6-svg-dev/libqt6svg6-dev"

rm "$place/bin/sudo"
if ! PATH=/usr/bin:/bin command -v sudo >/dev/null; then
    unknown=
    check "no sudo" 1 "These packages are missing, and there is neither root nor sudo to install them:" " *ninja-build"
fi
echo "3 passed, 0 failed"
