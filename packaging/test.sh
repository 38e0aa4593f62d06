#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what the tests need, builds Parlance three ways and runs every test:
#   dev   the everyday build, with the checks of style, layering, installation and translations
#   asan  the tests of the window and the terminal program under AddressSanitizer and UndefinedBehaviorSanitizer
#   lib   the library alone by clang under the same sanitizers, without the window's parts of Qt, with the
#         fuzzers' short run
# With --quick: the dev build and its tests alone, without the slow checks.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=packaging/packages.sh
. packaging/packages.sh
# shellcheck source=packaging/common.sh
. packaging/common.sh

quick=no
case "${1:-}" in
"") ;;
--quick) quick=yes ;;
*) fail "Usage: packaging/test.sh [--quick]" ;;
esac

install_packages "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}"
has_node || install_packages "${node_packages[@]}"
install_locked tests/servers

say "Building: dev"
configure dev
build dev
if [ "$quick" = yes ]; then
    say "Testing"
    exec ctest --preset dev -j 2 </dev/null
fi

say "Building: asan"
configure asan
build asan
say "Building: lib"
configure lib
build lib

# One run over all three builds: nothing waits for the slowest test of one build, and CTest's
# closing lines count everything.
mkdir -p build/all
{
    echo '# Written by packaging/test.sh: the tests of all three builds.'
    printf 'subdirs("%s" "%s" "%s")\n' "$root/build/dev" "$root/build/asan" "$root/build/lib"
} >build/all/CTestTestfile.cmake
say "Testing: dev, asan and lib"
exec ctest --test-dir build/all -j 2 --output-on-failure --no-tests=error --timeout 300 </dev/null
