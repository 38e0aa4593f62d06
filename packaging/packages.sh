# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The Debian 12 packages Parlance needs, by what they are needed for. README gives the reason for each.
# shellcheck disable=SC2034  # the scripts that read this file use the lists

build_packages=(
    g++ cmake ninja-build
    qt6-base-dev qt6-websockets-dev qt6-svg-dev qt6-charts-dev libqt6opengl6-dev libgl-dev
    qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools
    qtkeychain-qt6-dev libexpected-dev libsimdjson-dev libyaml-cpp-dev
    libcmark-gfm-dev libcmark-gfm-extensions-dev libgmp-dev zlib1g-dev
    libqrencode-dev libsource-highlight-dev libwslay-dev libvterm-dev libdtl-dev libzip-dev pkgconf
)

run_packages=(
    libqt6sql6-sqlite libqt6svg6 libqt6charts6 qt6-qpa-plugins qt6-wayland libsecret-1-0
    ca-certificates fonts-inter fonts-jetbrains-mono fonts-noto-color-emoji fonts-wqy-microhei
)

test_packages=(
    xvfb xauth dbus dbus-x11 at-spi2-core gnome-keyring
    mold clang clang-tidy clang-format libclang-rt-dev shellcheck python3 libssl-dev
    appstream desktop-file-utils valgrind vim-tiny procps tinyproxy microsocks fonts-droid-fallback fonts-dejavu-core
    json-schema-test-suite
)

# What tests/bench/run.sh measures with, and the browser whose page Parlance is measured against.
bench_packages=(python3 valgrind xvfb xdotool)
browser_packages=(chromium)

# Only where the machine has no Node.js 18 or newer with npm of its own.
node_packages=(nodejs npm)
