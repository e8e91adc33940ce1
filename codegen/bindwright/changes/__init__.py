"""What changed between two versions of an API, and who feels it.

Two IRs are compared, never texts: words, order, references and spellings are gone there. In the order of the flow:

1. `inputs`: the two versions, wherever they stand, and what is accepted.
2. `operations`: which operation is which; parameters, bodies, responses, security.
3. `objects`, `unions`, `scalars`: the types below, walked once for each direction and format, but for what is `unchanged`.
4. `xml_nodes`: names, namespaces, nodes and orders of XML documents.
5. `binding`: what callers of the package feel, by the difference of two surfaces.
6. `rules` has the verdict of each kind of change; `findings` collects changes, each once, with the operations that
   feel it; `report` writes them, `release` makes a version and a changelog of them.
"""

from __future__ import annotations

from bindwright.changes.compare import compare
from bindwright.changes.findings import Change
from bindwright.changes.rules import RULES, Level

__all__ = ["RULES", "Change", "Level", "compare"]
