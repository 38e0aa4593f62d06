#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Reads our shell scripts with shellcheck.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
shellcheck -x .ci/run packaging/*.sh packaging/checks/*.sh tests/app/outside/*.sh tests/bench/*.sh
