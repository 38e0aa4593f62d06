# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What run.sh and test.sh share: words for a person, and packages that are installed only when missing.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

say() {
    printf '\n== %s\n' "$*" >&2
}

fail() {
    printf '\nparlance: %s\n' "$*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "Packages are missing, and installing them needs root or sudo. As root, run: $*"
    fi
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
        -o Acquire::Retries=3 -o DPkg::Lock::Timeout=600 "$@" </dev/null >&2
}

missing_packages() {
    local package
    for package in "$@"; do
        # shellcheck disable=SC2016  # dpkg-query fills the field in, not the shell
        case "$(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null)" in
        ii*) ;;
        *) printf '%s\n' "$package" ;;
        esac
    done
}

# Asks the mirror only when something is missing, so that a second run needs no network at all.
install_packages() {
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        fail "This machine has no apt. Install the counterparts of these Debian packages, then build with CMake: $*"
    fi
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    say "Installing ${#missing[@]} missing packages: ${missing[*]}"
    local attempt
    for attempt in 1 2 3; do
        if apt update && apt install --no-install-recommends "${missing[@]}"; then
            return 0
        fi
        say "Installing did not work (attempt $attempt of 3)."
        sleep $((attempt * 5))
    done
    fail "The packages above could not be installed. Check the network and the package sources, then run this again."
}

has_node() {
    command -v npm >/dev/null && command -v node >/dev/null \
        && [ "$(node -p 'parseInt(process.versions.node)')" -ge 18 ]
}

# Installs a folder's npm packages as its lock file names them, again only when that has changed.
install_locked() {
    local folder=$1 stamp=$1/node_modules/.parlance-lock
    [ -f "$folder/package-lock.json" ] || return 0
    if [ -f "$stamp" ] && cmp -s "$folder/package-lock.json" "$stamp"; then
        return 0
    fi
    say "Installing the npm packages of $folder"
    local attempt
    for attempt in 1 2 3; do
        if (cd "$folder" && npm ci --no-audit --no-fund --ignore-scripts </dev/null >&2); then
            cp "$folder/package-lock.json" "$stamp"
            return 0
        fi
        say "npm did not finish (attempt $attempt of 3)."
        sleep $((attempt * 5))
    done
    fail "The npm packages of $folder could not be installed. Check the network, then run this again."
}

# A build folder remembers where it was made. One that was moved or copied would build the other place.
configure() {
    local preset=$1 folder=$root/build/$1
    shift
    if [ -f "$folder/CMakeCache.txt" ] \
        && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$folder/CMakeCache.txt"; then
        rm -rf "$folder"
    fi
    cmake --preset "$preset" "$@" >&2 || fail "CMake could not set up build/$preset. The reason is above."
}

build() {
    local folder=$root/build/$1
    shift
    cmake --build "$folder" --parallel "$(nproc)" "$@" >&2 || fail "Building ${folder#"$root"/} failed. The reason is above."
}
