"""Benchmarks against named peers and limits, in one run; bench/README.md says what is measured and how.

    python bench/run.py [FOLDER]      # default: ../shared/seeds where it is, else corpus/

Exit status 1 where a bar is missed.
"""

from __future__ import annotations

import platform
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the checkout is measured, not an installed version

from deadlines import against_jionlp  # noqa: E402
from measure import table  # noqa: E402
from size import memory_and_growth  # noqa: E402
from speed import against_jieba  # noqa: E402

import safetydoc  # noqa: E402


def main(folder: Path) -> int:
    """Run all parts on the .txt notices of `folder`; 1 where a bar is missed, 2 where there is nothing to measure."""
    started = time.monotonic()
    files = sorted(folder.glob("*.txt"))
    if not files:
        print(f"{folder}: no .txt files", file=sys.stderr)
        return 2
    print(f"# safetydoc {safetydoc.__version__}, {len(files)} notices of {folder.name}/, "
          f"Python {platform.python_version()}, {platform.machine()}\n")
    gold = next((place for place in (folder / "expected", folder.parent / "gold") if place.is_dir()), None)
    pipeline, deadlines = against_jieba(files), against_jionlp(files, gold)
    bars = [pipeline, *([deadlines] if deadlines else []), *memory_and_growth(files)]
    print(f"## Bars ({time.monotonic() - started:.0f} s)\n")
    rows = []
    for bar in bars:
        wanted = f"{'≥' if bar.at_least else '≤'} {bar.limit}"
        rows.append([bar.name, f"{bar.measured:.2f}", wanted, "held" if bar.held else "MISSED"])
    table(["bar", "measured", "wanted", ""], rows)
    return 0 if all(bar.held for bar in bars) else 1


if __name__ == "__main__":
    if len(sys.argv) > 2 or sys.argv[1:2] in (["-h"], ["--help"]):
        sys.exit(__doc__)
    seeds = ROOT.parent / "shared" / "seeds"
    default = seeds if seeds.is_dir() else ROOT / "corpus"
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else default))
