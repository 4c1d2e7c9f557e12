#!/usr/bin/env bash
# Installs what is missing, builds and starts: packaging/run.sh [--demo] [program arguments]
#   --demo   answers come from a fake Gemini on this machine, with keys and a token made for it: no account is
#            needed, nothing leaves the machine, nothing is kept
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/build/release

demo=no
if [ "${1:-}" = --demo ]; then
    demo=yes
    shift
fi

"$root/packaging/deps.sh"
cd "$root"
# A build folder that is there keeps its choices (packaging/test.sh makes one with tests).
[ -f "$build/CMakeCache.txt" ] || cmake --preset release -DGW_TESTS=OFF -DGW_FAKE=ON
targets=(gemini-balance)
[ $demo = no ] || targets+=(fakegemini)
cmake --build --preset release --target "${targets[@]}"
cd - >/dev/null

[ $demo = yes ] || exec "$build/gemini-balance" "$@"

place=$(mktemp -d "${TMPDIR:-/tmp}/gemini-balance-demo.XXXXXX")
fake=
gateway=
finish() {
    trap - EXIT INT TERM
    [ -z "$gateway" ] || kill "$gateway" 2>/dev/null || true
    [ -z "$gateway" ] || wait "$gateway" || true
    [ -z "$fake" ] || kill "$fake" 2>/dev/null || true
    [ -z "$fake" ] || wait "$fake" 2>/dev/null || true
    rm -rf "$place"
}
trap finish EXIT
trap 'finish; exit 0' INT TERM

"$build/fakegemini" --port 0 --keys demo-key-1,demo-key-2 >"$place/fake.log" 2>&1 &
fake=$!
port=
for _ in $(seq 100); do
    port=$(sed -n 's/^fakegemini listening on 127\.0\.0\.1:\([0-9]*\)$/\1/p' "$place/fake.log")
    [ -z "$port" ] || break
    kill -0 "$fake" 2>/dev/null || break
    sleep 0.05
done
if [ -z "$port" ]; then
    cat "$place/fake.log" >&2
    exit 1
fi

gateway_port=${PORT:-4364}
previous=
for argument in "$@"; do
    case $argument in
        --port=*) gateway_port=${argument#--port=} ;;
    esac
    [ "$previous" != --port ] || gateway_port=$argument
    previous=$argument
done
cat <<TEXT
Demo: a fake Gemini answers on 127.0.0.1:$port. Of the three keys it refuses one, and the gateway steps over it.
The access token is demo-token:

  curl http://127.0.0.1:$gateway_port/v1/chat/completions -H 'Authorization: Bearer demo-token' \\
    -H 'Content-Type: application/json' \\
    -d '{"model": "gemini-3.6-flash", "messages": [{"role": "user", "content": "Hello"}]}'

TEXT
env DATA_DIR="$place/data" DATABASE_URL= GOOGLE_API_HOST="http://127.0.0.1:$port" PROXY_URL= \
    GEMINI_API_KEYS=demo-key-refused,demo-key-1,demo-key-2 AUTH_TOKEN=demo-admin-token \
    ALLOWED_TOKENS=demo-token "$build/gemini-balance" --server "$@" &
gateway=$!
code=0
wait "$gateway" || code=$?
gateway=
exit $code
