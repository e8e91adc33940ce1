"""Everything that is checked in a document after it was read, in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bindwright.openapi.loaded import LoadedDocument


def check(document: LoadedDocument) -> None:
    """Add what is wrong in `document` to its diagnostics: references first, then the structure."""
    from bindwright.openapi.validation.operations import check_operations
    from bindwright.openapi.validation.references import check_references
    from bindwright.openapi.validation.reporter import Reporter
    from bindwright.openapi.validation.root import check_root
    from bindwright.openapi.validation.schemas import check_schemas
    from bindwright.openapi.validation.structure import walk
    from bindwright.openapi.validation.values import check_values

    check_references(document)
    reporter = Reporter()
    collected = walk(document, reporter)
    check_root(document, collected, reporter)
    check_operations(document, collected, reporter)
    check_schemas(document, collected.schemas, reporter)
    check_values(document, collected, reporter)
    reporter.flush(document.diagnostics)
