"""Paragraphs where line breaks were lost or stand in mid-sentence, and page numbers between them."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest
from support import fold, notice_of, title

import safetydoc
from safetydoc.model import Notice

MEASURES = [
    f"{n}.{text}。围绕这一项工作逐级细化分工、逐条明确进度，把责任压到岗位、落到人头，形成闭环管理的工作格局。"
    for n, text in enumerate(
        [
            "压实属地责任",
            "排查消防隐患",
            "整治违规用电",
            "规范危化储存",
            "严查超限运输",
            "建强基层网格",
            "开展应急演练",
            "普及安全常识",
            "严肃追责问责",
        ],
        1,
    )
]


def paths(notice: Notice) -> list[str]:
    return [task.path for task in notice.tasks]


def test_lost_line_breaks_are_found_again() -> None:
    body = (
        "一、重点任务" + "".join(MEASURES) + "二、工作要求" + "（一）加强领导。主要领导要亲自过问、亲自协调。（二）严格督导。对进度迟缓的要及时提醒。"
    )
    notice = safetydoc.extract_text(title() + " " + body)
    assert paths(notice) == [f"一/{n}" for n in range(1, 10)] + ["二/一", "二/二"]
    assert [task.title for task in notice.tasks][:2] == ["压实属地责任", "排查消防隐患"]


def test_a_whole_notice_on_one_line_keeps_title_addressee_and_signature() -> None:
    front = f"{title()} 云安委〔2024〕5号 各县人民政府，市有关单位： 现印发给你们，请认真落实。"
    text = f"{front} 一、重点任务 {' '.join(MEASURES)} 霁川省云岫市安全生产委员会 2024年3月5日"
    notice = safetydoc.extract_text(text)
    meta = notice.metadata
    assert (meta.title, meta.doc_number, meta.date_issued) == (title(), "云安委〔2024〕5号", "2024-03-05")
    assert meta.addressees == ("各县人民政府", "市有关单位")
    assert paths(notice) == [f"一/{n}" for n in range(1, 10)]


@pytest.mark.parametrize("text", ["会议指出，一、要提高站位；此外按照（二）的规定办理。", "参照第3.条目执行，数量为1.5万。"])
def test_a_number_in_running_text_opens_no_paragraph(text: str) -> None:
    notice = notice_of("一、重点任务\n1." + text)
    assert paths(notice) == ["一/1"]


@pytest.mark.parametrize("columns", [20, 30, 36, 45])
def test_hard_wrapped_lines_are_joined(columns: int) -> None:
    body = [
        "一、重点任务",
        *MEASURES,
        "二、工作要求",
        "各单位要把这项工作摆上重要位置，定期分析研究，认真抓好各项任务的推进和落实，确保年底之前取得明显成效。",
    ]
    notice = safetydoc.extract_text("\n".join(line for paragraph in [title(), *body] for line in textwrap.wrap(paragraph, columns)))
    assert paths(notice) == [f"一/{n}" for n in range(1, 10)] + ["二"]
    assert [fold(task.text) for task in notice.tasks[:9]] == [fold(text.split(".", 1)[1]) for text in MEASURES]


def wrapped_with_page_number(number: str) -> Notice:
    lines = [line for paragraph in ["一、重点任务", *MEASURES] for line in textwrap.wrap(paragraph, 36)]
    inside = next(place for place, line in enumerate(lines) if line.startswith("4.")) + 1
    return notice_of("\n".join([*lines[:inside], number, *lines[inside:]]))


@pytest.mark.parametrize("number", ["— 3 —", "- 3 -", "－3－", "第 3 页 共 9 页", "3/9", "3"])
def test_a_page_number_in_mid_sentence_is_furniture(number: str) -> None:
    notice = wrapped_with_page_number(number)
    task = next(task for task in notice.tasks if task.path == "一/4")
    assert fold(task.text) == fold(MEASURES[3].split(".", 1)[1])
    assert [(part.start < part.end) for part in task.parts] == [True, True]
    furniture = [notice.text[node.start : node.end] for node in notice.outline if node.kind == "furniture"]
    assert furniture == [number]


def test_a_value_across_a_line_break_is_found() -> None:
    first = "10.开展执法检查。全市各级执法部门要通力协作、密切配合，全年检查不少于"
    lines = [line for paragraph in ["一、重点任务", *MEASURES] for line in textwrap.wrap(paragraph, 36)]
    assert len(first) == 36
    notice = notice_of("\n".join([*lines, first, "300家次。", "二、其他"]))
    task = next(task for task in notice.tasks if task.path == "一/10")
    assert [(target.comparator, target.value, target.unit) for target in task.targets] == [(">=", 300, "家次")]


@pytest.mark.parametrize("gap", ["　　", "      ", "　 "])
def test_wide_gaps_before_a_label_part_paragraphs(gap: str) -> None:
    measures = ["（一）压实责任。逐级逐项明确任务分工，层层传导压力，确保落实到位。", "（二）排查隐患。逐户逐栋登记造册，建立台账。"]
    body = gap.join(["一、重点任务", *measures])
    assert paths(notice_of(body)) == ["一/一", "一/二"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x0c", "\x85"])
def test_every_kind_of_line_end_parts_paragraphs(ends: str, make: Callable[..., Notice]) -> None:
    assert paths(make(ends.join(["一、重点任务", "（一）压实责任", "（二）排查隐患"]))) == ["一/一", "一/二"]
