"""Areas (rules/regions.csv): the one that a notice governs, by its title, its issuers, else by what its text speaks of."""

from __future__ import annotations

from collections import Counter

from safetydoc.model import Region
from safetydoc.rulebook import Patterns, Rulebook, Words

Row = dict[str, str]
_LEVELS = ("province", "city", "county")
#: The longest name that is looked for, how much of a title is, how much of a body for the country's and for local words.
_LONGEST, _TITLE_REACH, _COUNTRY_REACH, _LOCAL_REACH = 12, 60, 6000, 8000


def places(book: Rulebook) -> Places:
    """The areas of a rule book, indexed on first use."""
    if "places" not in book.memo:
        book.memo["places"] = Places(book)
    return book.memo["places"]  # type: ignore[no-any-return]


class Places:
    """The names of areas, and what finds them in text."""

    def __init__(self, book: Rulebook) -> None:
        self.patterns, self.words = Patterns(book, "region"), Words(book)
        self.country = Region(self.words.country[0], None, "country")
        rows = book.table("regions")
        self.rows: dict[str, Row] = {row["code"]: row for row in rows if row["code"] and not row.get("until")}
        self.names: dict[str, list[Row]] = {}
        self.zones: dict[str, Row] = {}
        for row in rows:
            if row["level"] == "zone":
                self.zones[row["name"]] = row
            else:
                self.names.setdefault(row["name"], []).append(row)
        self.shorts: dict[str, list[Row]] = {}
        for name, named in self.names.items():
            for short in self._shorts(name):
                self.shorts.setdefault(short, []).extend(named)
        self.level_of = {word: level for level in (*_LEVELS, "township") for word in book.words[f"area-end-{level}"]}

    def named(self, texts: list[str], issuer: str) -> Region | None:
        """The area that the head of a notice names: `texts` are its issuers and titles, `issuer` the first of them."""
        if self.patterns.country_body.match(issuer) and not self.find(issuer):
            return self.country
        head = " ".join(texts)
        for text in texts:
            found = self.find(text)
            if found:
                return self._zone_in(head, found) or found
        return self._zone_in(head, None)

    def spoken_of(self, body: str) -> Region | None:
        """The area that a text speaks of."""
        p = self.patterns
        if p.country_speaks.search(body, 0, _COUNTRY_REACH) and len(p.own_area.findall(body, 0, _LOCAL_REACH)) < 3:
            return self.country
        return self._most_spoken_of(body) or self._whole_country(body)

    # --- names ---------------------------------------------------------------------------------

    def full(self, row: Row) -> str:
        """The full name with the areas above it."""
        parts = [row["name"]]
        parent = row.get("parent")
        while parent and parent in self.rows:
            parts.insert(0, self.rows[parent]["name"])
            parent = self.rows[parent].get("parent")
        return "".join(parts)

    def find(self, text: str) -> Region | None:
        """The innermost area named in the first part of a text, else a name that reads as one, else a province's short form."""
        text = text.replace(" ", "")
        row = self._innermost(text)
        if row:
            return self._region(row)
        named = self.patterns.unknown.match(text)
        if named and named["area"]:
            return Region(named["area"], None, self.level_of.get(named["area"][-1], "county"))
        return self._province_at_start(text)

    def _region(self, row: Row) -> Region:
        return Region(self.full(row), row["code"], row["level"])

    def _shorts(self, name: str) -> list[str]:
        """广西 for 广西壮族自治区, 丽水 for 丽水市, 吴江 for 吴江区, 凉山州 for 凉山彝族自治州."""
        special = self.patterns.special.fullmatch(name)
        if special:
            return [special["short"]]
        bare = self.patterns.name_end.sub("", name)
        prefecture = self.patterns.prefecture.fullmatch(name)
        return [*([bare] if len(bare) >= 2 and bare != name else []), *([prefecture["short"] + prefecture["end"]] if prefecture else [])]

    def _prefix(self, text: str) -> list[Row] | None:
        """The areas whose name a text begins with, the longest name."""
        return next((self.names[text[:length]] for length in range(min(_LONGEST, len(text)), 1, -1) if text[:length] in self.names), None)

    def _innermost(self, text: str) -> Row | None:
        best: Row | None = None
        context: Row | None = None
        limit, place = min(len(text), _TITLE_REACH), 0
        while place < limit:
            row = None
            for length in range(min(_LONGEST, len(text) - place), 1, -1):
                rows = self.names.get(text[place:place + length])
                row = self._fitting(rows, context) if rows else None
                if row:
                    place += length
                    break
            if row is None:
                place += 1
                continue
            if best is None or self._below(row, best):
                best = row
            context = row
        return best

    def _province_at_start(self, text: str) -> Region | None:
        """A province by its short form in the first three places."""
        for place in range(min(len(text), 3)):
            for length in (3, 2):
                rows = self.shorts.get(text[place:place + length])
                if rows and len(rows) == 1 and rows[0]["level"] == "province" and self.patterns.short_before.match(text, place + length):
                    return self._region(rows[0])
        return None

    def _fitting(self, rows: list[Row], context: Row | None) -> Row | None:
        """Of areas of one name: the one below `context`, else the only or the highest; a county of several is none."""
        current = [row for row in rows if not row.get("until")] or rows
        if context:
            inside = next((row for row in current if self._below(row, context)), None)
            if inside:
                return inside
        if len(current) == 1:
            return current[0]
        return min(current, key=lambda row: _LEVELS.index(row["level"])) if current[0]["level"] != "county" else None

    def _below(self, row: Row, above: Row) -> bool:
        parent = row.get("parent")
        while parent:
            if parent == above["code"]:
                return True
            parent = self.rows.get(parent, {}).get("parent")
        return False

    # --- development zones ---------------------------------------------------------------------

    def _zone_in(self, head: str, found: Region | None) -> Region | None:
        """A development zone named in the title or by the issuer."""
        best: Region | None = None
        for match in self.patterns.zone.finditer(head):
            name = self.patterns.zone_lead.sub("", match["name"])
            zone = self._zone(name, found) or _invented_zone(name, found)
            if zone and (best is None or len(zone.name) > len(best.name)):
                best = zone
        return best

    def _zone(self, name: str, found: Region | None) -> Region | None:
        """A development zone: parent area and zone in one string, the parent's code."""
        listed = self._listed_zone(name)
        if listed:
            return listed
        parent, bare = self._zone_parent(name, found)
        if parent is None:
            return None
        parent, bare = self._descend(parent, bare)
        if len(bare) < 3:
            return None
        if bare in self.words.zone_bare:
            bare = parent["name"].rstrip("".join(self.words.area_end_cut)) + bare
        return Region(self.full(parent) + bare, parent["code"], "zone")

    def _listed_zone(self, name: str) -> Region | None:
        """The longest zone of the table that stands in a name."""
        for length in range(len(name), 3, -1):
            for start in range(len(name) - length + 1):
                row = self.zones.get(name[start:start + length])
                parent = self.rows.get(row["parent"]) if row else None
                if row and parent:
                    return Region(self.full(parent) + row["name"], parent["code"], "zone")
        return None

    def _zone_parent(self, name: str, found: Region | None) -> tuple[Row | None, str]:
        """The area that a zone's name begins with, and the name without it (with it where its short form is printed)."""
        rows = self._prefix(name)
        bare = name[len(rows[0]["name"]):] if rows else name
        parent = self._fitting(rows, None) if rows else None
        if parent:
            return parent, bare
        for length in (4, 3, 2):
            shorts = self.shorts.get(name[:length])
            if shorts:
                ordered = sorted(shorts, key=lambda row: _LEVELS.index(row["level"]))
                inside = [row for row in ordered if found and found.code and (row["code"] == found.code or self._below(row, self.rows[found.code]))]
                return (inside or ordered)[0], bare
        return None, bare

    def _descend(self, parent: Row, bare: str) -> tuple[Row, str]:
        """Further areas below `parent` at the start of a zone's name."""
        while True:
            inside = next((row for row in self._prefix(bare) or () if self._below(row, parent)), None)
            if inside is None:
                return parent, bare
            parent, bare = inside, bare[len(inside["name"]):]

    # --- what a text speaks of -----------------------------------------------------------------

    def _whole_country(self, body: str) -> Region | None:
        """A text that speaks of many provinces and cities, and of none as its own, governs the country."""
        named = {name for name, rows in self.names.items() if rows[0]["level"] != "county" and name in body}
        named |= {short for short, rows in self.shorts.items() if rows[0]["level"] != "county" and short in body}
        return self.country if len(named) >= 6 else None

    def _most_spoken_of(self, body: str) -> Region | None:
        """Where no name stands in the head: the province or city named most, if the text says 我省, 全市 …"""
        level = self._level_words(body)
        if level not in ("province", "city"):
            return None
        counts: Counter[str] = Counter()
        for name, rows in self.names.items():
            if rows[0]["level"] in ("province", "city") and (number := body.count(name)):
                counts[name] += number
        for short, rows in self.shorts.items():
            if rows[0]["level"] == level and len(rows) == 1 and (number := body.count(short)):
                counts[rows[0]["name"]] += number
        ranked = [(number, name) for name, number in counts.items()
                  if self.names[name][0]["level"] == level or (level == "city" and name in self.words.municipality)]
        if not ranked:
            return None
        number, name = max(ranked)
        if number < 2 or number * 2 < sum(count for count, _ in ranked):
            return None
        return self._region(self.names[name][0])

    def _level_words(self, body: str) -> str | None:
        """The level that a text speaks of as its own, most often."""
        p = self.patterns
        counts = {"province": len(p.of_province.findall(body)), "city": len(p.of_city.findall(body)), "county": len(p.of_county.findall(body))}
        level, number = max(counts.items(), key=lambda item: item[1])
        return level if number else None


def _invented_zone(name: str, found: Region | None) -> Region | None:
    """A zone of an area that the table does not know: the name as printed."""
    if found and found.code is None and name.startswith(found.name) and len(name) > len(found.name) + 2:
        return Region(name, None, "zone")
    return None
