"""Which paragraphs are title, document number, addressee, signature, attachment, colophon, furniture.

Works on paragraphs in order; sets `kind` on those that are no body text. A body paragraph
keeps kind "". Vocabulary: rules/metadata.toml.
"""

from __future__ import annotations

import re

from safetydoc.rulebook import Patterns, Rulebook, Words
from safetydoc.segmenters.paragraphs import Paragraph

_QUALIFIER = re.compile(r"(?:\([^()]{1,30}\))+$")
#: No title is longer.
_LONGEST_TITLE = 240
_LIST_STYLES = ("arabic", "num_paren", "cn_dun")


def front_matter(book: Rulebook) -> FrontMatter:
    """The classifier of a rule book, compiled on first use."""
    if "front" not in book.memo:
        book.memo["front"] = FrontMatter(book)
    return book.memo["front"]  # type: ignore[no-any-return]


def without_qualifier(s: str) -> str:
    """A clean title without brackets at its end (（试行）)."""
    return _QUALIFIER.sub("", s)


class FrontMatter:
    """Classifies the paragraphs before the first and after the last label."""

    def __init__(self, book: Rulebook) -> None:
        self.patterns, self.words = Patterns(book, "front"), Words(book)
        rules = {rule.id: rule.pattern for rule in book.rules["metadata"]}
        self.number = book.regex(rules["metadata.doc-number"])
        self.closing = book.regex(f"^(?:<<closing-start>>)|{rules['metadata.closing']}")

    def is_title(self, s: str) -> bool:
        """Whether a clean line reads as a title: a genre at its end, no full stop inside."""
        if len(s) > _LONGEST_TITLE:
            return False
        p, words, bare = self.patterns, self.words, without_qualifier(s)
        if bare.endswith("》") and p.issued_document.search(bare):
            bare = bare[:-1]
        return (4 <= len(bare) <= 140 and "。" not in bare and ";" not in bare and p.title_end.search(bare) is not None
                and not bare.startswith(words.no_title_start) and not bare.endswith(words.no_title_end))

    def is_issuer(self, s: str) -> bool:
        """Whether a clean line is nothing but a body's name."""
        p = self.patterns
        return 3 <= len(s) <= 60 and p.issuer_end.search(s) is not None and not p.no_issuer.search(s)

    def is_clause_end(self, s: str) -> bool:
        """Whether a paragraph ends with a responsibility clause in brackets."""
        return self.patterns.clause_end.search(s) is not None

    def is_closing(self, s: str) -> bool:
        """Whether a paragraph begins as one that closes a notice and belongs to no measure."""
        return self.closing.match(s) is not None

    def run(self, paragraphs: list[Paragraph]) -> None:
        """Set `kind` of every paragraph that is no body text (title, addressee, signature …)."""
        labelled = [place for place, p in enumerate(paragraphs) if p.label and not p.page_number]
        first = labelled[0] if labelled else len(paragraphs)
        last = labelled[-1] if labelled else -1
        for p in paragraphs:
            if p.page_number or self.patterns.mark_line.match(p.s):
                p.kind = "furniture"
        self._head(paragraphs, first)
        for place in range(first, len(paragraphs)):
            self._inside(paragraphs, place, last)
        self._attachments(paragraphs)
        self._forms(paragraphs)
        self._tail(paragraphs, last)

    def _head(self, paragraphs: list[Paragraph], first: int) -> None:
        addressed = False
        for p in paragraphs[:first]:
            p.kind = p.kind or self._head_kind(p.s, addressed)
            addressed = addressed or p.kind == "addressee"
        self._titles(paragraphs, 0, first)
        self._signatures(paragraphs, 0, first)
        for p in paragraphs[:first]:
            if not p.kind and self.patterns.attachment.match(p.s) and len(p.s) < 200:
                p.kind = "attachment"

    def _head_kind(self, s: str, addressed: bool) -> str:
        """The kind of a line above the first label; `addressed` whether an addressee stands before it."""
        p = self.patterns
        if not s or (self._furniture(s) and (p.furniture.match(s) or not (self.is_title(s) and p.about.search(s)))):
            return "furniture"
        if self.number.fullmatch(s.strip("()")):
            return "doc_number"
        if not addressed and len(s) < 45 and p.letterhead.match(s):
            return "furniture"
        if not addressed and p.addressee.match(s):
            return "addressee"
        return "signature" if self._closes(s) else ""

    def _closes(self, s: str) -> bool:
        """Whether a line is nothing but a date, or a note such as （此件公开发布）."""
        return bool(self.patterns.only_date.match(s) or self.patterns.open_to_public.match(s))

    def _furniture(self, s: str) -> bool:
        if len(s) > 260 or "。" in s[:-1]:
            return False
        return bool(self.patterns.furniture.search(s)) or s in (">", "<", "|", "X") or not any("\u4e00" <= ch <= "\u9fff" or ch.isalnum() for ch in s)

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
                    if nxt and not nxt.kind and not nxt.label and self.patterns.goes_on.match(nxt.s) and self.is_title(joined + nxt.s):
                        continue
                    for q in group:
                        q.kind = "title"
                    place += count - 1
                    break
            place += 1

    def _body_between(self, group: list[Paragraph]) -> bool:
        return any("。" in q.s or self.is_title(q.s) for q in group[:-1]) or any(self.patterns.attachment.match(q.s) for q in group)

    def _signatures(self, paragraphs: list[Paragraph], start: int, end: int) -> None:
        """Bodies (up to five lines) directly above a date, and a date at the end of a body's line."""
        for place in range(start, end):
            p = paragraphs[place]
            if p.label:
                continue
            if p.kind == "signature" or (not p.kind and self.patterns.only_date.match(p.s)):
                p.kind = "signature"
                self._sign_above(paragraphs, start, place)
            elif not p.kind and len(p.s) < 80 and self._signed_line(p.s):
                p.kind = "signature"

    def _sign_above(self, paragraphs: list[Paragraph], start: int, date: int) -> None:
        """Mark the bodies above a date; 特此通知 between them stays body text."""
        p = self.patterns
        for above in range(date - 1, max(start, date - 6) - 1, -1):
            line = paragraphs[above]
            if line.kind or line.label:
                return
            broken = above + 1 < date and len(line.s) < 30 and self.is_issuer(line.s + paragraphs[above + 1].s)
            if not (broken or self.is_issuer(line.s) or (len(line.s) < 12 and p.signature_lead.match(line.s))):
                return
            if not p.hereby.match(line.s):
                line.kind = "signature"

    def _signed_line(self, s: str) -> bool:
        match = self.patterns.date.search(s)
        return bool(match and match.end() == len(s) and self.is_issuer(s[:match.start()]))

    def _inside(self, paragraphs: list[Paragraph], place: int, last: int) -> None:
        p = paragraphs[place]
        if p.kind or p.label:
            return
        s = p.s
        if not s or (len(s) < 200 and self._furniture(s) and (place > last or self.patterns.furniture.match(s)) and not self._signed_line(s)):
            p.kind = "furniture"
        elif self._closes(s):
            p.kind = "signature"

    def _attachments(self, paragraphs: list[Paragraph]) -> None:
        """附件 lists, and names of files at the end."""
        place, p = 0, self.patterns
        while place < len(paragraphs):
            line = paragraphs[place]
            place += 1
            if line.kind in ("", "attachment") and len(line.s) < 220 and p.attachment.match(line.s):
                line.kind, line.label = "attachment", None
                while place < len(paragraphs) and self._listed(line, paragraphs[place]):
                    paragraphs[place].kind, paragraphs[place].label = "attachment", None
                    place += 1
            elif not line.kind and not line.label and place + 11 > len(paragraphs) and p.attachment_file.match(line.s):
                line.kind = "attachment"

    def _listed(self, head: Paragraph, line: Paragraph) -> bool:
        """Whether a line goes on the list of attachments that `head` opens."""
        p = self.patterns
        if line.kind or len(line.s) > 90 or "。" in line.s or p.attachment.match(line.s) or p.addressee.match(line.s):
            return False
        if not (line.label and line.label.style in _LIST_STYLES):
            return p.attachment_file.match(line.s) is not None
        return line.label.style != "cn_dun" or head.s.rstrip(":：").endswith(self.words.attachment_word)

    def _forms(self, paragraphs: list[Paragraph]) -> None:
        """Below an 附件 heading after the measures: forms, lists and tables are attachment too."""
        inside = False
        measured = False
        for place, p in enumerate(paragraphs):
            if p.kind == "attachment" and measured and len(p.s) < 60 and place + 1 < len(paragraphs) and self.patterns.attachment_heading.match(p.s):
                inside = not self._carries(paragraphs, place)
            elif inside and p.kind not in ("furniture", "signature", "attachment"):
                p.kind, p.label = "attachment", None
            measured = measured or p.label is not None

    def _carries(self, paragraphs: list[Paragraph], place: int) -> bool:
        """Whether a document with measures of its own follows an 附件 heading."""
        ahead = [p for p in paragraphs[place + 1:place + 60] if not p.page_number]
        titled = any(self.is_title(p.s) and self.patterns.carried.search(without_qualifier(p.s)) for p in ahead[:4])
        first = next((p.label for p in ahead if p.label), None)
        prose = [p for p in ahead if p.label and "。" in p.s and len(p.s) > 25]
        return titled and first is not None and first.number == 1 and len(prose) >= 3

    def _tail(self, paragraphs: list[Paragraph], last: int) -> None:
        self._signatures(paragraphs, max(0, last), len(paragraphs))
        closed = False
        for p in paragraphs[max(0, last):]:
            if p.label or (p.kind and p.kind != "signature"):
                continue
            if not p.kind and self.patterns.colophon.match(p.s) and len(p.s) < 160:
                p.kind, closed = "colophon", True
            elif not p.kind and closed and len(p.s) < 80:
                p.kind = "colophon"
