"""Responsible units: clauses in brackets, on lines of their own and in running text (rules/units.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from safetydoc.extractors.brackets import Spans
from safetydoc.extractors.clauses import clause_start, mask, pieces, unbracket
from safetydoc.extractors.names import Names, Setting
from safetydoc.rulebook import Patterns, Rulebook, Words

_CLAUSE_MARKS = ",;。:;\n!?"
_CLAUSE_END = re.compile(r"[,;。:\n]")
_LIST_MARKS = ",;。"
_BRACKETED = re.compile(r"\([^()]*\)")
#: A longer item of a list is cut at every 和; no name is as long.
_LONGEST_ITEM = 400
#: How far back a clause in running text is looked for, and how far ahead the object of its verb.
_LOOK_BACK, _LOOK_AHEAD = 90, 120
#: What the group of the pattern unit-anchor says: role of the subject, role of the object, rule.
_JOINING = {"with": ("lead", "support", "units.with"), "joint": ("responsible", "responsible", "units.joint"),
            "consult": ("lead", "support", "units.consult")}


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
        self.patterns, self.words = Patterns(book, "unit"), Words(book)
        self.roles = {word: role for role in ("lead", "support", "responsible") for word in book.words[f"label-{role}"]}
        self.verb_roles = {word: role for role in ("responsible", "support", "lead") for word in book.words[f"verb-{role}"]}
        self.shared = book.set("shared-noun")
        self.longest_shared = sorted(self.shared, key=len, reverse=True)
        self.unit_end = self.patterns.end
        self.keyword = self.patterns.keyword

    def run(self, s: str, pairs: list[tuple[int, int]], quotes: Spans, where: Setting) -> list[Found]:
        """All units of the view `s`, in order. `pairs` are its brackets."""
        found: list[Found] = []
        taken: list[tuple[int, int]] = []
        for start, end in pairs:
            hits = self._bracket(s, start, end, where, quotes)
            if hits:
                found += hits
                taken.append((start, end))
        inside, past = Spans(taken), 0
        for match in self.patterns.own_line.finditer(s):
            if match.start() < past or inside.at(match.start()) or (match.start() and s[match.start() - 1] not in "\n。;)"):
                continue
            end = s.find("\n", match.end())
            end = len(s) if end < 0 else end
            found += self._labelled(s, match.start(), end, where, "units.label")
            taken.append((match.start(), end))
            past = end
        done, outer = Spans(taken), Spans(pairs)
        for match in self.patterns.anchor.finditer(s):
            place = match.start()
            if done.at(place) or quotes.at(place) or outer.at(place):
                continue
            found += self._running(s, match, where)
        found.sort(key=lambda hit: (hit.start, hit.end))
        return _unique(found)

    # --- brackets and labels -------------------------------------------------------------

    def _bracket(self, s: str, start: int, end: int, where: Setting, quotes: Spans) -> list[Found]:
        inner_end = end - 1 if s[end - 1:end] == ")" else end
        if not 3 <= inner_end - start - 1 <= 1500:
            return []
        if not self.keyword.search(s, start + 1, inner_end):
            return self._bare(s, start + 1, inner_end, where)
        if quotes.at(start):
            return []
        if self.patterns.label.search(s, start + 1, inner_end):
            return self._labelled(s, start + 1, inner_end, where, "units.label")
        return self._verbed(s, start + 1, inner_end, where, "units.bracket")

    def _labelled(self, s: str, start: int, end: int, where: Setting, rule: str) -> list[Found]:
        """Label: list, label: list …, to the end or the first full stop that ends the clause."""
        found: list[Found] = []
        marks = list(self.patterns.label.finditer(s, start, end))
        if marks and marks[0].start() > start:
            head = s[start:marks[0].start()].rstrip(",;。、")
            if self.patterns.verb.search(head):
                found += self._verbed(s, start, marks[0].start(), where, rule)
        for place, mark in enumerate(marks):
            role = self.roles.get(mark["label"])
            right = marks[place + 1].start() if place + 1 < len(marks) else end
            if role is None:
                continue
            stop = s.find("。", mark.end(), right)
            right = stop if stop >= 0 else right
            found += self._label_list(s, mark.end(), right, role, where, rule)
        return found

    def _verbed(self, s: str, start: int, end: int, where: Setting, rule: str) -> list[Found]:
        """Lists each followed by a verb that gives the role; a list without one takes the next verb."""
        found: list[Found] = []
        waiting: list[tuple[int, int]] = []
        for left, right in pieces(s, start, end, _LIST_MARKS):
            by = None if waiting else self.patterns.by_start.match(s, left, right)
            left = by.end() if by else left
            piece = s[left:right]
            tail = self._verb_tail(piece)
            if tail is None:
                if self.unit_end.search(unbracket(self._closed(piece))):
                    waiting.append((left, right))
                else:
                    waiting = []
                continue
            names_end, role = tail
            if names_end == 0 and not waiting:
                continue
            for a, b in [*waiting, (left, left + names_end)]:
                if b > a:
                    found += self._list(s, a, b, role, where, rule)
            waiting = []
        return found

    def _closed(self, name: str) -> str:
        """A list without 等 at its end."""
        return self.patterns.etc_end.sub("", name)

    def _verb_tail(self, piece: str) -> tuple[int, str] | None:
        """Where the names of a piece end, and the role by the verb behind them; None where there is none."""
        p = self.patterns
        outside = mask(piece)
        by = p.by_duty.search(outside)
        for match in p.verb.finditer(outside):
            if match.start() == 0:
                continue
            rest = piece[match.end():]
            if rest and (len(rest) > 18 or p.not_after.match(rest)):
                continue
            by_duty = by is not None and by.start() <= match.start()
            head = p.adverbs_end.sub("", piece[:by.start() if by and by_duty else match.start()])
            if not head or (p.not_subject.match(head) and not self.names.known(head.split("、")[0])):
                return None
            if by_duty and p.lead_word.search(piece, match.start()):
                return len(head), "lead"
            return len(head), self.verb_roles[self._whole_verb(piece, match)]
        return None

    def _whole_verb(self, piece: str, match: re.Match[str]) -> str:
        """The verb that decides the role: where one such as 按职责分工 is followed by another, that one."""
        further = self.patterns.verb.match(piece, match.end())
        if further and match[0].endswith(self.words.verb_open_end) and not match[0].startswith(self.words.verb_closed_start):
            return further[0]
        return match[0]

    def _bare(self, s: str, start: int, end: int, where: Setting) -> list[Found]:
        """A bracket at the end of its paragraph or sentence whose items are all bodies."""
        after = s[end + 1:end + 2]
        if (after and after not in "\n。;") or ("、" not in s[start:end] and not self.names.known(s[start:end])):
            return []
        hits = self._list(s, start, end, "responsible", where, "units.bare")
        names = [s[hit.start:hit.end] for hit in hits]
        sure = all(self.patterns.sure_end.search(unbracket(name)) or self._is_body(name) for name in names)
        return hits if names and sure and any(self.names.known(name) for name in names) else []

    def _is_body(self, name: str) -> bool:
        """Whether a name is in the name table or begins as a group of bodies does."""
        return self.names.known(name) or self.patterns.group_start.match(name) is not None

    # --- lists ---------------------------------------------------------------------------

    def _label_list(self, s: str, start: int, end: int, role: str, where: Setting, rule: str) -> list[Found]:
        """The list behind a label: terms are passed over, verbs at the end of a group cut off."""
        found: list[Found] = []
        p = self.patterns
        for left, right in pieces(s, start, end, _LIST_MARKS):
            if p.label.match(s, left, right) or p.term_item.match(s, left, right):
                continue
            tail = self._verb_tail(s[left:right])
            if tail and tail[0] > 0:
                right = left + tail[0]
            else:
                cut = p.plain_tail.search(s, left, right)
                right = cut.start() if cut and cut.start() > left else right
            found += self._group(s, left, right, role, where, rule)
        return found

    def _list(self, s: str, start: int, end: int, role: str, where: Setting, rule: str) -> list[Found]:
        """The units of a list; commas part groups."""
        return [hit for left, right in pieces(s, start, end, _LIST_MARKS) for hit in self._group(s, left, right, role, where, rule)]

    def _group(self, s: str, start: int, end: int, role: str, where: Setting, rule: str) -> list[Found]:
        """The units of a group, which may share a head (各市党委、政府) or a level word."""
        found: list[Found] = []
        head = level = ""
        for a, b, open_ended in self.split(s, start, end):
            name = s[a:b]
            if len(name) < 2 or len(name) > 60:
                continue
            shared = head if name in self.shared else level if name in self.names.table and level else ""
            found.append(Found(a, b, self.names.canonical(name, shared, where), role, self.names.is_group(shared + name), open_ended, rule))
            noun = next((noun for noun in self.longest_shared if name.endswith(noun) and len(name) > len(noun)), None)
            if noun:
                head = name[:-len(noun)]
            if where.area and len(name) > 2 and name[0] in self.words.level_char and where.zone_word != name[:3]:
                level = name[0] if where.zone else ""
        return found

    def split(self, s: str, start: int, end: int, ends: re.Pattern[str] | None = None) -> Iterator[tuple[int, int, bool]]:
        """Split a list at 、 and 和 / 及; pieces that share one noun stay together; 等… is cut off.

        `ends` are the endings of a name (units when None). Gives start, end, and whether 等 follows.
        """
        ends = ends or self.unit_end
        joined: list[list[int]] = []
        for left, right in pieces(s, start, end, "、"):
            if joined and self._shares_noun(s[joined[-1][0]:joined[-1][1]], s[left:right], ends):
                joined[-1][1] = right
            else:
                joined.append([left, right])
        for left, right in joined:
            yield from self._split_and(s, left, right, ends)

    def _shares_noun(self, name: str, following: str, ends: re.Pattern[str]) -> bool:
        """Whether an item is no name of its own, so that the next one belongs to it (应急、公安等部门)."""
        bare_noun = self.words.bare_noun
        if following in bare_noun and name.endswith(bare_noun):
            return True
        p, bare = self.patterns, unbracket(name)
        if p.bare_area.fullmatch(bare) and p.area_follows.match(following) and p.area_body.search(following):
            return True
        return not (ends.search(bare) or name in self.names.table or p.etc_end.search(bare))

    def _split_and(self, s: str, left: int, right: int, ends: re.Pattern[str]) -> Iterator[tuple[int, int, bool]]:
        name = s[left:right]
        words = list(self.patterns.and_word.finditer(mask(name)))
        if words and right - left > _LONGEST_ITEM:
            cuts = [0, *(place for word in words for place in word.span()), right - left]
            for first, last in zip(cuts[::2], cuts[1::2], strict=True):
                yield from self._split_and(s, left + first, left + last, ends)
            return
        for match in words:
            a, b = name[:match.start()], name[match.end():]
            if not a or not b or self.names.whole(name):
                continue
            if ends.search(unbracket(a)) and self._own_body(a, b, ends):
                yield from self._split_and(s, left, left + match.start(), ends)
                yield from self._split_and(s, left + match.end(), right, ends)
                return
        left, right, open_ended = self._trimmed(s, left, right, ends)
        if right > left:
            yield left, right, open_ended

    def _trimmed(self, s: str, left: int, right: int, ends: re.Pattern[str]) -> tuple[int, int, bool]:
        """A name without what stands before and behind it, and whether 等 followed."""
        p, name, open_ended = self.patterns, s[left:right], False
        cut = p.etc_tail.search(name)
        if cut and cut.start() >= 2:
            before = name[:cut.start()]
            if ends.search(unbracket(before)) and not before.endswith(self.words.departments):
                right, open_ended = left + cut.start(), True
        else:
            right = left + len(p.duty_end.sub("", name))
        lead = p.name_lead.match(s, left, right)
        if lead and right - lead.end() >= 2 and not self.names.known(s[left:min(right, left + 4)]):
            left = lead.end()
        return left, right, open_ended

    def _own_body(self, a: str, b: str, ends: re.Pattern[str]) -> bool:
        """Whether 和 parts two bodies (各部门 and 单位 share their head and stay one)."""
        p = self.patterns
        if (p.plain_noun.fullmatch(b) and p.plain_noun_end.search(a)) or (p.committee_end.search(a) and p.leaders.search(b)):
            return False
        if p.area_word.fullmatch(a) and p.area_word_follows.match(b):
            return False
        return bool(ends.search(unbracket(b)) or b in self.shared or p.etc_inside.search(b))

    # --- running text --------------------------------------------------------------------

    def _running(self, s: str, match: re.Match[str], where: Setting) -> list[Found]:
        """The units around a verb in running text; the group of the pattern unit-anchor says which verb."""
        word, place, after = match.lastgroup or "", match.start(), match.end()
        left, _ = clause_start(s, place, max(0, place - _LOOK_BACK), _CLAUSE_MARKS)
        if word == "lead":
            return self._subject(s, left, place, after, "lead", where, "units.lead")
        if word == "charge" and place == left and left and s[left - 1] == ",":
            return self._carried(s, left, where)
        if word in ("charge", "carry"):
            return self._subject(s, left, place, after, "responsible", where, "units.responsible")
        if word in ("assist", "share"):
            hits = self._subject(s, left, place, after, "support", where, "units.support")
            return hits if all(self._is_body(s[hit.start:hit.end]) for hit in hits) else []
        if word == "support":
            objects = self._object(s, after, "lead", where, "units.support")
            return self._subject(s, left, place, after, "support", where, "units.support", strict=not objects) + objects
        return self._joined(s, left, place, after, word, where)

    def _joined(self, s: str, left: int, place: int, after: int, word: str, where: Setting) -> list[Found]:
        """A会同B, A联合B, A商B: subject and object."""
        p = self.patterns
        subject_role, object_role, rule = _JOINING[word]
        objects = self._object(s, after, object_role, where, rule)
        if not objects:
            return []
        clause_end = _CLAUSE_END.search(s, objects[-1].end)
        if p.organised_by.match(s, objects[-1].end, clause_end.start() if clause_end else len(s)):
            return []
        if word == "with" and p.not_subject.match(s, left, min(place, left + 2)) and not s.startswith(self.words.organise, left, place):
            return []
        subject = self._subject(s, left, place, after, subject_role, where, rule, strict=False)
        return [] if word == "consult" and not subject else subject + objects

    def _carried(self, s: str, left: int, where: Setting) -> list[Found]:
        """A承担…，负责…: 负责 at the start of a clause takes the body that is subject of the clause before."""
        begin, _ = clause_start(s, left - 1, max(0, left - 1 - _LOOK_BACK), _CLAUSE_MARKS)
        match = self.patterns.carrier.match(s, begin, left - 1)
        if not match or not self.unit_end.search(match["np"]) or self.patterns.not_subject.match(match["np"]):
            return []
        return self._list(s, begin, match.end("np"), "responsible", where, "units.responsible")

    def _subject(self, s: str, left: int, right: int, after: int, role: str, where: Setting, rule: str, strict: bool = True) -> list[Found]:
        """The list of units that ends directly before a verb, from the start of its clause."""
        p = self.patterns
        if strict and (p.not_after.match(s, after) or (rule == "units.lead" and p.lead_noun.match(s, after, after + 24))):
            return []
        text = p.subject_tail.sub("", s[left:right])
        by = p.by.match(text)
        lead = by or p.subject_lead.match(text)
        if lead and not (by and p.by_whom.match(text, by.end())):
            left, text = left + lead.end(), text[lead.end():]
        return self._list(s, left, left + len(text), role, where, rule) if self._is_subject(text) else []

    def _is_subject(self, text: str) -> bool:
        """Whether the words before a verb are a list of bodies and nothing else."""
        p = self.patterns
        if not 2 <= len(text) <= 70 or (not self.unit_end.search(unbracket(self._closed(text))) and not p.etc_bodies.search(text)):
            return False
        if (p.of.search(text) and not p.of_body.search(text)) or (p.not_subject.match(text) and not self.names.known(text[:8])):
            return False
        return not p.persons.search(text) and not p.subject_not_start.match(text)

    def _object(self, s: str, start: int, role: str, where: Setting, rule: str) -> list[Found]:
        """The list of units that begins directly behind a verb and is followed by an action or a mark."""
        stop = min(len(s), start + _LOOK_AHEAD)
        mark = _CLAUSE_END.search(s, start, stop)
        text = s[start:mark.start() if mark else stop]
        if not text:
            return []
        p, best = self.patterns, 0
        grouped = p.object_start.match(text)
        for end_mark in p.end_at.finditer(mask(text)):
            bracketed = _BRACKETED.match(text, end_mark.end())
            end = bracketed.end() if bracketed else end_mark.end()
            name, rest = text[:end], text[end:]
            departments = name.endswith(self.words.departments)
            if not self._ends_list(rest, departments) or (best and not self.names.known(name)):
                continue
            if not (grouped or departments or self.names.known(name.split("、")[-1]) or self.names.known(name)):
                continue
            if best and "、" in name[best:]:
                break
            etc = p.object_etc.match(rest)
            best = end + (etc.end() if etc else 0)
        return self._list(s, start, start + best, role, where, rule) if best else []

    def _ends_list(self, rest: str, departments: bool) -> bool:
        """Whether a list of objects can end before `rest`: no further body follows, but nothing, a mark or an action."""
        p = self.patterns
        if rest and not (p.list_mark.match(rest) or p.action.match(rest) or (departments and not p.of.match(rest))):
            return False
        return not (p.list_joint.match(rest) and self._continues(rest[1:]))

    def _continues(self, rest: str) -> bool:
        """Whether another body follows a list mark."""
        p, near = self.patterns, rest[:40]
        return any(m.end() == len(rest) or p.list_mark.match(rest, m.end()) or p.action.match(rest, m.end()) for m in p.end_at.finditer(near))


def _unique(found: list[Found]) -> list[Found]:
    """Without overlaps: the first, longest stays."""
    kept: list[Found] = []
    for hit in found:
        if kept and hit.start < kept[-1].end:
            continue
        kept.append(hit)
    return kept
