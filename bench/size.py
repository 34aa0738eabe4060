"""Parts 3 and 4: memory and growth. Every measurement is in a fresh process: this file run as a script.

The text that grows is a notice whose body (first label to last measure) stands 1, 10, 100, 1000
times below the notice's own head.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from measure import Bar, table

_GROWTH = 1.5
_TOO_LONG = 100
#: How often a size is timed, in turns with the others; the median counts. The largest is long enough to even noise out.
_REPEATS = {1: 7, 10: 7, 100: 3, 1000: 1}
#: A step below this share of the whole may wobble, and costs nothing yet.
_SHARE = 0.05
_ROOT = Path(__file__).resolve().parent.parent


def memory_and_growth(files: Sequence[Path]) -> list[Bar]:
    """Print both parts. The bars: time per character of 100 and 1000 copies to that of 10, whole and by step."""
    largest = max(files, key=lambda path: path.stat().st_size)
    copies = {path: (1, 10, 100, 1000) if path == largest else (1, 10, 100) for path in files}
    sizes = {path: _run("time", path, copies[path]) for path in files}
    _print_memory(largest, sizes[largest], _run("trace", largest, (1, 100)))
    bars = [bar for path in files for bar in _bars(path, sizes[path], len(copies[path]))]
    _print_growth(sizes)
    worst = max(bars, key=lambda bar: bar.measured)
    print(f"{'LINEAR' if worst.held else 'NOT LINEAR'}: "
          f"the worst is {worst.measured:.2f} ({worst.name}), the limit {_GROWTH}.\n")
    return [bar for bar in bars if not bar.held] or [worst]


def _print_memory(path: Path, ran: Sequence[dict[str, Any]], traced: Sequence[dict[str, Any]]) -> None:
    print(f"## 3. Peak memory of a fresh process, {path.name}\n")
    by_size = {one["copies"]: one for one in traced}
    rows = []
    for one in ran:
        known = by_size.get(one["copies"])
        bytes_each = [f"{known[name] / known['characters']:.0f}" for name in ("peak", "kept")] if known else ["", ""]
        counts = [f"{one[name]:,}" for name in ("copies", "characters", "tasks")]
        rows.append([*counts, f"{one['rss'] / 2**20:.0f}", *bytes_each])
    table(["copies", "characters", "tasks", "peak RSS MB", "traced bytes per character, peak", "kept"], rows)


def _print_growth(sizes: dict[Path, list[dict[str, Any]]]) -> None:
    print("## 4. Growth: µs per character (ratio to 10 copies)\n")
    rows: list[list[object]] = []
    names: list[str] = []
    for path, ran in sizes.items():
        for one in ran:
            per, ratios = _per_character(one), _ratios(one, ran)
            names = names or list(per)
            rows.append([path.name[:3], one["copies"], *(f"{per[name]:.2f} ({ratios[name]:.2f})" for name in per)])
    table(["notice", "copies", *names], rows)


def _per_character(one: dict[str, Any]) -> dict[str, float]:
    """Microseconds per character, whole and by step."""
    figures: dict[str, float] = {"whole": one["seconds"], **one["steps"]}
    return {name: spent / one["characters"] * 1e6 for name, spent in figures.items()}


def _ratios(one: dict[str, Any], ran: Sequence[dict[str, Any]]) -> dict[str, float]:
    base = _per_character(next((other for other in ran if other["copies"] == 10), one))
    return {name: figure / base[name] for name, figure in _per_character(one).items()}


def _bars(path: Path, ran: Sequence[dict[str, Any]], wanted: int) -> list[Bar]:
    bars = []
    for one in ran:
        per = _per_character(one)
        for name, ratio in _ratios(one, ran).items():
            if one["copies"] > 10 and per[name] >= _SHARE * per["whole"]:
                bars.append(Bar(f"growth of {name}, {path.name[:3]} × {one['copies']}", ratio, _GROWTH))
    if len(ran) < wanted:
        bars.append(Bar(f"growth, {path.name[:3]}: {_TOO_LONG} s were not enough", float("inf"), _GROWTH))
    return bars


def _run(what: str, path: Path, copies: Iterable[int]) -> list[dict[str, Any]]:
    """What a fresh process measured, size by size; fewer sizes where one took too long."""
    command = [sys.executable, __file__, what, str(path), *map(str, copies)]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    try:
        output = subprocess.run(command, stdout=subprocess.PIPE, env=environment, timeout=_TOO_LONG, check=True).stdout
    except subprocess.TimeoutExpired as late:
        output = late.stdout or b""
    measured: dict[int, list[dict[str, Any]]] = {}
    for line in output.splitlines():
        one = json.loads(line)
        measured.setdefault(one["copies"], []).append(one)
    return [_middle(ones) for ones in measured.values()]


def _middle(ones: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The first of several measurements of one size, with the medians of their times."""
    if "seconds" not in ones[0]:
        return ones[0]
    steps = {name: median(one["steps"][name] for one in ones) for name in ones[0]["steps"]}
    return {**ones[0], "seconds": median(one["seconds"] for one in ones), "steps": steps}


def _main(what: str, file: str, *sizes: str) -> None:
    import safetydoc

    notice = safetydoc.extract(file)
    labelled = [node for node in notice.outline if node.label]
    first = min((node.start for node in labelled), default=0)
    last = max((node.end for node in labelled), default=len(notice.text))
    head, body = notice.text[:first], notice.text[first:last] + "\n"
    del notice, labelled
    measure = _time if what == "time" else _trace
    for turn in range(max(_REPEATS.values()) if what == "time" else 1):
        for size in map(int, sizes):
            if turn < _REPEATS[size]:
                print(json.dumps({"copies": size, **measure(head + body * size)}), flush=True)


def _time(text: str) -> dict[str, object]:
    """Time of the whole as it runs, peak memory so far, then the steps.

    The steps run without the garbage collector: a full collection counts for whichever step it falls into.
    """
    from measure import seconds
    from steps import steps_timed

    import safetydoc

    tasks = 0

    def extract() -> None:
        nonlocal tasks
        tasks = len(safetydoc.extract_text(text).tasks)

    whole, rss = seconds(extract), _peak_rss()
    gc.collect()
    gc.disable()
    with steps_timed() as steps:
        extract()
    gc.enable()
    return {"characters": len(text), "tasks": tasks, "seconds": whole, "steps": steps, "rss": rss}


def _peak_rss() -> int:
    """Peak bytes of this process in memory.

    On Linux not `ru_maxrss`: that starts from the peak of the process that started this one.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        return 1024 * int(status.read_text().partition("VmHWM:")[2].split()[0])
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _trace(text: str) -> dict[str, object]:
    """Bytes that Python allocates for a notice: at the peak, and those that the notice keeps."""
    import safetydoc

    tracemalloc.start()
    notice = safetydoc.extract_text(text)
    gc.collect()
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return {"characters": len(notice.text), "kept": kept, "peak": peak}


if __name__ == "__main__":
    _main(*sys.argv[1:])
