#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Says which source files can stand in one: most of the time of a compiler goes into Qt's headers.

usage: joining.py <most in one> < paths, one on each line
Writes "<group> <path>" for each, to be read by CMake.
"""
import dataclasses
import pathlib
import re
import sys

# What a file keeps to itself. In it, what is defined begins at a line's start.
OWN_PART = re.compile(r"^namespace \{$(.*?)^\} // namespace$", re.MULTILINE | re.DOTALL)
OWN_TYPE = re.compile(r"(?:class|struct|enum class|enum|using) (\w+)")
OWN_OTHER = re.compile(r"(?!namespace|using)[A-Za-z].*?(\w+) ?[(={;]")
# Brings names into the whole namespace, where others mean something else by them.
ALONE = re.compile(r"^using enum ", re.MULTILINE)


@dataclasses.dataclass
class Group:
    flags: tuple = None  #: none: nothing else can stand with it
    paths: list = dataclasses.field(default_factory=list)
    names: set = dataclasses.field(default_factory=set)


def own_names(path):
    """The names of a file that would clash with the same of another file."""
    text = path.read_text(encoding="utf-8")
    names = set(re.findall(r"^#\s*define\s+(\w+)", text, re.MULTILINE))
    for line in "\n".join(OWN_PART.findall(text)).splitlines():
        found = OWN_TYPE.match(line) or OWN_OTHER.match(line)
        if found:
            names.add(found[1])
    return names


def groups_of(paths, flags, most):
    """Files that can stand in one, no more than so many: the same flags, no name of one in another."""
    groups = []
    for path in paths:
        if ALONE.search(path.read_text(encoding="utf-8")):
            groups.append(Group(paths=[path]))
            continue
        names = own_names(path)
        for group in groups:
            if group.flags == flags[path] and len(group.paths) < most and not names & group.names:
                break
        else:
            group = Group(flags[path])
            groups.append(group)
        group.paths.append(path)
        group.names |= names
    return groups


def main():
    paths = [pathlib.Path(line.strip()) for line in sys.stdin if line.strip()]
    flags = {path: path.parent for path in paths}
    for number, group in enumerate(groups_of(paths, flags, int(sys.argv[1]))):
        for path in group.paths:
            print(f"{number} {path}")


if __name__ == "__main__":
    main()
