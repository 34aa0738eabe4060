"""Chinese and Arabic numerals → int or float (own code: cn2an fails on 半, 两, 7.2万 and is slower)."""

from __future__ import annotations

_DIGITS = {"零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}


def chinese(text: str) -> int | None:
    """The value of a Chinese numeral (二十五, 一百零三, 二〇二四, 三万); None where it is none.

    A run of the same digit such as 一一一一 counts as its first digit: no issuer means 1,111.
    """
    if not text or len(text) > 24 or any(ch not in _DIGITS and ch not in _UNITS and ch not in _LARGE for ch in text):
        return None
    if all(ch in _DIGITS for ch in text):
        if len(text) > 1 and len(set(text)) == 1:
            return _DIGITS[text[0]]
        return int("".join(str(_DIGITS[ch]) for ch in text))
    total = section = digit = 0
    for ch in text:
        if ch in _DIGITS:
            digit = _DIGITS[ch]
        elif ch in _UNITS:
            section += (digit or (1 if not section else 0)) * _UNITS[ch]
            digit = 0
        else:
            total += (section + digit or 1) * _LARGE[ch]
            section = digit = 0
    return total + section + digit


def value(text: str) -> int | float | None:
    """The value of 15, 7.2万, 2,400, 三百, 1亿, 十; None where it is none."""
    if len(text) > 24:  # no figure of a notice is longer, and int() refuses thousands of digits
        return None
    scale = 1
    while text and text[-1] in "万亿千百" and len(text) > 1 and (text[0].isdecimal() or text[-1] in "万亿"):
        scale *= {"百": 100, "千": 1000}.get(text[-1]) or _LARGE[text[-1]]
        text = text[:-1]
    plain = text.replace(",", "")
    if plain.isdecimal() and plain.isascii():
        return int(plain) * scale
    try:
        number = float(plain) if plain.isascii() else None
    except ValueError:
        number = None
    if number is not None:
        product = round(number * scale, 6)
        return int(product) if product == int(product) else product
    whole = chinese(text)
    return None if whole is None else whole * scale
