"""safetydoc explain: each value in its context, with its rule, and what was dropped."""

from __future__ import annotations

import pytest
from support import notice_of

from safetydoc.explain import explain
from safetydoc.model import SafetydocError
from safetydoc.rulebook import load_rules

BODY = "一、任务\n1.治理隐患。6月底前检查57座以上客车，建成5个示范点。（责任单位：市应急局）\n2.排查。（牵头单位：）"


def text(path: str | None = None) -> str:
    return explain(notice_of(BODY), load_rules(), path, "en")


def test_each_value_stands_in_its_context_with_its_rule_and_purpose() -> None:
    shown = text("一/1")
    for line in ("deadline: 6月底前 → by 2024-06-30", "【6月底前】", "deadline.by-month-end: 6月底前", "target: 示范点: = 5 个", "target.count:",
                 "unit: 市应急局 → 云岫市应急管理局 (responsible)"):
        assert line in shown
    assert "排查" not in shown.split("##")[1].split("\n")[0]


def test_what_was_considered_and_dropped_is_told_with_its_class() -> None:
    line = next(line for line in text("一/1").splitlines() if "57" in line and "[condition]" in line)
    assert "considered as deadline or target, and dropped" in line


def test_findings_stand_with_their_task_and_the_rest_at_the_end() -> None:
    whole = text()
    assert "! clause-without-unit" in whole.split("## 一/2")[1]
    assert whole.startswith("霁川省云岫市安全生产委员会")


def test_an_unknown_task_is_one_error_that_names_some() -> None:
    with pytest.raises(SafetydocError, match="一/1") as caught:
        text("九/9")
    assert caught.value.code == "no-such-task"
