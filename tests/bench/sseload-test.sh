#!/bin/bash
# sseload against the fake alone: sseload-test.sh FAKEGEMINI SSELOAD
# All events of a good run are seen, and those that never come are missed.
set -euo pipefail
exec 3< <(exec "$1" --canned --chunks 25 --chunk-delay-ms 4)
fake=$!
trap 'kill $fake 2>/dev/null' EXIT
read -r _ _ _ address <&3
load() {
    "$2" --port "${address##*:}" --path '/v1beta/models/gemini-3.6-flash:streamGenerateContent?alt=sse' \
        --header 'x-goog-api-key: k' --body '{}' --streams 20 --ramp-ms 50 --timeout-ms 5000 --events "$1"
}
good=$(load 25 "$2")
echo "$good"
[[ $good == "streams=20 events=500 lost=0 disordered=0 failed=0 "* ]]
bad=$(load 26 "$2") && { echo "a missing event was not missed"; exit 1; }
echo "$bad"
[[ $bad == "streams=20 events=500 lost=20 "* ]]
