"""Part 1: the whole pipeline against `jieba.cut` of the same text, and where the pipeline's time goes."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import jieba  # type: ignore[import-untyped]
from measure import Bar, seconds, table
from steps import STEPS, steps_timed

import safetydoc
from safetydoc import loaders

_ROUNDS = 15
_LIMIT, _GOAL = 1.0, 0.5


def against_jieba(files: Sequence[Path]) -> Bar:
    """Print the times of both, alternating A B A B after a warm-up; the bar is the median of the rounds' ratios."""
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    data = [path.read_bytes() for path in files]
    texts = [loaders.load(item, path.name).text for item, path in zip(data, files, strict=True)]

    def ours(place: int) -> Callable[[], object]:
        return lambda: safetydoc.extract(data[place], name=files[place].name)

    def theirs(place: int) -> Callable[[], object]:
        return lambda: deque(jieba.cut(texts[place]), maxlen=0)

    for place in range(len(files)):
        ours(place)()
        theirs(place)()
    rounds = [[(seconds(ours(place)), seconds(theirs(place))) for place in range(len(files))] for _ in range(_ROUNDS)]

    print(f"## 1. Whole pipeline (bytes → notice) against jieba.cut {jieba.__version__}, median of {_ROUNDS} rounds\n")
    rows: list[list[object]] = []
    for place, path in enumerate(files):
        a, b = (median(one[place][side] for one in rounds) for side in (0, 1))
        ratio = median(one[place][0] / one[place][1] for one in rounds)
        rows.append([path.name, f"{len(texts[place]):,}", f"{a * 1e3:.1f}", f"{b * 1e3:.1f}", f"{ratio:.2f}"])
    sums = [(sum(a for a, _ in one), sum(b for _, b in one)) for one in rounds]
    ratio = median(a / b for a, b in sums)
    a, b = (median(one[side] for one in sums) for side in (0, 1))
    size = sum(map(len, texts))
    rows.append(["**all**", f"{size:,}", f"{a * 1e3:.1f}", f"{b * 1e3:.1f}", f"**{ratio:.2f}**"])
    table(["notice", "characters", "safetydoc ms", "jieba.cut ms", "ratio"], rows)
    low, high = min(a / b for a, b in sums), max(a / b for a, b in sums)
    reached = "reached" if ratio <= _GOAL else "not reached"
    print(f"Ratio of a round: {low:.2f} to {high:.2f}. Goal {_GOAL}: {reached}.\n")
    _print_steps(data, files, size)
    return Bar("pipeline : jieba.cut", ratio, _LIMIT)


def _print_steps(data: Sequence[bytes], files: Sequence[Path], size: int) -> None:
    spent: list[dict[str, float]] = []
    wholes: list[float] = []
    for _ in range(_ROUNDS):
        with steps_timed() as one:
            wholes.append(sum(seconds(lambda d=d, p=p: safetydoc.extract(d, name=p.name))  # type: ignore[misc]
                              for d, p in zip(data, files, strict=True)))
        spent.append(one)
    whole = median(wholes)
    times = {name: median(one[name] for one in spent) for name in STEPS}
    times["load, the rest"] = median(w - sum(one.values()) for w, one in zip(wholes, spent, strict=True))
    table(["step", "ms", "share", "µs per character"],
          [[name, f"{t * 1e3:.1f}", f"{t / whole:.0%}", f"{t / size * 1e6:.2f}"] for name, t in times.items()])
