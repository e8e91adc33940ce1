"""What is the same in both versions, with everything that it leads to: the walks need not go there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bindwright.ir.model import Api
from bindwright.ir.reachability import inner_types
from bindwright.ir.walks import nodes_of


def unchanged_types(old: Api, new: Api) -> set[str]:
    """Ids of types that are equal in both versions, as are all types that they reach."""
    changed = {key for key in old.types.keys() | new.types.keys() if old.types.get(key) != new.types.get(key)}
    changed |= {
        key for key in old.aliases.keys() | new.aliases.keys() if old.aliases.get(key) != new.aliases.get(key)
    }
    leads_to = {key: set(inner_types(type_)) for key, type_ in new.types.items()}
    for alias, type_id in new.aliases.items():
        leads_to[alias] = {type_id}
    return new.types.keys() - _affected(changed, leads_to)


def unchanged_contents(old: Api, new: Api, types: set[str]) -> set[str]:
    """Keys of contents of XML that are equal in both versions, as is all that stands in them.

    Args:
        types: the types that are unchanged; a content of another one may be of another form.
    """
    changed = {
        key
        for key, content in new.xml.items()
        if old.xml.get(key) != content or ("/" in content.type and content.type not in types)
    }
    leads_to = {key: {node.content for node in nodes_of(content)} for key, content in new.xml.items()}
    for key, content in new.xml.items():
        leads_to[key] |= set(getattr(content, "derived", ()))
    return new.xml.keys() - _affected(changed, leads_to)


def _affected(changed: Iterable[str], leads_to: Mapping[str, set[str]]) -> set[str]:
    """What leads to something that changed, and what changed."""
    led_from: dict[str, list[str]] = {}
    for key, inner in leads_to.items():
        for each in inner:
            led_from.setdefault(each, []).append(key)
    affected: set[str] = set()
    waiting = list(changed)
    while waiting:
        key = waiting.pop()
        if key not in affected:
            affected.add(key)
            waiting += led_from.get(key, ())
    return affected
