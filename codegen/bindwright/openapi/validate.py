"""Everything that is checked in a document after it was read, in one run."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bindwright.openapi.loaded import Finding, LoadedDocument


def check(document: LoadedDocument) -> None:
    """Add what is wrong in `document` to its diagnostics: references now, the structure when somebody asks for them."""
    from bindwright.openapi.validation.references import check_references

    check_references(document)
    document.check_later(partial(check_structure, document))


def check_structure(document: LoadedDocument) -> list[Finding]:
    """What is wrong in a document whose references were checked, in a form that another process can send."""
    from bindwright.openapi.validation.operations import check_operations
    from bindwright.openapi.validation.reporter import Reporter
    from bindwright.openapi.validation.root import check_root
    from bindwright.openapi.validation.schemas import check_schemas
    from bindwright.openapi.validation.structure import walk
    from bindwright.openapi.validation.values import check_values

    reporter = Reporter()
    collected = walk(document, reporter)
    check_root(document, collected, reporter)
    check_operations(document, collected, reporter)
    check_schemas(document, collected.schemas, reporter)
    check_values(document, collected, reporter)
    return [
        (item.level, item.code, item.message, item.place.file, item.place.pointer, item.remedy)
        for item in reporter.in_order()
    ]
