"""Keep the documentation true: run its marked commands and compare what they print.

    python .ci/readme.py show README.md install      # print the commands of one block
    python .ci/readme.py check README.md docs/*.md   # run the marked blocks, compare outputs
    python .ci/readme.py check --update README.md    # and write the outputs anew

A fenced block directly below one of these comments is marked:

    <!-- ci:run NAME -->                 commands (bash) or a program (python)
    <!-- ci:out NAME first=9 last=1 -->  what block NAME prints: all of it, or so many lines of it
    <!-- ci:file PATH -->                a file that later blocks of the same page use

`install` and `test` are run by .ci/run. All others run here, page by page, each page in an empty
folder that has corpus/ and outputs/, with the `safetydoc` and `python` that come first in PATH.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"<!-- ci:(?P<kind>run|out|file) (?P<name>\S+)(?P<options>[^>]*?) -->\n\s*```(?P<language>\w*)\n(?P<body>.*?)^```$", re.M | re.S)
BY_HAND = ("install", "test")


def show(page: Path, name: str) -> int:
    bodies = [match["body"] for match in BLOCK.finditer(page.read_text("utf-8")) if (match["kind"], match["name"]) == ("run", name)]
    if len(bodies) != 1:
        print(f"{page}: {len(bodies)} blocks named {name}, not one", file=sys.stderr)
        return 1
    print(bodies[0], end="")
    return 0


def run(language: str, body: str, folder: Path) -> str:
    """What a block prints; raises CalledProcessError where it fails."""
    command = ["python", "-c", body] if language == "python" else ["bash", "-euo", "pipefail", "-c", body]
    environ = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "PYTHONPATH")} | {"PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=folder, env=environ, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def excerpt(output: str, options: str) -> str:
    """The first and last lines that `options` ask for, with … for what lies between."""
    wanted = dict(option.split("=") for option in options.split())
    lines = output.splitlines()
    first, last = int(wanted.get("first", 0)), int(wanted.get("last", 0))
    if (first or last) and first + last < len(lines):
        lines = [*lines[:first], "…", *lines[len(lines) - last:]]
    return "".join(f"{line}\n" for line in lines)


def check(page: Path, update: bool) -> int:
    text = page.read_text("utf-8")
    faults = 0
    outputs: dict[str, str] = {}
    pieces, at = [], 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "corpus").symlink_to(ROOT / "corpus")
        (folder / "outputs").mkdir()
        for match in BLOCK.finditer(text):
            kind, label, body = match["kind"], match["name"], match["body"]
            if kind == "file":
                (folder / label).parent.mkdir(parents=True, exist_ok=True)
                (folder / label).write_text(body, "utf-8")
            elif kind == "run" and label not in BY_HAND:
                try:
                    outputs[label] = run(match["language"], body, folder)
                except subprocess.CalledProcessError as error:
                    print(f"{page}: block {label} fails with {error.returncode}\n{error.stdout}{error.stderr}")
                    return 1
            elif kind == "out":
                want = excerpt(outputs[label], match["options"])
                if want != body:
                    faults += 1
                    print(f"{page}: the output of {label} is now\n{want}" if not update else f"{page}: {label} written anew")
                start, end = match.span("body")
                pieces += [text[at:start], want]
                at = end
        for made in sorted((folder / "outputs").iterdir()):
            kept = ROOT / "outputs" / made.name
            if kept.is_file() and made.suffix == ".json" and kept.read_bytes() != made.read_bytes():
                faults += 1
                print(f"{kept.relative_to(ROOT)}: {'written anew' if update else f'is not what the command of {page} writes'}")
                if update:
                    kept.write_bytes(made.read_bytes())
    if update and faults:
        page.write_text("".join(pieces) + text[at:], "utf-8")
    print(f"{page}: {'written' if update and faults else 'differs' if faults else 'is true'}")
    return int(bool(faults) and not update)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    shower = commands.add_parser("show", help="print the commands of one block")
    shower.add_argument("page", type=Path)
    shower.add_argument("name")
    checker = commands.add_parser("check", help="run the marked blocks and compare what they print")
    checker.add_argument("pages", type=Path, nargs="+")
    checker.add_argument("--update", action="store_true", help="write the outputs anew")
    arguments = parser.parse_args()
    if arguments.command == "show":
        return show(arguments.page, arguments.name)
    return max(check(page, arguments.update) for page in arguments.pages)


if __name__ == "__main__":
    sys.exit(main())
