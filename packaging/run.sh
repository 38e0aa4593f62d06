#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing, builds Parlance and opens it. Arguments are handed on to the program.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=packaging/packages.sh
. packaging/packages.sh
# shellcheck source=packaging/common.sh
. packaging/common.sh

install_packages "${build_packages[@]}" "${run_packages[@]}"
say "Building Parlance (the first time takes a few minutes)"
configure dev
build dev --target parlance parlance-cli

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    say "Opening Parlance"
    exec build/dev/bin/parlance "$@"
fi

say "There is no display here, so the built-in agent answers in the terminal."
if [ "$#" -gt 0 ]; then
    exec build/dev/bin/parlance-cli "$@"
fi
question="What can Parlance do?"
printf '\nYou: %s\n\nAgent: ' "$question" >&2
build/dev/bin/parlance-cli ask "$question"
printf '\nAsk it yourself: build/dev/bin/parlance-cli ask "Your question"\n' >&2
