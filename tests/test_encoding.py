"""Bytes → text: the codec by what it gives, damage localised, nothing else changed."""

from __future__ import annotations

import codecs

import pytest
from support import CORPUS, title

import safetydoc
from safetydoc.encoding import decode

TEXT = title() + "\n一、压实责任\n各县（市、区）人民政府要逐级签订责任书，6月底前完成。（责任单位：市应急局）\n二、排查隐患\n企业要建立台账。\n"
PLAIN = (CORPUS / "01-city-work-points.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk"), "gb18030"),
        (TEXT.replace("〔", "[").encode("gb2312"), "gb18030"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (b"plain ASCII, no more", "utf-8"),
        (b"", "utf-8"),
    ],
    ids=[
        "utf-8",
        "utf-8 with BOM",
        "gb18030",
        "gbk",
        "gb2312",
        "utf-16-le with BOM",
        "utf-16-be with BOM",
        "utf-32-le with BOM",
        "utf-16-le",
        "utf-16-be",
        "ascii",
        "empty",
    ],
)
def test_an_undamaged_file_is_read_as_written(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert (decoded.encoding, decoded.repairs) == (encoding, ())
    assert decoded.text == (TEXT if len(data) > 100 else data.decode())


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("text", [PLAIN, TEXT, "附件一览表\n", "通知"], ids=["corpus", "short", "line", "word"])
def test_every_usual_encoding_gives_the_same_text(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_characters_beyond_gbk_survive_in_gb18030() -> None:
    text = TEXT + "𠮷田㐂㛃镇"
    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_line_ends_become_line_feeds_and_are_no_repairs(ends: str, encoding: str) -> None:
    decoded = decode(TEXT.replace("\n", ends).encode(encoding))
    assert (decoded.text, decoded.repairs) == (TEXT, ())


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("where", [0, 30, 60, len(TEXT) - 1])
def test_one_bad_byte_costs_one_character_and_is_told(encoding: str, where: int) -> None:
    head = TEXT[:where].encode(encoding)
    decoded = decode(head + b"\xff" + TEXT[where:].encode(encoding))
    assert decoded.encoding == encoding
    assert decoded.text == TEXT[:where] + "□" + TEXT[where:]
    (repair,) = decoded.repairs
    assert (repair.start, repair.end, repair.byte) == (where, where + 1, len(head))
    assert (repair.before, repair.after, repair.certainty) == ("ff", "□", "lost")
    assert repair.channel == f"invalid-{encoding}"


def test_a_torn_character_at_the_end_is_one_loss() -> None:
    decoded = decode(TEXT.encode("utf-8") + "通".encode()[:2])
    assert decoded.text == TEXT + "□"
    assert [(repair.start, repair.certainty) for repair in decoded.repairs] == [(len(TEXT), "lost")]


def test_an_odd_byte_at_the_end_of_utf_16_is_one_loss() -> None:
    decoded = decode(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le") + b"\x41")
    assert decoded.text == TEXT + "□"


def test_a_bad_byte_before_line_ends_shifts_no_repair() -> None:
    data = "甲\r\n乙\r\n".encode() + b"\xff" + "丙\r\n丁\r\n".encode() + b"\xfe" + "戊".encode()
    decoded = decode(data)
    assert decoded.text == "甲\n乙\n□丙\n丁\n□戊"
    assert [(decoded.text[r.start : r.end], r.byte) for r in decoded.repairs] == [("□", data.index(b"\xff")), ("□", data.index(b"\xfe"))]


def test_many_bad_bytes_neither_fail_nor_take_long() -> None:
    piece = "各单位要认真落实安全生产责任制。"
    decoded = decode((piece.encode() + b"\xff") * 20_000)
    assert decoded.encoding == "utf-8"
    assert decoded.text == (piece + "□") * 20_000


def test_a_notice_tells_its_losses() -> None:
    data = TEXT.encode()
    place = data.index("逐级".encode())
    notice = safetydoc.extract(data[:place] + b"\xff" + data[place:], name="a.txt")
    assert [(notice.text[r.start : r.end], r.certainty) for r in notice.repairs] == [("□", "lost")]
    assert [task.path for task in notice.tasks] == ["一", "二"]
    assert notice.source.encoding == "utf-8"
