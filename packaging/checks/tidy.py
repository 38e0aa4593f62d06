#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs clang-tidy over lib and app and remembers what was clean.

Most of its time goes into Qt's headers, so several files of one folder are looked at as one: a file that includes
them, made so that no two define the same name for themselves. What is found in it is looked at again file by file,
and that alone is reported.

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
import shlex
import subprocess
import sys

from joining import groups_of

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)
GROUP = 10


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


def flags_of(command, path):
    """The words of a compile command without the compiler, the file and where the result goes."""
    words = shlex.split(command)[1:]
    result = []
    while words:
        word = words.pop(0)
        if word in ("-o", "-MF", "-MT", "-MQ"):
            words.pop(0)
        elif word not in ("-c", "-MD") and pathlib.Path(word).name != path.name:
            result.append(word)
    return tuple(result)


def is_clean_together(group, folder, number):
    folder.mkdir(exist_ok=True)
    whole = folder / f"{number}.cpp"
    whole.write_text("".join(f'#include "{path}"\n' for path in group.paths))
    # A name of one file may be a local name of another, which is no fault of theirs.
    result = subprocess.run(["clang-tidy", "--quiet", r"--header-filter=/(lib|app)/[a-z]+/[a-z_]+\.(h|cpp)$",
                             str(whole), "--", *group.flags, "-Wno-shadow"],
                            capture_output=True, stdin=subprocess.DEVNULL)
    return result.returncode == 0


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

    stamps = {path: clean / fingerprint(path, commands[path], common) for path in commands}
    flags = {path: flags_of(command, path) for path, command in commands.items()}
    groups = groups_of(sorted(commands), flags, GROUP)[share - 1::shares]
    looked_at = 0
    alone, faults = 0, 0
    for number, group in enumerate(groups):
        stale = [path for path in group.paths if not stamps[path].exists()]
        looked_at += len(stale)
        if len(stale) > 1 and is_clean_together(group, build / f"share{share}", number):
            for path in stale:
                stamps[path].touch()
            continue
        for path in stale:
            alone += 1
            result = subprocess.run(["clang-tidy", "-p", str(build), "--quiet", str(path)],
                                    capture_output=True, text=True, stdin=subprocess.DEVNULL)
            if result.returncode == 0:
                stamps[path].touch()
                continue
            faults += 1
            print(result.stdout.replace(str(ROOT) + os.sep, ""), flush=True)
            if not result.stdout.strip():
                print(result.stderr, flush=True)
    print(f"tidy: {len(commands)} files known, {looked_at} looked at in share {share} of {shares}, "
          f"{alone} of them alone, {faults} with faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
