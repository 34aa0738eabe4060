"""CSV."""

from __future__ import annotations

import csv
import io

import pytest
from matrix_samples import five, hundred, make_notice

from safetydoc.matrix import to_csv
from safetydoc.model import Notice


def read(notices: list[Notice], lang: str = "zh") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(notices, lang), newline="")))


def test_a_line_a_task() -> None:
    text = to_csv([five()])
    assert text.startswith("序号,章节,编号,任务,内容,牵头单位,")
    assert text.count("\r\n") == 6 and text.replace("\r\n", "").count("\n") == 0
    rows = read([five()])
    assert rows[0]["最近完成日期"] == "2024-06-30" and rows[3]["最近完成日期"] == ""
    assert rows[2]["内容"] == five().tasks[2].text
    assert len(read([hundred()])) == 100


def test_several_notices_have_a_column_of_names() -> None:
    assert [row["文件"] for row in read([five(), five()])][::5] == [five().metadata.title, f"{five().metadata.title}#2"]


def test_english_heads() -> None:
    assert list(read([five()], "en")[0])[:3] == ["No.", "Section", "Path"]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1"])
def test_no_text_is_a_formula(start: str) -> None:
    assert read([make_notice((start,))])[0]["内容"] == "'" + start


def test_nasty_text_can_be_encoded_and_read_back() -> None:
    texts = ("\x00\x0b坏", "孤\ud800", '引"号,逗号\n换行', "长" * 40_000)
    text = to_csv([make_notice(texts)])
    back = csv.DictReader(io.StringIO(text.encode("utf-8-sig").decode("utf-8-sig"), newline=""))
    assert [row["内容"] for row in back] == ["□□坏", "孤□", *texts[2:]]


def test_no_tasks_gives_the_heads_alone() -> None:
    assert to_csv([make_notice(())]).count("\r\n") == 1
    assert to_csv([]) == to_csv([make_notice(())])
