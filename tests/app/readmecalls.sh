#!/usr/bin/env bash
# Runs each curl call of the README's section "Try it" against the program and the fake Gemini:
# readmecalls.sh PROGRAM FAKE README. Every call must succeed and answer what its dialect does.
set -euo pipefail
program=$1 fake=$2 readme=$3

place=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait; rm -rf "$place"' EXIT

wait_for() { # FILE SED-EXPRESSION: what the expression prints of the file, once it prints
    local found
    for _ in $(seq 200); do
        found=$(sed -n "$2" "$1")
        [ -z "$found" ] || break
        sleep 0.05
    done
    [ -n "$found" ] || { cat "$1" >&2; exit 1; }
    echo "$found"
}

"$fake" --port 0 --keys demo-key-1,demo-key-2 >"$place/fake" 2>&1 &
pids+=($!)
upstream=$(wait_for "$place/fake" 's/^fakegemini listening on //p')
env DATA_DIR="$place/data" PORT=0 GOOGLE_API_HOST="http://$upstream" AUTH_TOKEN=demo-admin-token \
    GEMINI_API_KEYS=demo-key-refused,demo-key-1,demo-key-2 ALLOWED_TOKENS=demo-token \
    "$program" --server >"$place/gateway" 2>&1 &
pids+=($!)
GATEWAY=$(wait_for "$place/gateway" 's/^Serving on \([^ ]*\) .*/\1/p')
export GATEWAY TOKEN=demo-token

sed -n '/^## Try it/,/^## /p' "$readme" | sed -n '/^```sh/,/^```/p' | sed '/^```/d; /^export/d' >"$place/block"
# A call may go over two lines; each becomes one.
sed -e ':a' -e '/\\$/{N;s/\\\n *//;ba' -e '}' "$place/block" | grep '^curl ' >"$place/calls"
[ "$(wc -l <"$place/calls")" -ge 12 ] || { echo "the README's calls were not found" >&2; exit 1; }

# The pictures that calls send.
picture=iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==
for name in otter mask; do
    base64 -d <<<"$picture" >"$place/$name.png"
done

while read -r call; do
    (cd "$place" && bash -c "${call/#curl/curl --silent --show-error --fail-with-body --max-time 20}") >"$place/answer" ||
        { echo "$call"; cat "$place/answer"; exit 1; } >&2
    case $call in
        *api/chat*'"stream": false'*) sign='"message":.*"done":true' ;;
        *api/chat*) sign='^{"model".*"done":true' ;;
        *api/generate*) sign='"response":.*"done":true' ;;
        *api/embed*) sign='"embeddings":\[\[' ;;
        *api/tags*) sign='"models":\[{"name"' ;;
        *api/show*) sign='"capabilities":\["completion"' ;;
        *api/version*) sign='"version"' ;;
        *v1/files*purpose=batch*) sign='"id":"file-kept-' ;;
        *v1/files*purpose*) sign='"object":"file"' ;;
        *v1/files* | *v1/batches*) sign='"object":"list"' ;;
        *messages/batches*) sign='"message_batch"' ;;
        *count_tokens*) sign='"input_tokens"' ;;
        *v1/messages*'"stream": true'*) sign='^event: message_stop' ;;
        *v1/messages*) sign='"type": *"message"' ;;
        *v1/responses*'"stream": true'*) sign='^event: response.completed' ;;
        *v1/responses*) sign='"object":"response"' ;;
        *images/generations*'"stream": true'*) sign='^event: image_generation.completed' ;;
        *images/generations*'"url"'*) sign='"url":"http' ;;
        *v1/images/*) sign='"b64_json"' ;;
        *v1/moderations*) sign='"category_scores"' ;;
        *'"stream": true'*) sign='^data: \[DONE\]' ;;
        *v1/completions*) sign='"text_completion"' ;;
        *chat/completions*) sign='"chat.completion"' ;;
        *audio/speech*sse*) sign='"speech.audio.done"' ;;
        *audio/speech*) cp "$place/hello.mp3" "$place/answer" && sign=. ;;
        *audio/transcriptions*) sign='"type":"tokens"' ;;
        *embeddings*) sign='"embedding"' ;;
        *v1/models*) sign='"object": *"list"' ;;
        *alt=sse*) sign='^data: .*"candidates"' ;;
        *generateContent*) sign='"candidates"' ;;
        *v1beta/models*) sign='"supportedGenerationMethods"' ;;
        *) sign=. ;;
    esac
    grep -q -- "$sign" "$place/answer" || { echo "$call: $sign is not in the answer"; cat "$place/answer"; exit 1; } >&2
done <"$place/calls"
echo "$(wc -l <"$place/calls") calls answered"
