# SPDX-License-Identifier: Apache-2.0
"""The program as a person runs it, and the page in Chromium beside it: start, memory, and an answer from the socket
to the pixels."""

import os
import re
import shutil
import statistics
import subprocess
import threading
import time

import machine
from server import Server

HERE = os.path.dirname(os.path.abspath(__file__))
RATE = 500
SIZE = 80_000
MESSAGES = 10_000


class Setting:
    def __init__(self, bin_folder, peer, screen, chromium):
        self.bin = bin_folder
        self.script = peer + "/page.js"
        self.screen = screen
        self.chromium = chromium

    def server(self, deltas=(), messages=()):
        return Server(deltas, RATE, HERE + "/peer/index.html", self.script, messages)


def browser():
    found = shutil.which("chromium")
    if not found:
        raise RuntimeError("Chromium is missing.")
    return found


def mixed(size):
    """The same text as in support/answers.h."""
    text, i = "", 0
    while len(text) < size:
        text += (f"## Part {i}\n\nA paragraph with **bold** words, `code`, a [link](https://x.test/{i}) and enough of "
                 "everything to take three or four lines of the page before it comes to its end.\n\n- first of the "
                 f"list\n- second, with *stress*\n\n```py\nfor x in range({i}):\n    print(x)\n```\n\n| a | b |\n"
                 f"|---|---:|\n| c | {i} |\n\n> Quoted words stand a little to the right.\n\n")
        i += 1
    return text[:size]


def seeded(setting, url, count):
    """An environment whose profile shows a conversation of so many messages with the agent at a URL."""
    env = {**setting.screen, "PARLANCE_PROFILE_DIR": machine.folder()}
    subprocess.run([setting.bin + "/bench_window", "seed", url, str(count)], check=True, timeout=300,
                   env={**env, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True)
    return env


def program(setting, env):
    return machine.start([setting.bin + "/parlance"], env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def chromium(setting, url):
    """A window with the page, without what Chromium does beside it."""
    return machine.start(
        [setting.chromium, "--no-sandbox", "--test-type", "--no-first-run", "--no-default-browser-check", "--disable-sync",
         "--disable-extensions", "--disable-component-update", "--disable-background-networking", "--disable-gpu",
         "--password-store=basic", "--window-size=800,760", "--user-data-dir=" + machine.folder(), "--app=" + url],
        setting.screen, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def first_paint(setting, env):
    """Milliseconds from starting the program until its window is handed to the X server, and the memory after."""
    began = time.clock_gettime(time.CLOCK_BOOTTIME)
    process = machine.start(
        [setting.bin + "/parlance"],
        {**env, "QT_LOGGING_RULES": "qt.widgets.painting=true", "QT_MESSAGE_PATTERN": "%{time boot} %{message}"},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    told = threading.Event()
    painted = []

    def listen():
        for line in process.stderr:
            found = re.match(r" *([\d.]+) Flushing", line)
            if found and not painted:
                painted.append((float(found[1]) - began) * 1000)
                told.set()
    threading.Thread(target=listen, daemon=True).start()
    if not told.wait(20):
        machine.stop(process)
        raise RuntimeError("The window was not painted within 20 s.")
    time.sleep(1.5)
    memory = [machine.memory_mb(process.pid, kind) for kind in ("Pss", "Rss")]
    machine.stop(process)
    return painted[0], *memory


def page_start(setting):
    server = setting.server()
    began = time.monotonic()
    process = chromium(setting, server.url + "/#start")
    seen = server.done.wait(30)
    took = (time.monotonic() - began) * 1000
    time.sleep(1.5)
    memory = machine.memory_mb(process.pid, "Pss")
    machine.stop(process)
    server.close()
    if not seen:
        raise RuntimeError("Chromium did not show the page within 30 s.")
    return took, memory


def start_rows(results, setting, times):
    env = {**setting.screen, "PARLANCE_PROFILE_DIR": machine.folder()}
    first_paint(setting, env)  # the first one reads the files from disk and makes the profile
    ours = [first_paint(setting, env) for _ in range(times)]
    floor = (None, None)
    if setting.chromium:
        page_start(setting)
        pages = [page_start(setting) for _ in range(max(3, times // 2))]
        floor = tuple(map(statistics.median, zip(*pages)))
    took, pss, rss = map(statistics.median, zip(*ours))
    results.add("program start to first paint, warm", took, floor[0])
    results.add("memory after the start", pss, floor[1])
    results.add("memory after the start, resident", rss)


def memory_rows(results, setting):
    """10,000 messages in the program itself, and the same list in the page."""
    texts = [f"Question {i} about something or other" if i % 2 == 0 else mixed(400 + i * 37 % 1400)
             for i in range(MESSAGES)]
    server = setting.server(messages=texts)
    process = chromium(setting, server.url + "/#list")
    if not server.done.wait(300):
        raise RuntimeError("Chromium did not show 10,000 messages within 300 s.")
    time.sleep(2)
    floor = machine.memory_mb(process.pid, "Pss")
    machine.stop(process)
    server.close()
    process = program(setting, seeded(setting, server.url, MESSAGES))
    time.sleep(6)
    if process.poll() is not None:
        raise RuntimeError("The program ended by itself.")
    resident, share = (machine.memory_mb(process.pid, kind) for kind in ("Rss", "Pss"))
    machine.stop(process)
    results.add("memory of the program with 10,000 messages open", resident, floor)
    results.add("memory of the program with 10,000 messages open, by share", share, floor)


def xdotool(setting, *words):
    return subprocess.run(["xdotool", *words], env=setting.screen, check=True, timeout=30, capture_output=True,
                          text=True).stdout


def ask(setting, server):
    """Types a question into the program's window and sends it."""
    window = xdotool(setting, "search", "--sync", "--onlyvisible", "--name", "Parlance").split()[0]
    time.sleep(1)
    xdotool(setting, "windowfocus", "--sync", window)
    for _ in range(5):
        xdotool(setting, "type", "Go")
        xdotool(setting, "key", "Return")
        if server.begun.wait(2):
            return
    raise RuntimeError("The program did not send what was typed.")


def streamed(setting, server, process, begin):
    """CPU time of the process tree for one answer, per 1,000 deltas."""
    begin()
    if not server.begun.wait(30):
        raise RuntimeError("Nobody asked for the answer.")
    before = machine.cpu_ms(process.pid)
    end = time.monotonic() + 2 * SIZE / 4 / RATE + 60
    while not server.written and time.monotonic() < end:
        time.sleep(0.2)
    time.sleep(1)
    if process.poll() is not None or not server.written:
        raise RuntimeError("The answer did not come to its end.")
    return (machine.cpu_ms(process.pid) - before) / (SIZE / 4) * 1000


def stream_rows(results, setting):
    text = mixed(SIZE)
    deltas = [text[at:at + 4] for at in range(0, SIZE, 4)]
    found = {}
    for who in ("ours", "plain", "memo"):
        runs = []
        for _ in range(2):
            server = setting.server(deltas)
            if who == "ours":
                process = program(setting, seeded(setting, server.url, 0))
                runs.append(streamed(setting, server, process, lambda: ask(setting, server)))
            else:
                process = chromium(setting, f"{server.url}/#{who}")
                runs.append(streamed(setting, server, process, lambda: None))
                if not server.done.wait(60) or server.characters != SIZE:
                    raise RuntimeError(f"The page showed {server.characters} of {SIZE} characters.")
            machine.stop(process)
            server.close()
        found[who] = statistics.median(runs)
    results.add("socket to pixels, 500 deltas/s, against react-markdown", found["ours"], found["plain"])
    results.add("socket to pixels, 500 deltas/s, against memoised blocks", found["ours"], found["memo"])
