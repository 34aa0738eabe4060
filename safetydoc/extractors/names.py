"""Canonical names of units: level words replaced by the area, short forms written out by the name table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from safetydoc.model import Region
from safetydoc.rulebook import Patterns, Rulebook, Words

_BRACKETED = re.compile(r"\([^()]*\)")
_BRACKETED_END = re.compile(r"\([^()]*\)$")
_LEVELS = ("province", "city", "county")
#: Levels that a level word of a unit can name; a town stands in no table of areas.
_WORD_LEVELS = (*_LEVELS, "town")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a canonical name depends on: the area (names by level), its year, and the committee that issued it."""

    province: str = ""
    city: str = ""
    county: str = ""
    town: str = ""
    zone: str = ""
    zone_word: str = ""
    country: bool = False
    committee: str = ""
    year: int | None = None

    @property
    def area(self) -> str:
        """The innermost area."""
        return self.zone or self.town or self.county or self.city or self.province


def setting(region: Region | None, book: Rulebook, issuers: tuple[str, ...], title: str, year: int | None) -> Setting:
    """The setting of a notice that governs `region`; `title` holds its titles, `year` is its own."""
    if region is None:
        return Setting(year=year)
    words = Words(book)
    found, rest = _by_level(region, book)
    zone = rest if region.level == "zone" else ""
    town = rest if region.level == "township" else ""
    zone_word = next((word for word in words.zone_end if zone.endswith(word)), "")
    named = any(word in text for text in (*issuers, title) for word in words.committee)
    committee = words.committee[0] if named else ""
    return Setting(found["province"], found["city"], found["county"], town, zone, zone_word, region.level == "country", committee, year)


def _by_level(region: Region, book: Rulebook) -> tuple[dict[str, str], str]:
    """The areas in a region's name by their level, and the rest of the name."""
    rest, found = region.name, dict.fromkeys(_LEVELS, "")
    if "areas" not in book.memo:
        book.memo["areas"] = {row["name"]: row["level"] for row in book.table("regions") if row["level"] != "zone"}
    by_name = book.memo["areas"]
    for level in _LEVELS:
        for end in range(len(rest), 1, -1):
            if by_name.get(rest[:end]) == level:
                found[level], rest = rest[:end], rest[end:]
                break
    if region.level != "country" and not any(found.values()):
        parts = Patterns(book, "name").unknown_area.fullmatch(rest)
        if parts:
            found, rest = {level: parts[level] or "" for level in _LEVELS}, parts["rest"]
        if region.level == "zone" and not rest:
            rest, found["county"] = found["county"], ""
    return found, rest


class Names:
    """The name table (rules/unit_names.csv) and the level words."""

    def __init__(self, book: Rulebook) -> None:
        self.patterns, self.words = Patterns(book, "name"), Words(book)
        self.table: dict[str, list[tuple[str, int, int, str]]] = {}
        for row in book.table("unit_names"):
            entry = (row["full"], int(row["from"] or 0), int(row["until"] or 9999), row.get("level") or "")
            self.table.setdefault(row["short"], []).append(entry)
        self.levels = [(level, word) for level in _WORD_LEVELS for word in book.words[f"level-{level}"]]
        self.level_of = {word: level for level, word in self.levels}

    def is_group(self, name: str) -> bool:
        """Whether the name means several bodies."""
        bare = _BRACKETED.sub("", name)
        p = self.patterns
        return bare not in self.table and bool(p.group_start.match(bare) or p.group_end.search(bare) or p.group_inside.search(bare))

    def written_out(self, short: str, year: int | None, level: str = "") -> str | None:
        """The full form of a short form, or None where the table does not know it."""
        rows = self.table.get(short)
        if not rows:
            return None
        fitting = [row for row in rows if row[3] in ("", level)] or rows
        in_time = [row for row in fitting if year is None or row[1] <= year <= row[2]] or fitting
        return sorted(in_time, key=lambda row: row[3] == "")[0][0]

    def known(self, name: str) -> bool:
        """Whether the table knows the body behind a printed name."""
        bare = _BRACKETED_END.sub("", name)
        if any(bare[start:] in self.table for start in range(min(len(bare) - 1, 14))):
            return True
        branch = self.patterns.branch_place.sub("", bare)
        return (branch != bare and branch in self.table) or self.patterns.league.fullmatch(bare) is not None

    def whole(self, name: str) -> bool:
        """Whether the whole printed name, less a level word or 有关, is in the table."""
        return name in self.table or self.patterns.level_lead.sub("", name) in self.table

    def canonical(self, name: str, head: str, where: Setting) -> str:
        """The self-standing name. `head` is the shared head of the list (各市, 雄安新区, a level word) or ""."""
        p = self.patterns
        name = "".join(name.split()).replace("(", "（").replace(")", "）") if "(" in name else name
        if head and not name.startswith(head):
            name = head + name
        league = p.league.fullmatch(name)
        if league:
            before, behind = self.words.league
            return f"{before}{self._area(league['level'], where) or league['level']}{behind}"
        if where.committee and p.members.match(name):
            return f"{where.area}{where.committee}{name}"
        if p.group_name.match(name) and self.is_group(name):
            return name
        placed = self._in_zone(name, where) or self._at_level(name, where)
        if placed:
            return placed
        if where.country or p.national.match(name):
            return self._full(name, where.year, "country")
        return self._in_area(name, where)

    def _in_zone(self, name: str, where: Setting) -> str | None:
        """A name that begins with the zone's word, or the end of it (新区, 开发区)."""
        if where.zone and where.zone_word:
            for word in (where.zone_word, where.zone_word[-2:], where.zone_word[-3:]):
                if name.startswith(word) and len(name) > len(word):
                    return where.zone + self._full(name[len(word):], where.year, "county")
        return None

    def _at_level(self, name: str, where: Setting) -> str | None:
        """A name that begins with a level word (市应急局): the area of that level takes its place."""
        p = self.patterns
        for level, word in self.levels:
            if name.startswith(word) and len(name) > len(word) and not p.not_level_before.match(name, len(word)):
                area = self._area(word, where)
                if area and not (level != "province" and p.level_in_word.match(name, len(word))):
                    return area + self._full(name[len(word):], where.year, level)
        return None

    def _in_area(self, name: str, where: Setting) -> str:
        """A name that begins with its area: only the rest is written out; one in the table without an area gets it."""
        areas = [area for area in (where.province, where.city, where.county, where.town, where.zone) if area]
        for area in sorted(areas, key=len, reverse=True):
            if name.startswith(area):
                return area + self._full(name[len(area):], where.year, "")
        if where.area and self._local(name) and not self.is_group(name):
            return where.area + self._full(name, where.year, "")
        return name

    def _local(self, name: str) -> bool:
        """A local body printed without its area: its name is in the table and begins with no place."""
        return name in self.table and not any(row[3] == "country" for row in self.table[name])

    def _area(self, word: str, where: Setting) -> str:
        """The area that a level word means."""
        level = self.level_of.get(word)
        if level == "province":
            return where.province
        if level == "city":
            return where.city or (where.province if where.province.endswith(self.words.level_city) else "")
        if level == "town":
            return where.town
        return where.county or (where.zone if where.zone.endswith(self.words.level_county) else "")

    def _full(self, rest: str, year: int | None, level: str) -> str:
        """The part after level word or area, written out; also as the beginning of a longer name."""
        known = self.written_out(rest, year, level)
        if known:
            return known
        for end in range(len(rest) - 1, 1, -1):
            if rest[:end] in self.words.standing_body:
                return (self.written_out(rest[:end], year, level) or rest[:end]) + rest[end:]
        return rest
