"""What changed between two versions of an API, and who feels it.

Two IRs are compared, never texts: words, order, references and spellings are gone there. In the order of the flow:

1. `operations`: which operation is which; parameters, bodies, responses, security.
2. `values`, `objects`, `unions`, `enums`, `constraints`: the types below, walked once for each direction and format.
3. `xml_nodes`: names, namespaces, nodes and orders of XML documents.
4. `binding`: the names that callers of the Python package write.
5. `rules` has the verdict of each kind of change; `findings` collects changes, each once, with the operations that
   feel it; `report` writes them.
"""

from __future__ import annotations

from bindwright.changes.compare import compare
from bindwright.changes.findings import Change
from bindwright.changes.rules import RULES, Level

__all__ = ["RULES", "Change", "Level", "compare"]
