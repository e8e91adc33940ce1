"""The IR as JSON and back: what ports read. `bindwright.ir.json_forms` has the rules of the form."""

from __future__ import annotations

import json
from typing import Any

from bindwright.ir import model
from bindwright.ir.collector import without_collector
from bindwright.ir.json_forms import Forms

_FORMS = Forms(everything=False)
_FORMS_OF_EVERYTHING = Forms(everything=True)


def dumps(api: model.Api, *, places: bool = False) -> bytes:
    """`api` as one JSON document (UTF-8, ASCII only); `places`: with where each thing
    stands in the source, and with the document's extensions."""
    with without_collector():
        return json.dumps(data_of(api, places=places), separators=(",", ":"), allow_nan=False).encode()


def data_of(api: model.Api, *, places: bool = False) -> dict[str, Any]:
    """`api` as JSON values."""
    data = (_FORMS_OF_EVERYTHING if places else _FORMS).to_data(api)
    for key, type_ in data.get("types", {}).items():
        if "owner" in type_ and type_["owner"] == _owner(api, key):
            del type_["owner"]
        for property_ in type_.get("properties", ()):
            if property_["declared_in"] == key:
                del property_["declared_in"]
    return data


def _owner(api: model.Api, key: model.TypeId) -> model.TypeId | None:
    """The named type whose id begins the id of an inline one: nearly always its owner."""
    head = key
    while "/" in head:
        head = head.rpartition("/")[0]
        type_ = api.types.get(head)
        if type_ is not None and type_.name is not None:
            return head
    return None


def loads(data: bytes) -> model.Api:
    """The API that `dumps` wrote.

    Raises:
        ValueError: this is no JSON, or a JSON of another version of the IR.
        KeyError, TypeError: JSON of another form.
    """
    value = json.loads(data)
    if not isinstance(value, dict) or value.get("ir") != model.IR_VERSION:
        raise ValueError(f"this is no IR of version {model.IR_VERSION}")
    with without_collector():
        api: model.Api = _FORMS.from_data(model.Api, value)
    for key, type_ in api.types.items():
        type_.id = key
        if type_.owner is None and type_.context:
            type_.owner = _owner(api, key)
        for property_ in type_.properties if isinstance(type_, model.Object) else ():
            property_.declared_in = property_.declared_in or key
    return api
