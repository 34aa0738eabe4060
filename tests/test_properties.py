"""Whatever goes in, what comes out keeps its promises (hypothesis; HYPOTHESIS_PROFILE=slow for a long run)."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

import invariants
import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from support import SHARED, corpus_files, title

import safetydoc

TEXTS = {path.name: path.read_text("utf-8") for path in corpus_files()}

LABELS = [
    "一、",
    "二、",
    "十一、",
    "（一）",
    "(二)",
    "（ 三 ）",
    "1.",
    "2、",
    "３．",
    "（1）",
    "2）",
    "1.1",
    "①",
    "②",
    "第一条 ",
    "第二章 ",
    "第三节",
    "第一编 ",
]
MARKS = [
    "（",
    "）",
    "(",
    ")",
    "【",
    "】",
    "《",
    "》",
    "“",
    "”",
    "[",
    "]",
    "〔",
    "〕",
    "、",
    "，",
    "。",
    "；",
    "：",
    "+",
    "-",
    "—",
    "~",
    "/",
    ".",
    "%",
    "□",
    "?",
]
CLAUSES = [
    "责任单位：",
    "（责任单位：",
    "牵头单位：",
    "配合单位：",
    "牵头",
    "配合",
    "负责",
    "会同",
    "联合",
    "由",
    "等",
    "按职责分工",
    "市应急局",
    "市公安局",
    "各县（市、区）",
    "各成员单位",
    "企业",
    "要",
]
TIMES = [
    "2024年",
    "6月底前",
    "每季度",
    "每月25日前",
    "接到报告后",
    "1小时内",
    "30日内",
    "汛期前",
    "到2026年",
    "全年",
    "“十四五”期间",
    "3月1日至5日",
    "9月上旬",
    "年",
    "月",
    "日",
    "前",
    "内",
]
NUMBERS = [
    "不少于",
    "5家",
    "达到",
    "95%",
    "以上",
    "同比下降",
    "10%",
    "3-5个",
    "1.2万人次",
    "前三",
    "零事故",
    "全覆盖",
    "全部完成整改",
    "清零",
    "一岗双责",
    "四个责任",
    "三级",
    "12345",
    "零",
    "万",
    "7",
]
FRONT = [
    "关于印发方案的通知",
    "云岫市人民政府",
    "2024年3月5日",
    "各县人民政府：",
    "云安办〔2024〕5号",
    "附件：",
    "抄送：",
    "— 3 —",
    "工作方案",
    "发布时间：2024-03-08",
    "浏览次数：",
    "总体要求",
    "保障措施",
]
BREAKS = ["\n", "\n\n", " ", "　　", "\t", "\r\n", "\u2028", "\x0c", ""]
ODD = ["\0", "\x1b", "\u200b", "\u200f", "\u202e", "\ufeff", "\ud800", "\udfff", "\ue000", "**", "<br>", "</p>", "&nbsp;", "# ", "🔥", "é"]

wild = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\0\x1b\ud800\udfff\u202e\u200f\ufeff\u2028")), max_size=120)
soup = st.lists(st.sampled_from(LABELS + MARKS + CLAUSES + TIMES + NUMBERS + FRONT + BREAKS * 3), max_size=60).map("".join)
odd_soup = st.lists(st.sampled_from(LABELS + MARKS + CLAUSES + TIMES + NUMBERS + BREAKS + ODD), max_size=40).map("".join)
one_line = st.lists(st.sampled_from(LABELS + CLAUSES + TIMES + NUMBERS + ["。", "；", " "]), min_size=5, max_size=50).map(
    lambda words: "各单位要认真抓好落实" * 42 + "".join(words)
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A notice of the corpus with lines deleted, joined, doubled, moved or wrapped."""
    lines = draw(st.sampled_from(sorted(TEXTS.values()))).split("\n")
    for _ in range(draw(st.integers(1, 5))):
        if not lines:
            break
        at = draw(st.integers(0, len(lines) - 1))
        change = draw(st.sampled_from(["delete", "join", "double", "move", "cut", "wrap", "damage"]))
        if change == "delete":
            del lines[at : at + draw(st.integers(1, 5))]
        elif change == "join":
            lines[at : at + 3] = ["".join(lines[at : at + 3])]
        elif change == "double":
            lines.insert(at, lines[at])
        elif change == "move":
            lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(at))
        elif change == "cut":
            lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
        elif change == "wrap":
            columns = draw(st.integers(18, 44))
            lines = [part for line in lines for part in (textwrap.wrap(line, columns) or [""])]
        else:
            place = draw(st.integers(0, max(0, len(lines[at]) - 1)))
            lines[at] = lines[at][:place] + draw(st.sampled_from(ODD + MARKS)) + lines[at][place + 1 :]
    return draw(st.sampled_from(["\n", "\n", "\n\n", "", " "])).join(lines)


def result(text: str) -> dict[str, Any]:
    return json.loads(safetydoc.extract_text(text).to_json())  # type: ignore[no-any-return]


def holds(text: str) -> None:
    data = result(text)
    assert invariants.broken(data) == []
    assert data["text"] == text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")


@given(wild)
def test_any_text_gives_a_sound_notice(text: str) -> None:
    holds(text)


@given(soup)
@example("（牵头（责任单位：】接到报告后1小时内")
@example("责任单位：1.年一岗双责清零每月25日前")
@example("一、\n压实责任，6月底前完成。")
@example("（责任单位：】")
def test_a_soup_of_notice_words_gives_a_sound_notice(text: str) -> None:
    holds(text)


@given(odd_soup)
@example("~工作方案1.**1.2万人次")
@example("一、不少于1\u200b2家")
@example("1.警示设施设置率不低于9\n5\n%。（牵头单位：市公安局）\n2.排查隐患。")
def test_odd_characters_between_the_words_do_no_harm(text: str) -> None:
    holds(text)


@given(one_line)
def test_a_line_that_lost_its_breaks_gives_a_sound_notice(text: str) -> None:
    holds(text)


@settings(phases=[Phase.explicit, Phase.reuse, Phase.generate])  # to shrink a whole notice takes minutes
@given(mutated())
def test_a_damaged_notice_gives_a_sound_notice(text: str) -> None:
    holds(text)


@given(st.one_of(soup, mutated()))
def test_the_same_text_always_gives_the_same_result(text: str) -> None:
    assert safetydoc.extract_text(text).to_json() == safetydoc.extract_text(text).to_json()


@given(st.text(max_size=300), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_any_bytes_give_a_sound_notice_or_one_clear_error(text: str, encoding: str) -> None:
    try:
        notice = safetydoc.extract(text.encode(encoding, "replace"), name="a.txt")
    except safetydoc.SafetydocError as error:
        assert error.code in ("empty-file", "unknown-format", "no-text", "pdf-broken", "docx-broken")
    else:
        assert invariants.broken(json.loads(notice.to_json())) == []


@given(st.binary(max_size=400))
def test_random_bytes_give_a_notice_or_one_clear_error(data: bytes) -> None:
    try:
        notice = safetydoc.extract(data, name="a.bin")
    except safetydoc.SafetydocError as error:
        assert error.code and str(error)
    else:
        assert invariants.broken(json.loads(notice.to_json())) == []


@pytest.mark.parametrize("name", TEXTS)
def test_the_corpus_keeps_every_promise(name: str) -> None:
    holds(TEXTS[name])


def shared_files() -> list[Path]:
    folders = [SHARED / "seeds", SHARED / "notices"]
    return [path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir()) if path.is_file() and path.suffix != ".tsv"]


@pytest.mark.shared
def test_real_notices_keep_every_promise() -> None:
    faults = {}
    for path in shared_files():
        try:
            found = invariants.broken(json.loads(safetydoc.extract(path).to_json()))
        except safetydoc.SafetydocError as error:
            found = [error.code]
        if found:
            faults[path.name] = found[:3]
    assert faults == {}


def test_a_broken_result_is_noticed() -> None:
    """The checks themselves find what is wrong."""
    good = result(title() + "\n一、完善制度。（责任单位：市应急局）6月底前完成5个任务。")
    assert good["tasks"] and invariants.broken(good) == []
    good["numbers"] = [number for number in good["numbers"] if number["class"] == "target"]
    for field, place, value in [
        ("tasks", "text", "别的"),
        ("tasks", "title", "别的"),
        ("tasks", "node", "n-9"),
        ("outline", "end", 1),
        ("numbers", "text", "9"),
        ("numbers", "class", "other"),
    ]:
        bad = json.loads(json.dumps(good))
        bad[field][0][place] = value
        assert invariants.broken(bad), (field, place)
    for field in ("units", "deadlines", "targets"):
        bad = json.loads(json.dumps(good))
        bad["tasks"][0][field][0]["start"] += 1
        assert invariants.broken(bad), field
    bad = json.loads(json.dumps(good))
    bad["tasks"] = []
    assert any("without a task" in fault for fault in invariants.broken(bad))
