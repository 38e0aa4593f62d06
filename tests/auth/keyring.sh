#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# keyring.sh KIND PROFILE COMMAND…: runs a command in a session of its own with a Secret Service of the
# given kind. Everything lives under PROFILE. The keyring's password is "open sesame".
set -eu
kind=$1 profile=$2
shift 2

export HOME="$profile" XDG_DATA_HOME="$profile/data" XDG_CONFIG_HOME="$profile/config"
export XDG_CACHE_HOME="$profile/cache" XDG_RUNTIME_DIR="$profile/run"
unset DISPLAY WAYLAND_DISPLAY XAUTHORITY DBUS_SESSION_BUS_ADDRESS GNOME_KEYRING_CONTROL
mkdir -p "$XDG_DATA_HOME" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME" "$XDG_RUNTIME_DIR" "$profile/services"
chmod 700 "$XDG_RUNTIME_DIR"

# A bus that starts only the services in PROFILE/services, so that nothing of this machine's answers.
# $1: one more rule.
bus() {
    cat >"$profile/bus.conf" <<EOF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=$XDG_RUNTIME_DIR</listen>
  <servicedir>$profile/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
    $1
  </policy>
  <limit name="service_start_timeout">600000</limit>
</busconfig>
EOF
}

service() {
    printf '[D-BUS Service]\nName=%s\nExec=%s\n' "$1" "$2" >"$profile/services/$1.service"
}

# The daemon takes its name on the bus a moment after its command has returned. Sets pid.
ready='
pid=
while [ -z "$pid" ]; do
    pid=$(dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus / \
        org.freedesktop.DBus.GetConnectionUnixProcessID string:org.freedesktop.secrets 2>/dev/null | sed "s/.* //")
done'
unlocked='printf "open sesame" | gnome-keyring-daemon --unlock --components=secrets >/dev/null'$ready
locked='gnome-keyring-daemon --start --components=secrets >/dev/null'$ready
session() {
    before=$1
    shift
    exec dbus-run-session --config-file="$profile/bus.conf" -- sh -c "$before
\"\$@\"" sh "$@"
}

# A desktop whose own wallet would start if anybody asked for it, and leave PROFILE/wallet-started behind.
kde() {
    export XDG_CURRENT_DESKTOP=KDE KDE_FULL_SESSION=true KDE_SESSION_VERSION=5 DESKTOP_SESSION=plasma
    for name in org.kde.kwalletd org.kde.kwalletd5 org.kde.kwalletd6; do
        service "$name" "/usr/bin/touch $profile/wallet-started"
    done
}

bus ''
case $kind in
unlocked) session "$unlocked" "$@" ;;
# The daemon stands still for ten seconds after the command has begun.
slow) session "$unlocked
kill -STOP \$pid
(sleep 10; kill -CONT \$pid) &" "$@" ;;
# A prompt is needed, and there is no program that could show it.
locked) session "$locked" "$@" ;;
# A prompt is needed, is on its way, and nobody ever answers it.
unanswered)
    service org.gnome.keyring.SystemPrompter '/bin/sleep 60'
    session "$locked" "$@" ;;
absent) session ':' "$@" ;;
nobus) DBUS_SESSION_BUS_ADDRESS="unix:path=$profile/nothing" exec "$@" ;;
kde) kde; session "$unlocked" "$@" ;;
kdeabsent) kde; session ':' "$@" ;;
# A library of that name is found first, and is none.
nolibsecret)
    kde
    mkdir -p "$profile/broken"
    : >"$profile/broken/libsecret-1.so.0"
    session "$unlocked
export LD_LIBRARY_PATH=$profile/broken" "$@" ;;
refusing)
    bus '<deny send_destination="org.freedesktop.secrets"/>'
    session "$unlocked" "$@" ;;
*) echo "unknown kind: $kind" >&2; exit 2 ;;
esac
