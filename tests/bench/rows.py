# SPDX-License-Identifier: Apache-2.0
"""What each figure must be. A name that is not here is measured for information alone."""

MS = "ms CPU"
PER_THOUSAND = "ms CPU per 1,000 deltas"

# name: (unit, what is judged, at most)
ROWS = {
    "CPU per 1,000 deltas, 80 KB mixed": (PER_THOUSAND, "ratio", 1.0),
    "CPU per 1,000 deltas, 80 KB one list": (PER_THOUSAND, None, None),
    "CPU per 1,000 deltas, 80 KB one table": (PER_THOUSAND, None, None),
    "CPU per 1,000 deltas, 80 KB one fence": (PER_THOUSAND, None, None),
    "CPU per 1,000 deltas, 80 KB one paragraph": (PER_THOUSAND, None, None),
    "CPU per 1,000 deltas, 80 KB mixed with find open": (PER_THOUSAND, None, None),
    "CPU per 1,000 deltas at 400 KB against at 10 KB": (PER_THOUSAND, "ratio", 1.2),
    "CPU per 1,000 deltas at 400 KB against at 10 KB, one stream": (PER_THOUSAND, "ratio", 1.2),
    "socket to pixels, 500 deltas/s, against react-markdown": (PER_THOUSAND, "ratio", 1 / 10),
    "socket to pixels, 500 deltas/s, against memoised blocks": (PER_THOUSAND, "ratio", 1 / 8),
    "instructions per delta, mixed": ("thousand instructions", "ratio", 0.8),
    "instructions per delta, one fence": ("thousand instructions", "ratio", 0.8),
    "instructions per delta, one list": ("thousand instructions", "ratio", 0.8),
    "instructions per delta, one table": ("thousand instructions", "ratio", 0.8),
    "instructions per event from bytes to message": ("thousand instructions", "ratio", 0.8),
    "frame p99, mixed": (MS, "value", 2),
    "frame p99, one list": (MS, "value", 6),
    "frame p99, one table": (MS, "value", 6),
    "frame p99, one fence": (MS, "value", 6),
    "frame p99, one paragraph": (MS, "value", 6),
    "frame p99, 400 KB mixed": (MS, None, None),
    "frame p99, mixed with find open": (MS, None, None),
    "worst frame, mixed": (MS, "value", 16),
    "worst frame, one list": (MS, "value", 16),
    "worst frame, one table": (MS, "value", 16),
    "worst frame, one fence": (MS, "value", 16),
    "worst frame, one paragraph": (MS, "value", 16),
    "worst frame, 400 KB mixed": (MS, "value", 16),
    "worst frame, mixed with find open": (MS, "value", 16),
    "worst frame, scrolling and jumping": (MS, "value", 16),
    "search p99, rare word": ("ms", "value", 200),
    "search p99, common word": ("ms", "value", 200),
    "search p99, common word, being typed": ("ms", "value", 200),
    "search p99, two letters, being typed": ("ms", "value", 200),
    "search p99, three common words": ("ms", "value", 200),
    "search p99, phrase of common words": ("ms", "value", 200),
    "search p99, common without common": ("ms", "value", 200),
    "search p99, common of one agent and role": ("ms", "value", 200),
    "search p99, all failed, no words": ("ms", "value", 200),
    "open 10,000 messages, first paint": (MS, "value", 60),
    "scroll by 60 px, p99 of a frame": (MS, "value", 5),
    "jump anywhere, p99": (MS, "value", 9),
    "resize with 10,000 messages": (MS, None, None),
    "append a message to 10,000": (MS, None, None),
    **{f"{what}, 5 MB, {kind}": (MS, "value", 16) for kind in ("mixed", "fence", "list") for what in
       ("another delta at the end, worst", "scroll by 60 px, p99", "jump anywhere, p99")},
    **{f"{what}, 5 MB, {kind}": (MS, None, None) for kind in ("mixed", "fence", "list") for what in
       ("open", "another delta at the end, median", "resize")},
    "memory with 10,000 messages open": ("MB resident", "value", 70),
    "memory of the program with 10,000 messages open": ("MB resident", "value", 70),
    "memory of the program with 10,000 messages open, by share": ("MB, proportional set", None, None),
    "program start to first paint, warm": ("ms", "value", 120),
    "memory after the start": ("MB, proportional set", "value", 45),
    "memory after the start, resident": ("MB resident", None, None),
    "key to paint, p99, twenty conversations streaming": ("ms", "value", 50),
    "key to paint, median, twenty conversations streaming": ("ms", None, None),
    "deltas a second in view meanwhile": ("deltas/s", None, None),
    "pixels that differ between partial and full paints": ("pixels", "value", 0),
    "soak: the window answers, worst": ("ms", "value", 100),
    "soak: the window answers, p99": ("ms", None, None),
    "soak: answers": ("answers", None, None),
    "soak: answers that are not what was sent": ("answers", "value", 0),
    "soak: memory afterwards": ("MB of its own", "ratio", 1.1),
    "soak: memory afterwards, by share": ("MB", "ratio", 1.1),
    "noise of this machine": ("% between runs of the same work", None, None),
}


def row(name, value, floor=None, place=""):
    """One row as it is written, from what was measured. place: offscreen or xvfb; empty: does not matter."""
    unit, judged, limit = ROWS.get(name, ("", None, None))
    ratio = value / floor if floor else None
    found = {"value": value, "ratio": ratio}.get(judged)
    return {
        "name": f"{name} ({place})" if place else name,
        "value": round(value, 3),
        "unit": unit,
        "floor": None if floor is None else round(floor, 3),
        "ratio": None if ratio is None else round(ratio, 3),
        "must": f"{judged} <= {limit:g}" if judged else None,
        "holds": None if not judged else found is not None and found <= limit,
    }
