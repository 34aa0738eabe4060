"""Labels: every style, in half and full width, up to large numbers, and what only looks like one."""

from __future__ import annotations

import pytest

from safetydoc.rulebook import Rulebook
from safetydoc.segmenters.labels import LabelFinder

#: text → style, number, what the path shows, the label as printed
LABELS = {
    "一、总体要求": ("cn_dun", 1, "一", "一、"),
    "十、其他": ("cn_dun", 10, "十", "十、"),
    "二十五、宣传": ("cn_dun", 25, "二十五", "二十五、"),
    "九十九、附带": ("cn_dun", 99, "九十九", "九十九、"),
    "一百零三、末项": ("cn_dun", 103, "一百零三", "一百零三、"),
    "三 、重点": ("cn_dun", 3, "三", "三 、"),
    "四．抓落实": ("cn_dun", 4, "四", "四．"),
    "五.抓落实": ("cn_dun", 5, "五", "五."),
    "（一）指导": ("cn_paren", 1, "一", "（一）"),
    "(十二)目标": ("cn_paren", 12, "十二", "(十二)"),
    "（ 三 ）督查": ("cn_paren", 3, "三", "（ 三 ）"),
    "（九十九）末": ("cn_paren", 99, "九十九", "（九十九）"),
    "1.完善": ("arabic", 1, "1", "1."),
    "1、完善": ("arabic", 1, "1", "1、"),
    "12．完善": ("arabic", 12, "12", "12．"),
    "１．完善": ("arabic", 1, "1", "１．"),
    "１２、完善": ("arabic", 12, "12", "１２、"),
    "7 、完善": ("arabic", 7, "7", "7 、"),
    "125.完善": ("arabic", 125, "125", "125."),
    "（1）明确": ("num_paren", 1, "1", "（1）"),
    "(25)明确": ("num_paren", 25, "25", "(25)"),
    "（１）明确": ("num_paren", 1, "1", "（１）"),
    "3）明确": ("num_paren", 3, "3", "3）"),
    "①建账": ("circled", 1, "1", "①"),
    "⑳建账": ("circled", 20, "20", "⑳"),
    "第一条 为": ("article", 1, "一", "第一条 "),
    "第二十三条　本": ("article", 23, "二十三", "第二十三条　"),
    "第12条 本": ("article", 12, "12", "第12条 "),
    "第一章 总则": ("chapter", 1, "一", "第一章"),
    "第十二章附则": ("chapter", 12, "十二", "第十二章"),
    "第三节 监督": ("section", 3, "三", "第三节"),
    "第一编 总则": ("part", 1, "一", "第一编"),
}
NONE = [
    "一是落实责任",
    "一方面",
    "一般隐患、",
    "（一般隐患）",
    "（试行）",
    "1.5万家企业",
    "3.2%以上",
    "2024年6月",
    "（2020年）",
    "第十八条规定的情形",
    "第十九、二十条",
    "第二章的规定",
    "第一次会议",
    "见表①",
    "",
    "甲、乙",
    "100个",
    "一起事故",
]


@pytest.fixture(scope="module")
def finder(book: Rulebook) -> LabelFinder:
    return LabelFinder(book)


@pytest.mark.parametrize(("text", "want"), LABELS.items())
def test_a_label_is_read(finder: LabelFinder, text: str, want: tuple[str, int, str, str]) -> None:
    label = finder.at(text, 0, len(text))
    assert label is not None
    style, number, bare, printed = want
    assert (label.style, label.number, text[label.start : label.end].strip()) == (style, number, printed.strip())
    assert "".join(chr(ord(ch) - 0xFEE0) if "０" <= ch <= "９" else ch for ch in label.bare) == bare


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_like_a_label_is_none(finder: LabelFinder, text: str) -> None:
    assert finder.at(text, 0, len(text)) is None


@pytest.mark.parametrize("text", ["1.1 编制目的", "2.3 机构", "1.1.2指挥机构"])
def test_decimal_labels_nest_by_their_parts(finder: LabelFinder, text: str) -> None:
    label = finder.at(text, 0, len(text))
    assert label is not None
    assert label.style == f"decimal{text.split()[0].rstrip('指挥机构').count('.') + 1}"


def test_ranks_grow_from_the_outermost_style_inwards(finder: LabelFinder) -> None:
    outer_to_inner = ["第一编 甲", "第一章 甲", "第一节 甲", "第一条 甲", "一、甲", "（一）甲", "1.甲", "（1）甲", "①甲"]
    ranks = [finder.at(text, 0, len(text)).rank for text in outer_to_inner]  # type: ignore[union-attr]
    assert ranks == sorted(set(ranks))


def test_a_label_is_read_only_within_its_bounds(finder: LabelFinder) -> None:
    assert finder.at("甲一、乙", 1, 4) is not None
    assert finder.at("甲一、乙", 1, 2) is None
