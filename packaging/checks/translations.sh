#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Brings translations/parlance_en.ts up to date with the sources. It holds the plural forms alone: the
# sources are in English already. With --check: only says whether it is up to date and complete.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
lupdate=$(command -v lupdate6 || echo "$(qtpaths6 --query QT_HOST_BINS 2>/dev/null || echo /usr/lib/qt6/bin)/lupdate")
file=translations/parlance_en.ts
target=$file
if [ "${1:-}" = --check ]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    target=$folder/parlance_en.ts
    cp "$file" "$target"
fi
"$lupdate" -silent -pluralonly -no-obsolete -locations none -source-language en -target-language en \
    app lib -ts "$target"
if [ "${1:-}" = --check ]; then
    diff -u "$file" "$target" || { echo "translations: run packaging/checks/translations.sh" >&2; exit 1; }
    if grep -q 'type="unfinished"' "$file"; then
        echo "translations: a plural has no English form yet" >&2
        exit 1
    fi
fi
