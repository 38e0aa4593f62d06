#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs a build into a folder of its own and has each piece checked by its checker.
# usage: install.sh <build folder>
set -euo pipefail
build=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cmake --install "$build" --prefix "$folder" >/dev/null
id=dev.parlance.Parlance
test "$("$folder/bin/parlance-cli" --version)" = "$(QT_QPA_PLATFORM=offscreen "$folder/bin/parlance" --version | sed s/parlance/parlance-cli/)"
desktop-file-validate "$folder/share/applications/$id.desktop"
appstreamcli validate --no-net "$folder/share/metainfo/$id.metainfo.xml"
xmllint --noout "$folder/share/icons/hicolor/scalable/apps/$id.svg" 2>/dev/null \
    || python3 -c 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])' "$folder/share/icons/hicolor/scalable/apps/$id.svg"
