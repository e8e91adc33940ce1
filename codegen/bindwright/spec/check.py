"""Everything that is checked in a document after it was read, in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bindwright.spec.loaded import LoadedDocument


def check(document: LoadedDocument) -> None:
    """Add what is wrong in `document` to its diagnostics: references first, then the structure."""
    from bindwright.spec.check_operations import check_operations
    from bindwright.spec.check_references import check_references
    from bindwright.spec.check_root import check_root
    from bindwright.spec.check_schemas import check_schemas
    from bindwright.spec.check_structure import walk
    from bindwright.spec.check_values import check_values
    from bindwright.spec.reporter import Reporter

    check_references(document)
    reporter = Reporter()
    found = walk(document, reporter)
    check_root(document, found, reporter)
    check_operations(document, found, reporter)
    check_schemas(document, found.schemas, reporter)
    check_values(document, found, reporter)
    reporter.flush(document.diagnostics)
