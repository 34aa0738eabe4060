"""Decodes the bytes of a text file: the codec by what it gives, damaged bytes localised as repairs."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from safetydoc.model import Repair

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF16_LE, "utf-16-le"),
         (codecs.BOM_UTF16_BE, "utf-16-be"), (b"\x84\x31\x95\x33", "gb18030"))
_SAMPLE = 65536
#: Characters that Chinese government prose is made of; the share of them tells right from wrong decodings.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所"
    "民得经十三之进着等部度家安全管理责任单位市省县区政府应急工作领导组织各有关部门通知实施监督检查整治隐患风险企业生产意见方"
    "案措施，。、；：（）《》“”"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the codec that gave it, and the places where bytes could not be read (`lost`, shown as □)."""

    text: str
    encoding: str
    repairs: tuple[Repair, ...]


def decode(data: bytes) -> Decoded:
    """Decode `data`; never fails. Line ends become \\n, a BOM is dropped, an unreadable byte run becomes □."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _tolerant(data[len(mark):], codec, len(mark))
    if not data:
        return Decoded("", "utf-8", ())
    try:
        text = data.decode("utf-8")
        return _chinese_after_all(data, text) or Decoded(_line_ends(text), "utf-8", ())
    except UnicodeDecodeError:
        pass
    wide = _utf16(data)
    candidates = [wide] if wide else ["utf-8", "gb18030"] + (["big5"] if len(data) < 4_000_000 else [])
    sample = data[:_SAMPLE]
    best = max(candidates, key=lambda codec: quality(sample.decode(codec, "replace")) - 0.002 * candidates.index(codec))
    return _tolerant(data, best, 0)


def _chinese_after_all(data: bytes, text: str) -> Decoded | None:
    """A short GB text whose bytes happen to be UTF-8 too: 通知 reads as two Hebrew and Greek marks."""
    if len(data) > 200 or text.isascii() or any(ch > "\u07ff" for ch in text):
        return None
    try:
        other = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return Decoded(_line_ends(other), "gb18030", ()) if quality(other) > quality(text) + 0.2 else None


def quality(text: str) -> float:
    """Share of common characters less that of replacement, control and private-use characters; −1 … 1."""
    if not text:
        return 0.0
    good = sum(ch in _COMMON or (ch.isascii() and (ch.isalnum() or ch in " \n\r\t.,:;()<>/=\"-")) for ch in text)
    bad = sum(ch == "\ufffd" or "\ue000" <= ch <= "\uf8ff" or (ch < " " and ch not in "\n\r\t") for ch in text)
    return (good - 4 * bad) / len(text)


def _utf16(data: bytes) -> str | None:
    """UTF-16 without BOM: NUL bytes (of ASCII) or line ends stand on one side only."""
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if even + odd < max(2, len(sample) // 400) or min(even, odd) * 4 > max(even, odd):
        return None
    codec = "utf-16-le" if odd > even else "utf-16-be"
    return codec if quality(sample.decode(codec, "replace")) > 0.2 else None


def _tolerant(data: bytes, codec: str, offset: int) -> Decoded:
    try:
        return Decoded(_line_ends(data.decode(codec)), codec, ())
    except UnicodeDecodeError:
        pass
    out: list[str] = []
    repairs: list[Repair] = []
    at = length = 0
    decoder, view = codecs.getdecoder(codec), memoryview(data)
    while at < len(data):
        try:
            text, used = decoder(view[at:], "strict")
            stop = None
        except UnicodeDecodeError as error:
            text = str(view[at:at + error.start], codec)
            used, stop = error.start, at + error.end
        text = _line_ends(text)
        out.append(text)
        length += len(text)
        if stop is None:
            break
        bad = bytes(view[at + used:stop])
        repairs.append(Repair(length, length + 1, bad.hex(" "), "□", f"invalid-{codec}", "lost", at + used + offset))
        out.append("□")
        length += 1
        at = stop
        if len(repairs) > 2000:
            rest = _line_ends(data[at:].decode(codec, "replace").replace("\ufffd", "□"))
            out.append(rest)
            break
    return Decoded("".join(out), codec, tuple(repairs))


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
