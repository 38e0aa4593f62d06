#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Compares every C++ file with what clang-format makes of it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
find lib app tests \( -name node_modules -o -path tests/data \) -prune -o \
    \( -name '*.cpp' -o -name '*.h' \) -print0 | xargs -0 clang-format --dry-run --Werror
