"""Absolutes (rules/targets.toml): 全覆盖, 全部 + verb, 清零, 零事故, 所有…应 …."""

from __future__ import annotations

from dataclasses import dataclass

from safetydoc.extractors.brackets import Spans
from safetydoc.extractors.clauses import last_mark
from safetydoc.rulebook import Patterns, Rulebook, Words


@dataclass(frozen=True, slots=True)
class Absolute:
    """One absolute in the clean view."""

    start: int
    end: int
    rule: str


class AbsoluteFinder:
    """Finds the absolutes of a clean view; group names of the pattern absolute-word are the kinds below."""

    def __init__(self, book: Rulebook) -> None:
        self.patterns, self.words = Patterns(book, "absolute"), Words(book)
        self.kinds = {"coverage": self._coverage, "all": self._all, "every": self._every, "cleared": self._zero, "zero": self._zero}

    def run(self, s: str, quotes: Spans, skip: Spans) -> list[Absolute]:
        """The absolutes of `s` in order. `skip` are stretches that hold none."""
        found: list[Absolute] = []
        for match in self.patterns.word.finditer(s):
            start = match.start()
            if skip.at(start):
                continue
            quote = quotes.at(start)
            if quote and s[quote[0]] == "《":
                continue
            begin = self._begin(s, start, self.words.cleared_how) if match.lastgroup == "cleared" else start
            hit = self.kinds[match.lastgroup or "zero"](s, begin, quote)
            if hit:
                found.append(hit)
        return [hit for place, hit in enumerate(found) if not place or hit.start >= found[place - 1].end]

    @staticmethod
    def _begin(s: str, start: int, words: tuple[str, ...]) -> int:
        """Where an absolute begins whose word (at `start`) may have one of `words` before it."""
        return start - max((len(word) for word in words if s.endswith(word, 0, start)), default=0)

    def _coverage(self, s: str, start: int, quote: tuple[int, int] | None) -> Absolute | None:
        p = self.patterns
        begin = self._begin(s, start, self.words.covered_how)
        match = p.coverage.match(s, begin)
        if not match or p.coverage_not_before.match(s, match.end(), match.end() + 5):
            return None
        clause = last_mark(s, start, ",;。:\n") + 1
        if p.coverage_basis.search(s, start, start + 8) and s.startswith(self.words.basis_start, clause, start):
            return None
        return Absolute(begin, match.end(), "absolute.coverage")

    def _all(self, s: str, start: int, quote: tuple[int, int] | None) -> Absolute | None:
        match = self.patterns.all.match(s, start)
        if not match or quote or s.endswith(self.words.all_not_after, 0, start):
            return None
        return Absolute(start, match.end(), "absolute.all")

    def _every(self, s: str, start: int, quote: tuple[int, int] | None) -> Absolute | None:
        match = self.patterns.every.match(s, start)
        return Absolute(start, match.end(), "absolute.every") if match and not quote else None

    def _zero(self, s: str, start: int, quote: tuple[int, int] | None) -> Absolute | None:
        p = self.patterns
        match = p.zero.match(s, start)
        if not match or (quote and not self._is_whole_quote(s, match.span(), quote)):
            return None
        if p.zero_not_before.match(s, match.end(), match.end() + 4):
            return None
        return Absolute(start, match.end(), "absolute.zero")

    def _is_whole_quote(self, s: str, span: tuple[int, int], quote: tuple[int, int]) -> bool:
        """Whether a quotation is the absolute and nothing else, and is ordered (实现“零事故”)."""
        p, (left, right) = self.patterns, quote
        return (span == (left + 1, right - 1) and p.quote_after.search(s, max(0, left - 8), left) is not None
                and not p.quote_not_before.match(s, right, right + 2))
