"""Deadlines: patterns of rules/deadlines.toml, values as ISO 8601, and the guards that tell orders from dates."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from safetydoc.extractors.brackets import Spans
from safetydoc.rulebook import Rule, Rulebook
from safetydoc.segmenters.numerals import chinese

_CYCLE = {"年": "P1Y", "年度": "P1Y", "季": "P3M", "季度": "P3M", "月": "P1M", "月度": "P1M", "周": "P7D", "星期": "P7D", "旬": "P10D",
          "天": "P1D", "日": "P1D", "学期": "P6M", "工作日": "P1D", "月月": "P1M", "年年": "P1Y", "周周": "P7D", "季季": "P3M", "天天": "P1D",
          "日日": "P1D", "半年度": "P6M"}
_PLAN = {"十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026}


@dataclass(frozen=True, slots=True)
class Found:
    """One deadline in the clean view."""

    start: int
    end: int
    type: str
    value: str
    event: str | None
    year_from: str | None
    rule: str


class DeadlineFinder:
    """Runs the deadline rules over a clean view: one alternation, then the rule's guard and value."""

    def __init__(self, book: Rulebook) -> None:
        self.rules = [(rule, book.regex(rule.pattern)) for rule in book.rules["deadlines"]]
        self.by_first: dict[str, list[tuple[Rule, re.Pattern[str], bool]]] = {}
        for rule, pattern in self.rules:
            if rule.get("guard") != "season":
                for ch in rule["first"]:
                    self.by_first.setdefault(ch, []).append((rule, pattern, rule.get("guard") == "event"))
        own = {ch for rule, _ in self.rules if rule.own for ch in rule["first"]}
        self.anchor = re.compile((r"[每按]|月月|年年|周周|季季|天天|日日|\d|年[底末内]|全年|今年|明年|[上下]半年|[一二三四]季度|第[一二三四]季"
                                 r"|[日周月季](?=排查|巡查|检查|调度|通报|研判|会商|总结|自查|报告|评估|清零|碰头|例会|小结|汇总|评比|巡检|抽查)|月[底末度]|季度|年度|半年度|半月"
                                 r"|[“\"]?十[一二三四五]五|即日起|[次下]月(?=的?\d|[底初])|今年|明年|[发布]之日起|[到至](?=\d|年|[“\"]?十)|[一二三四五六七八九十两半](?=个?(?:年|工作日|月|小时|日|天|周|季度))"
                                 r"|前") + (f"|[{re.escape(''.join(own))}]" if own else "").replace("0", "\\d"))
        self.season = next((pattern for rule, pattern in self.rules if rule.get("guard") == "season"), None)
        self.order = re.compile(book.trie("order-verb"))
        self.not_order = re.compile(book.trie("not-order"))
        self.events = re.compile(book.trie("events"))

    def run(self, s: str, quotes: Spans, year: int | None) -> list[Found]:
        """All deadlines of `s`, in order, without overlaps. `year` is the notice's own."""
        found: list[Found] = []
        at = 0
        self.own_year = year
        for anchor in self.anchor.finditer(s):
            place = anchor.start()
            if place < at:
                continue
            hit = self._before(s, place, at) if anchor[0] == "前" else self._at(s, place, at, quotes, year)
            if hit:
                found.append(hit)
                at = hit.end
        return found

    def _before(self, s: str, place: int, floor: int) -> Found | None:
        """汛期前: the words before 前."""
        if self.season is None:
            return None
        for start in range(max(floor, place - 10), place):
            match = self.season.match(s, start)
            if match and match.end() > place:
                rule = next(rule for rule, pattern in self.rules if pattern is self.season)
                if s[match.end():match.end() + 1] in ("的", "不") or s[start - 1:start] in ("审",):
                    return None
                return Found(start, match.end(), "before_event", match[0], None, None, rule.id)
        return None

    def _at(self, s: str, place: int, floor: int, quotes: Spans, year: int | None) -> Found | None:
        ch = s[place]
        if ch.isdecimal() and s[place - 1:place].isdecimal():
            return None
        for rule, pattern, event in self.by_first.get("0" if ch.isdecimal() else ch, ()):
            match = self._event(s, place, floor, pattern) if event else pattern.match(s, place)
            if not match:
                continue
            hit = self._make(s, match, rule, quotes, year)
            if hit and hit.start >= floor:
                return hit
        return None

    def _event(self, s: str, place: int, floor: int, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """X后N日内: looks back from the number for the event."""
        low = max(floor, place - 22)
        begin = max(s.rfind(mark, low, place) for mark in ",;。:\n、") + 1
        begin = max(begin, low)
        lead = re.search(r"(?:后|之日起|之日|以后|起)(?:的)?$", s[begin:place])
        if not lead:
            return None
        from_ = s.rfind("自", begin, place)
        if from_ < 0:
            from_ = begin
        return pattern.match(s, from_)

    def _make(self, s: str, match: re.Match[str], rule: Rule, quotes: Spans, year: int | None) -> Found | None:
        groups = match.groupdict()
        start, end = match.span("t") if groups.get("t") else match.span()
        kind, text = rule["type"], match[0]
        guard = rule.get("guard")
        if guard and not getattr(self, "_guard_" + guard.replace("-", "_"))(s, start, end, match, quotes):
            return None
        own, year_from = _year(groups, year)
        if own is None:
            own = date.min.year
            year_from = None
        made = _value(rule["value"], groups, own, text)
        if made is None:
            return None
        kind, value = (made[0] or kind), made[1]
        if own == date.min.year and re.match(r"0001", value):
            return None
        if kind in ("within", "every"):
            year_from = None
        event = None
        if kind == "within" and groups.get("e"):
            event = groups["e"]
            lead = re.match(r".*(?:可在|应在|须在|应当在|[至在于自])(?=[^在]{2,})", event)
            if lead and self.events.search(event[lead.end():]):
                start += lead.end() - (1 if event[lead.end() - 1] == "自" else 0)
                event = event[lead.end():]
            event = event.removeprefix("自").removesuffix("之日")
            if "之日" in text:
                event += "之日"
        return Found(start, end, kind, value, event, year_from, rule.id)

    # --- guards: whether a match is an order -----------------------------------------------

    def _guard_date(self, s: str, start: int, end: int, match: re.Match[str], quotes: Spans) -> bool:
        before = s[max(0, start - 3):start]
        after = s[end:end + 8]
        if quotes.at(start) and s[quotes.at(start)[0]] == "《":  # type: ignore[index]
            return False
        if "前" not in match[0] and re.match(r"(?:印发|发布|公布|修订|修正|通过|下发|签发|会议|讲话|视频|的(?!时间|工作)|[,，]?[^,。;]{0,6}(?:会议|讲话)精神|起(?:施行|实施|执行|生效))", after):
            return False
        if before.endswith(("截至", "截止", "截", "统计至", "有效期至", "有效期到", "执行至", "期至", "截止到", "截至到", "日至", "月至", "日到", "实施至", "施行至")):
            return False
        if re.match(r"[^。;]{0,50}的(?:企业|项目|单位|人员|个人),(?:对|给予|按|可|由)", s[end:end + 70]):
            return False
        if re.match(r"(?:到期|成立|注册|能?(?:够)?开工|签订|发放|投产|取得|入库|出生|购买|形成|排查|已)[^,。;]{0,8}的", after + s[end + 8:end + 14]):
            return False
        return not re.search(r"(?:有效期|执行期|执行期限|施行|实施期限)[^,。;]{0,12}$", s[max(0, start - 20):start])

    def _guard_until_day(self, s: str, start: int, end: int, match: re.Match[str], quotes: Spans) -> bool:
        quote = quotes.at(start)
        if quote and s[quote[0]] == "《":
            return False
        sentence = s[max(s.rfind("。", 0, start), s.rfind("\n", 0, start)) + 1:start]
        if re.match(r"(?:本|以上|上述|该)[^,。]*(?:有效期|执行期|施行|实施|期限)|.*有效期", sentence):
            return False
        return bool(re.search(r"(?:延长|延期|顺延|延|推迟|宽限|缓缴|放宽|持续|开放|保留|截止|期限|日期)$", s[max(0, start - 3):start]))

    def _guard_years(self, s: str, start: int, end: int, match: re.Match[str], quotes: Spans) -> bool:
        if quotes.at(start) or s[start - 1:start] == "(" or s[end:end + 1] == ")":
            return False
        return bool(re.match(r",|期间|底|" + self.order.pattern, s[end:end + 4])) and int(match["y"]) < int(match["y2"])

    def _guard_until(self, s: str, start: int, end: int, match: re.Match[str], quotes: Spans) -> bool:
        if quotes.at(start) and s[quotes.at(start)[0]] == "《":  # type: ignore[index]
            return False
        before = s[max(0, start - 8):start]
        if re.search(r"\d{4}年?$", before) or before.endswith(("有效期", "执行期", "期限")):
            return False
        return not re.match(r"(?:的|工作要点|度)", s[end:end + 4])

    def _guard_effect(self, s: str, start: int, end: int, match: re.Match[str], quotes: Spans) -> bool:
        after = s[end:end + 8]
        if quotes.at(start) or re.match(r"(?:正式)?(?:施行|执行|实施|生效|试行)|[\u4e00-\u9fff]{2,6}的", after):
            return False
        return not re.match(r"(?:至|到|-)", after)

    def _guard_quarter(self, s: str, start: int, end: int, match: re.Match[str], quotes: Spans) -> bool:
        if quotes.at(start) or s[start - 1:start] in ("每", "各"):
            return False
        after = s[end:end + 6]
        if match["b"] or self.order.match(after) or after[:1] == ",":
            return not re.match(r"以来|(?:第)?.{0,2}例会", after)
        return False

    def _guard_month(self, s: str, start: int, end: int, match: re.Match[str], quotes: Spans) -> bool:
        if quotes.at(start) or s[max(0, start - 2):start].endswith(("自", "从", "截至", "截止", "至", "到", "于", "日")) and not s[start - 1:start] == "于":
            return False
        after = s[end:end + 8]
        rest = re.sub(r"^(?:、\d{1,2}月(?:份)?)+", "", s[end:end + 24])
        if re.match(r"(?:的)?(?:应缴|纳税|申报|税款|社会保险费|法定|属期|所属)", rest):
            return False
        if re.match(r"(?:以来|的|印发|发布|公布|召开的|[^,。;]{0,4}会议|起|我|安全)", after):
            return False
        if match[0].endswith("份") or self.order.match(after):
            return not self.not_order.match(after)
        return bool(re.match(r"[,、]|房租|租金|水电|社会保险|当月|和\d", after))

    def _guard_year(self, s: str, start: int, end: int, match: re.Match[str], quotes: Spans) -> bool:
        if quotes.at(start) or s[start - 1:start] in ("(", "〔", "-", "~", "第", "(") or s[end:end + 1] == ")":
            return False
        before, after = s[max(0, start - 4):start], s[end:end + 12]
        if before.endswith(("截至", "截止", "自", "从", "较", "比", "于", "与", "以", "对", "和", "在", "的", "免征", "印发", "近", "按", "按照", "依据", "根据", "落实", "制定", "编制", "开展", "组织", "纳入", "贯彻", "完善", "实施", "关于", "对照", "执行", "下达")):
            if not (before.endswith(("在", "下达的", "门下达的", "的")) and re.match(r"(?:[^,。;]{0,20})(?:指标任务|目标任务)", s[end:end + 24])):
                return False
        if re.match(r"[\u4e00-\u9fff]{2,4}的", after) and not self.order.match(after) or self.own_year and match["y"] and int(match["y"]) < self.own_year:
            return bool(re.match(r"(?:[^,。;]{0,20})(?:指标任务|目标任务)", s[end:end + 24]))
        if before.endswith(("确保", "力争", "实现", "安排")) and not re.match(r"[^,。;]{0,20}(?:要点|方案|计划|任务)", after):
            return True
        if match[0] == "全年":
            return not re.match(r"(?:经济|目标|的|任务|工作|生产|安全|重点)", after)
        clause_start = max(s.rfind(mark, 0, start) for mark in ",;。:\n、)") + 1
        if s[clause_start:start] and re.search(r"的$|发生|同比|较", s[clause_start:start]):
            return bool(re.match(r"(?:[^,。;]{0,20})(?:指标任务|目标任务)", s[end:end + 24]))
        if re.search(r"^(?:[^,。;]{0,14})(?:指标任务|目标任务)", s[end:end + 24]):
            return True
        if re.match(r"[^,。;]{0,20}(?:要点|方案|计划|规划|清单|任务书)(?:[,。;:》]|$)", s[end:end + 26]):
            return False
        if self.not_order.match(after) or re.match(r"(?:我|安全生产(?:工作)?|新增的|应急|的)", after):
            return False
        sentence_end = re.compile(r"[。;\n]").search(s, end)
        rest = s[end:sentence_end.start() if sentence_end else len(s)]
        if after[:1] == "," and re.match(r",[^,。;]{0,20}(?:坚持|认真|深入(?:贯彻|学习)|全面贯彻|以[^,]{2,20}为(?:指导|主线|目标)|紧紧围绕|按照)", rest):
            return False
        if clause_start == start and (re.match(r",?[^,。;]{2,40}\d", rest) or self.order.search(rest[:12]) or re.match(r"(?:会同|联合|采取|按照|分批|继续|将)", rest)) and not re.search(r"已|发生|共有|同比", rest[:40]):
            return True
        if after[:1] == ",":
            return self.order.search(rest[1:40]) is not None and not re.match(r",?(?:我|[^,]{2,8}(?:认真|坚持|深入)贯彻)", rest)
        return bool(self.order.match(after)) and not re.match(r"[^,。;]{0,10}(?:会议|通报|发生|情况)", rest)

    def _guard_degree(self, s: str, start: int, end: int, match: re.Match[str], quotes: Spans) -> bool:
        clause_start = max(s.rfind(mark, 0, start) for mark in ",;。:\n)") + 1
        before = s[clause_start:start]
        if quotes.at(start) or re.search(r"纳入|作为|列入|建立|完善|健全|根据|结合|在|报|制度$|《", before):
            return False
        if re.match(r"[^,。;]{0,12}(?:制度|机制|内容|指标|办法|计划|体系|依据|重要|结果|方案|报告中)", s[end:end + 18]):
            return False
        return bool(re.search(r"(?:^|要|按|进行|开展|组织|实施|实行|坚持|定期|、|做好|落实|抓好|统一)$", before)) and len(before) < 24

    def _guard_event(self, s: str, start: int, end: int, match: re.Match[str], quotes: Spans) -> bool:
        event = match["e"]
        if not self.events.search(event) and "之日" not in match[0]:
            return False
        return not re.match(r"的(?:企业|单位)|累计|发生", s[end:end + 4])

    def _guard_within(self, s: str, start: int, end: int, match: re.Match[str], quotes: Spans) -> bool:
        before, after = s[max(0, start - 3):start], s[end:end + 8]
        if not self.order.match(after) and re.match(r"[^,。;]{1,12}的", s[end:end + 16]) or before.endswith(("毕业", "退役", "成立", "注册")):
            return False
        if before.endswith(("以后", "之后", "今后", "近", "最近", "过去", "连续", "前", "上一", "满", "每", "不超过", "最长", "超过", "受")):
            return False
        if re.match(r"(?:的|有|无|未|不得|不准|未发生|累计|曾|再次|发生|被|受到|已|办结的|连续|出现)", after):
            return after.startswith(("有效控制",))
        return not (quotes.at(start) and s[quotes.at(start)[0]] == "《")  # type: ignore[index]

    def _guard_season(self, s: str, start: int, end: int, match: re.Match[str], quotes: Spans) -> bool:
        return True


def _year(groups: dict[str, str | None], year: int | None) -> tuple[int | None, str | None]:
    printed = groups.get("y") or groups.get("y3")
    if printed:
        return int(printed), "printed"
    relative = groups.get("rel")
    if year is not None and relative in ("明年", "次年"):
        return year + 1, "notice"
    return year, "notice" if year is not None else None


def _month(text: str | None) -> int | None:
    if text is None:
        return None
    number = int(text) if text.isdecimal() else chinese(text)
    return number if number and 1 <= number <= 12 else None


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _day(year: int, month: int | None, day: str | None) -> date | None:
    if month is None or day is None:
        return None
    try:
        return date(year, month, int(day))
    except ValueError:
        return None


def _value(name: str, groups: dict[str, str | None], year: int, text: str) -> tuple[str | None, str] | None:
    """Type (None: the rule's) and value of a match; None where it is no date that exists."""
    month = _month(groups.get("m"))
    if name.startswith("P"):
        return None, name
    if name == "every":
        return _every(groups)
    if name == "within":
        return _within(groups)
    if name == "day":
        date_ = _day(year, month, groups.get("d"))
        return (None, date_.isoformat()) if date_ else None
    if name == "month-end":
        return (None, _last(year, month).isoformat()) if month else None
    if name == "month":
        return (None, f"{date(year, month, 1)}/{_last(year, month)}") if month else None
    if name == "third":
        return _third(groups, year, month)
    if name in ("year-end", "year"):
        last = f"{year:04}-12-31"
        return None, last if name == "year-end" or re.search(r"到|至|前", text) else f"{year:04}-01-01/{last}"
    if name in ("plan", "plan-end"):
        first = _PLAN.get(groups.get("p") or "")
        if not first:
            return None
        return None, f"{first}-01-01/{first + 4}-12-31" if name == "plan" else f"{first + 4}-12-31"
    if name == "quarter":
        return _quarter(groups, year)
    if name == "from":
        start = _day(year, month or _month(groups.get("m3")) or 1, groups.get("d") or groups.get("d3") or "1")
        return (None, f"{start}/..") if start else None
    return _range(name, groups, year, month)


def _every(groups: dict[str, str | None]) -> tuple[str | None, str] | None:
    unit = (groups.get("u") or "").removeprefix("个")
    count = groups.get("n")
    if not count:
        cycle = _CYCLE.get(unit)
        return (None, cycle) if cycle else None
    if count == "半":
        return {"年": (None, "P6M"), "月": (None, "P15D"), "天": (None, "P1D"), "日": (None, "P1D")}.get(unit)
    number = int(count) if count.isdecimal() else chinese(count)
    if not number:
        return None
    if unit == "季度":
        return None, f"P{3 * number}M"
    letter = {"年": "Y", "月": "M", "周": "W", "天": "D", "日": "D", "工作日": "D"}.get(unit)
    if letter == "W":
        return None, f"P{7 * number}D"
    return (None, f"P{number}{letter}") if letter else None


def _within(groups: dict[str, str | None]) -> tuple[str | None, str] | None:
    unit, count = (groups.get("u") or "").removeprefix("个"), groups.get("n") or ""
    if count == "半":
        return {"年": (None, "P6M"), "月": (None, "P15D")}.get(unit)
    number = int(count) if count.isdecimal() else chinese(count)
    if not number or number > 9999:
        return None
    if unit == "小时":
        return (None, f"P{number // 24}D") if number % 24 == 0 else None
    if unit == "季度":
        return None, f"P{3 * number}M"
    letter = {"年": "Y", "月": "M", "周": "W"}.get(unit, "D")
    if letter == "Y" and number > 50:
        return None
    return None, f"P{number}{letter}"


def _third(groups: dict[str, str | None], year: int, month: int | None) -> tuple[str | None, str] | None:
    if not month:
        return None
    last = _last(year, month).day
    first, end = {"上": (1, 10), "中": (11, 20), "下": (21, last)}[(groups.get("x") or "上")[0]]
    if groups.get("b"):
        return "by", date(year, month, end).isoformat()
    return "during", f"{date(year, month, first)}/{date(year, month, end)}"


def _quarter(groups: dict[str, str | None], year: int) -> tuple[str | None, str]:
    if groups.get("h"):
        first, last = (1, 6) if groups["h"] == "上" else (7, 12)
    else:
        quarter = chinese(groups["q"] or "") or int(groups["q"] or 1)
        first, last = 3 * quarter - 2, 3 * quarter
    end = _last(year, last).isoformat()
    return ("by", end) if groups.get("b") and groups["b"] != "内" else ("during", f"{date(year, first, 1)}/{end}")


def _range(name: str, groups: dict[str, str | None], year: int, month: int | None) -> tuple[str | None, str] | None:
    year2 = int(groups.get("y2") or year)
    month2 = _month(groups.get("m2")) or month
    if name == "range-years":
        return None, f"{year:04}-01-01/{year2:04}-12-31"
    if month is None or month2 is None:
        return None
    if name == "now-until":
        end = _day(year, month, groups.get("d")) or _last(year, month)
        return "by", end.isoformat()
    if name == "range-months":
        if not groups.get("y2") and month2 < month:
            return None
        return None, f"{date(year, month, 1)}/{_last(year2, month2)}"
    first, last = _day(year, month, groups.get("d")), _day(year2, month2, groups.get("d2"))
    return (None, f"{first}/{last}") if first and last and first <= last else None


def due_date(hit: Found, text: str, issued: str | None) -> str | None:
    """The day that a within-deadline from the date of issue comes to, in calendar days; None where it cannot be told."""
    if "工作日" in text:
        return None
    if hit.type != "within" or not issued or not hit.event or not re.search(r"印发|发布|下发|公布|发文", hit.event):
        return None
    match = re.fullmatch(r"P(\d+)([DMY])", hit.value)
    if not match:
        return None
    start, count, unit = date.fromisoformat(issued), int(match[1]), match[2]
    if unit == "D":
        return date.fromordinal(start.toordinal() + count).isoformat()
    months = start.month - 1 + count * (12 if unit == "Y" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    if year > 9999:
        return None
    return date(year, month, min(start.day, monthrange(year, month)[1])).isoformat()
