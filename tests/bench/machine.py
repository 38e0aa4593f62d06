# SPDX-License-Identifier: Apache-2.0
"""Processes that are measured from outside: X servers, programs and their memory and CPU time. Whatever is started
here ends with this program, whatever its end."""

import atexit
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

DEVNULL = subprocess.DEVNULL
PIPE = subprocess.PIPE
TICKS = os.sysconf("SC_CLK_TCK")
_started = []
_folders = []


def stop(process):
    """Ends a process and what it started."""
    if process in _started:
        _started.remove(process)
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
        except ProcessLookupError:
            break
        try:
            process.wait(5)
            if sign == signal.SIGTERM:
                time.sleep(0.1)
        except subprocess.TimeoutExpired:
            pass


def _clean():
    for process in list(_started):
        stop(process)
    for folder in _folders:
        shutil.rmtree(folder, ignore_errors=True)


atexit.register(_clean)
for _sign in (signal.SIGTERM, signal.SIGHUP):
    signal.signal(_sign, lambda *_: exit(130))


def start(command, env, **more):
    process = subprocess.Popen(command, env=env, start_new_session=True, stdin=subprocess.DEVNULL, **more)
    _started.append(process)
    return process


def folder():
    made = tempfile.mkdtemp(prefix="parlance-bench-")
    _folders.append(made)
    return made


def environment(**more):
    """Nothing of this session: no bus, no profile, no display of the person who runs this."""
    home = folder()
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TZ") if name in os.environ}
    os.makedirs(home + "/run", mode=0o700)
    return {**kept, "HOME": home, "XDG_RUNTIME_DIR": home + "/run", "PARLANCE_PROFILE_DIR": home + "/profile",
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent", **more}


def offscreen():
    return environment(QT_QPA_PLATFORM="offscreen")


def x_server():
    """A fresh X server. Returns the environment for programs that shall be on it."""
    read, write = os.pipe()
    env = environment(QT_QPA_PLATFORM="xcb")
    start(["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"], env,
          pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    if not number:
        raise RuntimeError("The X server Xvfb did not start.")
    return {**env, "DISPLAY": ":" + number}


def tree(pid):
    """A process and all below it."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat", encoding="utf-8", errors="replace") as file:
                    parents.setdefault(int(file.read().rsplit(")", 1)[1].split()[1]), []).append(int(entry))
            except OSError:
                continue
    found = [pid]
    for one in found:
        found.extend(parents.get(one, []))
    return found


def cpu_ms(pid):
    """CPU time of a process tree, of its ended children too."""
    ticks = 0
    for one in tree(pid):
        try:
            with open(f"/proc/{one}/stat", encoding="utf-8", errors="replace") as file:
                ticks += sum(map(int, file.read().rsplit(")", 1)[1].split()[11:15]))
        except OSError:
            continue
    return ticks * 1000 / TICKS


def memory_mb(pid, kind="Rss"):
    """Rss or Pss of a process tree."""
    total = 0
    for one in tree(pid):
        try:
            with open(f"/proc/{one}/smaps_rollup", encoding="utf-8") as file:
                total += int(re.search(rf"^{kind}: +(\d+)", file.read(), re.M)[1])
        except (OSError, TypeError):
            continue
    return total * 1024 / 1e6
