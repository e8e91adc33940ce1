"""Lowering: the passes, in the one order in which they work, and why.

1. `info`: the XML profile of the document is a fact of every type, so it comes before the types.
2. `components`: named schemas before operations, so that an inline type in a component is made in its
   owner's words, whoever refers to it first. Upgrading older versions' constructs, following references,
   merging ``allOf``, nulls, enums, unions and XML facts happen schema by schema (`schemas` and what it
   calls): a schema is read once, where it stands, and its place stays its id. Rewriting whole documents
   first would cost more than all the rest and lose the places.
3. `operations`: parameters, bodies, responses and callbacks only refer to named types or make inline ones.
4. `mappings`: explicit discriminator values may refer to schemas nobody else refers to.
5. `referenced`: what references lead to outside of the components, when everything that has a home was
   lowered at home. It may find more of its kind; mappings found here are resolved in a second round.
6. `inherit`: members of bases can be completed only when all objects are there.
7. `discriminators`: implicit values need all derived types, and their own members.
8. `settle`: null and defaults of a type reach its uses when the types are final; so what a discriminator says
   where nobody has set it (`usual values`) is of the member's final type.
   `endless unions`: what leads back to itself through alternatives is seen then, too; so is (`endless values`) what
   requires itself.
9. `contents`: bodies are what their media types say, when it is known what their schemas are.
10. `octets`: whether raw bytes stand in a form or inside JSON can be told when uses have their types.
11. `paging`: what is said of pages is checked against types, and pages are told by their signs.
    `polling`: what is said of states is, too.
12. `attach`: degradations go to the nearest type that is left.
13. `lexical`, `xml`: forms of scalars, names and nodes of XML follow for every reader, when types and uses are final.
14. `arrange`: the order of types, when no pass adds any more.
15. `json`, `http`, `words`: absence and order in JSON, kinds of contents and sides, and names follow, when it is known what is sent where.
"""

from __future__ import annotations

from collections.abc import Callable

from bindwright.ir.collector import without_collector
from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.operations.contents import settle_contents
from bindwright.ir.lowering.operations.event_data import note_event_data
from bindwright.ir.lowering.operations.operations import lower_operations
from bindwright.ir.lowering.operations.paging.settle import settle_paging
from bindwright.ir.lowering.operations.polling import settle_polling
from bindwright.ir.lowering.passes.binary import settle_octets
from bindwright.ir.lowering.passes.components import lower_components, lower_referenced
from bindwright.ir.lowering.passes.discriminators import lower_discriminators, resolve_mappings
from bindwright.ir.lowering.passes.endless_unions import open_endless_unions
from bindwright.ir.lowering.passes.endless_values import tell_endless_values
from bindwright.ir.lowering.passes.info import lower_info
from bindwright.ir.lowering.passes.inherit import inherit
from bindwright.ir.lowering.passes.order import arrange, attach
from bindwright.ir.lowering.passes.resolve_uses import settle
from bindwright.ir.lowering.passes.usual_values import settle_usual_values
from bindwright.ir.lowering.schemas.lower_schema import build, use_of
from bindwright.ir.lowering.settling.settle_http import settle_http
from bindwright.ir.lowering.settling.settle_json import settle_json
from bindwright.ir.lowering.settling.settle_lexical import settle_lexical
from bindwright.ir.lowering.settling.settle_words import settle_words
from bindwright.ir.lowering.settling.settle_xml import has_xml, settle_xml
from bindwright.ir.model import Api, Info
from bindwright.ir.model.options import LowerOptions
from bindwright.openapi.document import Document

Pass = Callable[[Lowering], None]

PASSES: tuple[tuple[str, Pass], ...] = (
    ("info", lower_info),
    ("event data", note_event_data),
    ("components", lower_components),
    ("operations", lower_operations),
    ("mappings", resolve_mappings),
    ("referenced", lower_referenced),
    ("late mappings", resolve_mappings),
    ("late referenced", lower_referenced),
    ("inherit", inherit),
    ("discriminators", lower_discriminators),
    ("settle", settle),
    ("usual values", settle_usual_values),
    ("endless unions", open_endless_unions),
    ("endless values", tell_endless_values),
    ("contents", settle_contents),
    ("octets", settle_octets),
    ("paging", settle_paging),
    ("polling", settle_polling),
    ("attach", attach),
    ("lexical", settle_lexical),
    ("words", settle_words),
    ("xml", settle_xml),
    ("arrange", arrange),
    ("json", settle_json),
    ("http", settle_http),
)

FOR_OTHER_READERS = frozenset({"lexical", "words", "json"})
"""Passes that settle what the Python target does not ask for: its runtime tells it from Python's types."""
_DEFAULTS = LowerOptions()


def lower(document: Document, *, options: LowerOptions = _DEFAULTS) -> Api:
    """The IR of a document.

    What types cannot say becomes the nearest honest type, a diagnostic of level ``degraded`` in
    ``document.diagnostics`` and a `Degraded` at the type or operation.

    Args:
        document: what `bindwright.openapi.load` gave.
        options: names, pagination and the like that are configured beside the document.
    """
    root = document.root if isinstance(document.root, dict) else {}
    context = Lowering(
        document=document,
        options=options,
        api=Api(info=Info(title="", version="")),
        root=root,
        modern=document.version not in ("2.0", "3.0"),
        swagger=document.version == "2.0",
        use=use_of,
        build=build,
    )
    with without_collector():
        for name, run in PASSES:
            if options.complete or name not in FOR_OTHER_READERS or _names_roots(context, name):
                run(context)
    context.tell()
    return context.api


def _names_roots(context: Lowering, name: str) -> bool:
    """Whether a pass settles words, and elements of XML are called by them: those that the document does not name."""
    return name == "words" and has_xml(context)
