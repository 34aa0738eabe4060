"""The table of contents: load → segment → extract → check. Every stage is a pure function."""

from __future__ import annotations

from safetydoc.checks import check
from safetydoc.extractors.tasks import build_tasks
from safetydoc.extractors.values import engines, extract_values
from safetydoc.messages import Language
from safetydoc.model import Document, Notice
from safetydoc.rulebook import Rulebook
from safetydoc.segmenters.metadata import read_metadata
from safetydoc.segmenters.outline import segment


def run(document: Document, book: Rulebook, language: Language) -> Notice:
    """A loaded document → its notice. The same document, rules and language always give the same result."""
    outline = segment(document, book)
    metadata = read_metadata(outline, book)
    values = extract_values(outline, metadata, book)
    tasks = build_tasks(outline, values, engines(book))
    findings, tasks, completeness = check(document, outline, metadata, values, tasks, book, language)
    return Notice(document.text, document.source, metadata, outline.nodes, tasks, values.numbers, findings, document.repairs, document.layout,
                  completeness)
