"""The accuracy gate: no F1 and no share of exact tasks may fall below its floor in floors.json.

    python .ci/accuracy.py                              # score, compare, print; status 1 below a floor
    python .ci/accuracy.py --update                     # raise floors to what is reached now
    python .ci/accuracy.py --allow-lower "the reason"   # lower them too; the reason is kept in floors.json

Scores come from ../shared/score.py, run on the `safetydoc` that is first in PATH; then
../shared/invariants.py --twice must hold on the seeds. The table of scores in the READMEs shows the
floors; --update writes it anew. Seed 003 is the damaged file: a set of its own with floors of its own.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
FLOORS = Path(__file__).with_name("floors.json")
SETS: dict[str, list[str]] = {
    "seeds": ["--only", "000,001,002,004"],
    "gold_more": ["--gold", str(SHARED / "gold_more"), "--notices", str(SHARED / "notices")],
    "corpus": ["--gold", str(ROOT / "corpus" / "expected"), "--notices", str(ROOT / "corpus")],
    "damaged": ["--only", "003"],
}
EXACT = "exact tasks"
#: What the READMEs show: measure → its name in English and Chinese.
SHOWN = {
    "tasks": ("tasks (rows)", "任务（行）"),
    "units": ("units and roles", "责任单位及角色"),
    "unit canonicals": ("full names of units", "单位规范名称"),
    "agents": ("agents", "文中责任主体"),
    "deadlines": ("deadlines", "时限"),
    "targets": ("targets", "量化指标"),
    EXACT: ("exact tasks", "完全正确的任务"),
}
HEADS = {"README.md": ("", *SETS), "README.zh-CN.md": ("", "种子文件", "补充标注", "自编语料", "受损文件")}
BEGIN, END = "<!-- ci:scores -->\n", "<!-- /ci:scores -->"

Figures = dict[str, float]


def score(options: list[str]) -> tuple[Figures, list[str]]:
    """The figures of one set, and what makes them worthless."""
    done = subprocess.run([sys.executable, str(SHARED / "score.py"), "--json", *options], capture_output=True, text=True, encoding="utf-8")
    try:
        data = json.loads(done.stdout)
    except ValueError:
        return {}, [f"score.py gave no figures: {done.stderr.strip()}"]
    wrong = {"failed": "notices gave no JSON", "ungrounded": "values whose span does not hold them"}
    faults = [f"{data[name]} {what}" for name, what in wrong.items() if data[name]]
    if faults and done.stderr:
        faults.append(done.stderr.strip())
    figures = {name: value["f1"] for name, value in data.items() if isinstance(value, dict) and (value["gold"] or value["found"])}
    right, total = data["exact_tasks"]
    return figures | {EXACT: round(right / max(total, 1), 4)}, faults


def raised(floors: Figures, now: Figures, lower: bool) -> Figures:
    """The floors after an update: what is reached now, or the old floor where that is higher."""
    return {name: value if lower else max(value, floors.get(name, 0.0)) for name, value in now.items()} | {
        name: value for name, value in floors.items() if name not in now and not lower}


def faults_of(name: str, floors: Figures, now: Figures) -> list[str]:
    faults = [f"{name}: {measure} is {now.get(measure, 0.0):.4f}, its floor {floor:.4f}"
              for measure, floor in floors.items() if now.get(measure, 0.0) < floor]
    return faults + [f"{name}: {measure} has no floor; run .ci/accuracy.py --update" for measure in now if measure not in floors]


def print_table(floors: dict[str, Figures], now: dict[str, Figures]) -> None:
    measures = list(dict.fromkeys(measure for figures in now.values() for measure in figures))
    print(f"{'':<18}" + "".join(f"{name:>16}" for name in now) + "    (* below, + above the floor)")
    for measure in measures:
        cells = []
        for name, figures in now.items():
            value, floor = figures.get(measure), floors.get(name, {}).get(measure, 0.0)
            mark = "" if value is None or value == floor else f" {'*' if value < floor else '+'}{floor:.3f}"
            cells.append(("" if value is None else f"{value:.4f}") + f"{mark:<7}")
        print(f"{measure:<18}" + "".join(f"{cell:>16}" for cell in cells))


def scores_table(page: str, floors: dict[str, Figures]) -> str:
    rows = [list(HEADS[page]), ["---", *["---:"] * len(SETS)]]
    rows += [[names[page != "README.md"], *(f"{floors[name][measure]:.3f}" for name in SETS)] for measure, names in SHOWN.items()]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def readmes(floors: dict[str, Figures], update: bool) -> list[str]:
    """Compare the tables in the READMEs with the floors, or write them anew."""
    faults = []
    for page in HEADS:
        path = ROOT / page
        text = path.read_text("utf-8")
        head, _, rest = text.partition(BEGIN)
        _, _, tail = rest.partition(END)
        want = head + BEGIN + scores_table(page, floors) + END + tail
        if want != text:
            if update:
                path.write_text(want, "utf-8")
            else:
                faults.append(f"{page}: the table of scores is not that of floors.json; run .ci/accuracy.py --update")
    return faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--update", action="store_true", help="raise floors to what is reached now")
    parser.add_argument("--allow-lower", metavar="REASON", help="lower floors too, and say why")
    arguments = parser.parse_args()
    if not (SHARED / "score.py").is_file():
        print(f"{SHARED} is missing: nothing was scored", file=sys.stderr)
        return int(bool(os.environ.get("CI")) or arguments.update or bool(arguments.allow_lower))

    data = json.loads(FLOORS.read_text("utf-8")) if FLOORS.is_file() else {"floors": {}, "lowered": []}
    floors: dict[str, Figures] = data["floors"]
    now: dict[str, Figures] = {}
    faults: list[str] = []
    for name, options in SETS.items():
        now[name], broken = score(options)
        faults += [f"{name}: {fault}" for fault in broken]
    print_table(floors, now)

    if (arguments.update or arguments.allow_lower) and not faults:
        lower = bool(arguments.allow_lower)
        new = {name: raised(floors.get(name, {}), figures, lower) for name, figures in now.items()}
        fallen = {f"{name}: {measure}": [floor, new[name].get(measure)] for name, figures in floors.items() if name in new
                  for measure, floor in figures.items() if new[name].get(measure, -1.0) < floor}
        if fallen:
            data["lowered"].append({"date": datetime.date.today().isoformat(), "reason": arguments.allow_lower, "from_to": fallen})
        data["floors"] = floors = new
        FLOORS.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
        readmes(floors, True)
        print(f"{FLOORS.relative_to(ROOT)}: written; {len(fallen)} floors lowered")

    if not faults:
        faults = [fault for name, figures in now.items() for fault in faults_of(name, floors.get(name, {}), figures)]
    if not faults:
        faults = readmes(floors, False)
    seeds = subprocess.run([sys.executable, str(SHARED / "invariants.py"), "--twice", str(SHARED / "seeds")])
    if seeds.returncode:
        faults.append("invariants.py --twice does not hold on the seeds")
    for fault in faults:
        print(fault)
    print("accuracy: " + (f"{len(faults)} faults" if faults else "no figure below its floor"))
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
