"""What must hold for every result, whatever went in: `broken(data)` lists what does not.

`data` is `Notice.to_dict()` after a round through JSON.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
from support import ROOT, SHARED, fold

_SHAPES = {
    "by": r"\d{4}-\d{2}-\d{2}",
    "during": r"\d{4}-\d{2}-\d{2}/(?:\d{4}-\d{2}-\d{2}|\.\.)",
    "within": r"P\d+[DWMY]",
    "every": r"P\d+[DWMY]",
    "before_event": r".+",
}
_QUOTES = {"units": "name", "agents": "name", "deadlines": "text", "targets": "text", "absolutes": "text"}
_CLAUSE = re.compile(r"[（(【\[［][^（()）【】\[\]［］]*(?:责任单位|责任部门|牵头|配合)[^（()）【】\[\]［］]*[）)】\]］]")
#: Debris of markup is no text: its digits need no class.
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|&#\d+;")
#: The longest label with its brackets and blanks, folded.
_LABEL_ROOM = 12
_NUMBER_ROOM = 30


@cache
def validator() -> jsonschema.Draft202012Validator:
    """The validator of the shipped schema, else of the contract's."""
    places = (ROOT / "safetydoc/schema/notice.schema.json", SHARED / "contract/notice.schema.json")
    schema = json.loads(next(path for path in places if path.is_file()).read_text("utf-8"))
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


def broken(data: dict[str, Any]) -> list[str]:
    """One line for each thing that does not hold."""
    faults = [f"schema {'/'.join(map(str, error.path))}: {error.message[:100]}" for error in validator().iter_errors(data)]
    if not faults:
        for check in (_ids, _task_texts, _values, _outline, _numbers, _clauses, _repairs, _findings):
            faults += check(data)
    return faults


def _ids(data: dict[str, Any]) -> Iterator[str]:
    """Ids and paths are unique, parents and nodes exist, every leaf that carries a label is a task."""
    nodes = {node["id"]: node for node in data["outline"]}
    lists = {
        "path": [task["path"] for task in data["tasks"]],
        "task id": [task["id"] for task in data["tasks"]],
        "node id": [node["id"] for node in data["outline"]],
    }
    for name, given in lists.items():
        yield from (f"{name} {item!r} stands {count} times" for item, count in Counter(given).items() if count > 1)
    yield from (f"node {node['id']}: its parent {node['parent']} is missing" for node in nodes.values() if node["parent"] not in (None, *nodes))
    yield from (f"task {task['path']}: its node {task['node']} is missing" for task in data["tasks"] if task["node"] not in nodes)
    settled = {task["node"] for task in data["tasks"]} | {node["parent"] for node in nodes.values() if node["label"]}
    for node in nodes.values():
        if node["label"] and node["kind"] in ("section", "measure") and node["id"] not in settled:
            yield f"node {node['id']}: a labelled leaf without a task"


def _task_texts(data: dict[str, Any]) -> Iterator[str]:
    """A task's text is what its span or parts hold, less the label; its title opens it."""
    for task in data["tasks"]:
        held = "".join(fold(data["text"][part["start"] : part["end"]]) for part in task.get("parts") or [task])
        text = fold(task["text"])
        if not held.endswith(text) or len(held) > len(text) + _LABEL_ROOM:
            yield f"task {task['path']}: its text is not in its span"
        if task["title"] is not None and not (fold(task["title"]) and text.startswith(fold(task["title"]))):
            yield f"task {task['path']}: its title does not open its text"


def _values(data: dict[str, Any]) -> Iterator[str]:
    """Every value's span holds its words and lies in its task; a deadline's value has the shape of its type."""
    for task in data["tasks"]:
        for field, key in _QUOTES.items():
            for value in task[field]:
                a, b = value["start"], value["end"]
                if not fold(value[key]) or fold(data["text"][a:b]) != fold(value[key]):
                    yield f"task {task['path']}: {field} {value[key]!r} is not what stands at {a}:{b}"
                if field != "agents" and not task["start"] <= a < b <= task["end"]:
                    yield f"task {task['path']}: {field} {value[key]!r} lies outside"
        for deadline in task["deadlines"]:
            if not re.fullmatch(_SHAPES[deadline["type"]], deadline["value"]):
                yield f"task {task['path']}: {deadline['value']!r} is no value for {deadline['type']}"


def _outline(data: dict[str, Any]) -> Iterator[str]:
    """Leaves, and the headings of parents up to their first child, cover the text without overlap."""
    text = data["text"]
    first = {}
    for node in data["outline"]:
        first[node["parent"]] = min(node["start"], first.get(node["parent"], node["start"]))
    cover = [0] * (len(text) + 1)
    for node in data["outline"]:
        end = first.get(node["id"], node["end"])
        if not 0 <= node["start"] <= end <= node["end"] <= len(text):
            yield f"node {node['id']}: {node['start']}:{node['end']} (first child at {end}) is no span"
        cover[node["start"]] += 1
        cover[end] -= 1
    depth = 0
    for place, (ch, change) in enumerate(zip(text, cover, strict=False)):
        depth += change
        if depth > 1 or (depth == 0 and not ch.isspace()):
            yield f"outline: {ch!r} at {place} stands in {depth} nodes"
            return


def _numbers(data: dict[str, Any]) -> Iterator[str]:
    """Numbers quote the text, are short and apart; their class agrees with the tasks; no digit is left out."""
    text, seen = data["text"], bytearray(len(data["text"]))
    spans = {kind: [(v["start"], v["end"]) for task in data["tasks"] for v in task[f"{kind}s"]] for kind in ("target", "deadline", "absolute")}
    for number in data["numbers"]:
        a, b = number["start"], number["end"]
        if not a < b <= a + _NUMBER_ROOM or fold(text[a:b]) != fold(number["text"]):
            yield f"number {number['text']!r} is not what stands at {a}:{b}, or is too long"
        if any(seen[a:b]):
            yield f"number {number['text']!r} at {a} overlaps another"
        seen[a:b] = b"\1" * (b - a)
        within = {kind: any(a < right and left < b for left, right in places) for kind, places in spans.items()}
        for kind in ("target", "deadline"):
            if within[kind] != (number["class"] == kind) and not (kind == "target" and within["absolute"]):
                yield f"number {number['text']!r} at {a} is {number['class']}, but the tasks say otherwise of {kind}"
    for node in data["outline"]:
        a, b = node["start"], node["end"]
        if node["kind"] != "furniture":
            b = min(b, a + len(node["label"]) + 2) if node["label"] else a
        seen[a:b] = b"\1" * (b - a)
    for match in _TAG.finditer(text):
        seen[match.start() : match.end()] = b"\1" * len(match[0])
    for place, ch in enumerate(text):
        if ch.isdecimal() and not seen[place]:
            yield f"the digit {ch!r} at {place} is in no number: {text[max(0, place - 8) : place + 8]!r}"
            return


def _clauses(data: dict[str, Any]) -> Iterator[str]:
    """A bracket that speaks of responsibility gives a unit, or a finding that says why not."""
    places = [(unit["start"], unit["end"]) for task in data["tasks"] for unit in task["units"]]
    places += [(f["start"], f["end"]) for f in data["findings"] if f.get("start") is not None and f.get("end") is not None]
    for match in _CLAUSE.finditer(data["text"]):
        if not any(match.start() - 1 <= a < b <= match.end() + 1 for a, b in places):
            yield f"the bracket {match[0][:40]!r} at {match.start()} gave neither unit nor finding"


def _repairs(data: dict[str, Any]) -> Iterator[str]:
    for repair in data["repairs"]:
        if fold(data["text"][repair["start"] : repair["end"]]) != fold(repair["after"]):
            yield f"repair {repair['after']!r} is not what stands at {repair['start']}"


def _findings(data: dict[str, Any]) -> Iterator[str]:
    paths = {task["path"] for task in data["tasks"]}
    for finding in data["findings"]:
        if finding.get("task") not in (None, *paths):
            yield f"finding {finding['code']}: there is no task {finding['task']}"
