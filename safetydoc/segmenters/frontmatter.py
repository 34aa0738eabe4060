"""Which paragraphs are title, document number, addressee, signature, attachment, colophon, furniture.

Works on paragraphs in order; sets `kind` on those that are no body text. A body paragraph
keeps kind "". Vocabulary: rules/metadata.toml.
"""

from __future__ import annotations

import re

from safetydoc.rulebook import Rulebook
from safetydoc.segmenters.paragraphs import Paragraph

DATE = re.compile(r"((?:19|20)\d{2}|二[零0]{1,2}[零一二三四五六七八九]{1,2})年(\d{1,2}|[一二三四五六七八九十]{1,3})月(\d{1,2}|[一二三四五六七八九十]{1,3})日")
_ONLY_DATE = re.compile(r"[(（]?" + DATE.pattern + r"(?:印发|发布)?[)）]?$")
_QUALIFIER = re.compile(r"(?:\([^()]{1,30}\))+$")
_ATTACHMENT = re.compile(r"附(?:件|表|录|图)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?(?:-\d+)?(?:[:：]|$|(?=\d{1,2}[.．、]))")
_ATTACHMENT_FILE = re.compile(r"[^\s。；]{2,80}\.(?:docx?|wps|pdf|cebx?|xlsx?|zip|rar|ofd|jpg|png)$", re.IGNORECASE)
_OPEN_TO_PUBLIC = re.compile(r"\(?此件[^)]{0,12}(?:公开|发布|保密)[^)]{0,10}\)?$|\(?(?:主动|依申请)公开\)?$|\(代章\)$")
_HEADING = re.compile(r"附(?:件|表)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?(?:-\d+)?[:：]?$|附(?:件|表)\d{1,2}[^\d:：.．、]")
_LETTERHEAD = re.compile(r"[\u4e00-\u9fff()]{4,40}文件$")
_MARK_LINE = re.compile(r"\(?(?:image|图片|\(image)[^。]{0,40}$|-{3,}|={3,}.*|\*{3,}|!\(.*\)$")


class FrontMatter:
    """Classifies the paragraphs before the first and after the last label."""

    def __init__(self, book: Rulebook) -> None:
        genre = book.trie("genre")
        self.title_end = re.compile(f"(?:{genre})$")
        self.furniture = re.compile(book.trie("furniture"))
        self.colophon = re.compile(f"\\**(?:{book.trie('colophon')})|.{{2,40}}\\d+日印发$")
        self.addressee = re.compile(f"(?:{book.trie('addressee-start')})[^。!?;]{{1,260}}:$|[^。!?;:]{{2,60}}(?:{book.trie('issuer-end')}):$")
        self.addressee_run = re.compile(f"((?:各|区|市|省|县|机关|有关|国务院|中央|州)[^。:!?;]{{0,150}}(?:{book.trie('addressee-end')})(?:\\([^()]*\\))?:)(?=为|现|根据|按照|近|经|《|今年|当前|\\d|贯彻|[^\\n]{{6,}}[。:])")
        self.issuer_end = re.compile(f"(?:{book.trie('issuer-end')})(?:\\(代章\\))?$")
        self.carried = re.compile(f"(?:{book.trie('carried-genre')})$")
        self.number = re.compile(next(rule.pattern for rule in book.rules["metadata"] if rule.id == "metadata.doc-number"))

    def is_title(self, s: str) -> bool:
        """Whether a clean line reads as a title: a genre at its end, no full stop inside."""
        if len(s) > 240:
            return False
        bare = _QUALIFIER.sub("", s)
        if bare.endswith("》") and "印发《" in bare:
            bare = bare[:-1]
        return (4 <= len(bare) <= 140 and "。" not in bare and ";" not in bare and bool(self.title_end.search(bare))
                and not bare.startswith(("现将", "请", "按照", "根据", "附件", "为", "(", "以下", "提出", "制定")) and not bare.endswith(("如下", "制定本方案")))

    def is_issuer(self, s: str) -> bool:
        """Whether a clean line is nothing but a body's name."""
        return (3 <= len(s) <= 60 and bool(self.issuer_end.search(s)) and not re.search(r"[。,;:!?《》]|关于|印发|通知", s)
                and not s.endswith("文件"))

    def run(self, paragraphs: list[Paragraph]) -> None:
        """Set `kind` of every paragraph that is no body text (title, addressee, signature …)."""
        labelled = [place for place, p in enumerate(paragraphs) if p.label and not p.page_number]
        first = labelled[0] if labelled else len(paragraphs)
        last = labelled[-1] if labelled else -1
        for p in paragraphs:
            if p.page_number or _MARK_LINE.match(p.s):
                p.kind = "furniture"
        self._head(paragraphs, first)
        for place in range(first, len(paragraphs)):
            self._inside(paragraphs, place, last)
        self._attachments(paragraphs)
        self._forms(paragraphs)
        self._tail(paragraphs, last)

    def _head(self, paragraphs: list[Paragraph], first: int) -> None:
        started = False
        for place in range(first):
            p = paragraphs[place]
            if p.kind:
                continue
            s = p.s
            if self._furniture(s) and (self.furniture.match(s) or not (self.is_title(s) and "关于" in s)):
                p.kind = "furniture"
            elif self.number.fullmatch(s.strip("()")):
                p.kind = "doc_number"
            elif _LETTERHEAD.match(s) and len(s) < 45 and not started:
                p.kind = "furniture"
            elif self.addressee.match(s) and not started:
                p.kind, started = "addressee", True
            elif _ONLY_DATE.match(s) or _OPEN_TO_PUBLIC.match(s):
                p.kind = "signature"
            elif not s:
                p.kind = "furniture"
        self._titles(paragraphs, 0, first)
        self._signatures(paragraphs, 0, first)
        for p in paragraphs[:first]:
            if not p.kind and _ATTACHMENT.match(p.s) and len(p.s) < 200:
                p.kind = "attachment"

    def _furniture(self, s: str) -> bool:
        if len(s) > 260 or "。" in s[:-1]:
            return False
        return bool(self.furniture.search(s)) or s in (">", "<", "|", "X") or not any("\u4e00" <= ch <= "\u9fff" or ch.isalnum() for ch in s)

    def _titles(self, paragraphs: list[Paragraph], start: int, end: int) -> None:
        """Mark titles, also those broken over up to five lines."""
        place = start
        while place < end:
            p = paragraphs[place]
            if p.kind or p.label:
                place += 1
                continue
            for count in (1, 2, 3, 4, 5):
                group = paragraphs[place:place + count]
                if place + count > end or any(q.kind or q.label for q in group) or any(q.s[-1:] in "。:;,!" for q in group):
                    break
                if count > 1 and any(len(q.s) > 60 for q in group):
                    break
                joined = "".join(q.s for q in group)
                balanced = joined.count("《") == joined.count("》")
                if self.is_title(joined) and balanced and (count == 1 or not self._body_between(group)):
                    nxt = paragraphs[place + count] if place + count < end else None
                    if nxt and not nxt.kind and not nxt.label and nxt.s.startswith("的") and self.is_title(joined + nxt.s):
                        continue
                    for q in group:
                        q.kind = "title"
                    place += count - 1
                    break
            place += 1

    def _body_between(self, group: list[Paragraph]) -> bool:
        return any("。" in q.s or self.is_title(q.s) for q in group[:-1]) or any(_ATTACHMENT.match(q.s) for q in group)

    def _signatures(self, paragraphs: list[Paragraph], start: int, end: int) -> None:
        """Bodies (up to five lines) directly above a date, and a date at the end of a body's line."""
        for place in range(start, end):
            p = paragraphs[place]
            if p.label:
                continue
            if p.kind == "signature" or (not p.kind and _ONLY_DATE.match(p.s)):
                p.kind = "signature"
                above = place - 1
                while above >= start and place - above <= 6 and not paragraphs[above].kind and not paragraphs[above].label \
                        and (self.is_issuer(paragraphs[above].s)
                             or (above + 1 < place and self.is_issuer(paragraphs[above].s + paragraphs[above + 1].s) and len(paragraphs[above].s) < 30)
                             or paragraphs[above].s.startswith(("特此", "附:")) and len(paragraphs[above].s) < 12):
                    if not paragraphs[above].s.startswith("特此"):
                        paragraphs[above].kind = "signature"
                    above -= 1
            elif not p.kind and len(p.s) < 80 and self._signed_line(p.s):
                p.kind = "signature"

    def _signed_line(self, s: str) -> bool:
        match = DATE.search(s)
        return bool(match and match.end() == len(s) and self.is_issuer(s[:match.start()]))

    def _inside(self, paragraphs: list[Paragraph], place: int, last: int) -> None:
        p = paragraphs[place]
        if p.kind or p.label:
            return
        s = p.s
        if not s or (len(s) < 200 and self._furniture(s) and (place > last or self.furniture.match(s)) and not self._signed_line(s)):
            p.kind = "furniture"
        elif _ONLY_DATE.match(s) or _OPEN_TO_PUBLIC.match(s):
            p.kind = "signature"

    def _attachments(self, paragraphs: list[Paragraph]) -> None:
        """附件 lists, and everything below an 附件 heading that is no carried document."""
        place = 0
        while place < len(paragraphs):
            p = paragraphs[place]
            if p.kind in ("", "attachment") and _ATTACHMENT.match(p.s) and len(p.s) < 220:
                p.kind, p.label = "attachment", None
                follow = place + 1
                while follow < len(paragraphs):
                    q = paragraphs[follow]
                    if q.kind or len(q.s) > 90 or "。" in q.s or _ATTACHMENT.match(q.s) or self.addressee.match(q.s):
                        break
                    if not (q.label and q.label.style in ("arabic", "num_paren", "cn_dun")) and not _ATTACHMENT_FILE.match(q.s):
                        break
                    if q.label and q.label.style == "cn_dun" and not p.s.rstrip(":：").endswith(("附件", "附")):
                        break
                    q.kind, q.label = "attachment", None
                    follow += 1
                place = follow
            else:
                if not p.kind and not p.label and _ATTACHMENT_FILE.match(p.s) and place + 12 > len(paragraphs):
                    p.kind = "attachment"
                place += 1

    def _forms(self, paragraphs: list[Paragraph]) -> None:
        """Below an 附件 heading after the measures: forms, lists and tables are attachment too."""
        inside = False
        measured = False
        for place, p in enumerate(paragraphs):
            if p.kind == "attachment" and measured and len(p.s) < 60 and place + 1 < len(paragraphs) and _HEADING.match(p.s):
                inside = not self._carries(paragraphs, place)
            elif inside and p.kind not in ("furniture", "signature", "attachment"):
                p.kind, p.label = "attachment", None
            measured = measured or p.label is not None

    def _carries(self, paragraphs: list[Paragraph], place: int) -> bool:
        """Whether a document with measures of its own follows an 附件 heading."""
        ahead = [p for p in paragraphs[place + 1:place + 60] if not p.page_number]
        titled = any(self.is_title(p.s) and self.carried.search(_QUALIFIER.sub("", p.s)) for p in ahead[:4])
        first = next((p.label for p in ahead if p.label), None)
        prose = [p for p in ahead if p.label and "。" in p.s and len(p.s) > 25]
        return titled and first is not None and first.number == 1 and len(prose) >= 3

    def _tail(self, paragraphs: list[Paragraph], last: int) -> None:
        self._signatures(paragraphs, max(0, last), len(paragraphs))
        closed = False
        for p in paragraphs[max(0, last):]:
            if p.label or (p.kind and p.kind != "signature"):
                continue
            if not p.kind and self.colophon.match(p.s) and len(p.s) < 160:
                p.kind, closed = "colophon", True
            elif not p.kind and closed and len(p.s) < 80:
                p.kind = "colophon"
