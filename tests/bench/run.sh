#!/bin/bash
# The benchmark: direct, nginx as a plain proxy and this program, in one run, with the same upstream (the fake
# Gemini with ready answers) and the same load generators. Prints tables in Markdown.
#
#   tests/bench/run.sh [--quick] [--faces] [BUILD_DIR]        BUILD_DIR is build/release when left out
#
# --faces: only what the faces cost.
# Needs wrk and nginx. WORKERS=N sets the workers of both the gateway and nginx (1).
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

quick=no
[ "${1:-}" = --quick ] && { quick=yes; shift; }
only_faces=no
[ "${1:-}" = --faces ] && { only_faces=yes; shift; }
build=$(cd "${1:-$root/build/release}" && pwd)
workers=${WORKERS:-1}
if [ $quick = yes ]; then
    seconds=1 rounds=1 streams=200 stream_seconds=3 key_counts="10 1000"
else
    seconds=3 rounds=3 streams=1000 stream_seconds=10 key_counts="10 1000 100000"
fi
events_per_second=50
model=gemini-3.6-flash
token=bench-client-token
for tool in wrk nginx; do
    command -v $tool >/dev/null || PATH=$PATH:/usr/sbin
    command -v $tool >/dev/null || { echo "run.sh needs $tool" >&2; exit 1; }
done
ulimit -n 16384 2>/dev/null || ulimit -n "$(ulimit -Hn)"
. "$here/measure.sh"

work=$(mktemp -d "${TMPDIR:-/tmp}/gemini-balance-bench.XXXXXX")
trap 'stop_all; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

write_bodies
start_fake
start_nginx
write_keys 10
start_gateway
for way in nginx native chat; do
    seconds=1 measure_requests $way 64 >/dev/null
done

idle_kib=$(rss_kib "$gateway_pid")
print_faces() {
    printf '\n## Faces\n\n64 connections, then %s streams of %s events/s; median of %s\n\n' $streams $events_per_second \
        $rounds
    echo '| face | CPU µs/request | × nginx | CPU µs/event | × nginx |'
    echo '|---|---:|---:|---:|---:|'
    measure_faces native chat responses completions messages ollama embeddings
}
if [ $only_faces = yes ]; then
    print_faces
    exit
fi

printf '## Requests\n\n%s, %s s each, median of %s; %s worker(s), %s cores\n\n' \
    "$(uname -sr)" $seconds $rounds "$workers" "$(nproc)"
echo '| connections | way | requests/s | p50 µs | p99 µs | CPU µs/request | × nginx | added p50 µs |'
echo '|---:|---|---:|---:|---:|---:|---:|---:|'
for connections in 1 64 256; do
    for ((round = 0; round < rounds; ++round)); do
        for way in direct nginx native chat; do
            measure_requests $way $connections >>"$work/requests.$connections.$way"
        done
    done
    for way in direct nginx native chat; do
        print_requests $connections $way
    done
done

idle_kib=$(rss_kib "$gateway_pid")
printf '\n## Streams\n\n%s streams, %s events/s each, for %s s, median of %s\n\n' $streams $events_per_second \
    $stream_seconds $rounds
echo '| way | events | lost | p50 µs | p99 µs | added p50 µs | added p99 µs | CPU µs/event | × nginx | KiB/stream |'
echo '|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|'
for ((round = 0; round < rounds; ++round)); do
    for way in direct nginx native chat; do
        measure_streams $way >>"$work/streams.$way"
    done
done
for way in direct nginx native chat; do
    print_streams $way
done
print_faces
stop_gateway

printf '\n## Keys in the pool\n\nNative, 64 connections, %s s each\n\n' $seconds
echo '| keys | first start ms | start ms | idle RSS MiB | requests/s | p50 µs | p99 µs | CPU µs/request |'
echo '|---:|---:|---:|---:|---:|---:|---:|---:|'
for keys in $key_counts; do
    measure_keys "$keys"
done
