#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# desktop.sh COMMAND…: runs a command with an X server, a session bus and an accessibility bus of its own.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export HOME="$folder" XDG_RUNTIME_DIR="$folder/run" GSETTINGS_BACKEND=memory
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS
mkdir -m 700 "$XDG_RUNTIME_DIR"
xvfb-run -a -s "-screen 0 1400x900x24" dbus-run-session -- "$@"
