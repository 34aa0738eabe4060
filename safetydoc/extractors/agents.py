"""Agents: subjects of ordered actions in running text (rules/agents.toml)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from safetydoc.extractors.brackets import Spans
from safetydoc.extractors.units import UnitFinder
from safetydoc.rulebook import Rulebook, trie_pattern

_LEAD_IN = re.compile(r"(?P<np>[^,;。:()]{2,40}?)(?:的)?(?:(?:安全生产|消防安全|主要|工作|安全|岗位|应急)*职责(?:是|为)?(?:主要)?(?:包括|如下|有)?|(?:应当)?(?:依法|认真)?(?:履行|承担|落实)(?:以下|下列)[^,;。:]{0,12}|(?:要|应当|应|须|必须)(?:做到|做好|履行)?(?:以下|下列)[^,;。:]{0,12}|主要(?:负责|职责))(?:[:：])$")


@dataclass(frozen=True, slots=True)
class Found:
    """One agent in the clean view."""

    start: int
    end: int
    group: bool
    rule: str


class AgentFinder:
    """Runs the agent rules over a clean view."""

    def __init__(self, book: Rulebook, units: UnitFinder) -> None:
        self.units = units
        action = book.trie("agent-action")
        area = "|".join(re.escape(word.replace("（", "(").replace("）", ")")) for word in sorted(book.words["agent-area"], key=len, reverse=True))
        self.area_start = re.compile(area)
        self.areas = frozenset(word.replace("（", "(").replace("）", ")") for word in book.words["agent-area"])
        self.end = re.compile(trie_pattern([*self.areas, *book.words["agent-end"]]))
        self.inside = re.compile(book.trie("agent-verb-inside"))
        self.abstract = re.compile(f"[^,;。]{{0,18}}的(?:{book.trie('agent-abstract')})")
        self.each = re.compile(r"(?:^|(?<=[,;。:、\n]))(?:同时)?(?P<np>各[\u4e00-\u9fff]{1,12}?)(?=(?:要|须|必须|应当|应(?!急|用|对|尽|有))(?!求|点))")
        self.action = re.compile(f"(?:等)?(?:\\([^()]{{0,40}}\\))?(?:{action}|,?(?:还|也|均|都)?应(?!急|用|对|尽|有|变|战|届|收|付|得)当?|是(?=[^,;。]{{0,20}}责任(?:主体|人))|,还(?:应|要|须)|20\\d\\d年|\\d{{1,2}}月)")
        self.not_start = re.compile(book.trie("agent-not-start"))
        self.start_ok = re.compile(book.trie("agent-start-ok"))
        self.modifier = re.compile(book.trie("agent-modifier"))
        self.not_agent = book.set("agent-not")
        self.lead = re.compile(f"(?:{book.trie('agent-lead')},?)+")
        self.end_only = re.compile(f"(?:{book.trie('agent-end')}|(?:{area}))(?:\\([^()]*\\))?$")
        self.time = re.compile(r"(?:到|至|在|于)?(?=\d|年底)(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:年?底)?(?:之)?(?:前|起)?,?|(?:全年|每年|每月),?")

    def run(self, s: str, quotes: Spans, brackets: Spans) -> list[Found]:
        """All agents of `s`, in order, without overlaps."""
        found: list[Found] = []
        at = 0
        for match in self.end.finditer(s):
            end = match.end()
            if match.start() < at or not self.action.match(s, end) or s[end - 1] == "所" and s[end:end + 1] in "在需有属涉列做述":
                continue
            span = quotes.at(end - 1)
            if span and span[1] > end or brackets.at(end - 1) and match[0] not in self.areas:
                continue
            hits = self._subject(s, at, end, quotes)
            if hits:
                found += hits
                at = hits[-1].end
        return self._with_each(s, found, quotes)

    def _with_each(self, s: str, found: list[Found], quotes: Spans) -> list[Found]:
        """Also 各 + any noun before 要 / 应 / 须 (各项目, 各试点城市)."""
        taken = Spans([(hit.start, hit.end) for hit in found])
        for match in self.each.finditer(s):
            start, end = match.span("np")
            if not taken.at(start) and not taken.at(end - 1) and not quotes.at(start) and not self.inside.search(match["np"]) and "的" not in match["np"]:
                found.append(Found(start, end, True, "agent.subject"))
        return sorted(found, key=lambda hit: hit.start)

    def _subject(self, s: str, floor: int, end: int, quotes: Spans) -> list[Found]:
        start = self._clause_start(s, max(floor, end - 80), end)
        if start is None:
            return []
        if start == floor and floor:
            start = s.rfind("、", floor, end) + 1 or start
        rule = "agent.subject"
        by = s.rfind("由", start, end)
        if by >= 0 and end - by < 30 and (by == start or s[by - 1] not in "自理缘事可") and not re.match(r"负责|牵头|具体负责", s[end:end + 4]):
            start, rule = by + 1, "agent.by"
        lead = self.lead.match(s, start, end)
        if lead:
            start = lead.end()
        dash = re.compile(r"[一二三四五六七八九十][是要]|-+|●|■|◆|·").match(s, start, end)
        start = dash.end() if dash else start
        time = self.time.match(s, start, end)
        if time and time.end() < end:
            start = time.end()
        name = s[start:end]
        if not 2 <= len(name) <= 60 or not self._is_subject(name, s[end:end + 26], rule):
            return []
        hits = []
        for a, b, _ in self.units.split(s, start, end, self.end_only):
            piece = s[a:b]
            if self._verbal(piece):
                return []
            if len(piece) >= 2 and piece not in self.not_agent:
                hits.append(Found(a, b, self.units.names.is_group(piece), rule))
        return (self._earlier(s, floor, start) if hits else []) + hits

    def _verbal(self, name: str) -> bool:
        """Whether a name begins with a verb or preposition, so that it is an object."""
        return bool(self.not_start.match(name) and not self.modifier.match(name) and not self.start_ok.match(name) and not self.area_start.match(name))

    def _earlier(self, s: str, floor: int, start: int) -> list[Found]:
        """A subject in a clause of its own before (A等企业,B企业至2020年底完成): nothing but the noun."""
        if start < 2 or s[start - 1] != ",":
            return []
        begin = self._clause_start(s, max(floor, start - 50), start - 1)
        if begin is None or not s[max(0, begin - 1):begin] in ("。", ";", "\n", ""):
            return []
        name = s[begin:start - 1]
        if not 3 <= len(name) <= 24 or self._verbal(name) or not self._is_subject(name, "", "agent.subject"):
            return []
        return [Found(begin, start - 1, self.units.names.is_group(name), "agent.subject")]

    def _clause_start(self, s: str, low: int, end: int) -> int | None:
        """The start of the clause, back over 、 lists and brackets; None where it is farther than 80 characters."""
        depth = 0
        for at in range(end - 1, low - 1, -1):
            ch = s[at]
            if ch in ")》”":
                depth += 1
            elif ch in "(《“":
                depth -= 1
                if depth < 0:
                    return None
            elif ch in ",;。:\n!?" and depth <= 0:
                return at + 1
        return low if low == 0 or s[low - 1:low] in ("", "\n") else None

    def _is_subject(self, name: str, after: str, rule: str) -> bool:
        bare = re.sub(r"\([^()]*\)", "", name)
        if bare in self.not_agent or re.match(r"(?:的|级|制|化|内|上|中|间|外|人的|在岗|在建|在校|在役|在产|全部清零)|(?!包)[\u4e00-\u9fff]{2}(?:、|的|情况|工作(?:的|方案))", after):
            return False
        if re.match(r"(?:为主|为单位|为重点|为目标|对象|为辅|为补充|为基础|为牵引|组织体系|负责制|应急预案|应急救援|应急处置|应急管理(?!局|部门)|安全|落实到|实际|主要负责|主体责任|主要|建设(?:的|和|工程|标准|规划|项目|领域|用地)|管理|组织机构|要求|教育|培训|应用|可以|公开|监督|评估|检查站|运用|应急|负责人|培训机构|规范化|标准|保障|公示|执行情况|参与|协调|发展|使用)", after) and not re.match(r"建设管理|主要负责", after):
            if not re.match(r"教育引导|培训考核|参与.{0,2}$", after):
                return False
        if self._verbal(bare) and not self.area_start.match(name):
            return False
        core = bare
        if "的" in bare:
            head, _, core = bare.rpartition("的")
            if not self.modifier.match(head) and not re.match(r"(?:对|各|所有|全|国|其|高|大|本|县|市|省|区)", head) and len(head) > 12:
                return False
            if not core:
                return False
        if "的" not in bare and (self.inside.search(core[:-2]) or re.search(r"组织(?!部)|支持(?!单位)|配合(?!单位)|督查(?!室|组)|研究(?!院|所|中心)|对(?!口)|将|把", core[:-2])):
            return False
        if self.abstract.match(after) and not re.match(r"要|应|须|必须", after):
            return False
        return bool(self.end_only.search(name))

    def lead_in(self, s: str, start: int, end: int) -> list[Found]:
        """The subject that a lead-in names (…主要负责人安全生产职责主要包括：)."""
        match = _LEAD_IN.search(s[start:end])
        if not match:
            return []
        name = match["np"]
        begin = start + match.start("np")
        if not self.end_only.search(name) and not name.endswith("成员"):
            return []
        return [Found(a, b, self.units.names.is_group(s[a:b]), "agent.lead-in") for a, b, _ in self.units.split(s, begin, begin + len(name), self.end_only)]
