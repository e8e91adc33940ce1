"""The keys of types in JSON without places: apart from what writes JSON, for names are locked by them."""

from __future__ import annotations

from bindwright.ir import model


def keys_of(api: model.Api) -> dict[model.TypeId, str]:
    """The keys of types in JSON without places: names and where inline types stand in them, mostly."""
    keys: dict[model.TypeId, str] = {}
    used = {type_id for type_id in api.types if "#" not in type_id}
    for type_id, type_ in api.types.items():
        if "#" not in type_id:
            continue
        path = "/".join(type_.context) if type_.name is None else type_.name
        key, number = f"#{path}", 2
        if key.startswith("#/") or path == "":
            key = type_id
        while key in used:
            key, number = f"#{path} {number}", number + 1
        used.add(key)
        keys[type_id] = key
    return keys
