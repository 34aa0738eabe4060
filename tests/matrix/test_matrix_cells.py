"""What cells can hold, and how much room text takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetydoc.matrix.cells import CELL_LIMIT, clean, column_width, display_width, longest_word, row_height, wrap


def test_what_a_cell_cannot_hold_is_shown_as_a_box() -> None:
    assert clean("a\x00b\x0b\ud800\ufffe\uffff\t\n") == ("a□b□□□□\t\n", 5, 0)
    assert clean("a\r\nb\rc").text == "a\nb\nc"


@pytest.mark.parametrize("text", ["长" * 40_000, "𠮷" * 20_000])
def test_a_long_text_is_cut_with_a_remark(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.text.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert cleaned.text.endswith(f"截断，共{len(text)}字，余下见原文】")
    assert cleaned.cut_from == len(text)
    assert cleaned.text.startswith(text[:16_000])


def test_a_text_at_the_limit_is_whole() -> None:
    assert clean("长" * CELL_LIMIT) == ("长" * CELL_LIMIT, 0, 0)


def test_a_han_character_takes_two_columns() -> None:
    assert (display_width("ab"), display_width("安全"), display_width("（")) == (2, 4, 2)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("压实属地管理责任", 8, ["压实属地", "管理责任"]),
        ("压实属地，管理", 8, ["压实属", "地，管理"]),
        ("于6月底前", 4, ["于", "6月", "底前"]),
        ("甲乙（丙）", 6, ["甲乙", "（丙）"]),
        ("total of units", 8, ["total of", "units"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("甲\n乙", 10, ["甲", "乙"]),
        ("", 10, [""]),
    ],
)
def test_lines_break_as_chinese_is_set(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@given(st.text(alphabet="安全（），。6月ab %\n", max_size=60), st.integers(2, 30))
def test_wrapping_loses_nothing_but_blanks_and_keeps_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(display_width(line) <= width for line in lines)


def test_rows_grow_with_their_tallest_cell() -> None:
    assert row_height([("安" * 20, 10), ("a", 10)]) == row_height([("安" * 20, 10)])
    assert row_height([("安" * 20, 10)]) > row_height([("安" * 20, 40)])
    assert row_height([]) == row_height([("a", 10)])


def test_a_narrow_column_keeps_room_for_wider_fonts() -> None:
    assert row_height([("安" * 8, 17)]) == row_height([("安", 17)])
    assert row_height([("安" * 8, 16)]) > row_height([("安", 16)])


def test_columns_stay_between_their_bounds() -> None:
    assert column_width(["安全"], 3, 20) == 6
    assert column_width([], 3, 20) == 3
    assert column_width(["长" * 50], 3, 20) == 20


def test_the_longest_word() -> None:
    assert longest_word("Agents (in the text)") == 6
    assert longest_word("序号") == 2
