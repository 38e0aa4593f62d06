#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Instructions that a delta costs, counted under callgrind, ours and the plain insert's. They repeat within 1.5 %, so
this is a gate of the tests too: instructions.py BIN_FOLDER fails if a delta costs more than 0.8 of a plain insert."""

import sys
from concurrent.futures import ThreadPoolExecutor

import machine

SIZE = 10_000
DELTAS = SIZE / 4
LIMIT = 0.8


def counted(command):
    """Instructions of a program from its start to its end, in thousands."""
    process = machine.start(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command],
                            machine.offscreen(), stdout=machine.DEVNULL, stderr=machine.PIPE, text=True)
    errors = process.communicate(timeout=600)[1]
    machine.stop(process)
    for line in errors.splitlines():
        if "Collected" in line:
            return int(line.split(":")[1]) / 1000
    raise RuntimeError(f"valgrind counted nothing: {errors[-400:]}")


def per_delta(bin_folder, modes):
    """For each mode ours and the insert's, in thousands for a delta. Two are counted at a time: counts do not mind."""
    program = bin_folder + "/bench_transcript"
    runs = [(who, mode, size) for who in ("peer", "stream") for mode, size in
            [(modes[0], 0), *((mode, SIZE) for mode in modes)]]
    with ThreadPoolExecutor(2) as pool:
        found = dict(zip(runs, pool.map(lambda run: counted([program, *map(str, run)]), runs)))
    return {mode: tuple((found[who, mode, SIZE] - found[who, modes[0], 0]) / DELTAS for who in ("stream", "peer"))
            for mode in modes}


def per_event(bin_folder, events=5000):
    """From the bytes of an event to the message, ours and QJsonDocument's mere reading, in thousands."""
    program = bin_folder + "/bench_wire"
    runs = [(who, count) for who in ("ours", "peer") for count in (0, events)]
    with ThreadPoolExecutor(2) as pool:
        found = dict(zip(runs, pool.map(lambda run: counted([program, *map(str, run)]), runs)))
    return tuple((found[who, events] - found[who, 0]) / events for who in ("ours", "peer"))


def main():
    failed = False
    for mode, (ours, peer) in per_delta(sys.argv[1], ["mixed", "fence"]).items():
        print(f"{mode}: {ours:.0f} thousand instructions per delta, plain insert {peer:.0f}, "
              f"ratio {ours / peer:.2f}, at most {LIMIT}")
        failed = failed or ours > LIMIT * peer
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
