"""Canonical names of units: level words replaced by the area, short forms written out by the name table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from safetydoc.model import Region
from safetydoc.rulebook import Rulebook

_AREA = re.compile(r".*?(?:省|自治区|特别行政区|市|州|盟|地区|县|区|旗)")
_PARTY = re.compile(r"(省|自治区|市|州|县|区|旗)委(?!员)")


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
    """The setting of a notice that governs `region`."""
    if region is None:
        return Setting(year=year)
    country = region.level == "country"
    rest, found = region.name, {"province": "", "city": "", "county": ""}
    if "areas" not in book.memo:
        book.memo["areas"] = {row["name"]: row["level"] for row in book.table("regions") if row["level"] != "zone"}
    by_name = book.memo["areas"]
    for level in ("province", "city", "county"):
        for end in range(len(rest), 1, -1):
            if by_name.get(rest[:end]) == level:
                found[level], rest = rest[:end], rest[end:]
                break
    if not country and not any(found.values()):
        parts = re.fullmatch(r"([\u4e00-\u9fff]{2,5}?(?:省|自治区))?([\u4e00-\u9fff]{2,5}?(?:市|州|盟))?([\u4e00-\u9fff]{2,5}?(?:县|区|旗))?(.*)", rest)
        if parts:
            found["province"], found["city"], found["county"], rest = (part or "" for part in parts.groups())
        if region.level == "zone" and not rest:
            rest, found["county"] = found["county"], ""
    zone = rest if region.level == "zone" else ""
    town = rest if region.level == "township" else ""
    word = next((word for word in book.words["zone-end"] if zone.endswith(word)), "")
    committee = "安全生产委员会" if any("安全生产委员会" in text or "安委会" in text for text in (*issuers, title)) else ""
    return Setting(found["province"], found["city"], found["county"], town, zone, word, country, committee, year)


class Names:
    """The name table (rules/unit_names.csv) and the level words."""

    def __init__(self, book: Rulebook) -> None:
        self.table: dict[str, list[tuple[str, int, int, str]]] = {}
        for row in book.table("unit_names"):
            entry = (row["full"], int(row["from"] or 0), int(row["until"] or 9999), row.get("level") or "")
            self.table.setdefault(row["short"], []).append(entry)
        self.levels = [("province", book.words["level-province"]), ("city", book.words["level-city"]), ("county", book.words["level-county"]), ("town", book.words["level-town"])]
        self.national = re.compile(book.trie("national"))
        self.group_start = re.compile(book.trie("group-start"))
        self.group_end = re.compile(f"(?:{book.trie('group-end')})$")
        self.known_end = re.compile(r"(?:各)?(?:有关|相关|其他)?成员单位$")

    def is_group(self, name: str) -> bool:
        """Whether the name means several bodies."""
        bare = re.sub(r"\([^()]*\)", "", name)
        if bare in self.table:
            return False
        return bool(self.group_start.match(bare) or self.group_end.search(bare)
                    or re.search(r"各|有关|相关|其他|等(?:部门|单位)|、|成员单位|负有", bare))

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
        bare = re.sub(r"\([^()]*\)$", "", name)
        for start in range(min(len(bare) - 1, 14)):
            if bare[start:] in self.table:
                return True
        banked = re.sub(r"(?<=银行|人行)[\u4e00-\u9fff]{2,6}?(?=(?:市|省)?(?:中心支行|分行|支行|中支)$)", "", bare)
        if banked != bare and banked in self.table:
            return True
        return False

    def whole(self, name: str) -> bool:
        """Whether the whole printed name, less a level word or 有关, is in the table."""
        bare = re.sub(r"^(?:各|有关|相关)?(?:省委|市委|县委|区委|省|市|县|区|州|镇|乡|国家)?", "", name)
        return name in self.table or bare in self.table

    def canonical(self, name: str, head: str, where: Setting) -> str:
        """The self-standing name. `head` is the shared head of the list (各市, 雄安新区, a level word) or ""."""
        year = where.year
        name = "".join(name.split()).replace("(", "（").replace(")", "）") if "(" in name else name
        if head and not name.startswith(head):
            name = head + name
        league = re.fullmatch(r"(?:共青团|团)(省|自治区|市|州|县|区|旗)委(?:员会)?", name)
        if league:
            return f"共青团{self._area(league[1], where) or league[1]}委员会"
        if re.match(r"各?(?:有关|相关|其他)?(?:有关|相关)?成员单位$|负有.*成员单位$|其他有关成员单位$", name) and where.committee:
            return f"{where.area}{where.committee}{name}"
        if self.is_group(name) and re.match(r"各|有关|相关|其他|全体|所有|负有|第三方", name):
            return name
        if where.zone and where.zone_word:
            for word in (where.zone_word, *([where.zone_word[-2:], where.zone_word[-3:]])):
                if name.startswith(word) and len(name) > len(word):
                    return where.zone + self._full(name[len(word):], year, "county")
        for level, words in self.levels:
            for word in words:
                if name.startswith(word) and len(name) > len(word) and name[len(word)] not in "、级直属（" and not re.match(r"[内外](?!办|汇|事|专|国|经|贸|侨)", name[len(word):]):
                    area = self._area(word, where)
                    rest = name[len(word):]
                    if area and not (level != "province" and re.match(r"场|域|政(?!府|协|法|务|研|工)", rest)):
                        return area + self._full(rest, year, level)
        if self.national.match(name) or where.country:
            return self._full(name, year, "country")
        if where.area and name.startswith((where.area, *self._short_areas(where))):
            return self._placed(name, where)
        if self._local(name) and where.area and not self.is_group(name):
            return where.area + self._full(name, year, "")
        return name

    def _local(self, name: str) -> bool:
        """A local body printed without its area: its name is in the table and begins with no place."""
        return name in self.table and not any(row[3] == "country" for row in self.table[name])

    def _short_areas(self, where: Setting) -> tuple[str, ...]:
        names = [area for area in (where.province, where.city, where.county, where.town, where.zone) if area]
        return tuple(names) or ("\x00",)

    def _placed(self, name: str, where: Setting) -> str:
        """A name that begins with its area: only the rest is written out."""
        for area in sorted(self._short_areas(where), key=len, reverse=True):
            if name.startswith(area):
                rest = self._full(name[len(area):], where.year, "")
                return area + rest
        return name

    def _area(self, word: str, where: Setting) -> str:
        if word in ("省", "自治区"):
            return where.province
        if word in ("市", "州", "盟"):
            return where.city or (where.province if where.province.endswith("市") else "")
        if word in self.levels[3][1]:
            return where.town
        return where.county or (where.zone if where.zone.endswith("区") else "")

    def _full(self, rest: str, year: int | None, level: str) -> str:
        """The part after level word or area, written out; also as the beginning of a longer name."""
        known = self.written_out(rest, year, level)
        if known:
            return known
        for end in range(len(rest) - 1, 1, -1):
            if rest[:end] in ("安委会", "防指", "消安委", "食安委", "减灾委", "防火委", "双随机办"):
                return (self.written_out(rest[:end], year, level) or rest[:end]) + rest[end:]
        return rest
