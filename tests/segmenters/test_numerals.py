"""Numerals: Chinese and Arabic, with scales, and what is none."""

from __future__ import annotations

import pytest

from safetydoc.segmenters.numerals import chinese, value

CHINESE = {
    "一": 1,
    "两": 2,
    "九": 9,
    "十": 10,
    "十一": 11,
    "二十": 20,
    "三十五": 35,
    "九十九": 99,
    "一百": 100,
    "一百零三": 103,
    "二百一十": 210,
    "三千": 3000,
    "一千零一": 1001,
    "三万": 30_000,
    "十二万": 120_000,
    "一亿": 100_000_000,
    "三亿五千万": 350_000_000,
    "两千三百": 2300,
    "二〇二四": 2024,
    "二○一九": 2019,
    "零": 0,
    "一〇五": 105,
    "一一一一": 1,
}
VALUES = {
    "15": 15,
    "0": 0,
    "007": 7,
    "7.2万": 72_000,
    "2,400": 2400,
    "1,234,567": 1_234_567,
    "三百": 300,
    "1亿": 100_000_000,
    "1.5亿": 150_000_000,
    "十": 10,
    "3千": 3000,
    "12.5": 12.5,
    "0.3": 0.3,
    "1.2万": 12_000,
    "7000亿": 700_000_000_000,
    "5百": 500,
    "两万": 20_000,
    "100.0": 100,
}


@pytest.mark.parametrize(("text", "number"), CHINESE.items())
def test_a_chinese_numeral_has_its_value(text: str, number: int) -> None:
    assert chinese(text) == number


@pytest.mark.parametrize("text", ["", "半", "第一", "12", "一a", " 一", "壹"])
def test_what_is_no_chinese_numeral_has_no_value(text: str) -> None:
    assert chinese(text) is None


@pytest.mark.parametrize(("text", "number"), VALUES.items())
def test_a_printed_number_has_its_value(text: str, number: float) -> None:
    assert value(text) == number
    assert type(value(text)) is type(number)


@pytest.mark.parametrize("text", ["", "甲", "1.2.3", "-", "□", "1a"])
def test_what_is_no_number_has_no_value(text: str) -> None:
    assert value(text) is None


@pytest.mark.parametrize("number", range(1, 100))
def test_every_numeral_to_ninety_nine_is_read(number: int) -> None:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    written = ("" if tens == 0 else "十" if tens == 1 else digits[tens] + "十") + (digits[ones] if ones else "")
    assert chinese(written) == number
