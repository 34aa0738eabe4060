"""Hostile input: one clear result or one SafetydocError, and time in proportion to the size."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import invariants
import pytest
from support import corpus_files, title

import safetydoc
from safetydoc.model import SafetydocError

# --- bytes that hold no notice ---------------------------------------------------------------

NOTHING = {
    "nothing at all": (b"", "empty-file"),
    "white space": (b" \r\n\t \n", "empty-file"),
    "NULs": (b"\0" * 64, "empty-file"),
    "form feeds": (b"\x0c\x0b\n", "empty-file"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "unknown-format"),
    "a program": (b"\x7fELF" + bytes(range(256)) * 8, "unknown-format"),
    "noise": (bytes((place * 73 + 11) % 256 for place in range(6000)), "unknown-format"),
    "an archive that is no Word file": (b"PK\x03\x04" + b"\0" * 60 + b"data/notes.bin", "unknown-format"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "unknown-format"),
    "a torn Word file": (b"PK\x03\x04" + b"\0" * 26 + b"word/document.xml torn", "docx-broken"),
    "a torn PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<", "pdf-broken"),
    "an empty page": (b"<!DOCTYPE html><html><body>  </body></html>", "no-text"),
    "only ideographic blanks": ("　\u3000\u2003".encode(), "no-text"),
}


@pytest.mark.parametrize(("data", "code"), NOTHING.values(), ids=list(NOTHING))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_holds_no_notice_is_one_clear_error(data: bytes, code: str, lang: str) -> None:
    with pytest.raises(SafetydocError) as caught:
        safetydoc.extract(data, name="文件.txt", lang=lang)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert "文件.txt" in str(caught.value)


# --- texts that hold something odd -----------------------------------------------------------

ODD = {
    "nothing": "",
    "white space": " \n\t　\n",
    "no labels": "近期天气炎热，请各单位注意防暑降温。\n谢谢。",
    "one character": "一",
    "one label": "一、",
    "labels only": "一、\n（一）\n1.\n（1）\n①",
    "ones": "一一一一",
    "ones with a mark": "一一一一、一一一一",
    "NUL": "一、压\0实责任。6月\0底前完成。",
    "controls": "一、\x01\x02\x1b[31m压实责任\x7f。",
    "high lone surrogate": "一、压实\ud800责任。",
    "low lone surrogate": "一、压实\udfff责任。（责任单位：\udc00）",
    "marks of direction": "一、\u202e压实\u202c责任。\u200f6月底前完成。\u200e",
    "zero width": "一、压\u200b实\u2060责\ufeff任。",
    "a mark of byte order inside": "一、甲\ufeff\n\ufeff二、乙",
    "combining": "一、压实责任" + "\u0301" * 50,
    "huge numbers": "一、完成" + "9" * 5000 + "个任务，达到" + "1" * 400 + "." + "3" * 400 + "%。",
    "huge Chinese numbers": "一、每" + "九" * 3000 + "年完成" + "亿" * 3000 + "个。",
    "huge label": "9" * 300 + "、甲\n" + "一" * 300 + "、乙",
    "dates that are none": "一、2024年13月45日前完成，0000年00月00日前完成，9999年12月31日前完成。",
    "superscript digits": "一、完成²³个，⑵丙，፫个，٣个，１２个。",
    "open brackets": "（" * 200 + "一、甲",
    "only brackets": "（）" * 200,
    "brackets across lines": "（责任单位：\n市应急局）\n（责任单位：",
    "a table of pipes": "| 任务 | 单位 |\n|---|---|\n| 甲 | 市应急局 |",
    "markup": "<b>一、</b>压实**责任**&nbsp;。<script>alert(1)</script>",
    "a formula": "=cmd|'/c calc'!A1\n一、=1+1\n@SUM(A1)",
}


@pytest.mark.parametrize("text", ODD.values(), ids=list(ODD))
def test_an_odd_text_gives_a_sound_notice(text: str) -> None:
    notice = safetydoc.extract_text(text)
    assert notice.text == text
    assert invariants.broken(json.loads(notice.to_json())) == []
    notice.to_json().encode("utf-8")


@pytest.mark.parametrize("text", ODD.values(), ids=list(ODD))
def test_an_odd_text_under_a_title_gives_a_sound_notice(text: str) -> None:
    notice = safetydoc.extract_text(f"{title()}\n一、任务\n（一）甲。\n{text}\n二、乙。\n{text}")
    assert invariants.broken(json.loads(notice.to_json())) == []


def test_a_notice_without_measures_says_so() -> None:
    notice = safetydoc.extract_text(ODD["no labels"])
    assert notice.tasks == ()
    assert [finding.code for finding in notice.findings] == ["no-task"]


def test_labels_of_every_style_may_nest() -> None:
    labels = ["第一编 ", "第一章 ", "第一节 ", "第一条 ", "一、", "（一）", "1.", "1.1 ", "1.1.1 ", "（1）", "①"]
    notice = safetydoc.extract_text("\n".join(f"{label}甲项工作" for label in labels))
    assert [task.path.count("/") for task in notice.tasks] == [len(labels) - 1]
    assert invariants.broken(json.loads(notice.to_json())) == []


def test_ones_are_no_number_beyond_the_first() -> None:
    notice = safetydoc.extract_text("一一一一、压实责任。")
    assert [node.number for node in notice.outline if node.label] == [1]


# --- size ------------------------------------------------------------------------------------


def seconds(text: str) -> float:
    start = time.perf_counter()
    safetydoc.extract_text(text)
    return time.perf_counter() - start


@pytest.mark.parametrize(
    ("unit", "size"),
    [
        ("安全生产", 5_000_000),
        ("（", 1_000_000),
        ("（）", 1_000_000),
        ("）", 1_000_000),
        ("一", 1_000_000),
        (" ", 5_000_000),
        ("\n", 5_000_000),
        ("\0", 1_000_000),
    ],
    ids=["5 MB of one line", "a million open brackets", "brackets", "closing brackets", "ones", "blanks", "line ends", "NULs"],
)
def test_a_monstrous_text_is_read_in_seconds(unit: str, size: int) -> None:
    text = unit * (size // len(unit.encode()))
    assert seconds(text) < 20


def repeat(unit: str) -> Callable[[int], str]:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def after(head: str, unit: str, tail: str = "") -> Callable[[int], str]:
    return lambda size: head + repeat(unit)(size) + tail


def numbered(size: int) -> str:
    out = "".join(f"{number}.做好此项工作。" for number in range(1, size // 8))
    return out[:size]


GROWING: dict[str, Callable[[int], str]] = {
    # labels and paragraphs
    "many labels on one line": numbered,
    "the same labels on one line": repeat("一、甲；（一）乙；1.丙；①丁；"),
    "labels on lines of their own": repeat("一、完成任务\n"),
    "measures with targets": repeat("1.完成5个任务。\n"),
    "restarting documents": repeat("甲乙工作方案\n一、甲\n二、乙\n"),
    "lead-ins": repeat("各县要做到以下工作：\n（一）甲\n"),
    "paragraphs in one measure": after("一、甲", "\n甲乙"),
    "clauses in one measure": after("一、甲", "\n市应急局牵头做好各项工作任务的落实。"),
    "short lines": repeat("甲\n"),
    "wrapped lines": repeat("各县市区要认真落实安全生产责任制度把各项工作做实做细抓出成效来\n"),
    "page numbers in mid-sentence": repeat("各县市区要认真落实安全生产责任制度把各项工作做实做细抓出成效来\n— 1 —\n"),
    "titles": repeat("关于《甲乙》的通知\n"),
    "titles that go on": repeat("的甲乙丙通知\n"),
    "signatures": repeat("云岫市应急局\n2024年3月5日\n"),
    "attachments": repeat("附件：\n1.甲表\n"),
    "addressees": after("", "各县、", "："),
    "areas": repeat("云岫市松泠县"),
    # marks
    "open brackets": repeat("（"),
    "closing brackets": repeat("）"),
    "nested brackets": lambda size: "（" * (size // 2) + "）" * (size // 2),
    "brackets in a row": after("", "（甲）", "乙"),
    "quotes": repeat("“一”"),
    "open quotes": repeat("“"),
    "nested book titles": repeat("《《甲》"),
    "citations": repeat("《甲乙》"),
    "markup": repeat("**甲<b>"),
    # numbers and times
    "digits": repeat("1"),
    "Chinese digits": repeat("一甲"),
    "counts": repeat("12个、"),
    "percentages": repeat("5%"),
    "comparisons": repeat("不少于5个"),
    "changes": repeat("同比下降5%"),
    "lost digits": repeat("□5%"),
    "parts of a sum": repeat("其中1项、"),
    "Chinese counts": repeat("培育一家"),
    "each and before": repeat("每前"),
    "seasons": repeat("汛期前"),
    "months": repeat("6月"),
    "years": repeat("2024年完成"),
    "all year": repeat("全年"),
    "durations": repeat("接到报告后1小时内"),
    "ranges": repeat("2024年3月1日至6月30日"),
    # units and agents
    "a list in a bracket": after("（责任单位：", "市应急局、", "）"),
    "a list on a line": after("责任单位：", "市应急局、"),
    "bodies joined by and": after("责任单位：", "市应急局和"),
    "labels of clauses": repeat("责任单位：市应急局。"),
    "clauses": repeat("（责任单位：市应急局，配合单位：市公安局）"),
    "clauses left open": repeat("（市应急局牵头\n"),
    "clauses without a unit": repeat("1.（牵头）。\n"),
    "together with": repeat("会同市公安局"),
    "joint": repeat("联合有关单位"),
    "leads": repeat("由市应急局牵头，"),
    "subjects": repeat("各部门要"),
    "absolutes": repeat("全部完成零事故所有企业应"),
}
BASE = 1200


@pytest.mark.parametrize("build", GROWING.values(), ids=list(GROWING))
def test_time_grows_with_the_size(build: Callable[[int], str]) -> None:
    """Four times the text may take four times as long, not sixteen."""
    safetydoc.extract_text("一、甲")
    small, middle = (min(seconds(build(BASE * factor)) for _ in range(3)) for factor in (1, 4))
    assert middle < max(0.3, 8 * small), f"{small:.3f} s and {middle:.3f} s for 1 and 4 times the text"
    limit = max(0.05, 4 * middle * 2.5)  # below 0.05 s noise decides
    large = seconds(build(BASE * 16))
    if large > limit:
        large = min(large, seconds(build(BASE * 16)))
    assert large <= limit, f"{small:.3f} s, {middle:.3f} s, {large:.3f} s for 1, 4, 16 times the text"
    assert large < 2


def test_many_notices_in_one_file_are_read_in_seconds() -> None:
    text = "\n".join(path.read_text("utf-8") for path in corpus_files()) * 10
    assert seconds(text) < 5


def test_the_largest_notice_of_the_corpus_takes_no_time() -> None:
    text = max((path.read_text("utf-8") for path in corpus_files()), key=len)
    safetydoc.extract_text(text)
    assert min(seconds(text) for _ in range(3)) < 0.3
