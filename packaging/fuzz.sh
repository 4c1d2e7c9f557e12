#!/usr/bin/env bash
# Feeds random bytes to all that reads bytes of strangers: packaging/fuzz.sh [SECONDS [NAME …]]
# Builds the targets of tests/fuzz with clang (only what they need) and runs each for that long (60 s), two at a time.
# What reached new code is kept in build/fuzz/found/NAME, where the next run goes on; what crashed, hung or broke a
# rule lies in build/fuzz/crashes and is repeated by build/fuzz/fuzz/fuzz_NAME FILE. GW_FUZZ_SEED=N repeats a run.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
names=("${@:2}")
if [ ${#names[@]} -eq 0 ]; then
    for source in tests/fuzz/fuzz_*.cpp; do
        name=${source#tests/fuzz/fuzz_}
        names+=("${name%.cpp}")
    done
fi

cmake --preset fuzz >/dev/null
cmake --build --preset fuzz

export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
mkdir -p build/fuzz/crashes build/fuzz/logs

run_one() {
    local name=$2 found=build/fuzz/found/$2 log=build/fuzz/logs/$2.log
    mkdir -p "$found"
    if build/fuzz/fuzz/fuzz_"$name" -max_total_time="$1" -seed="${GW_FUZZ_SEED:-0}" -timeout=10 -rss_limit_mb=2048 -max_len=4096 \
        -print_final_stats=1 -artifact_prefix="build/fuzz/crashes/$name-" \
        "$found" "tests/fuzz/corpus/$name" >"$log" 2>&1; then
        echo "fuzz_$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") runs, $(
            grep -o 'cov: [0-9]*' "$log" | tail -1)"
    else
        tail -60 "$log"
        echo "fuzz_$name failed"
        return 1
    fi
}
export -f run_one
printf '%s\n' "${names[@]}" | xargs -P 2 -I{} bash -c 'run_one "$@"' run_one "$seconds" {}
