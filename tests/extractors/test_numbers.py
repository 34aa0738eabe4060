"""Every number has a class (ANNOTATION §6)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from support import fold, notice_of

CLASSES: list[tuple[str, str, str]] = [
    ("全年检查不少于300家次。", "300", "target"),
    ("6月底前完成摸排。", "6", "deadline"),
    ("每两年开展评估。", "两", "deadline"),
    ("贯彻3月8日会议精神。", "3月8日", "date"),
    ("吸取“6·13”爆炸事故教训。", "6·13", "date"),
    ("2023年发生的事故教训深刻。", "2023年", "date"),
    ("落实云安委〔2022〕16号文件。", "〔2022〕16号", "citation"),
    ("执行GB50016标准。", "50016", "citation"),
    ("依据省政府2019年第12号令。", "2019年第12号", "citation"),
    ("严查57座以上大客车。", "57", "condition"),
    ("员工在10人以上的企业要投保。", "10", "condition"),
    ("在建材等3个行业推广。", "3", "condition"),
    ("在纺织等七大行业推广。", "七", "condition"),
    ("创建三级标准化企业。", "三", "grade"),
    ("绘制四色风险图。", "四", "grade"),
    ("落实一岗双责。", "一岗双责", "name"),
    ("压实四个责任。", "四个责任", "name"),
    ("委托第三方检查。", "三", "ordinal"),
    ("贯彻党的二十大精神。", "二十", "ordinal"),
    ("落实第十九次会议部署。", "十九", "ordinal"),
    ("消除一批隐患。", "一", "indefinite"),
    ("组织一次演练。", "一", "indefinite"),
    ("联系电话：0571-88997766。", "0571-88997766", "contact"),
    ("每天17:30前报告。", "17:30", "contact"),
    ("手机13912345678。", "13912345678", "contact"),
]


@pytest.mark.parametrize(("text", "number", "kind"), CLASSES)
def test_a_number_has_its_class(text: str, number: str, kind: str) -> None:
    notice = notice_of(f"一、重点任务\n1.推进治理。{text}")
    start = notice.text.index(text)
    found = [(n.text, n.kind) for n in notice.numbers if n.start >= start]
    assert any(kind == k and (fold(printed).startswith(fold(number)) or fold(number).startswith(fold(printed))) for printed, k in found), found


@pytest.mark.parametrize(
    "word",
    [
        "统一部署",
        "一些单位",
        "进一步压实",
        "一般隐患",
        "万一发生",
        "一律关停",
        "同一时间",
        "一旦发现",
        "统筹一体推进",
        "始终如一",
        "千方百计",
        "三明市",
        "一是落实，二是督导",
        "百姓",
        "唯一出口",
    ],
)
def test_numerals_in_ordinary_words_are_no_numbers(word: str) -> None:
    notice = notice_of(f"一、重点任务\n1.推进治理。要{word}。")
    start = notice.text.index("推进治理")
    assert [n.text for n in notice.numbers if n.start >= start] == []


def test_labels_are_no_numbers() -> None:
    notice = notice_of("一、任务\n（一）领域\n1.甲项。\n（2）乙项。\n①丙项。\n第三条 丁项。")
    start = notice.text.index("一、任务")
    assert [n.text for n in notice.numbers if n.start >= start] == []


@pytest.mark.parametrize("label", ["1. ", "1.　", "1、 ", "（一） ", "（1） ", "① ", "第一条 "])
def test_a_number_directly_behind_a_label_is_whole(label: str) -> None:
    notice = notice_of(f"一、任务\n{label}2024年6月底前完成摸排。")
    start = notice.text.index("2024年6月")
    assert [(n.start, n.kind) for n in notice.numbers if n.start >= start] == [(start, "deadline")]


def test_numbers_lie_apart_in_order_and_short_and_leave_no_digit_out() -> None:
    notice = notice_of("一、任务\n1.推进治理。6月底前改造3个县12公里管网，投入1,500万元，编号" + "1234567890" * 9 + "。")
    spans = [(n.start, n.end) for n in notice.numbers]
    assert all(a < b <= a + 30 for a, b in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    covered = {place for a, b in spans for place in range(a, b)}
    start = notice.text.index("推进治理")
    assert all(place in covered for place, ch in enumerate(notice.text) if ch.isdecimal() and place >= start)


def test_a_number_of_no_class_is_a_finding() -> None:
    notice = notice_of("一、任务\n1.推进治理。代码X7，")
    others = [n for n in notice.numbers if n.kind == "other"]
    assert [(f.start, f.end) for f in notice.findings if f.code == "unclassified-number"] == [(n.start, n.end) for n in others]
    assert others
