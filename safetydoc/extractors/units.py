"""Responsible units: clauses in brackets, on lines of their own and in running text (rules/units.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from safetydoc.extractors.brackets import Spans
from safetydoc.extractors.names import Names, Setting
from safetydoc.rulebook import Rulebook

_STOP = ",;。:;\n!?"
_LIST_MARK = re.compile(r"[、,;。]")
_LOOK_BACK = 90


@dataclass(frozen=True, slots=True)
class Found:
    """One unit in the clean view: `start:end` of its name, its role, and what canonical form it has."""

    start: int
    end: int
    canonical: str
    role: str
    group: bool
    open_ended: bool
    rule: str


class UnitFinder:
    """Runs the unit rules over a clean view."""

    def __init__(self, book: Rulebook) -> None:
        self.names = Names(book)
        self.roles: dict[str, str] = {}
        for role in ("lead", "support", "responsible"):
            self.roles |= dict.fromkeys(book.words[f"label-{role}"], role)
        labels = book.trie("label-lead", "label-support", "label-responsible", "label-other")
        self.label = re.compile(f"(?P<label>{labels})(?:\\([^()]{{0,12}}\\))?[:：]")
        self.verb_roles: dict[str, str] = {}
        for role in ("responsible", "support", "lead"):
            self.verb_roles |= dict.fromkeys(book.words[f"verb-{role}"], role)
        verbs = book.trie("verb-lead", "verb-support", "verb-responsible")
        adverbs = book.trie("clause-adverb")
        self.tail = re.compile(f"(?:(?:按照?|依据?|根据|依照)[^、,;。]*?)?(?:{adverbs})*(?P<verb>{verbs})(?:[^、,;。]{{0,16}})?$")
        self.plain_tail = re.compile(f"(?:(?:按照|按|依据|根据|依照)[^、,;。]{{0,60}}|(?:{adverbs})+)?(?:{verbs})?$")
        self.verb_word = re.compile(verbs)
        self.unit_end = re.compile(f"(?:{book.trie('unit-end')})$")
        self.unit_end_at = re.compile(book.trie("unit-end"))
        self.group_start = re.compile(book.trie("group-start"))
        self.sure_end = re.compile(f"(?:{book.trie('sure-end')})$")
        self.bare_noun = tuple(book.words["bare-noun"])
        self.shared = book.set("shared-noun")
        self.not_subject = re.compile(f"(?:{book.trie('not-subject')})")
        self.not_after = re.compile(book.trie("not-clause-after"))
        self.action = re.compile(book.trie("action-start"))
        self.carrier = re.compile(r"(?P<np>[^,;。:、]{3,26}?)(?:承担|作为|设在|履行)")
        self.own_line = re.compile(f"(?:^|(?<=[\\n。;)]))(?:{book.trie('own-clause-start')})[:：]")
        self.keyword = re.compile(f"{book.trie('own-clause-start')}|牵头|配合|负责|分工|责任单位|责任部门|对接部门|主办|协办|落实|按职责|责任主体|主管部门:|责任:")
        self.anchor = re.compile("牵头|负责|具体推进|具体实施|会同|联合|配合|(?:参加|协助|参与|协办)(?=[,。;\n])|(?<=[局部委厅办会位门府])商(?=[^务业会贸户场标城品圈])")

    def run(self, s: str, pairs: list[tuple[int, int]], quotes: Spans, where: Setting, ends: list[int]) -> list[Found]:
        """All units of the view `s`, in order. `pairs` are its brackets, `ends` the paragraph ends."""
        found: list[Found] = []
        taken: list[tuple[int, int]] = []
        for start, end in pairs:
            hits = self._bracket(s, start, end, where, quotes)
            if hits:
                found += hits
                taken.append((start, end))
        inside = Spans(taken)
        for match in self.own_line.finditer(s):
            if inside.at(match.start()):
                continue
            end = s.find("\n", match.end())
            end = len(s) if end < 0 else end
            found += self._labelled(s, match.start(), end, where, "units.label")
            taken.append((match.start(), end))
        done = Spans(taken)
        outer = Spans(pairs)
        for match in self.anchor.finditer(s):
            place = match.start()
            if done.at(place) or quotes.at(place) or outer.at(place):
                continue
            found += self._running(s, match, where)
        found.sort(key=lambda hit: (hit.start, hit.end))
        return _unique(found)

    # --- brackets and labels -------------------------------------------------------------

    def _bracket(self, s: str, start: int, end: int, where: Setting, quotes: Spans) -> list[Found]:
        inner_end = end - 1 if s[end - 1:end] == ")" else end
        inner = s[start + 1:inner_end]
        if len(inner) < 3 or len(inner) > 1500:
            return []
        if not self.keyword.search(inner):
            return self._bare(s, start + 1, inner_end, where)
        if quotes.at(start):
            return []
        if self.label.search(inner):
            return self._labelled(s, start + 1, inner_end, where, "units.label")
        return self._verbed(s, start + 1, inner_end, where, "units.bracket")

    def _labelled(self, s: str, start: int, end: int, where: Setting, rule: str) -> list[Found]:
        """Label: list, label: list …, to the end or the first full stop that ends the clause."""
        found: list[Found] = []
        marks = list(self.label.finditer(s, start, end))
        if marks and marks[0].start() > start:
            head = s[start:marks[0].start()].rstrip(",;。、")
            if self.verb_word.search(head):
                found += self._verbed(s, start, marks[0].start(), where, rule)
        for place, mark in enumerate(marks):
            role = self.roles.get(mark["label"])
            right = marks[place + 1].start() if place + 1 < len(marks) else end
            if role is None:
                continue
            stop = s.find("。", mark.end(), right)
            right = stop if 0 <= stop else right
            found += self._list(s, mark.end(), right, role, where, rule, verbs=True)
        return found

    def _verbed(self, s: str, start: int, end: int, where: Setting, rule: str) -> list[Found]:
        """Lists each followed by a verb that gives the role; a list without one takes the next verb."""
        found: list[Found] = []
        waiting: list[tuple[int, int]] = []
        for left, right in _pieces(s, start, end, ",;。"):
            piece = s[left:right]
            if not waiting and piece[:1] == "由":
                left += 1
                piece = piece[1:]
            tail = self._verb_tail(piece)
            if tail is None:
                if not self.unit_end.search(_unbracket(piece.removesuffix("等"))):
                    waiting = []
                    continue
                waiting.append((left, right))
                continue
            names_end, verb = tail
            role = self.verb_roles[verb]
            if names_end == 0 and not waiting:
                continue
            for a, b in [*waiting, (left, left + names_end)]:
                if b > a:
                    found += self._list(s, a, b, role, where, rule)
            waiting = []
        return found

    def _verb_tail(self, piece: str) -> tuple[int, str] | None:
        """Where the names of a piece end, and the verb behind them; None where there is none."""
        depth_free = _mask(piece)
        by = re.search(r"按照|按(?=[职各分权规照])|依据|根据|依照", depth_free)
        for match in self.verb_word.finditer(depth_free):
            if match.start() == 0:
                continue
            rest = piece[match.end():]
            if rest and (self.not_after.match(rest) or len(rest) > 18):
                continue
            end = by.start() if by and by.start() <= match.start() else match.start()
            head = re.sub(r"(?:分别|共同|具体|分工|各自|依法|联合|统筹|总)+$", "", piece[:end])
            if not head or self.not_subject.match(head) and not self.names.known(head.split("、")[0]):
                return None
            longest = max((verb for verb in self.verb_roles if piece.startswith(verb, match.start())), key=len)
            further = self.verb_word.match(piece, match.start() + len(longest))
            if further and longest[-2:] in ("分工", "职责", "负责") and further[0] in self.verb_roles and not longest.startswith(("分别牵头", "牵头")):
                longest = further[0]
            if by and by.start() <= match.start() and "牵头" in piece[match.start():]:
                longest = "牵头"
            return len(head), longest
        return None

    def _bare(self, s: str, start: int, end: int, where: Setting) -> list[Found]:
        """A bracket at the end of its paragraph or sentence whose items are all bodies."""
        after = s[end + 1:end + 3]
        if after[:1] not in ("", "\n", "。", ";") or "、" not in s[start:end] and not self.names.known(s[start:end]):
            return []
        hits = self._list(s, start, end, "responsible", where, "units.bare")
        names = [s[hit.start:hit.end] for hit in hits]
        sure = all(self.sure_end.search(_unbracket(name)) or self.names.known(name) or self.group_start.match(name) for name in names)
        return hits if names and sure and any(self.names.known(name) for name in names) else []

    # --- lists ---------------------------------------------------------------------------

    def _list(self, s: str, start: int, end: int, role: str, where: Setting, rule: str, verbs: bool = False) -> list[Found]:
        """The units of a list; commas part groups, and a shared head does not cross them."""
        found: list[Found] = []
        for left, right in _pieces(s, start, end, ",;。"):
            if verbs:
                if self.label.match(s, left, right) or re.match(r"\d|(?:长期|持续|年底|全年|常年)", s[left:right]):
                    continue
                own_role = role
                tail = self._verb_tail(s[left:right])
                if tail and tail[0] > 0:
                    right = left + tail[0]
                else:
                    cut = self.plain_tail.search(s, left, right)
                    right = cut.start() if cut and cut.start() > left else right
            else:
                own_role = role
            head = level = ""
            for a, b, open_ended in self.split(s, left, right):
                name = s[a:b]
                if len(name) < 2 or len(name) > 60:
                    continue
                shared = head if name in self.shared else level if name in self.names.table and level else ""
                found.append(Found(a, b, self.names.canonical(name, shared, where), own_role, self.names.is_group(shared + name), open_ended, rule))
                for noun in sorted(self.shared, key=len, reverse=True):
                    if name.endswith(noun) and len(name) > len(noun):
                        head = name[:-len(noun)]
                        break
                if name[0] in "省市区县州" and len(name) > 2 and where.area and not where.zone_word == name[:3]:
                    level = name[0] if where.zone else ""
        return found

    def split(self, s: str, start: int, end: int, ends: re.Pattern[str] | None = None) -> Iterator[tuple[int, int, bool]]:
        """Split a list at 、 and 和 / 及; pieces that share one noun stay together; 等… is cut off.

        `ends` are the endings of a name (units when None). Gives start, end, and whether 等 follows.
        """
        ends = ends or self.unit_end
        items = [list(item) for item in _pieces(s, start, end, "、")]
        joined: list[list[int]] = []
        for item in items:
            if joined and s[item[0]:item[1]] in self.bare_noun and s[joined[-1][0]:joined[-1][1]].endswith(self.bare_noun):
                joined[-1][1] = item[1]
            elif joined and not self._ends_as_unit(s[joined[-1][0]:joined[-1][1]], s[item[0]:item[1]], ends):
                joined[-1][1] = item[1]
            else:
                joined.append(item)
        for left, right in joined:
            yield from self._split_and(s, left, right, ends)

    def _ends_as_unit(self, name: str, following: str, ends: re.Pattern[str]) -> bool:
        bare = _unbracket(name)
        if re.fullmatch(r"各?(?:设区)?(?:省|市|县|区|州|旗|乡|镇|街道|地级以上市|直辖市|自治区|区县)", bare) \
                and re.match(r"(?:县|区|州|市|旗|乡|镇|街道|自治区|直辖市)", following) and re.search(r"政府|党委|管委会|办事处|指挥部|安委会|兵团$", following):
            return False
        return bool(ends.search(bare)) or name in self.names.table or bare.endswith("等")

    def _split_and(self, s: str, left: int, right: int, ends: re.Pattern[str]) -> Iterator[tuple[int, int, bool]]:
        name = s[left:right]
        for match in re.finditer(r"以及|和|及(?!其(?!他|它))|与", _mask(name)):
            a, b = name[:match.start()], name[match.end():]
            if not a or not b or self.names.whole(name):
                continue
            if ends.search(_unbracket(a)) and self._own_body(a, b, ends):
                yield from self._split_and(s, left, left + match.start(), ends)
                yield from self._split_and(s, left + match.end(), right, ends)
                return
        open_ended = False
        cut = re.search(r"等(?:有关|相关|各有关|单位|部门|市直|市级|区直|省直|县直|成员|责任)*(?:单位|部门|地区)?$", name)
        if cut and cut.start() >= 2:
            before = name[:cut.start()]
            if ends.search(_unbracket(before)) and not before.endswith("部门"):
                right, open_ended = left + cut.start(), True
        else:
            trimmed = re.sub(r"(?:按职责分工|按照职责分工|分工|按职责|分别|共同|具体)+$", "", name)
            right = left + len(trimmed)
        lead = re.match(r"(?:由|及|和|并由|同时|以及|请)", s[left:right])
        if lead and right - left - lead.end() >= 2 and not self.names.known(s[left:right][:4]):
            left += lead.end()
        if right > left:
            yield left, right, open_ended

    def _own_body(self, a: str, b: str, ends: re.Pattern[str]) -> bool:
        """Whether 和 parts two bodies (各部门 and 单位 share their head and stay one)."""
        if re.fullmatch(r"(?:有关|相关)?(?:单位|部门|机构|企业|个人|地区|乡镇|街道|组织)", b) and re.search(r"(?:部门|单位|机构|企业|街道|乡镇)$", a):
            return False
        if a.endswith(("党委", "党工委")) and re.search(r"负责人|领导|班子|干部", b):
            return False
        if re.fullmatch(r"[市县区州旗]", a[-1:]) and re.fullmatch(r"各?[市县区省州旗]", a) and re.match(r"[市县区州旗镇乡]", b):
            return False
        return bool(ends.search(_unbracket(b))) or b in self.shared or bool(re.search(r"等(?:单位|部门|有关)", b)) or b.endswith("等")

    # --- running text --------------------------------------------------------------------

    def _running(self, s: str, match: re.Match[str], where: Setting) -> list[Found]:
        word, place, after = match[0], match.start(), match.end()
        left = _clause_start(s, place)
        if word == "牵头":
            return self._subject(s, left, place, after, "lead", where, "units.lead")
        if word == "负责" and place == left and left and s[left - 1] == ",":
            return self._carried(s, left, where)
        if word in ("负责", "具体推进", "具体实施"):
            return self._subject(s, left, place, after, "responsible", where, "units.responsible")
        if word in ("参加", "协助", "参与", "协办"):
            hits = self._subject(s, left, place, after, "support", where, "units.support")
            return hits if all(self.names.known(s[hit.start:hit.end]) or self.group_start.match(s[hit.start:hit.end]) for hit in hits) else []
        if word == "配合":
            objects = self._object(s, after, "lead", where, "units.support")
            return self._subject(s, left, place, after, "support", where, "units.support", strict=not objects) + objects
        subject_role, object_role, rule = {"会同": ("lead", "support", "units.with"), "联合": ("responsible", "responsible", "units.joint")}.get(
            word, ("lead", "support", "units.consult"))
        objects = self._object(s, after, object_role, where, rule)
        if not objects:
            return []
        end = objects[-1].end
        clause_end = re.compile(r"[,;。:\n]").search(s, end)
        rest = s[end:clause_end.start() if clause_end else len(s)]
        if re.match(r"(?:等[^,;。]{0,6})?[^,;。的]{0,8}(?:组织|制定|开展|印发|发布|建立|下发)的", rest):
            return []
        if word == "会同" and self.not_subject.match(s[left:place][:2]) and not s[left:place].startswith("组织"):
            return []
        subject = self._subject(s, left, place, after, subject_role, where, rule, strict=False)
        if rule == "units.consult" and not subject:
            return []
        return subject + objects

    def _carried(self, s: str, left: int, where: Setting) -> list[Found]:
        """A承担…，负责…: 负责 at the start of a clause takes the body that is subject of the clause before."""
        begin = _clause_start(s, left - 1)
        match = self.carrier.match(s, begin, left - 1)
        if not match or "的" in match["np"] or not self.unit_end.search(match["np"]) or self.not_subject.match(match["np"]):
            return []
        return self._list(s, begin, begin + len(match["np"]), "responsible", where, "units.responsible")

    def _subject(self, s: str, left: int, right: int, after: int, role: str, where: Setting, rule: str, strict: bool = True) -> list[Found]:
        """The list of units that ends directly before a verb, from the start of its clause."""
        text = s[left:right]
        if strict and self.not_after.match(s, after):
            return []
        if strict and re.match(r"[^,;。\n]{0,8}的(?:[^,;。\n]{0,12})(?:[,;。]|$)", s[after:after + 24]) and rule == "units.lead":
            return []
        trimmed = re.sub(r"(?:分别|共同|具体|分工|各自|统一|全面|主要|总|统筹|依法|要|应|应当|须|必须|将|可|定期|适时|按照?(?:[^,;。]{0,14})(?:分工|职责|权限|要求|规定)(?:分工)?|及时|并|逐级|直接|密切|积极|主动|全力|协同|做好|切实)+$", "", text)
        if "由" in trimmed:
            head = trimmed.rindex("由") + 1
            if not re.match(r"由谁", trimmed[head - 1:]):
                left, trimmed = left + head, trimmed[head:]
        else:
            lead = re.match(r"(?:(?:其中|同时|并|原则上|具体|最终|日常工作|每年|每月|每季度|\d+年|\d+月底?前?|届时|必要时)*)(?:,)?", trimmed)
            if lead:
                left, trimmed = left + lead.end(), trimmed[lead.end():]
        if len(trimmed) < 2 or len(trimmed) > 70 or not self.unit_end.search(_unbracket(trimmed.removesuffix("等"))) and not re.search(r"等(?:单位|部门|有关.*)$", trimmed):
            return []
        if self.not_subject.match(trimmed) and not self.names.known(trimmed[:8]) or "的" in trimmed and not re.search(r"的(?:部门|单位|机构|企业|成员单位)$", trimmed):
            return []
        if re.search(r"负责人|责任人|领导|主要负责|同志$", trimmed) or re.match(r"(?:坚持|落实|实行|按照|建立|明确|确保|加强|进一步|切实|配备|安排|设立|成立|强化|完善|健全|对|将|把|为|在|以|与|向|从|因|如)", trimmed):
            return []
        return self._list(s, left, left + len(trimmed), role, where, rule)

    def _object(self, s: str, start: int, role: str, where: Setting, rule: str) -> list[Found]:
        """The list of units that begins directly behind a verb and is followed by an action or a mark."""
        stop = min(len(s), start + 120)
        mark = re.compile(r"[,;。:\n]").search(s, start, stop)
        limit = mark.start() if mark else stop
        text = s[start:limit]
        if not text:
            return []
        best: int | None = None
        first = re.match(r"(?:有关|相关|各|其他|省|市|区|县|州|国家|中央|国务院|第三方|行业|当地|属地|同级|上级|本级|街道|乡镇|社会|专业|所在)", text)
        for end_mark in self.unit_end_at.finditer(_mask(text)):
            end = end_mark.end()
            name, rest = text[:end], text[end:]
            bracketed = re.match(r"\([^()]*\)", rest)
            if bracketed:
                end += bracketed.end()
                name, rest = text[:end], text[end:]
            if rest and not (rest[0] in "、等和及与" or self.action.match(rest) or name.endswith("部门") and rest[0] != "的"):
                continue
            if rest[:1] in ("、", "和", "与", "及") and self._continues(rest[1:]):
                continue
            if best is not None and not self.names.known(name):
                continue
            if not first and not name.endswith("部门") and not self.names.known(name.split("、")[-1]) and not self.names.known(name):
                continue
            if best is not None and "、" in name[best:]:
                break
            etc = re.match(r"等(?:[有相]关|各|多)?(?:部门|单位)*", rest)
            best = end + (etc.end() if etc else 0)
        return self._list(s, start, start + best, role, where, rule) if best else []

    def _continues(self, rest: str) -> bool:
        """Whether another body follows a list mark."""
        return any(not after or after[0] in "、等和及与" or self.action.match(after)
                   for after in (rest[m.end():] for m in self.unit_end_at.finditer(rest[:40])))


def _pieces(s: str, start: int, end: int, marks: str) -> Iterator[tuple[int, int]]:
    """Non-empty stretches of `s[start:end]` between `marks` outside brackets and quotes."""
    depth, left = 0, start
    for place in range(start, end):
        ch = s[place]
        if ch in "(《“":
            depth += 1
        elif ch in ")》”":
            depth = max(0, depth - 1)
        elif ch in marks and not depth:
            if place > left:
                yield left, place
            left = place + 1
    if end > left:
        yield left, end


def _mask(text: str) -> str:
    """`text` with what stands in brackets and quotes blanked out, same length."""
    if "(" not in text and "《" not in text and "“" not in text:
        return text
    out, depth = [], 0
    for ch in text:
        if ch in "(《“":
            depth += 1
        out.append("\x00" if depth else ch)
        if ch in ")》”":
            depth = max(0, depth - 1)
    return "".join(out)


def _unbracket(name: str) -> str:
    """A name without the bracket at its end."""
    return re.sub(r"\([^()]*\)$", "", name) or name


def _clause_start(s: str, place: int) -> int:
    """Where the clause that holds `place` begins, at most 90 characters back; lists run through 、."""
    low = max(0, place - _LOOK_BACK)
    depth = 0
    for at in range(place - 1, low - 1, -1):
        ch = s[at]
        if ch in ")》”":
            depth += 1
        elif ch in "(《“":
            if not depth:
                return at + 1
            depth -= 1
        elif ch in _STOP and not depth:
            return at + 1
    return low


def _unique(found: list[Found]) -> list[Found]:
    """Without overlaps: the first, longest stays."""
    kept: list[Found] = []
    for hit in found:
        if kept and hit.start < kept[-1].end:
            continue
        kept.append(hit)
    return kept
