"""Values between the form of the cases and JSON as the converted document describes it."""

from __future__ import annotations

import base64
import datetime as dt
import json
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from tests.interop.protocols.documents import Converter, Shape


def to_json(converter: Converter, reference: Shape, value: Any) -> Any:
    """A value of a case as JSON of the document's schema; members that stand elsewhere are left out."""
    shape = converter.shapes[reference["shape"]]
    if value is None or shape.get("document"):
        return value
    match shape["type"]:
        case "structure":
            members = shape["members"]
            return {
                converter.key(name, members[name]): to_json(converter, members[name], item)
                for name, item in value.items()
                if converter.in_body(members[name]) and item is not None
            }
        case "list":
            return [to_json(converter, shape["member"], item) for item in value]
        case "map" if converter.is_xml:
            pairs = ((key, to_json(converter, shape["value"], item)) for key, item in value.items())
            return [{"key": key, "value": item} for key, item in pairs]
        case "map":
            return {key: to_json(converter, shape["value"], item) for key, item in value.items()}
        case "blob":
            return base64.b64encode(value.encode()).decode()
        case "timestamp":
            default = "iso8601" if converter.is_xml else "unixTimestamp"
            return timestamp(value, converter.fact(reference, "timestampFormat") or default)
    return value


def to_text(converter: Converter, reference: Shape, value: Any, location: str) -> Any:
    """A value of a parameter: what a caller gives, where the document has no type for it."""
    shape = converter.shapes[reference["shape"]]
    if shape["type"] == "list":
        return [to_text(converter, shape["member"], item, location) for item in value]
    if shape["type"] == "map":
        return {key: to_text(converter, shape["value"], item, location) for key, item in value.items()}
    if shape["type"] == "timestamp":
        default = "rfc822" if location == "header" else "iso8601"
        return timestamp(value, converter.fact(reference, "timestampFormat") or default)
    if converter.fact(reference, "jsonvalue"):
        text = value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
        return base64.b64encode(text.encode()).decode()
    return value


def from_json(converter: Converter, reference: Shape, value: Any) -> Any:
    """The way back: a value that was read, in the form of the cases."""
    shape = converter.shapes[reference["shape"]]
    if value is None or shape.get("document"):
        return value
    match shape["type"]:
        case "structure":
            members = {
                converter.key(name, member): (name, member) for name, member in shape["members"].items()
            }
            return {
                members[key][0]: from_json(converter, members[key][1], item)
                for key, item in value.items()
                if key in members
            }
        case "list":
            return [from_json(converter, shape["member"], item) for item in value]
        case "map" if converter.is_xml:
            return {pair["key"]: from_json(converter, shape["value"], pair.get("value")) for pair in value}
        case "map":
            return {key: from_json(converter, shape["value"], item) for key, item in value.items()}
        case "blob":
            return base64.b64decode(value).decode()
        case "timestamp":
            return moment(value)
    return value


def moment(value: Any) -> float:
    """Seconds since 1970 of a timestamp in any form."""
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, dt.datetime):
        return value.timestamp()
    if "," in value:
        return parsedate_to_datetime(value).timestamp()
    return dt.datetime.fromisoformat(value).timestamp()


def timestamp(value: Any, form: str) -> Any:
    """A timestamp in one of the three forms."""
    if form.lower() == "unixtimestamp":
        return value
    when = (
        dt.datetime.fromisoformat(value)
        if isinstance(value, str)
        else dt.datetime.fromtimestamp(value, dt.UTC)
    )
    if form.lower() == "iso8601":
        return when.isoformat().replace("+00:00", "Z")
    return format_datetime(when, usegmt=True)
