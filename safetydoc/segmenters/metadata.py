"""Metadata of a notice (ANNOTATION §1) from its front and back matter."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter

from safetydoc.model import Citation, Metadata, Region
from safetydoc.rulebook import Rulebook
from safetydoc.segmenters.frontmatter import DATE, FrontMatter
from safetydoc.segmenters.numerals import chinese
from safetydoc.segmenters.outline import Outline
from safetydoc.segmenters.paragraphs import Paragraph

_ISO = re.compile(r"((?:19|20)\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_CITE = re.compile(r"《((?:[^《》\n]|《[^《》\n]*》){2,160})》(?:\(([^()\n]{2,24}?[〔(]\d{4}[〕)]\d{1,5}号)\))?")
_QUALIFIER = re.compile(r"(?:\([^()]{1,30}\))+$")
_NAMED = re.compile(r"^(.{2,60}?)(?:关于|印发|转发)")
_ITEM = re.compile(r"(?:^|(?<=[^\d]))(?:\d{1,2}[.．、]|[一二三四五六七八九十]{1,2}、)")
_UNKNOWN = re.compile(r"(?:中共)?((?:[\u4e00-\u9fff]{2,4}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,4}?(?:市|州|盟))?(?:[\u4e00-\u9fff]{2,4}?(?:县|旗|(?<!开发)区))?"
                      r"(?:[\u4e00-\u9fff]{2,4}?(?:镇|乡|街道))?)(?=人民政府|安全生产|安委|委员会|委|应急|住房|党|办公|2|公安|消防|[\u4e00-\u9fff]{2,6}(?:局|厅|委|办|开发区|新区|度假区|园区))")
_FILE_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[]\d{4}[〕\]]\d{1,4}号")


def read_metadata(outline: Outline, book: Rulebook) -> Metadata:
    """The metadata of a segmented notice; what is not printed is None or empty."""
    front = FrontMatter(book)
    reader = _Reader(outline, book, front)
    title, subject = reader.titles()
    attachments = reader.attachments()
    number = reader.number(attachments)
    issuers, issued = reader.signature()
    if not issuers:
        issuers = reader.issuers_in_title(title)
    published = reader.published()
    addressees = reader.addressees()
    doc_type = reader.doc_type(title, subject)
    region = reader.region(title, subject, issuers, addressees)
    return Metadata(title, subject, number, tuple(issuers), issued or reader.issued_in_head(), published, tuple(addressees), doc_type, region,
                    tuple(attachments), tuple(reader.cites()))


class _Reader:
    def __init__(self, outline: Outline, book: Rulebook, front: FrontMatter) -> None:
        self.outline, self.book, self.front = outline, book, front
        self.paragraphs = outline.paragraphs
        first = next((place for place, p in enumerate(self.paragraphs) if p.label), len(self.paragraphs))
        self.first = first
        self.text = outline.text

    # --- titles ------------------------------------------------------------------------------

    def titles(self) -> tuple[str | None, str | None]:
        """The full title and the title of the carried document."""
        groups = self._title_groups()
        addressee = next((place for place, p in enumerate(self.paragraphs) if p.kind == "addressee"), None)
        signed = next((place for place, p in enumerate(self.paragraphs[:self.first]) if p.kind == "signature"), None)
        split = addressee if addressee is not None else signed
        outer = [group for group in groups if split is None or group[0] < split]
        inner = [group for group in groups if split is not None and group[0] > split]
        title = self._choose(outer)
        subject = self._joined(inner[0]) if inner else None
        if subject is None and len(outer) > 1 and addressee is None and title:
            last = self._joined(outer[-1])
            if "通知" in title and "通知" not in last:
                subject = last
        if title and subject is None:
            quoted = re.findall(r"《((?:[^《》]|《[^《》]*》)+)》", title.replace("〈", "《").replace("〉", "》"))
            if quoted and re.search(r"印发|发布|下发|转发|关于《[^》]*》的通知|出台", title):
                subject = self._printed_quote(title)
        return title, subject

    def _title_groups(self) -> list[tuple[int, int]]:
        """Runs of title paragraphs: first and last place; a complete title ends its run."""
        groups: list[tuple[int, int]] = []
        place = 0
        while place < len(self.paragraphs):
            if self.paragraphs[place].kind == "title":
                last = place
                while not self._complete(place, last) and last + 1 < len(self.paragraphs) and self.paragraphs[last + 1].kind == "title":
                    last += 1
                groups.append((place, last))
                place = last + 1
            else:
                place += 1
        return groups

    def _complete(self, first: int, last: int) -> bool:
        joined = "".join(p.s for p in self.paragraphs[first:last + 1])
        return self.front.is_title(joined) and joined.count("《") == joined.count("》") and not self._goes_on(last)

    def _goes_on(self, last: int) -> bool:
        nxt = self.paragraphs[last + 1] if last + 1 < len(self.paragraphs) else None
        return bool(nxt and nxt.kind == "title" and (nxt.s.startswith(("的", "》")) or re.fullmatch(r"\([^()]*\)", nxt.s)))

    def _choose(self, groups: list[tuple[int, int]]) -> str | None:
        if not groups:
            return None
        best = groups[-1]
        for group in groups:
            joined = self._joined(group)
            if "关于" in joined or "印发" in joined:
                best = group
        title = self._joined(best)
        above = self.paragraphs[best[0] - 1] if best[0] else None
        if above and title.startswith(("关于", "印发", "转发")) and self.front.is_issuer(above.s) and above.kind in ("", "title", "signature") and not above.label:
            lines = [above]
            at = best[0] - 2
            while at >= 0 and self.paragraphs[at].kind in ("", "title", "signature") and self.front.is_issuer(self.paragraphs[at].s) and not self.paragraphs[at].label:
                lines.insert(0, self.paragraphs[at])
                at -= 1
            for p in lines:
                p.kind = "title"
            return " ".join(self._printed(p) for p in lines) + title if len(lines) > 1 else self._printed(above) + title
        return title

    def _joined(self, group: tuple[int, int]) -> str:
        return "".join(self._printed(p) for p in self.paragraphs[group[0]:group[1] + 1])

    def _printed(self, p: Paragraph) -> str:
        """The paragraph as printed: line breaks joined, markup left out, blanks inside kept single."""
        out = []
        for at in range(p.c0, p.c1):
            here = self.outline.view.pos[at]
            if at > p.c0 and here > self.outline.view.pos[at - 1] + 1 and self.text[here - 1] in " \u3000\xa0" and "\n" not in self.text[self.outline.view.pos[at - 1]:here]:
                out.append(" ")
            out.append(self.text[here])
        printed = re.sub(r"\s+", " ", "".join(out)).strip()
        return re.sub(r"^\d{1,3} (?=[\u4e00-\u9fff])", "", printed) if p.kind == "title" else printed

    def _printed_quote(self, title: str) -> str:
        start, depth = title.index("《"), 0
        for at in range(start, len(title)):
            depth += title[at] in "《〈"
            depth -= title[at] in "》〉"
            if depth == 0:
                return title[start + 1:at].replace("〈", "《").replace("〉", "》")
        return title[start + 1:]

    # --- number, dates, issuers ----------------------------------------------------------------

    def number(self, attachments: list[str]) -> str | None:
        head = self.paragraphs[:max(self.first, 1)]
        for p in head:
            if p.kind == "doc_number":
                return _year_in_brackets("".join(self._printed(p).strip("()（） ").split()))
        labelled = re.compile(r"(?:发文字号|文件编号|文号|发文号|文件字号)\)?[:：]?\s*([^\s,，;；。]{2,20}[〔\[(（]\d{4}[〕\])）]\s*\d{1,5}号)")
        for p in head:
            match = labelled.search(self._printed(p))
            if match:
                return _year_in_brackets(match[1])
        for p in head:
            if p.kind in ("furniture", "title"):
                match = _FILE_NUMBER.search("".join(self.text[p.start:p.end].split()))
                if match and not (p.kind == "title" and f"({match[0]}" in p.s):
                    return match[0]
        for name in attachments:
            match = _FILE_NUMBER.search(name)
            if match and name.startswith(match[0]):
                return match[0]
        return None

    def signature(self) -> tuple[list[str], str | None]:
        """Issuers and date of issue as signed: the first signature with a date, else one without."""
        for place, p in enumerate(self.paragraphs):
            if p.kind != "signature":
                continue
            match = DATE.search(p.s)
            if not match or "印发" in p.s[match.end():]:
                continue
            issued = _iso(match)
            names = []
            if match.start() > 2 and self.front.is_issuer(p.s[:match.start()].strip("(")):
                printed = self._printed(p)
                parts = re.split(r"\s+", re.split(r"(?:19|20)\d{2}\s*年|二[〇○零Ｏ]", printed)[0].strip())
                names = parts if all(self.front.is_issuer(part) for part in parts) else [p.s[:match.start()]]
            above = place - 1
            lines: list[Paragraph] = []
            while above >= 0 and self.paragraphs[above].kind == "signature" and not DATE.search(self.paragraphs[above].s):
                if not re.match(r"\(?(?:此件|主动|依申请)", self.paragraphs[above].s):
                    lines.insert(0, self.paragraphs[above])
                above -= 1
            return names or self._bodies(lines), issued
        return [], None

    def _bodies(self, lines: list[Paragraph]) -> list[str]:
        """The bodies of signature lines; a name broken over lines is joined."""
        names: list[str] = []
        pending = ""
        for p in lines:
            parts = self._printed(p).replace("(代章)", "").replace("（代章）", "").split(" ")
            if len(parts) > 1 and not all(self.front.is_issuer("".join(part.split())) for part in parts):
                parts = ["".join(parts)]
            for part in parts:
                pending += part
                if self.front.is_issuer(pending) and not (p is not lines[-1] and pending.endswith(("会", "部")) and False):
                    names.append(pending)
                    pending = ""
        return [name for name in names if name] or ([pending] if pending else [])

    def issuers_in_title(self, title: str | None) -> list[str]:
        if not title:
            return []
        match = _NAMED.match(title)
        if not match:
            return []
        joint = re.fullmatch(r"(中共[\u4e00-\u9fff]{2,12}?(?:中央|省委|市委|县委|区委|州委|委员会))\s*(国务院|[\u4e00-\u9fff]{2,14}人民政府)", match[1].strip())
        names = list(joint.groups()) if joint else re.split(r"[\s、]+", match[1].strip())
        return names if all(self.front.is_issuer(name) for name in names) else []

    def issued_in_head(self) -> str | None:
        labels = "|".join(self.book.words["issue-labels"])
        for p in self.paragraphs[:self.first]:
            for match in re.finditer(rf"(?:{labels})\)?[:：]?", p.s):
                date = _ISO.match(p.s, match.end())
                if date:
                    return _iso(date)
        for p in self.paragraphs[:self.first]:
            if p.kind == "signature" and (match := DATE.search(p.s)):
                return _iso(match)
        return None

    def published(self) -> str | None:
        """发布日期 of the page: labelled, or the date of a line of furniture above the title."""
        labels = "|".join(self.book.words["publish-labels"])
        for p in self.paragraphs[:max(self.first, 1)]:
            if p.kind in ("furniture",):
                match = re.search(rf"(?:{labels})\)?[:：]?((?:19|20)\d{{2}})[-/.年](\d{{1,2}})[-/.月](\d{{1,2}})", p.s)
                if match and not re.search(r"成文日期|印发日期", p.s[max(0, match.start() - 4):match.end()]):
                    return _iso(match)
        for p in self.paragraphs[:min(self.first, 6)]:
            if p.kind == "furniture":
                match = _ISO.search(p.s)
                if match and not re.search(r"成文|实施|废止|失效|生效|产生", p.s):
                    return _iso(match)
        return None

    # --- addressees, type, attachments, citations ------------------------------------------------

    def addressees(self) -> list[str]:
        p = next((p for p in self.paragraphs if p.kind == "addressee"), None)
        if p is None:
            return []
        line = "".join(self._printed(p).split()).rstrip(":：")
        parts = _split(line, "，,")
        return parts if len(parts) > 1 else _split(line, "、")

    def doc_type(self, title: str | None, subject: str | None) -> str | None:
        carried = re.search(r"(?:印发|发布|转发|下发)(?!《)([^《》]+)的(?:紧急)?通知$", "".join((title or "").split()))
        for text in (subject, carried[1] if carried else None, title):
            bare = _QUALIFIER.sub("", "".join((text or "").replace("（", "(").replace("）", ")").split())).rstrip("》")
            kind = self._genre(bare)
            if kind:
                return kind
        for p in self.paragraphs[:self.first]:
            match = re.search(r"(?:事项|要求|工作|情况|意见|措施|政策|规定)?(?:紧急)?(通知|通告|通报|公告|意见|措施|办法|规定|方案)如下[:。]", p.s)
            if match:
                return match[1]
        for p in self.paragraphs[:self.first + 1]:
            match = re.search(r"制[订定](?:了)?(?:本|如下|以下|下列)([\u4e00-\u9fff]{2,6}?)[。:]", p.s)
            if match and self._genre(match[1]):
                return self._genre(match[1])
        return None

    def _genre(self, bare: str) -> str | None:
        kept = sorted(self.book.words["genre-kept"], key=len, reverse=True)
        for word in kept:
            if bare.endswith(word):
                return word
        match = re.search(f"(?:{self.book.trie('genre')})$", bare)
        if not match:
            return None
        return match[0][-2:] if len(match[0]) > 2 else match[0]

    def attachments(self) -> list[str]:
        names: list[str] = []
        for p in self.paragraphs:
            if p.kind != "attachment":
                continue
            printed = self._printed(p)
            bare = re.sub(r"^附\s*(?:件|表|录)?\s*\d{0,2}\s*[:：]?\s*", "", printed) if re.match(r"附\s*(?:件|表|录)?\s*\d{0,2}\s*(?:[:：]|$)", printed) else printed
            if re.match(r"附\s*件\s*\d", printed) and not re.match(r"附\s*件\s*\d{0,2}\s*[:：]", printed):
                if names:
                    break
                continue
            if re.match(r"(?:组\s*长|副组长|成\s*员|填报|单位)\s*[:：]", bare):
                break
            if not bare.strip() or "。" in bare or len(bare) > 200 or names and not _ITEM.match(bare) and not re.search(r"\.\w{3,5}$", bare) and p.label is None and len(names) > 30:
                continue
            pieces = [piece for piece in _ITEM.split(bare) if piece.strip()]
            names += [piece.strip(" ;；。、") for piece in pieces]
            if len(names) > 60:
                break
        seen: dict[str, None] = {}
        for name in names:
            seen.setdefault(name, None)
        return [name for name in seen if 2 <= len(name) <= 120]

    def cites(self) -> list[Citation]:
        s = self.outline.view.s
        own = {p.c0 for p in self.paragraphs if p.kind == "title"}
        found = []
        spans = sorted((p.c0, p.c1) for p in self.paragraphs if p.c0 in own)
        for match in _CITE.finditer(s):
            at = bisect_right(spans, (match.start(), 1 << 60)) - 1
            if at >= 0 and match.start() < spans[at][1]:
                continue
            left, right = self.outline.view.span(match.start(), match.end())
            a, b = self.outline.view.span(match.start(1), match.end(1))
            title = "".join(self.text[a:b].split())
            number = None
            if match[2]:
                c, d = self.outline.view.span(match.start(2), match.end(2))
                number = "".join(self.text[c:d].split())
            found.append(Citation(title, number, left, right))
        return found

    # --- region ------------------------------------------------------------------------------

    def region(self, title: str | None, subject: str | None, issuers: list[str], addressees: list[str]) -> Region | None:
        """The area that the notice governs: from title and issuers, else the area that the text speaks of."""
        places = _Places(self.book)
        texts = [text for text in (*issuers, title, subject) if text]
        head = " ".join(texts)
        country = re.compile(f"^(?:{self.book.trie('country-body')})")
        first = issuers[0] if issuers else title or ""
        if country.match(first) and not places.find(first):
            return Region("中华人民共和国", None, "country")
        for text in texts:
            found = places.find(text)
            if found:
                zone = self._zone(head, found, places)
                return zone or found
        body = "".join(p.s for p in self.paragraphs if p.kind in ("", "attachment", "furniture", "addressee"))[:60000]
        zone = self._zone(head, None, places)
        if zone:
            return zone
        if re.search(r"国务院安委会|各省、自治区、直辖市|国家[\u4e00-\u9fff]{2,12}(?:局|委|总局|部)(?:结合|制定|负责|会同|组织)|[\u4e00-\u9fff]{2,8}部(?:结合(?:工作)?实际|制定本)|各省级", body[:6000]) \
                and len(re.findall(r"我省|全省|省安委会办公室|我市|全市(?!场)|我区|我县", body[:8000])) < 3:
            return Region("中华人民共和国", None, "country")
        return places.most_spoken_of(body) or places.whole_country(body)

    def _zone(self, head: str, found: Region | None, places: _Places) -> Region | None:
        """A development zone named in the title or by the issuer."""
        ends = "|".join(sorted(self.book.words["zone-end"], key=len, reverse=True))
        best: Region | None = None
        for match in re.finditer(rf"([\u4e00-\u9fff]{{2,16}}?(?:{ends}))(?=管|党|安|[^\u4e00-\u9fff]|关于|20\d\d|\d|印发|$|的|[\u4e00-\u9fff]{{0,4}}(?:公司|局|委))", head):
            name = re.sub(r"^.*(?:关于|印发|《|贯彻|落实|做好|加强|中共|建立|加快|推进|进一步|切实|开展)", "", match[1])
            zone = places.zone(name, found)
            if zone is None and found and found.code is None and name.startswith(found.name) and len(name) > len(found.name) + 2:
                zone = Region(name, None, "zone")
            if zone and (best is None or len(zone.name) > len(best.name)):
                best = zone
        return best


class _Places:
    """Names of areas (rules/regions.csv) found in text."""

    def __init__(self, book: Rulebook) -> None:
        memo = book.memo
        if "places" not in memo:
            by_code = {row["code"]: row for row in book.table("regions") if row["code"] and not row.get("until")}
            names: dict[str, list[dict[str, str]]] = {}
            zones: dict[str, dict[str, str]] = {}
            for row in book.table("regions"):
                if row["level"] == "zone":
                    zones[row["name"]] = row
                else:
                    names.setdefault(row["name"], []).append(row)
            shorts: dict[str, list[dict[str, str]]] = {}
            for name, rows in names.items():
                for short in _shorts(name, rows[0]["level"]):
                    shorts.setdefault(short, []).extend(rows)
            memo["places"] = (by_code, names, zones, shorts)
        self.rows, self.names, self.zones, self.shorts = memo["places"]
        self.book = book

    def full(self, row: dict[str, str]) -> str:
        """The full name with the areas above it."""
        parts = [row["name"]]
        parent = row.get("parent")
        while parent and parent in self.rows:
            parts.insert(0, self.rows[parent]["name"])
            parent = self.rows[parent].get("parent")
        return "".join(parts)

    def region(self, row: dict[str, str]) -> Region:
        level = row["level"]
        return Region(self.full(row), row["code"], level)

    def find(self, text: str) -> Region | None:
        """The innermost area named at the start of a text or after 印发/关于/《, else anywhere in its first part."""
        best: tuple[int, dict[str, str]] | None = None
        text = text.replace(" ", "")
        context: dict[str, str] | None = None
        limit = min(len(text), 60)
        place = 0
        while place < limit:
            row = None
            for length in range(min(12, len(text) - place), 1, -1):
                rows = self.names.get(text[place:place + length])
                if rows:
                    row = self._fitting(rows, context)
                    if row:
                        place += length
                        break
            if row:
                if best is None or self._below(row, best[1]):
                    best = (place, row)
                context = row
            else:
                place += 1
        if best:
            return self.region(best[1])
        named = _UNKNOWN.match(text)
        if named and named[1]:
            last = named[1][-1]
            level = {"省": "province", "市": "city", "州": "city", "盟": "city", "县": "county", "区": "county", "旗": "county", "镇": "township", "乡": "township",
                     "道": "township"}.get(last)
            return Region(named[1], None, level)
        for place in range(limit):
            for length in (3, 2):
                short = text[place:place + length]
                rows = self.shorts.get(short)
                if rows and len(rows) == 1 and rows[0]["level"] == "province":
                    after = text[place + length:place + length + 3]
                    if re.match(r"省|银保|证监|煤矿|[\u4e00-\u9fff]", after) and place < 3:
                        return self.region(rows[0])
        return None

    def _fitting(self, rows: list[dict[str, str]], context: dict[str, str] | None) -> dict[str, str] | None:
        current = [row for row in rows if not row.get("until")] or rows
        if context:
            inside = [row for row in current if self._below(row, context)]
            if inside:
                return inside[0]
        return current[0] if len(current) == 1 else sorted(current, key=lambda row: ("province", "city", "county").index(row["level"]))[0] \
            if current[0]["level"] != "county" else None

    def _below(self, row: dict[str, str], above: dict[str, str]) -> bool:
        parent = row.get("parent")
        while parent:
            if parent == above["code"]:
                return True
            parent = self.rows.get(parent, {}).get("parent")
        return False

    def zone(self, name: str, found: Region | None) -> Region | None:
        """A development zone: parent area and zone in one string, the parent's code."""
        for length in range(len(name), 3, -1):
            for start in range(len(name) - length + 1):
                row = self.zones.get(name[start:start + length])
                if row and len(row["name"]) >= 4:
                    parent = self.rows.get(row["parent"])
                    if parent:
                        return Region(self.full(parent) + row["name"], parent["code"], "zone")
        bare = name
        parent_row: dict[str, str] | None = None
        for length in range(min(len(name), 12), 1, -1):
            rows = self.names.get(name[:length])
            if rows:
                parent_row = self._fitting(rows, None)
                bare = name[length:]
                break
        if parent_row is None:
            for length in (4, 3, 2):
                rows = self.shorts.get(name[:length])
                if rows:
                    level_order = sorted(rows, key=lambda row: ("province", "city", "county").index(row["level"]))
                    inside = [row for row in level_order if found and found.code and (row["code"] == found.code or self._below(row, self.rows[found.code]))]
                    parent_row = (inside or level_order)[0]
                    break
        while parent_row is not None:
            lower = next((self.names[bare[:length]] for length in range(min(len(bare), 12), 1, -1) if bare[:length] in self.names), None)
            inside = [row for row in lower or () if self._below(row, parent_row)]
            if not inside:
                break
            bare = bare[len(inside[0]["name"]):]
            parent_row = inside[0]
        if parent_row is None:
            return None
        shown = bare if any(bare.startswith(short) for short in _shorts(parent_row["name"], parent_row["level"])) else \
            next((short for short in _shorts(parent_row["name"], parent_row["level"]) if name.startswith(short)), "")
        zone_name = bare if shown == bare or bare.startswith(shown) else bare
        if len(zone_name) < 3:
            return None
        if zone_name in ("经济技术开发区", "经济开发区", "高新技术产业开发区", "高新区", "开发区", "新区", "度假区"):
            zone_name = parent_row["name"].rstrip("市区县省") + zone_name
        return Region(self.full(parent_row) + zone_name, parent_row["code"], "zone")

    def whole_country(self, body: str) -> Region | None:
        """A text that speaks of many provinces and cities, and of none as its own, governs the country."""
        named = {name for name, rows in self.names.items() if rows[0]["level"] != "county" and name in body}
        named |= {short for short, rows in self.shorts.items() if rows[0]["level"] != "county" and short in body}
        return Region("中华人民共和国", None, "country") if len(named) >= 6 else None

    def most_spoken_of(self, body: str) -> Region | None:
        """Where no name stands in the head: the province or city named most, if the text says 我省, 全市 …"""
        level = _level_words(body)
        counts: Counter[str] = Counter()
        for name, rows in self.names.items():
            if rows[0]["level"] == "county":
                continue
            number = body.count(name)
            if number and rows[0]["level"] in ("province", "city"):
                counts[name] += number
        for short, rows in self.shorts.items():
            if rows[0]["level"] == (level or "province") and len(rows) == 1:
                number = body.count(short)
                if number:
                    counts[rows[0]["name"]] += number
        if level == "province":
            ranked = [(number, name) for name, number in counts.items() if self.names[name][0]["level"] == "province"]
        elif level == "city":
            ranked = [(number, name) for name, number in counts.items() if self.names[name][0]["level"] == "city" or name in ("北京市", "上海市", "天津市", "重庆市")]
        else:
            return None
        if not ranked:
            return None
        number, name = max(ranked)
        if number < 2 or number * 2 < sum(count for count, _ in ranked):
            return None
        return self.region(self.names[name][0])


def _level_words(body: str) -> str | None:
    counts = {"province": len(re.findall(r"我省|自治区|全省|省委|省政府|省(?:应急|公安|财政|工业|发展改革|安委|科技|教育|住房|市场)", body)),
              "city": len(re.findall(r"我市|全市|市委|市政府|市(?:应急|公安|财政|经信|发展改革|安委|科技|教育|住房|市场)", body)),
              "county": len(re.findall(r"我县|全县|我区|全区|县委|区委|县政府|区政府", body))}
    level, number = max(counts.items(), key=lambda item: item[1])
    return level if number else None


def _shorts(name: str, level: str) -> list[str]:
    """广西 for 广西壮族自治区, 丽水 for 丽水市, 吴江 for 吴江区."""
    special = {"内蒙古自治区": "内蒙古", "广西壮族自治区": "广西", "西藏自治区": "西藏", "宁夏回族自治区": "宁夏", "新疆维吾尔自治区": "新疆",
               "香港特别行政区": "香港", "澳门特别行政区": "澳门"}
    if name in special:
        return [special[name]]
    bare = re.sub(r"(?:省|市|地区|盟|自治州|自治县|县|区|旗)$", "", name)
    prefecture = [f"{name[:2]}州"] if name.endswith("自治州") else []
    return ([bare] if len(bare) >= 2 and bare != name else []) + prefecture


def _year_in_brackets(number: str) -> str:
    """The year of a document number in 〔〕, whatever brackets were printed."""
    return re.sub(r"[〔\[［【（(]\s*(\d{4})\s*[〕\]］】）)]", r"〔\1〕", number)


def _split(line: str, marks: str) -> list[str]:
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
    year, month, day = (int(part) if part.isdecimal() else chinese(part) for part in match.groups()[:3])
    if not (year and month and day and 1900 < year < 2100 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    from datetime import date
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
