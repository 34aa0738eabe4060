"""Metadata of a notice (ANNOTATION §1) from its front and back matter. Vocabulary: rules/metadata.toml."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from datetime import date

from safetydoc.model import Citation, Metadata, Region
from safetydoc.rulebook import Patterns, Rulebook, Words
from safetydoc.segmenters.frontmatter import front_matter, without_qualifier
from safetydoc.segmenters.numerals import chinese
from safetydoc.segmenters.outline import Outline
from safetydoc.segmenters.paragraphs import Paragraph
from safetydoc.segmenters.regions import places

_QUOTED = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_YEAR_IN_BRACKETS = re.compile(r"[〔\[［【（(]\s*(\d{4})\s*[〕\]］】）)]")
_SPACE = re.compile(r"\s+")
_PAGE_BEFORE = re.compile(r"^\d{1,3} (?=[\u4e00-\u9fff])")
_FILE_ENDING = re.compile(r"\.\w{3,5}$")
#: How much of the body is read for the area; limits on lists of attachments.
_BODY_REACH, _MOST_NAMES, _MANY_NAMES, _LONGEST_LINE = 60_000, 60, 30, 200
#: Titles of a run: first and last place of its paragraphs.
Group = tuple[int, int]


def read_metadata(outline: Outline, book: Rulebook) -> Metadata:
    """The metadata of a segmented notice; what is not printed is None or empty."""
    reader = _Reader(outline, book)
    title, subject = reader.titles()
    attachments = reader.attachments()
    issuers, issued = reader.signature()
    issuers = issuers or reader.issuers_in_title(title)
    return Metadata(
        title=title,
        subject_title=subject,
        doc_number=reader.number(attachments),
        issuers=tuple(issuers),
        date_issued=issued or reader.issued_in_head(),
        date_published=reader.published(),
        addressees=tuple(reader.addressees()),
        doc_type=reader.doc_type(title, subject),
        region=reader.region(title, subject, issuers),
        attachments=tuple(attachments),
        cites=tuple(reader.cites()),
    )


class _Reader:
    """Reads one outline; each method gives one or two fields of the metadata."""

    def __init__(self, outline: Outline, book: Rulebook) -> None:
        self.outline, self.book, self.text = outline, book, outline.text
        self.front = front_matter(book)
        self.patterns, self.words = Patterns(book, "metadata"), Words(book)
        self.paragraphs = outline.paragraphs
        self.first = next((place for place, p in enumerate(self.paragraphs) if p.label), len(self.paragraphs))
        #: The paragraphs above the first label, and at least one.
        self.above = self.paragraphs[:self.first]
        self.head = self.paragraphs[:max(self.first, 1)]

    # --- the text as printed -------------------------------------------------------------------

    def _printed(self, p: Paragraph) -> str:
        """The paragraph as printed: line breaks joined, markup left out, blanks inside kept single."""
        pos, out = self.outline.view.pos, []
        for at in range(p.c0, p.c1):
            here = pos[at]
            if at > p.c0 and here > pos[at - 1] + 1 and self.text[here - 1] in " \u3000\xa0" and "\n" not in self.text[pos[at - 1]:here]:
                out.append(" ")
            out.append(self.text[here])
        printed = _SPACE.sub(" ", "".join(out)).strip()
        return _PAGE_BEFORE.sub("", printed) if p.kind == "title" else printed

    def _joined(self, group: Group) -> str:
        return "".join(self._printed(p) for p in self.paragraphs[group[0]:group[1] + 1])

    def _source(self, match: re.Match[str], group: int | str) -> str:
        """What a group of a match in the view is in the source, without blanks."""
        left, right = self.outline.view.span(match.start(group), match.end(group))
        return _squeezed(self.text[left:right])

    # --- titles --------------------------------------------------------------------------------

    def titles(self) -> tuple[str | None, str | None]:
        """The full title and the title of the carried document."""
        groups = self._title_groups()
        addressee = next((place for place, p in enumerate(self.paragraphs) if p.kind == "addressee"), None)
        signed = next((place for place, p in enumerate(self.above) if p.kind == "signature"), None)
        split = addressee if addressee is not None else signed
        outer = [group for group in groups if split is None or group[0] < split]
        inner = [group for group in groups if split is not None and group[0] > split]
        title = self._choose(outer)
        subject = self._joined(inner[0]) if inner else None
        if subject is None and len(outer) > 1 and addressee is None and title:
            last = self._joined(outer[-1])
            if self.patterns.notice.search(title) and not self.patterns.notice.search(last):
                subject = last
        if title and subject is None:
            subject = self._quoted_subject(title)
        return title, subject

    def _title_groups(self) -> list[Group]:
        """Runs of title paragraphs; a complete title ends its run."""
        groups: list[Group] = []
        place = 0
        while place < len(self.paragraphs):
            if self.paragraphs[place].kind == "title":
                last = place
                while not self._complete(place, last) and last + 1 < len(self.paragraphs) and self.paragraphs[last + 1].kind == "title":
                    last += 1
                groups.append((place, last))
                place = last
            place += 1
        return groups

    def _complete(self, first: int, last: int) -> bool:
        joined = "".join(p.s for p in self.paragraphs[first:last + 1])
        return self.front.is_title(joined) and joined.count("《") == joined.count("》") and not self._goes_on(last)

    def _goes_on(self, last: int) -> bool:
        """Whether the title line below goes on the title: with 的 or 》, or as nothing but a bracket."""
        following = self.paragraphs[last + 1] if last + 1 < len(self.paragraphs) else None
        if following is None or following.kind != "title":
            return False
        return bool(self.patterns.title_goes_on.match(following.s) or _IN_BRACKETS.fullmatch(following.s))

    def _choose(self, groups: list[Group]) -> str | None:
        """The title among the groups above the addressee: the last that says 关于 or 印发, with the issuers that stand above it."""
        if not groups:
            return None
        best = next((group for group in reversed(groups) if self.patterns.about_or_issue.search(self._joined(group))), groups[-1])
        title = self._joined(best)
        if not self.patterns.title_opens.match(title):
            return title
        lines: list[Paragraph] = []
        for p in reversed(self.paragraphs[:best[0]]):
            if p.label or p.kind not in ("", "title", "signature") or not self.front.is_issuer(p.s):
                break
            lines.insert(0, p)
        for p in lines:
            p.kind = "title"
        return " ".join(self._printed(p) for p in lines) + title

    def _quoted_subject(self, title: str) -> str | None:
        """The document in 《》 that a title issues or forwards."""
        marks = title.replace("〈", "《").replace("〉", "》")
        if not _QUOTED.search(marks) or not self.patterns.issues.search(title):
            return None
        start, depth = (title if "《" in title else marks).index("《"), 0
        for at in range(start, len(title)):
            depth += title[at] in "《〈"
            depth -= title[at] in "》〉"
            if depth == 0:
                return marks[start + 1:at]
        return title[start + 1:]

    # --- number, issuers, dates ----------------------------------------------------------------

    def number(self, attachments: list[str]) -> str | None:
        """发文字号: on a line of its own, behind its label, in furniture or title, else in the name of an attachment."""
        p = self.patterns
        for line in self.head:
            if line.kind == "doc_number":
                return _year_in_brackets(_squeezed(self._printed(line).strip("()（） ")))
        for line in self.head:
            match = p.labelled_number.search(self._printed(line))
            if match:
                return _year_in_brackets(match["number"])
        for line in self.head:
            if line.kind in ("furniture", "title"):
                match = p.file_number.search(_squeezed(self.text[line.start:line.end]))
                if match and not (line.kind == "title" and f"({match[0]}" in line.s):
                    return match[0]
        return next((match[0] for name in attachments if (match := p.file_number.search(name)) and match.start() == 0), None)

    def signature(self) -> tuple[list[str], str | None]:
        """Issuers and date of issue as signed: the first signature with a date, else one without."""
        p = self.front.patterns
        for place, line in enumerate(self.paragraphs):
            match = p.date.search(line.s) if line.kind == "signature" else None
            if not match or self.patterns.print_date.search(line.s, match.end()):
                continue
            above = place
            while above and self.paragraphs[above - 1].kind == "signature" and not p.date.search(self.paragraphs[above - 1].s):
                above -= 1
            lines = [q for q in self.paragraphs[above:place] if not self.patterns.not_signed.match(q.s)]
            return self._before_date(line, match) or self._bodies(lines), _iso(match)
        return [], None

    def _before_date(self, line: Paragraph, match: re.Match[str]) -> list[str]:
        """The bodies that sign on the line of the date."""
        name = line.s[:match.start()]
        if match.start() <= 2 or not self.front.is_issuer(name.strip("(")):
            return []
        parts = _SPACE.split(self.patterns.printed_year.split(self._printed(line))[0].strip())
        return parts if all(self.front.is_issuer(part) for part in parts) else [name]

    def _bodies(self, lines: list[Paragraph]) -> list[str]:
        """The bodies of signature lines; a name broken over lines is joined."""
        names: list[str] = []
        pending = ""
        for line in lines:
            parts = self.patterns.seal.sub("", self._printed(line)).split(" ")
            if len(parts) > 1 and not all(self.front.is_issuer(part) for part in parts):
                parts = ["".join(parts)]
            for part in parts:
                pending += part
                if self.front.is_issuer(pending):
                    names.append(pending)
                    pending = ""
        return names or ([pending] if pending else [])

    def issuers_in_title(self, title: str | None) -> list[str]:
        """The bodies that a title names before 关于, where nobody signs."""
        match = self.patterns.named.match(title or "")
        if not match:
            return []
        printed = match["names"].strip()
        joint = self.patterns.joint_issue.fullmatch(printed)
        names = [joint["party"], joint["government"]] if joint else re.split(r"[\s、]+", printed)
        return names if all(self.front.is_issuer(name) for name in names) else []

    def issued_in_head(self) -> str | None:
        """The date of issue in the head: behind its label, else as signature."""
        for line in self.above:
            for label in self.patterns.issue_label.finditer(line.s):
                printed = self.patterns.day.match(line.s, label.end())
                if printed:
                    return _iso(printed)
        return next((_iso(match) for line in self.above if line.kind == "signature" and (match := self.front.patterns.date.search(line.s))), None)

    def published(self) -> str | None:
        """发布日期 of the page: labelled, or the date of a line of furniture above the title."""
        p = self.patterns
        for line in self.head:
            match = p.publish_date.search(line.s) if line.kind == "furniture" else None
            if match and not p.other_date_label.search(line.s, max(0, match.start() - 4), match.end()):
                return _iso(match)
        for line in self.paragraphs[:min(self.first, 6)]:
            match = p.day.search(line.s) if line.kind == "furniture" else None
            if match and not p.other_date.search(line.s):
                return _iso(match)
        return None

    # --- addressees, type, attachments, citations ------------------------------------------------

    def addressees(self) -> list[str]:
        """The addressees, parted at commas, else at 、."""
        p = next((p for p in self.paragraphs if p.kind == "addressee"), None)
        if p is None:
            return []
        line = _squeezed(self._printed(p)).rstrip(":：")
        parts = _split(line, "，,")
        return parts if len(parts) > 1 else _split(line, "、")

    def doc_type(self, title: str | None, subject: str | None) -> str | None:
        """The genre: of the carried document, of the title, else as the text names itself (…通知如下：, 制定本办法。)."""
        p = self.patterns
        carried = p.carried_document.search(_squeezed(title or ""))
        for text in (subject, carried["name"] if carried else None, title):
            bare = without_qualifier(_squeezed((text or "").replace("（", "(").replace("）", ")"))).rstrip("》")
            kind = self._genre(bare)
            if kind:
                return kind
        for line in self.above:
            match = p.announced.search(line.s)
            if match:
                return match["genre"]
        for line in self.paragraphs[:self.first + 1]:
            match = p.drawn_up.search(line.s)
            kind = self._genre(match["name"]) if match else None
            if kind:
                return kind
        return None

    def _genre(self, bare: str) -> str | None:
        """The genre that a title ends with, cut to two characters save where the rules keep it."""
        kept = max((word for word in self.words.genre_kept if bare.endswith(word)), key=len, default=None)
        match = None if kept else self.front.patterns.title_end.search(bare)
        return match[0][-2:] if match else kept

    def attachments(self) -> list[str]:
        """The names on the list of attachments."""
        p = self.patterns
        names: list[str] = []
        for line in self.paragraphs:
            if line.kind != "attachment":
                continue
            printed = self._printed(line)
            bare = p.attachment_head.sub("", printed) if p.attachment_opens.match(printed) else printed
            if p.attachment_heading.match(printed):
                if names:
                    break
                continue
            if p.attachment_form.match(bare):
                break
            if not bare.strip() or "。" in bare or len(bare) > _LONGEST_LINE or (len(names) > _MANY_NAMES and not self._reads_as_item(line, bare)):
                continue
            names += [piece.strip(" ;；。、") for piece in p.item_mark.split(bare) if piece.strip()]
            if len(names) > _MOST_NAMES:
                break
        return [name for name in dict.fromkeys(names) if 2 <= len(name) <= 120]

    def _reads_as_item(self, line: Paragraph, bare: str) -> bool:
        return bool(line.label is not None or self.patterns.item_mark.match(bare) or _FILE_ENDING.search(bare))

    def cites(self) -> list[Citation]:
        """The documents in 《》 outside titles, with the number in brackets behind."""
        found = []
        titles = [(p.c0, p.c1) for p in self.paragraphs if p.kind == "title"]
        for match in self.patterns.citation.finditer(self.outline.view.s):
            at = bisect_right(titles, (match.start(), math.inf)) - 1
            if at >= 0 and match.start() < titles[at][1]:
                continue
            number = self._source(match, "number") if match["number"] else None
            found.append(Citation(self._source(match, "title"), number, *self.outline.view.span(match.start(), match.end())))
        return found

    def region(self, title: str | None, subject: str | None, issuers: list[str]) -> Region | None:
        """The area that the notice governs: from title and issuers, else the area that the text speaks of."""
        table = places(self.book)
        named = table.named([text for text in (*issuers, title, subject) if text], issuers[0] if issuers else title or "")
        if named:
            return named
        return table.spoken_of("".join(p.s for p in self.paragraphs if p.kind in ("", "attachment", "furniture", "addressee"))[:_BODY_REACH])


def _squeezed(text: str) -> str:
    """`text` without white space."""
    return "".join(text.split())


def _year_in_brackets(number: str) -> str:
    """The year of a document number in 〔〕, whatever brackets were printed."""
    return _YEAR_IN_BRACKETS.sub(r"〔\1〕", number)


def _split(line: str, marks: str) -> list[str]:
    """The parts of a line between `marks` that stand in no bracket."""
    parts, depth, current = [], 0, ""
    for ch in line:
        depth += ch in "（(〔["
        depth -= ch in "）)〕]"
        if ch in marks and depth <= 0:
            parts.append(current)
            current = ""
        else:
            current += ch
    return [part for part in (*parts, current) if part]


def _iso(match: re.Match[str]) -> str | None:
    """The day of groups y, m, d as ISO 8601; None where there is no such day."""
    year, month, day = (int(part) if part.isdecimal() else chinese(part) for part in (match["y"], match["m"], match["d"]))
    if not (year and month and day and 1900 < year < 2100):
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
