#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the measurements and writes bench.json. run.sh calls this once everything is built and installed."""

import argparse
import json
import os
import subprocess
import sys
import threading
import time

import instructions
import live
import machine
from rows import row

PIXEL_TEST = "tst_transcriptpixels"


class Results:
    def __init__(self):
        self.rows = []
        self.problems = []

    def add(self, name, value, floor=None, place=""):
        self.rows.append(row(name, value, floor, place))
        one = self.rows[-1]
        verdict = {True: "holds", False: "DOES NOT HOLD", None: ""}[one["holds"]]
        against = "" if one["ratio"] is None else f"; floor {one['floor']:g}, ratio {one['ratio']:g}"
        print(f"{one['name']}: {one['value']:g} {one['unit']}{against}  {one['must'] or ''} {verdict}", flush=True)

    def attempt(self, what, measure, *arguments):
        """One failed measurement is told and does not take the others with it."""
        try:
            measure(self, *arguments)
        except (RuntimeError, OSError, ValueError, subprocess.SubprocessError) as problem:
            self.problems.append(f"{what}: {problem}")
            print(f"{what} could not be measured: {problem}", file=sys.stderr, flush=True)


def program_rows(results, command, env, place):
    """Runs a program that writes its figures as lines of JSON."""
    process = machine.start(command, env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    output, errors = process.communicate(timeout=900)
    machine.stop(process)
    if process.returncode:
        raise RuntimeError(f"{os.path.basename(command[0])} ended with {process.returncode}: {errors[-500:]}")
    for line in output.splitlines():
        figure = json.loads(line)
        results.add(figure["name"], figure["value"], figure.get("floor"), place)


def noise(results):
    """The same work over and over: how far the slowest of the middle half is from the fastest."""
    def work():
        began = time.thread_time()
        sum(i * i for i in range(400_000))
        return time.thread_time() - began
    times = sorted(work() for _ in range(24))
    middle = times[6:18]
    results.add("noise of this machine", 100 * (middle[-1] - middle[0]) / middle[0])


def instruction_rows(results, bin_folder, modes, counts_events):
    for mode, (ours, peer) in instructions.per_delta(bin_folder, modes).items():
        results.add(f"instructions per delta, {mode if mode == 'mixed' else 'one ' + mode}", ours, peer)
    if counts_events:
        results.add("instructions per event from bytes to message", *instructions.per_event(bin_folder))


def pixels(results, bin_folder, place, env, cases):
    """The test compares every partial paint with a whole one, and tells how many pixels differed. cases: of its
    functions; none: all of them."""
    test = os.path.join(bin_folder, PIXEL_TEST)
    process = machine.start([test, *cases], env, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True)
    output = process.communicate(timeout=300)[0]
    machine.stop(process)
    counts = [int(line.rsplit(" ", 1)[1]) for line in output.splitlines() if "pixels that differ:" in line]
    if not counts:
        raise RuntimeError(f"{PIXEL_TEST} told nothing: {output[-500:]}")
    results.add("pixels that differ between partial and full paints", sum(counts), place=place)


def finish(results, path):
    """Writes the rows, says which do not hold, and gives the exit status."""
    with open(path, "w", encoding="utf-8") as file:
        json.dump(results.rows, file, indent=1)
        file.write("\n")
    failed = [one["name"] for one in results.rows if one["holds"] is False]
    print(f"\n{len(results.rows)} rows in {path}; "
          f"{sum(one['holds'] is True for one in results.rows)} hold, {len(failed)} do not"
          + "".join("\n  " + name for name in failed + results.problems))
    return 1 if failed or results.problems else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--soak", action="store_true")
    parser.add_argument("--build", required=True)
    parser.add_argument("--peer", required=True, help="folder with the page's script")
    options = parser.parse_args()
    bin_folder = options.build + "/bin"
    quick = ["--quick"] if options.quick else []
    results = Results()
    if options.soak:
        results.attempt("soak", program_rows, [f"{bin_folder}/bench_soak"], machine.x_server(), "")
        return finish(results, options.build + "/soak.json")
    results.attempt("noise", noise)
    screen = machine.x_server()
    places = {"xvfb": screen} if options.quick else {"xvfb": screen, "offscreen": machine.offscreen()}

    def count():
        """What is counted, not timed: a quick run does it beside what comes after the streams."""
        results.attempt("instructions", instruction_rows, bin_folder,
                        ["mixed"] if options.quick else ["mixed", "fence", "list", "table"], not options.quick)
        # On a screen of their own: what is compared is what the screen shows, and other windows come to lie above it.
        own = {place: machine.x_server() if place == "xvfb" else env for place, env in places.items()}
        for place, env in own.items():
            results.attempt("pixels", pixels, bin_folder, place, env,
                            ["anAnswerThatStreams:mixed", "anAnswerThatStreams:table"] if options.quick else [])
    counting = threading.Thread(target=count)
    for program in ("bench_transcript", "bench_conversation"):
        for place, env in places.items():
            results.attempt(program, program_rows, [f"{bin_folder}/{program}", *quick], env, place)
        if options.quick and not counting.ident:
            counting.start()
    results.attempt("memory", program_rows, [f"{bin_folder}/bench_conversation", "memory"], screen, "")
    results.attempt("keys", program_rows, [f"{bin_folder}/bench_window", *quick], screen, "")
    if not options.quick:
        results.attempt("one long answer", program_rows, [f"{bin_folder}/bench_huge"], machine.offscreen(), "")
        results.attempt("search", program_rows, [f"{bin_folder}/bench_search"], machine.offscreen(), "")
    if not options.quick:
        counting.start()
    counting.join()
    setting = live.Setting(bin_folder, options.peer, screen, None if options.quick else live.browser())
    results.attempt("start", live.start_rows, setting, 2 if options.quick else 9)
    if not options.quick:
        results.attempt("memory of the program", live.memory_rows, setting)
        results.attempt("socket to pixels", live.stream_rows, setting)
        results.attempt("noise", noise)
    return finish(results, options.build + "/bench.json")


if __name__ == "__main__":
    sys.exit(main())
