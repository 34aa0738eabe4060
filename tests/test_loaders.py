"""Files → documents: the format by content, the text a reader sees, and clear errors."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import docx
import pytest
from support import title

import safetydoc
from safetydoc import loaders
from safetydoc.model import SafetydocError

TEXT = title() + "\n一、压实责任\n逐级签订责任书。（责任单位：市应急局）\n"
HTML = f"""<!DOCTYPE html><html><head><title>门户网站</title><style>p {{ color: red }}</style><script>var 一 = 1;</script></head>
<body><div>首页 &gt; 公开</div><h1>{title()}</h1><p>一、<b>压实责任</b></p><p>逐级签订
责任书。</p><p style="display: none">隐藏文字</p><table><tr><td>二、排查</td><td>隐患</td></tr></table></body></html>"""


def word(*paragraphs: str, table: tuple[str, ...] = ()) -> bytes:
    """A Word file with these paragraphs, and then a table of one row."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        cells = document.add_table(1, len(table)).rows[0].cells
        for cell, text in zip(cells, table, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(*lines: str) -> bytes:
    """A PDF of one page with a text layer (ASCII lines)."""
    stream = "BT /F1 12 Tf 50 750 Td 16 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    return out + f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF".encode()


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (TEXT.encode(), "a.txt", "text/plain"),
        (TEXT.encode(), "a.md", "text/markdown"),
        (TEXT.encode("utf-16"), "a", "text/plain"),
        (HTML.encode(), "a.txt", "text/html"),
        (HTML.encode("gb18030"), "a.htm", "text/html"),
        (word("甲"), "a.txt", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (pdf("Notice"), "a.txt", "application/pdf"),
    ],
)
def test_the_format_is_told_by_content(data: bytes, name: str, media_type: str) -> None:
    assert loaders.load(data, name).source.media_type == media_type


@pytest.mark.parametrize("head", ["BM", "MZ", "II*", "GIF89a是一种格式", "RIFF", "OggS", "PK", "%PD"])
def test_a_text_that_begins_like_a_binary_is_a_text(head: str) -> None:
    text = f"{head}公司安全生产工作方案\n一、压实责任。逐级签订责任书。\n"
    assert loaders.load(text.encode(), "a.txt").text == text


def test_a_text_with_debris_of_markup_is_a_text() -> None:
    text = "云岫市工作方案\n<p>一、压实责任</p>\n<b>二、排查</b>"
    assert loaders.load(text.encode(), "a.txt").text == text


def test_a_source_has_name_digest_and_size() -> None:
    data = TEXT.encode("gb18030")
    source = loaders.load(data, "通知.txt").source
    assert (source.name, source.bytes, source.sha256, source.encoding) == ("通知.txt", len(data), hashlib.sha256(data).hexdigest(), "gb18030")


def test_a_web_page_gives_what_a_reader_sees() -> None:
    text = loaders.load(HTML.encode(), "a.html").text
    lines = text.split("\n")
    assert lines[0] == "首页 > 公开"
    assert title() in lines
    assert "一、压实责任" in lines
    assert not any(word in text for word in ("门户网站", "color", "var", "隐藏文字", "<"))
    assert [task.path for task in safetydoc.extract(HTML.encode(), name="a.html").tasks] == ["一", "二"]


def test_a_word_file_gives_paragraphs_and_cells_in_order() -> None:
    document = loaders.load(word(title(), "一、压实责任", "逐级签订\n责任书。", table=("任务", "单位")), "a.docx")
    assert document.text.split("\n")[:6] == [title(), "一、压实责任", "逐级签订", "责任书。", "任务", "单位"]
    assert document.source.encoding is None


def test_a_pdf_gives_its_text_layer_with_pages() -> None:
    document = loaders.load(pdf("First line", "Second line"), "a.pdf")
    assert document.text.split() == ["First", "line", "Second", "line"]
    assert document.source.pages == 1
    assert [(place.page, place.start) for place in document.layout] == [(1, 0)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_missing_file_and_a_folder_are_told(tmp_path: Path, lang: str) -> None:
    for path, code in ((tmp_path / "无.txt", "file-missing"), (tmp_path, "is-folder")):
        with pytest.raises(SafetydocError) as caught:
            loaders.load_path(path, lang)  # type: ignore[arg-type]
        assert caught.value.code == code
        assert str(path) in str(caught.value)


def test_errors_speak_the_language_asked_for() -> None:
    said = {}
    for lang in ("zh", "en"):
        with pytest.raises(SafetydocError) as caught:
            loaders.load(b"", "a.txt", lang)  # type: ignore[arg-type]
        said[lang] = str(caught.value)
    assert said["en"].startswith("a.txt: the file is empty")
    assert any("\u4e00" <= ch <= "\u9fff" for ch in said["zh"])


def test_a_string_is_a_document_with_line_feeds() -> None:
    document = loaders.document_of("\ufeff一、甲\r\n二、乙\r三、丙", "输入")
    assert document.text == "一、甲\n二、乙\n三、丙"
    assert (document.source.name, document.source.media_type) == ("输入", "text/plain")
