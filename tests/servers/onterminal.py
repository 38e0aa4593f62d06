#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Runs a program on a terminal of its own. What it writes goes to standard output and what comes on standard
# input is typed; each line on file descriptor 3 is a size, "columns rows". Ends with the program's status,
# which is told on file descriptor 4: "exit 3" or "signal 9".
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time


def resize(terminal, columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))


def relay(terminal):
    sources = [0, 3, terminal]
    while True:
        ready, _, _ = select.select(sources, [], [])
        if terminal in ready:
            try:
                written = os.read(terminal, 65536)
            except OSError:
                written = b''
            if not written:
                return
            while written:
                written = written[os.write(1, written):]
        if 3 in ready:
            line = os.read(3, 4096)
            if line:
                columns, rows = line.decode().split('\n')[-2].split()
                resize(terminal, int(columns), int(rows))
            else:
                sources.remove(3)
        if 0 in ready:
            typed = os.read(0, 65536)
            if not typed:
                return
            while typed:
                typed = typed[os.write(terminal, typed):]


child, terminal = pty.fork()
if child == 0:
    os.closerange(3, 10)
    # A shell that is started by a script on the way takes it out of the environment.
    os.environ['PS1'] = '$ '
    os.execvp(sys.argv[1], sys.argv[1:])
resize(terminal, 80, 24)
relay(terminal)
os.kill(child, signal.SIGHUP)
os.close(terminal)
ended, status = os.waitpid(child, os.WNOHANG)
deadline = time.monotonic() + 1
while not ended:
    # One that has only just begun may not have heard it.
    if time.monotonic() > deadline:
        os.kill(child, signal.SIGKILL)
    time.sleep(0.02)
    ended, status = os.waitpid(child, os.WNOHANG)
if os.WIFSIGNALED(status):
    os.write(4, b'signal %d\n' % os.WTERMSIG(status))
else:
    os.write(4, b'exit %d\n' % os.WEXITSTATUS(status))
