"""The front door: what `import safetydoc` offers, and what it does not load."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import CORPUS, ROOT, corpus_files, title

import safetydoc

TEXT = f"{title()}\n一、重点任务\n1.压实责任。6月底前逐级签订责任书。（责任单位：市应急局）\n"
HEAVY = ("pandas", "numpy", "openpyxl", "spacy", "jieba", "docx", "lxml", "pdfplumber", "pypdfium2", "chardet", "rich", "click")


def loaded_after(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after `code`."""
    script = f"import sys\n{code}\nprint(' '.join(sorted({{name.split('.')[0] for name in sys.modules}})))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    return set(run.stdout.split())


@pytest.mark.parametrize(
    "code",
    [
        "import safetydoc",
        "from safetydoc import extract_text",
        "import safetydoc; safetydoc.extract_text('一、甲。6月底前完成。').to_json()",
        "import safetydoc; safetydoc.extract('一、甲'.encode(), name='a.txt')",
    ],
    ids=["import", "from import", "extract_text", "extract a text file"],
)
def test_nothing_heavy_is_loaded_before_it_is_used(code: str) -> None:
    assert loaded_after(code) & set(HEAVY) == set()


def test_the_front_door_is_what_it_says() -> None:
    assert all(hasattr(safetydoc, name) for name in safetydoc.__all__)
    with pytest.raises(AttributeError):
        _ = safetydoc.nothing  # type: ignore[attr-defined]


def test_a_path_a_string_and_bytes_give_the_same_notice() -> None:
    path = CORPUS / "03-county-special-rectification.txt"
    results = [safetydoc.extract(path), safetydoc.extract(str(path)), safetydoc.extract(path.read_bytes(), name=path.name)]
    assert len({notice.to_json() for notice in results}) == 1
    by_text = safetydoc.extract_text(path.read_text("utf-8"), name=path.name)
    assert by_text.to_dict() | {"source": None} == results[0].to_dict() | {"source": None}


def test_read_notices_reads_the_files_of_a_folder_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "c.md"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "d.txt").write_text(TEXT, "utf-8")
    assert [notice.source.name for notice in safetydoc.read_notices(tmp_path)] == ["a.txt", "b.txt", "c.md"]
    assert [notice.source.name for notice in safetydoc.read_notices(tmp_path, pattern="*.txt")] == ["a.txt", "b.txt"]


def test_read_notices_stops_at_a_file_without_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    with pytest.raises(safetydoc.SafetydocError) as caught:
        safetydoc.read_notices(tmp_path)
    assert caught.value.code == "empty-file"


def test_frames_and_workbook_hold_the_tasks(tmp_path: Path) -> None:
    notices = [safetydoc.extract_text(TEXT)]
    frames = safetydoc.to_frames(notices)
    assert list(frames["tasks"]["path"]) == ["一/1"]
    assert len(frames["units"]) == len(frames["deadlines"]) == 1
    target = tmp_path / "matrix.xlsx"
    safetydoc.write_excel(notices, target)
    assert target.read_bytes()[:2] == b"PK"


def test_a_users_rules_lie_over_the_shipped_ones(tmp_path: Path) -> None:
    text = f"{title()}\n一、重点任务\n1.压实责任。（值守团体：甲联席会议）\n"
    assert safetydoc.extract_text(text).tasks[0].units == ()
    (tmp_path / "units.toml").write_text('[words]\nlabel-support = ["值守团体"]\nown-clause-start = ["值守团体"]\n', "utf-8")
    units = safetydoc.extract_text(text, rules=[tmp_path]).tasks[0].units
    assert [(unit.name, unit.role) for unit in units] == [("甲联席会议", "support")]


def test_rules_that_are_not_valid_are_told(tmp_path: Path) -> None:
    with pytest.raises(safetydoc.SafetydocError) as caught:
        safetydoc.extract_text(TEXT, rules=[tmp_path / "missing"])
    assert caught.value.code == "rules-folder-missing"
    (tmp_path / "units.toml").write_text("[[rule", "utf-8")
    with pytest.raises(safetydoc.SafetydocError) as caught:
        safetydoc.extract_text(TEXT, rules=[tmp_path])
    assert caught.value.code.startswith("rules-")


def test_json_holds_all_and_leaves_out_what_is_empty() -> None:
    data = json.loads(safetydoc.extract_text(TEXT, name="输入").to_json())
    assert data["schema"] == "safetydoc.notice/1"
    assert data["source"]["name"] == "输入"
    (task,) = data["tasks"]
    assert "parts" not in task and "open_ended" not in task["units"][0]
    assert task["deadlines"][0] | {"rule": None} == {
        "start": TEXT.index("6月"),
        "end": TEXT.index("6月") + 4,
        "text": "6月底前",
        "type": "by",
        "value": "2024-06-30",
        "year_from": "notice",
        "rule": None,
    }


def test_every_value_of_the_corpus_names_its_rule() -> None:
    for path in corpus_files():
        for task in safetydoc.extract(path).tasks:
            assert task.rule
            assert all(value.rule for field in (task.units, task.agents, task.deadlines, task.targets, task.absolutes) for value in field)


def test_nothing_is_kept_between_two_notices() -> None:
    texts = [path.read_text("utf-8") for path in corpus_files()]
    alone = [safetydoc.extract_text(text).to_json() for text in texts]
    again = [safetydoc.extract_text(text).to_json() for text in reversed(texts)]
    assert alone == again[::-1]
