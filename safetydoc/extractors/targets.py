"""Quantitative targets and absolutes (rules/targets.toml): comparator, value, unit, change, indicator."""

from __future__ import annotations

import re
from dataclasses import dataclass

from safetydoc.extractors.brackets import Spans
from safetydoc.rulebook import Rulebook
from safetydoc.segmenters.numerals import value as numeral

_NUMBER = (r"(?P<a>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[□?]\d*)(?P<sa>(?:[百千]?[万亿]{1,2}|[百千](?=[家名人个户]))?)"
           r"(?:(?:-{1,2}|~|至|到)(?P<b>\d+(?:\.\d+)?)(?P<sb>[百千]?[万亿]*))?(?P<pct>%|‰)?(?:(?:-{1,2}|~)(?P<b2>\d+(?:\.\d+)?)%)?")
_CLAUSE = ",;。:\n"


@dataclass(frozen=True, slots=True)
class Found:
    """One target in the clean view."""

    start: int
    end: int
    indicator: str | None
    comparator: str
    value: float | int | None
    value2: float | int | None
    unit: str | None
    change: str | None
    damaged: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Absolute:
    """One absolute in the clean view."""

    start: int
    end: int
    rule: str


class TargetFinder:
    """Judges every number of a notice: target or not, and which."""

    def __init__(self, book: Rulebook) -> None:
        counter = book.trie("counter")
        ge, le, gt, lt, eq = (book.trie(f"cmp-{name}") for name in ("ge", "le", "gt", "lt", "eq"))
        self.none = re.compile(f"(?:{book.trie('cmp-none')})$")
        up, down, lead = book.trie("change-up"), book.trie("change-down"), book.trie("change-lead")
        self.number = re.compile(_NUMBER + f"(?P<unit>{counter})?(?P<per>/(?:年|月|日|天|人|小时|户|平方米))?(?P<right>{book.trie('right-ge', 'right-le', 'right-about', 'right-gt')})?")
        self.left = re.compile(
            f"(?:(?P<ge0>{ge})|(?P<le0>{le}))?(?:可|可以|再|按|给予|予以|可给予|补贴|补助|贴息|奖励|享受)*(?:{lead})*(?:(?:(?P<change>{up}|{down})(?P<to>到|至|为)?)?(?:(?P<ge>{ge})|(?P<le>{le})|(?P<gt>{gt})|(?P<lt>{lt})|(?P<eq>{eq}))?)"
            f"(?P<base>[^,;。:、\\d]{{0,18}}的|[^,;。:、\\d]{{2,14}}?(?:额|总额|投资|收入|总数|金额|财力|部分|LPR|成本|费用|支出)|约|大约|分别|在|了|全省|全市|全县|到|至|为|建成|建设|培育|配备|完成|组织|开展|检查|设置|安排|有|培训|举办)?$")
        self.words = {"up": re.compile(up), "ge": book.set("right-ge"), "le": book.set("right-le"), "about": book.set("right-about")}
        self.any_left = re.compile(f"{ge}|{le}|{gt}|{lt}|{eq}|{up}|{down}")
        self.verb = re.compile(book.trie("target-verb"))
        self.build = re.compile(f"(?:{book.trie('build-verb')})[^,;。:、\\d“”]{{0,6}}?$")
        self.grant = re.compile(book.trie("grant"))
        self.past = re.compile(book.trie("past"))
        self.rate = re.compile(f"(?:{book.trie('rate-noun')})[^,;。:]{{0,12}}$")
        self.condition = re.compile(f"的?(?:[\u4e00-\u9fff]{{0,6}}?)(?:{book.trie('condition-noun')})")
        self.condition_next = re.compile(f"(?:{book.trie('condition-noun')})")
        self.full = re.compile(f"(?:动态)?全覆盖(?:{book.trie('full-object')})?")
        self.all = re.compile(f"全部(?={book.trie('all-verb')})[^,;。:、\n()]{{1,16}}")
        self.zero = re.compile(f"动态随清|只减不增|(?:动态|全部|及时|全面|全量|逐一|限期)?清零|零(?:{book.trie('zero-noun')})")
        self.absolute = re.compile(f"全覆盖|全部|清零|动态随清|只减不增|零(?={book.trie('zero-noun')})|所有")
        self.every = re.compile(r"所有(?!制)[^,;。:、\n]{2,24}?(?:应(?!急|用|对)|均|实行|必须|一律实行)[^,;。:\n]{1,16}")
        self.cn_number = re.compile(r"[一两二三四五六七八九十]{1,3}(?=(?:个(?!百分点|月|人|方面|环节|层面|阶段|角度|维|必须|不|一|责任|到位)|家|名|位|支|处|座|项|台|辆|所|年(?!行动|内|度)|天|日))|[百千万](?=家|名|户)")
        self.rank = re.compile(r"(?<![以之])前(?P<n>[一二三四五六七八九十]{1,3}|\d{1,3})(?:名|位|列|强)?(?=[,;。、\n)]|行列|水平|$)")
        self.anchor = re.compile(r"\d+|[□?](?=\d|%|个|名|家)")

    def run(self, s: str, quotes: Spans, skip: Spans, goals: Spans) -> list[Found]:
        """All targets of `s`. `skip` are stretches that hold none (deadlines, labels, furniture); `goals` goal sections."""
        found: list[Found] = []
        at = 0
        for anchor in self.anchor.finditer(s):
            start = anchor.start()
            if start < at or skip.at(start):
                continue
            match = self.number.match(s, start)
            if not match:
                continue
            end = max(match.end(), anchor.end())
            hit = self._judge(s, match, quotes, goals, found[-1] if found else None)
            if hit:
                found.append(hit)
                end = hit.end
            at = end
        found += self._chinese(s, quotes, skip)
        found += self._ranks(s, quotes)
        found.sort(key=lambda hit: hit.start)
        return _apart(found)

    # --- one number ------------------------------------------------------------------------

    def _judge(self, s: str, match: re.Match[str], quotes: Spans, goals: Spans, before: Found | None) -> Found | None:
        start, end = match.span()
        quote = quotes.at(start)
        previous, after = s[start - 1:start], s[end:end + 14]
        unit, right, percent = match["unit"], match["right"] or "", match["pct"]
        right = "" if right == "内" else right
        if quote or previous in ("了", "〔", "·", "+", "第", ".", "-", "/", "_", "=") or previous.isascii() and previous.isalpha() or after[:1] in ("+", "〕", "·", ":"):
            return None
        if unit in ("年", "月", "日", "号", "时", "点") and not right and not self._bounded(s, start):
            return None
        if unit == "月" or unit in ("日", "号") and previous == "月" or unit == "年" and re.match(r"[期底末度]|同期", s[end:end + 2]) \
                or unit == "年" and len(match["a"]) == 4 or re.search(r"(?:满|第)$", s[start - 1:start]):
            return None
        if re.search(r"(?:由|从)$", s[start - 1:start]) and re.match(r"[^,。;]{0,8}(?:提|增|升|降|减|扩|调|压|到|至)", s[end:end + 12]):
            return None
        if re.match(r"[^。;\n]{0,45}的?基础上", s[end:end + 50]) and "在" in s[_last(s, start, "。;\n") + 1:start]:
            return None
        if not unit and not percent and not match["sa"] and not self._bounded(s, start):
            return None
        if unit and unit.isascii() and not right and (len(unit) == 1 or not self._bounded(s, start)):
            return None
        if unit in ("级", "类", "种", "分", "度", "条", "方", "成", "点", "页", "期", "课", "号") and not self._bounded(s, start) and unit != "期":
            return None
        if unit and (s[end:end + 1] == "月" and unit == "个"):
            return None
        clause_start = _last(s, start, _CLAUSE) + 1
        clause = s[clause_start:start]
        sentence = s[_last(s, start, "。;\n") + 1:start]
        left = self._left(s, clause_start, start)
        comparator, change, text_start, base, bounded = left
        if right in self.words["ge"]:
            comparator = ">=" if comparator not in (">", "<", "<=") else comparator
        elif right in self.words["le"] and right != "内":
            comparator = "<="
        elif right in self.words["about"]:
            comparator = "~" if comparator in ("=", None) else comparator
        if match["b"] or match["b2"]:
            comparator = "range" if comparator in (None, "=", "~") else comparator
        if before and before.end == start - 1 and previous == "、" and not bounded and unit == match["unit"] and before.comparator == "<=":
            comparator, bounded = "<=", True
        none = self.none.search(s, max(0, start - 6), start)
        if none and right in self.words["ge"]:
            comparator, text_start, bounded = "<", none.start(), True
        new = clause.rfind("新增")
        if new >= 0 and not change and not bounded and unit and clause_start + new < start and not re.search(r"[的、和]", clause[new:]):
            change, text_start = "increase", clause_start + new
        if self._is_condition(s, match, clause, sentence, after, right, bounded, change):
            return None
        rule = "target.comparison" if bounded else "target.change" if change else None
        if not rule:
            rule = self._plain(s, match, clause, sentence, before, goals, clause_start)
        if not rule:
            return None
        if change and rule == "target.comparison" and not bounded:
            rule = "target.change"
        value, value2, unit_text = _values(match)
        if right in ("多", "余", "内"):
            end -= len(right)
        damaged = value is None
        if damaged and percent and match["a"] in ("□00", "?00"):
            value = 100
        indicator = self._indicator(s, clause_start, text_start, end, change, rule)
        return Found(text_start, end, indicator, comparator or "=", value, value2, unit_text, change, damaged, rule)

    def _bounded(self, s: str, start: int) -> bool:
        """Whether a word of comparison stands next to the number."""
        return bool(re.search(self.any_left.pattern + r"(?:约|在|了|为|有)?$", s[max(0, start - 10):start]))

    def _open_comparison(self, s: str, start: int) -> bool:
        """Whether 超过, 高于, 低于 … stand next to the number: as often a condition as a bound."""
        return bool(re.search(r"(?<!不)(?<!不得)(?<!不应)(?:超过|高于|大于|低于|少于|小于|不足|多于)(?:了|约)?$", s[max(0, start - 8):start]))

    def _left(self, s: str, clause_start: int, start: int) -> tuple[str | None, str | None, int, int, bool]:
        """Comparator, change, where the text begins, where a base stands, and whether a comparison was printed."""
        low = max(clause_start, start - 40)
        window = s[low:start]
        for begin in range(len(window) + 1):
            if begin < len(window) and not self.any_left.match(window, begin) and not re.match(r"同比|环比|年均|累计|力争|每年|平均|再|均|总体|进一步", window[begin:]):
                continue
            match = self.left.match(window, begin)
            if not match:
                continue
            change = match["change"]
            comparator = ">=" if match["ge"] or match["ge0"] else "<=" if match["le"] or match["le0"] else ">" if match["gt"] else "<" if match["lt"] else "=" if match["eq"] else None
            if begin == len(window) or not (change or comparator):
                continue
            if change and len(change) == 1 and change in "少减降增" and not comparator and window[begin - 1:begin] in ("不", "至", "减", "多", "最"):
                continue
            if match["base"] and match["base"].endswith(("成本", "费用", "支出")) and not (comparator or change):
                continue
            if match["base"] and match["base"].endswith(("的", "额", "投资", "收入", "总数", "财力", "LPR")) and not comparator:
                continue
            if match["base"] and match["base"].endswith("部分") and not (comparator or change and match["change"].startswith(("增", "提", "下浮", "降"))):
                continue
            if match["base"] and re.search(r"的(?:企业|单位)", match["base"]):
                continue
            direction = None
            if change and not match["to"]:
                direction = "increase" if self.words["up"].fullmatch(change) else "decrease"
            if window[max(0, begin - 2):begin] == "不得" and comparator is None:
                begin -= 2
            return comparator or ("=" if change else None), direction, low + begin, start, bool(comparator or match["to"])
        return None, None, start, start, False

    def _is_condition(self, s: str, match: re.Match[str], clause: str, sentence: str, after: str, right: str, bounded: bool,
                      change: str | None) -> bool:
        """Whether the number says who or what is meant, or what already is."""
        unit = match["unit"] or ""
        percent = match["pct"]
        if clause.endswith("等") or re.search(r"等(?:全市|全省)?$", clause):
            return True
        if re.match(r"(?:、\d+(?:\.\d+)?[万亿]*(?:元|%|家|人))*的(?:[,;]|企业|单位|个人)", after) and unit in ("元", "万元", "亿元", "家", "人") and not self.grant.search(clause):
            return True
        if re.search(r"每(?!年|月|季|县|市|区|个|镇|乡|村|家|户|人)[\u4e00-\u9fff]{1,4}$", clause):
            return True
        if not bounded and not change and self.past.search(clause[-10:]) and "覆盖率" not in clause[-10:] and not (percent and re.search(r"(?:标准为|按)[^,;。]{0,16}的$", clause)):
            return True
        if re.search(r"(?:有效期|期限|期限为|为期)$", clause):
            return False
        if percent and re.fullmatch(r"(?:[^,;。]{2,14}和)?", clause) and re.match(r"的[^,。;]{1,14}(?:和\d|达到|实现|完成|建成|纳入)", after):
            return False
        if right in self.words["ge"] and not bounded and re.match(r"的", after) and self.verb.search(clause[-5:]) and unit in ("个", "家", "项", "支", "处", "名", "台", "种"):
            return False
        if right in self.words["ge"] and not bounded and clause.endswith("在") and unit == "个" and re.match(r"[^,。;]{1,8}(?:实现|开展|推广|建成|完成)", after):
            return False
        after = re.sub(r"^/[年月日天吨人]", "", after)
        if unit == "次" and re.search(r"每|次|频|一季|全年|年度", clause[-24:] + sentence[-40:]):
            return True
        if percent and re.match(r"(?!以上|左右)[^,。;的]{1,6}政策", after):
            return True
        if re.search(r"(?:具有|具备|从事|有)$", clause) and right in self.words["ge"] and unit in ("年", "个月") and re.match(r"[^,。;]{0,12}(?:经历|经验|工作|从业)", after):
            return False
        if re.search(r"按(?:照)?(?:上年度|上年)?$|给予$", clause) and unit == "个月":
            return False
        if bounded and self._open_comparison(s, match.start()) and re.match(r"[^,。;]{0,24}的[^,。;]", after) and not self.grant.search(after):
            return True
        if right in self.words["ge"] and not bounded and not change and re.match(r"[\u4e00-\u9fff]", after) and not re.search(r"(?:和|、|约)$", clause) \
                and not self.verb.search(clause[-5:]) and not re.match(r"给予|支持|奖", after):
            return True
        if bounded and re.match(r"的", right + after) and (self.grant.search(after[:10]) or self.grant.search(clause[-14:])) and not self._open_comparison(s, match.start()):
            return False
        if re.match(r"(?:的|以上的|及以上的|以下的|及以下的)", right + after) or (right and re.match(r"的", after)):
            if not (bounded and re.match(r"(?:的)?(?:培训|比例|标准|要求|补助|补贴|奖励|奖补|资金|支持|幅度|专项|额度|应急|储备|速度|贴息|给予|研发|一次性|规模)", (right + after).lstrip("的以上下及"))):
                if not re.match(r"的?(?:比例|标准|补助|补贴|奖励|奖补|资金支持|一次性|给予|贴息|研发|支持|幅度|额度|修订|建设|改造|目标|任务|培训|维修|专项|资助|资金)", (right + after).removeprefix(right)):
                    return True
        if right in self.words["ge"] or right in ("以下", "及以下"):
            big = unit in ("人", "座", "吨", "万吨", "万元", "亿元", "元", "年", "岁", "平方米", "公里", "次", "米", "层", "户", "个月", "千瓦", "立方米", "天", "兆瓦", "张", "床", "学时", "级")
            if big and not bounded and not change and self.condition_next.match(after) and not self.verb.search(clause[-6:] or "\x00"):
                return True
            if big and not bounded and not change and after[:1] not in (",", "。", ";", "、", "\n", ")", "") and unit not in ("年",):
                return not self.grant.match(after)
        if re.search(r"(?:对|凡|针对|将|为|给予|向)[^,;。:]{0,40}$", clause) and re.match(r"[^,;。]{0,14}的", after) and not percent and not self.grant.search(clause[-8:]) \
                and not bounded and unit not in ("万元", "元", "亿元"):
            return True
        return bool(re.match(r"(?:年|个)?(?:版|强|佳|强企业|大)", after) and not unit)

    def _plain(self, s: str, match: re.Match[str], clause: str, sentence: str, before: Found | None, goals: Spans, clause_start: int) -> str | None:
        """The rule for a number without a word of comparison, or None."""
        start, end = match.span()
        unit = match["unit"] or ""
        after = s[end:end + 20]
        if match["pct"]:
            if re.fullmatch(r"(?:[^,;。]{2,14}和)?", clause) and re.match(r"的", after):
                return "target.rate"
            if re.search(r"按(?:照)?[^,;。]{0,30}$", clause) or self.grant.search(clause + after) or self.rate.search(clause) or match["right"]:
                return "target.rate"
            if re.match(r"[\u4e00-\u9fff]", after) or clause:
                return "target.rate" if not re.match(r"的(?!比例)", after) else None
            return "target.rate"
        if unit in ("年", "月", "日", "天", "周", "号", "小时", "分钟"):
            if re.search(r"(?:有效期|期限|期限为|为期)$", clause):
                return "target.count"
            return "target.count" if self.grant.search(clause[-12:]) and unit in ("年", "天") and match["right"] else \
                ("target.comparison" if match["right"] in self.words["ge"] and re.search(r"(?:有|具有|具备|从事)$", clause) else None)
        if unit in ("次", "人次") and re.search(r"每[年月周日季半]|一次", sentence[-30:]) and unit == "次":
            return None
        if unit in ("元", "万元", "亿元", "千元", "百元", "个月", "个百分点", "个基点"):
            if self.grant.search(clause) or self.grant.match(after) or self.grant.search(sentence[-30:]) or re.search(r"给予|按|奖|补|免|达|投入|安排", clause):
                return "target.count"
            return None
        if re.search(r"(?:其中|[,、;:。(]其中[,:]?)", sentence[-26:]) and before and s.find("\n", before.end, start) < 0 and start - before.end < 40 and re.match(r"[,、;。)\n]|$", after[:1] or "\n"):
            return "target.parts"
        if before and before.rule == "target.parts" and start - before.end < 16 and re.match(r"[,、;。)\n]|$", after[:1] or "\n") and s.find("\n", before.end, start) < 0:
            return "target.parts"
        if not unit and not match["sa"]:
            return None
        verbs = list(self.verb.finditer(clause))
        if verbs or match["right"] and re.match(r"[,;。、)\n]|$", after[:1] or "\n") and unit not in ("人", "岁", "级", "层"):
            return "target.count"
        if before and start - before.end < 40 and s.find("\n", before.end, start) < 0 and not re.search(r"[。;]", s[before.end:start]) and unit == (before.unit or ""):
            return "target.count"
        if goals.at(start) and re.match(r"[,;。、)\n]|左右|以上", after[:2] or "\n"):
            return "target.count"
        return None

    # --- Chinese numerals --------------------------------------------------------------------

    def _chinese(self, s: str, quotes: Spans, skip: Spans) -> list[Found]:
        found: list[Found] = []
        for match in self.cn_number.finditer(s):
            start = match.start()
            if quotes.at(start) or skip.at(start) or s[start - 1:start] in ("第", "每", "同", "另", "这", "某", "哪", "上", "下", "各", "逐", "任", "为", "到", "之"):
                continue
            clause_start = _last(s, start, _CLAUSE + "、") + 1
            clause = s[clause_start:start]
            chained = bool(found) and s[found[-1].end:start].find("、") >= 0 and start - found[-1].end < 14
            unit = s[match.end():match.end() + 1]
            if unit in ("年", "天", "日") and not self._bounded(s, start):
                continue
            if match[0] in "百千万" and not re.search(r"(?:支持|服务|培育|帮扶|惠及|组织|扶持|推动)$", clause):
                continue
            if not (self.build.search(clause) or chained or self._bounded(s, start) or match[0] in "百千万"):
                continue
            number = numeral(match[0])
            after = s[match.end() + 1:match.end() + 8]
            if unit == "年" and s[match.end() + 1:match.end() + 2] in ("期", "级", "度"):
                continue
            if re.match(r"(?:批|体系|格局|整体|方面|统一|重要|平台,|机制|清单|台账|办法|制度|方案|问题|环节|到位|原则|闭环|个|以上|必须|规定|条件|目标|标准)", after) or number is None:
                continue
            left = self._left(s, clause_start, start)
            bounded = left[4]
            comparator = left[0] or "="
            begin = left[2] if bounded else start
            rule = "target.comparison" if bounded else "target.chinese-count"
            if not bounded and number not in (1, 2) and not re.search(r"(?:建设|建成|新建|打造|培育|组建|配备)$", clause):
                continue
            end = match.end() + 1
            found.append(Found(begin, end, self._indicator(s, clause_start, begin, end, None, rule), comparator, number, None, unit, left[1], False, rule))
        return found

    def _ranks(self, s: str, quotes: Spans) -> list[Found]:
        """进入全国前十, 位居全省前3名: a rank is at most its figure."""
        found = []
        for match in self.rank.finditer(s):
            number = numeral(match["n"])
            if number is None or quotes.at(match.start()):
                continue
            clause_start = _last(s, match.start(), _CLAUSE) + 1
            if re.search(r"进入|位居|位列|保持|力争|列|跻身|排名|挺进|达到", s[clause_start:match.start()]):
                indicator = re.split(r"进入|位居|位列|保持|力争|列|跻身|排名|挺进|达到", s[clause_start:match.start()])[0]
                found.append(Found(match.start(), match.end(), indicator or None, "<=", number, None, None, None, False, "target.comparison"))
        return found

    # --- the indicator ----------------------------------------------------------------------

    def _indicator(self, s: str, clause_start: int, start: int, end: int, change: str | None, rule: str) -> str | None:
        """The noun phrase that is measured: before a rate or comparison, behind a counted thing."""
        stop = re.compile(r"[,;。:、\n()]|和(?=\d)|以上|左右").search(s, end)
        behind = s[end:stop.start() if stop and stop.start() - end < 60 else end + 40]
        before = s[clause_start:start]
        before = re.sub(r"^(?:(?:到|至)?\d{4}年(?:年?底)?(?:前)?|\d{1,2}月底前|全年|每年|确保|力争|使|其中|并|要|将|实现|全市|全省|全区|同时)+", "", before)
        before = re.sub(r"(?:应|要|须|必须|均|都|总|确保|力争|分别|实现|应当|不得|为|在|同比|占)+$", "", before)
        if rule in ("target.count", "target.chinese-count") or not before:
            noun = re.sub(r"^(?:左右|以上|的)+", "", behind)
            noun = re.sub(r"(?:的)?(?:建设|工作|以上)$", "", noun)
            if len(noun) >= 2:
                return noun
        verb = re.match(r"(?:抽查|复查|培训|建成|完成|打造|开展|组织|推广应用|推广|形成|新增|新培育|培育|累计|明确)", before)
        if verb and len(before) - verb.end() >= 2:
            before = before[verb.end():]
        if not before and clause_start > 1 and s[clause_start - 1] in ",;":
            earlier = _last(s, clause_start - 1, _CLAUSE) + 1
            before = s[earlier:clause_start - 1]
        return before[-50:] or None

    # --- absolutes ----------------------------------------------------------------------------

    def absolutes(self, s: str, quotes: Spans, skip: Spans) -> list[Absolute]:
        """The absolutes of `s`: 全覆盖, 全部 + verb, 清零, 零事故, 所有…应 …."""
        found: list[Absolute] = []
        for match in self.absolute.finditer(s):
            start = match.start()
            if skip.at(start):
                continue
            found += self._absolute(s, start, match[0], quotes)
        return [hit for place, hit in enumerate(found) if not place or hit.start >= found[place - 1].end]

    def _absolute(self, s: str, start: int, word: str, quotes: Spans) -> list[Absolute]:
        quote = quotes.at(start)
        if quote and s[quote[0]] == "《":
            return []
        if word == "全覆盖":
            begin = start - 2 if s[start - 2:start] == "动态" else start
            match = self.full.match(s, begin)
            clause = s[_last(s, start, _CLAUSE) + 1:start]
            if not match or re.match(r"”?(?:的?基础上|基础|的(?!目标|要求)|体系|,?为目标)", s[match.end():match.end() + 5]) or clause.startswith(("在", "按照", "形成")) and "基础" in s[start:start + 8]:
                return []
            return [Absolute(begin, match.end(), "absolute.coverage")]
        if word == "全部":
            match = self.all.match(s, start)
            if not match or s[start - 1:start] in ("或", "和", "的", "、") or quote:
                return []
            return [Absolute(start, match.end(), "absolute.all")]
        if word == "所有":
            match = self.every.match(s, start)
            return [Absolute(start, match.end(), "absolute.every")] if match and not quote else []
        begin = start - 2 if word == "清零" and s[start - 2:start] in ("动态", "及时", "全面", "全部", "全量", "限期") else start
        match = self.zero.match(s, begin)
        whole = bool(match and quote and (quote[0] + 1, quote[1] - 1) == match.span() and re.search(r"(?:确保|实现|做到|实行|达到)[^,。;“]{0,6}$", s[max(0, quote[0] - 8):quote[0]])
                     and not re.match(r"理念|目标|行动|制度|工程|机制|活动", s[quote[1]:quote[1] + 2]))
        if not match or quote and not whole or re.match(r"的(?!目标|要求)|[、和][^,。;]{0,10}的|行动|工程|计划|专项|机制|的?目标管理|理念|制度|报告|容忍", s[match.end():match.end() + 4]):
            return []
        return [Absolute(begin, match.end(), "absolute.zero")]


def _values(match: re.Match[str]) -> tuple[float | int | None, float | int | None, str | None]:
    """Value, upper value and unit; 万元 and 亿元 become 元, a percentage its figure."""
    unit = match["unit"]
    scale = ""
    if unit in ("万元", "亿元", "千元", "百元", "万吨"):
        scale, unit = unit[0], unit[1:]
    if match["pct"]:
        unit = match["pct"]
    first = numeral(match["a"] + match["sa"] + scale) if match["a"][0].isdecimal() else None
    second_text = match["b"] or match["b2"]
    second = numeral(second_text + (match["sb"] or "") + scale) if second_text else None
    if second is not None and match["sb"] and not match["sa"]:
        first = numeral(match["a"] + match["sb"] + scale)
    return first, second, unit


def _last(s: str, place: int, marks: str) -> int:
    """The place of the last of `marks` before `place`, or -1; looks back 120 characters."""
    low = max(0, place - 120)
    best = max(s.rfind(mark, low, place) for mark in marks)
    return best if best >= 0 else low - 1


def _apart(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for hit in found:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept
