#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs clang-tidy over lib and app, file by file, and remembers what was clean.

usage: tidy.py <build folder with compile_commands.json> [<share>/<shares>]

A file is looked at again when it, a header of ours that it includes (also through others), its compile
command, the configuration or clang-tidy itself has changed. So the first run takes minutes and the next one
seconds. Shares split the work into pieces that CTest can run side by side.
"""
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def ours_included(path, seen):
    """The file and every header of ours that it reaches, by reading #include lines."""
    if path in seen:
        return
    seen.add(path)
    for name in INCLUDE.findall(path.read_text(encoding="utf-8")):
        for root in (ROOT / "lib", ROOT / "app"):
            if (root / name).is_file():
                ours_included(root / name, seen)


def fingerprint(path, command, common):
    seen = set()
    ours_included(path, seen)
    digest = hashlib.sha256(common + command.encode())
    for part in sorted(seen):
        digest.update(str(part.relative_to(ROOT)).encode() + b"\0" + part.read_bytes())
    return digest.hexdigest()


def main():
    build = pathlib.Path(sys.argv[1])
    share, shares = (int(n) for n in (sys.argv[2] if len(sys.argv) > 2 else "1/1").split("/"))
    version = subprocess.run(["clang-tidy", "--version"], check=True, capture_output=True).stdout
    common = version + (ROOT / ".clang-tidy").read_bytes()
    clean = build / "clean"
    clean.mkdir(exist_ok=True)

    commands = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = pathlib.Path(entry["file"]).resolve()
        if path.is_relative_to(ROOT / "lib") or path.is_relative_to(ROOT / "app"):
            commands[path] = entry["command"]
    if not commands:
        print("tidy: no compile commands for lib and app in", build, file=sys.stderr)
        return 2

    looked_at, faults = 0, 0
    for path in sorted(commands)[share - 1::shares]:
        stamp = clean / fingerprint(path, commands[path], common)
        if stamp.exists():
            continue
        looked_at += 1
        result = subprocess.run(["clang-tidy", "-p", str(build), "--quiet", str(path)],
                                capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if result.returncode == 0:
            stamp.touch()
            continue
        faults += 1
        print(result.stdout.replace(str(ROOT) + os.sep, ""), flush=True)
        if not result.stdout.strip():
            print(result.stderr, flush=True)
    print(f"tidy: {len(commands)} files known, {looked_at} looked at in share {share} of {shares}, "
          f"{faults} with faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
