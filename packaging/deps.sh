#!/usr/bin/env bash
# Installs what the build needs and the system lacks: packaging/deps.sh [--tests] [--list | --markdown]
#   --tests     also what packaging/test.sh needs
#   --list      print every package with its reason, install nothing
#   --markdown  the same as the README's table
set -euo pipefail

# NAME or NAME/OTHER-NAME (the first that the system knows) | why
packages=(
    "g++|compiles C++20"
    "cmake|describes the build"
    "ninja-build|runs the build"
    "pkg-config|finds libsodium"
    "ccache|makes a second build quick"
    "mold|links quickly"
    "qt6-base-dev|Qt: core, network, SQL, windows"
    "qt6-httpserver-dev|Qt HttpServer: the server side of HTTP"
    "qt6-websockets-dev|Qt HttpServer's CMake package asks for it"
    "qt6-svg-dev/libqt6svg6-dev|Qt SVG: icons"
    "qt6-tools-dev|Qt's CMake functions for translations"
    "qt6-tools-dev-tools|Qt's translation tools, the part outside l10n-tools"
    "qt6-l10n-tools|lupdate and lrelease"
    "libqt6sql6-sqlite|Qt's driver for SQLite: the store"
    "libsqlite3-dev|SQLite itself: the request log writes past Qt's query class"
    "libcurl4-openssl-dev|libcurl: connections to Google"
    "libboost-json1.81-dev/libboost-json1.83-dev|Boost.JSON: JSON that keeps order and numbers"
    "libexpected-dev|tl::expected: results that may be errors"
    "libsodium-dev|sealing and wiping of secrets, random tokens, comparison in constant time"
    "qtkeychain-qt6-dev|QtKeychain: the master key in the desktop's keychain"
    "zlib1g-dev|gzip bodies"
    "libavcodec-dev|FFmpeg: speech as MP3, Opus, AAC and FLAC"
    "libavformat-dev|FFmpeg's containers, and how long a recording is"
    "libavutil-dev|what both are made of"
    "libswresample-dev|FFmpeg's sample rates and forms"
    "libsonic-dev|speech at another speed, in the same pitch"
    "ca-certificates|trust in Google's certificate"
    "tzdata|midnight in Pacific time, when daily quotas start anew"
)
test_packages=(
    "dbus|a session of its own for the test of the keychain"
    "gnome-keyring|a keychain for it"
    "clang|builds the fuzz targets"
    "libclang-rt-dev|their sanitizers and libFuzzer"
    "clang-format-14/clang-format|checks the code's form"
    "xvfb|a display for looking at the windows"
    "nginx-light|what the benchmark compares with"
    "wrk|load for the benchmark"
    "curl|the README's calls"
    "procps|process figures for the benchmark"
)
# npm's own node is enough to fetch the SDKs; where npm is there already, nothing is put beside it.
node_packages=(
    "nodejs|runs the SDK tests"
    "npm|fetches the SDKs"
)

list=no
for argument in "$@"; do
    case $argument in
        --tests)
            packages+=("${test_packages[@]}")
            command -v npm >/dev/null || packages+=("${node_packages[@]}")
            ;;
        --list) list=plain ;;
        --markdown) list=markdown ;;
        *)
            echo "deps.sh: $argument is not understood" >&2
            exit 1
            ;;
    esac
done

print_packages() {
    local entry
    for entry in "${packages[@]}"; do
        printf '  %-45s %s\n' "${entry%%|*}" "${entry#*|}"
    done
}

case $list in
    plain)
        print_packages
        exit 0
        ;;
    markdown)
        printf '| Package | Why |\n|---|---|\n'
        for entry in "${packages[@]}"; do
            names=${entry%%|*}
            printf '| `%s` | %s |\n' "${names/\//\` or \`}" "${entry#*|}"
        done
        exit 0
        ;;
esac
if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    echo "This system has no apt. Install what these Debian packages bring, Qt 6.4 or 6.8 and later, then go on" >&2
    echo "with: cmake --preset release && cmake --build --preset release" >&2
    print_packages >&2
    exit 1
fi

is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# The first of a/b that is installed, else nothing.
installed_of() {
    local name
    for name in ${1//\// }; do
        if is_installed "$name"; then
            echo "$name"
            return
        fi
    done
}

missing=()
for entry in "${packages[@]}"; do
    names=${entry%%|*}
    [ -n "$(installed_of "$names")" ] || missing+=("$names")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "These packages are missing, and there is neither root nor sudo to install them:" >&2
        printf '  %s\n' "${missing[@]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi
echo "Installing: ${missing[*]}"
"${as_root[@]}" apt-get update -q

chosen=()
unknown=()
for names in "${missing[@]}"; do
    found=
    for name in ${names//\// }; do
        if [ -n "$(apt-cache madison "$name")" ]; then
            found=$name
            break
        fi
    done
    if [ -n "$found" ]; then chosen+=("$found"); else unknown+=("$names"); fi
done
if [ ${#unknown[@]} -gt 0 ]; then
    echo "This system's package lists have none of these; Debian 12 and 13 do:" >&2
    printf '  %s\n' "${unknown[@]}" >&2
    exit 1
fi
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${chosen[@]}"
