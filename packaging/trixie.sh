#!/usr/bin/env bash
# Builds and tests on Debian 13, from any Debian: packaging/trixie.sh [ctest arguments]
# Makes a Debian 13 in TRIXIE_ROOT (build/trixie when not set) if it is not there yet, brings the work tree into
# it, builds with warnings as errors and runs the unit and integration tests there. Needs root, debootstrap and a
# Debian whose package source also has trixie. JOBS: how many compilers run at once (all cores when not set).
set -euo pipefail
cd "$(dirname "$0")/.."
place=${TRIXIE_ROOT:-$PWD/build/trixie}
jobs=${JOBS:-$(nproc)}

if [ "$(id -u)" -ne 0 ]; then
    echo "trixie.sh makes a file system of its own and changes into it: run it as root." >&2
    exit 1
fi
for tool in debootstrap apt-get unshare; do
    if ! command -v $tool >/dev/null; then
        echo "trixie.sh needs $tool (apt-get install debootstrap)." >&2
        exit 1
    fi
done

# The rest of the script runs with mounts of its own, which go when it ends, however it ends.
[ "${1:-}" = --inside ] || exec unshare --mount --propagation private "$0" --inside "$@"
shift

if [ ! -f "$place/ready" ]; then
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' |
        head -n 1)
    if [ -z "$mirror" ]; then
        echo "This system's package lists name no Debian (run apt-get update)." >&2
        exit 1
    fi
    mkdir -p "$place"
    debootstrap --variant=minbase --include=ca-certificates trixie "$place" "$mirror"
    # Proxies and the like, as this system has them.
    cp -R /etc/apt/apt.conf.d/. "$place/etc/apt/apt.conf.d/"
    [ ! -d /etc/apt/auth.conf.d ] || cp -R /etc/apt/auth.conf.d/. "$place/etc/apt/auth.conf.d/"
    cp -R /usr/local/share/ca-certificates/. "$place/usr/local/share/ca-certificates/" 2>/dev/null || true
    touch "$place/ready"
fi
cp -L /etc/resolv.conf /etc/hosts "$place/etc/"

# Times are kept, so that a second run builds only what has changed.
mkdir -p "$place/src"
find "$place/src" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
    [ ! -e "$file" ] || printf '%s\0' "$file"
done | tar --null --no-recursion -T - -cf - | tar -xf - -C "$place/src"

mount -t proc proc "$place/proc"
mount --rbind /dev "$place/dev"
exec chroot "$place" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
    http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" no_proxy="${no_proxy:-}" \
    bash -c '
set -euo pipefail
jobs=$1
shift
cd /src
update-ca-certificates >/dev/null
packaging/deps.sh --tests
cmake --preset release -DGW_TESTS=ON -DGW_WERROR=ON
cmake --build --preset release -j "$jobs"
exec ctest --test-dir build/release --output-on-failure --no-tests=error -L "^(unit|integration)$" -j "$jobs" "$@"
' trixie "$jobs" "$@"
