"""``$dynamicRef`` (JSON Schema 2020-12 core, 8.2.3.2): the outermost resource of the dynamic scope wins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bindwright.openapi.diagnostics.model import Place
from bindwright.openapi.references.resolver import Resolver

if TYPE_CHECKING:
    from bindwright.openapi.loaded import LoadedDocument


def follow_dynamic(
    document: LoadedDocument, resolver: Resolver, ref: str, at: Place, scope: Sequence[Place]
) -> tuple[Any, Place] | None:
    """The schema that `ref` means in a dynamic scope, whose places stand outermost first."""
    static = document.follow(ref, at)
    name = ref.partition("#")[2]
    if static is None or not name or name[0] == "/" or not resolver.is_dynamic(static[1], name):
        return static
    for place in scope:
        found = resolver.dynamic_anchor(place, name)
        if found is not None:
            return document.value(found), found
    return static
