#!/usr/bin/env bash
# Pictures of every page and dialog, light and dark, English and Chinese, at 1x, 1.5x and 2x, for the eye:
# packaging/screenshots.sh [FOLDER]
# They show sample data and go to build/release/pictures unless a folder is named.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$root/build/release/pictures}
program=$root/build/release/tests/pictures

"$root/packaging/deps.sh" --tests
cd "$root"
[ -f build/release/CMakeCache.txt ] || cmake --preset release -DGW_TESTS=ON
cmake --build --preset release --target pictures
for scale in 1 1.5 2; do
    QT_QPA_PLATFORM=offscreen QT_SCALE_FACTOR=$scale LC_ALL=C.UTF-8 "$program" "$folder" "${scale}x"
done
echo "Pictures are in $folder"
