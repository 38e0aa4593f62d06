#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what the measurements need, builds them and runs them all; the figures go to build/bench/bench.json. With
# --quick: fewer rounds, and without the browser; under a minute after the build. With --soak: instead of all that two
# hundred conversations for ten minutes, to build/bench/soak.json. Exit status 1: something does not hold, or could not
# be measured.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=packaging/packages.sh
. packaging/packages.sh
# shellcheck source=packaging/common.sh
. packaging/common.sh

how=()
case "${1:-}" in
"") ;;
--quick | --soak) how=("$1") ;;
*) fail "Usage: tests/bench/run.sh [--quick | --soak]" ;;
esac

install_packages "${build_packages[@]}" "${run_packages[@]}" "${bench_packages[@]}"
mkdir -p build/bench/peer
if [ "${#how[@]}" -eq 0 ]; then
    install_packages "${browser_packages[@]}"
    has_node || install_packages "${node_packages[@]}"
    install_locked tests/bench/peer
    say "Building the page"
    (cd tests/bench/peer && npm run --silent build -- --log-level=warning --outfile="$root/build/bench/peer/page.js")
fi

say "Building: bench"
configure bench
build bench --target parlance bench_transcript bench_conversation bench_huge bench_soak bench_window bench_wire bench_search tst_transcriptpixels

say "Measuring"
exec python3 -B tests/bench/run.py --build "$root/build/bench" --peer "$root/build/bench/peer" "${how[@]}"
