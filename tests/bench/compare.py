#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""compare.py BEFORE AFTER: what changed between two bench.json, against the noise that was measured in both runs.
Instructions and pixels repeat, so a difference of more than 1.5 % of theirs is told; of everything else only what is
beyond twice the larger noise. Ratios are compared where there is a floor: both sides of one ran on the same machine in
the same minutes. Exit status 1: something became worse."""

import json
import sys

REPEATS = ("instructions", "pixels")
REPEATED_WITHIN = 1.5
FEWER_IS_WORSE = ("deltas a second",)


def read(path):
    with open(path, encoding="utf-8") as file:
        return {row["name"]: row for row in json.load(file)}


def change(before, after):
    """Percent, of the ratio if there is one."""
    kind = "ratio" if before["ratio"] is not None and after["ratio"] is not None else "value"
    if before[kind] == after[kind]:
        return kind, 0.0
    return kind, 100 * (after[kind] - before[kind]) / before[kind] if before[kind] else float("inf")


def main():
    if len(sys.argv) != 3:
        sys.exit("Usage: compare.py BEFORE.json AFTER.json")
    before, after = map(read, sys.argv[1:])
    noise = max([row["value"] for rows in (before, after) for name, row in rows.items() if name.startswith("noise")],
                default=15)
    print(f"Noise of the machine: {noise:.1f} %. Times count as changed beyond {2 * noise:.1f} %, "
          f"instructions beyond {REPEATED_WITHIN} %.")
    worse = False
    for name, row in after.items():
        if name.startswith("noise"):
            continue
        if name not in before:
            print(f"new      {name}: {row['value']:g} {row['unit']}")
            continue
        kind, percent = change(before[name], row)
        limit = REPEATED_WITHIN if name.startswith(REPEATS) else 2 * noise
        if name.startswith(FEWER_IS_WORSE):
            percent = -percent
        verdict = "same" if abs(percent) <= limit else "worse" if percent > 0 else "better"
        if row["holds"] is False:
            verdict += ", does not hold"
        worse = worse or verdict.startswith("worse") or (before[name]["holds"] and row["holds"] is False)
        if verdict != "same":
            print(f"{verdict:8} {name}: {kind} {before[name][kind]:g} to {row[kind]:g} ({percent:+.1f} %)")
    for name in before.keys() - after.keys():
        print(f"missing  {name}")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
