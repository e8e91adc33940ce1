"""Places that several subschemas describe: what all of them say holds there (JSON Schema 2020-12 core, 10.2.1.1)."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.context import Lowering, Subschema
from bindwright.ir.lowering.keywords import SHAPING
from bindwright.ir.lowering.location import Location
from bindwright.ir.lowering.subschemas import annotate_beside, expand
from bindwright.ir.model import Use


def distinct_declarations(declarations: list[tuple[Any, Location]]) -> list[tuple[Any, Location]]:
    """Those that say something of values, each but once."""
    distinct: list[tuple[Any, Location]] = []
    for declaration in declarations:
        schema = declaration[0]
        if type(schema) is not dict or SHAPING.isdisjoint(schema):
            continue
        if all(shaping_keywords(schema) != shaping_keywords(other[0]) for other in distinct):
            distinct.append(declaration)
    return distinct


def shaping_keywords(schema: dict[str, Any]) -> dict[str, Any]:
    """What a schema says of values."""
    return {key: value for key, value in schema.items() if key in SHAPING}


def use_of_all(context: Lowering, declarations: list[tuple[Any, Location]], merged: Location) -> Use:
    """The use of values for which all of the schemas hold; of several, the type stands at `merged`."""
    distinct = distinct_declarations(declarations)
    if len(distinct) < 2:
        return context.use(context, *(distinct or declarations)[-1])
    merged.source = distinct[-1][1]
    subschemas: list[Subschema] = []
    visited: set[str] = set()
    for schema, location in distinct:
        for subschema in expand(context, schema, location):
            if subschema.via is None or subschema.location.id not in visited:
                visited.add(subschema.location.id)
                subschemas.append(subschema)
    use = context.build(context, subschemas, merged)
    annotate_beside(context, use, distinct)
    return use
