#!/usr/bin/env bash
# Checks the form of all C++ files, or mends it: packaging/format.sh [--fix]
set -euo pipefail
cd "$(dirname "$0")/.."
# Each version of clang-format has its own taste; 14 is the one this code has.
tool=$(command -v clang-format-14 || command -v clang-format)
mode=(--dry-run -Werror)
[ "${1:-}" != --fix ] || mode=(-i)
find app gateway ui tests -name node_modules -prune -o \( -name '*.cpp' -o -name '*.h' \) -print0 |
    xargs -0 "$tool" "${mode[@]}"
