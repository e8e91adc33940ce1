"""What a client read of an answer, in the form of the cases."""

from __future__ import annotations

import base64
import json
from typing import Any

from bindwright.runtime import json as json_codec
from bindwright.runtime.http import StatusError

from tests.interop.protocols.cases import Call, Case, invoke
from tests.interop.protocols.documents import Converter, Shape
from tests.interop.protocols.server import Script
from tests.interop.protocols.values import from_json, moment
from tests.interop.typespec.__main__ import rebuilt


def answered(case: Case, call: Call, address: str, script: Script, mode: str) -> str:
    """Empty where the client reads what the case says; else why not."""
    response = case.case["response"]
    script.status, script.headers = (
        response.get("status_code", 200),
        {
            name: value
            for name, value in response.get("headers", {}).items()
            if name.lower() != "content-length"
        },
    )
    script.body = response.get("body", "").encode()
    if script.body and not any(name.lower() == "content-type" for name in script.headers):
        script.headers["Content-Type"] = "application/xml" if case.is_xml else "application/json"
    reference, expected = case.operation.get("output"), case.case.get("result", case.case.get("error", {}))
    try:
        raw = invoke(call, address, mode, {})
        value, headers = raw.parse(), raw.typed_headers
    except StatusError as error:
        if "error" not in case.case:
            return f"{error}"
        if error.mismatch is not None:
            return f"error: {error.mismatch}"
        value, headers = error.error, error.typed_headers
        reference = next(iter(case.operation.get("errors", ())), None)
    if reference is None:
        return ""
    read = _read(case, call, reference, value, headers, script.status)
    wanted = _comparable(call.converter, reference, expected)
    if "error" in case.case:
        read = {name: value for name, value in read.items() if name in wanted}
    return "" if read == wanted else f"read {read!r} instead of {wanted!r}"


def _read(
    case: Case, call: Call, reference: Shape, value: Any, headers: dict[str, Any], status: int
) -> dict[str, Any]:
    converter, shape = call.converter, call.converter.shapes[reference["shape"]]
    members: dict[str, Any] = {}
    payload = reference.get("payload") or shape.get("payload")
    documented = _plain(call, value, status)
    if "error" in case.case and case.is_xml and isinstance(documented, dict):
        documented = documented.get("Error", {})
    if payload is not None:
        member = shape["members"][payload]
        is_text = converter.shapes[member["shape"]]["type"] in ("blob", "string")
        held = documented if is_text else from_json(converter, member, documented)
        members[payload] = held.decode() if isinstance(held, bytes) else held
    elif isinstance(documented, dict):
        members = from_json(converter, reference, documented)
    for name, member in shape.get("members", {}).items():
        called = converter.fact(member, "locationName") or name
        if converter.fact(member, "location") == "header" and called in headers:
            members[name] = _header(converter, member, headers[called])
        if converter.fact(member, "location") == "statusCode":
            members[name] = status
    result: dict[str, Any] = _comparable(converter, reference, members)
    return result


def _plain(call: Call, value: Any, status: int) -> Any:
    """A value that was read, built anew, as plain JSON."""
    content = next(
        (
            response.content[0]
            for response in call.runtime_operation.responses
            if response.status == str(status) and response.content
        ),
        None,
    )
    if content is None or value is None or isinstance(value, (bytes, str)):
        return value
    lenient = json_codec.Settings(values="lenient")  # nulls that came where none is allowed
    text = json_codec.encode(
        rebuilt(value), content.type, wire=content.wire, namespace=call.models, settings=lenient
    )
    return json.loads(text)


def _header(converter: Converter, member: Shape, value: Any) -> Any:
    shape = converter.shapes[member["shape"]]
    if shape["type"] == "list":
        return [_header(converter, shape["member"], item) for item in value]
    if shape["type"] == "timestamp":
        return moment(value)
    if converter.fact(member, "jsonvalue"):
        return base64.b64decode(value).decode()
    return value


def _comparable(converter: Converter, reference: Shape, value: Any) -> Any:
    """Without absent members and those by name alone; moments as seconds; what is no number as its text."""
    shape = converter.shapes.get(reference["shape"], {"type": "string"})
    if shape["type"] == "structure" and isinstance(value, dict) and not shape.get("document"):
        return {
            name: _comparable(converter, shape["members"][name], item)
            for name, item in value.items()
            if item not in (None, "")
            and name in shape["members"]
            and converter.fact(shape["members"][name], "location") != "headers"
        }
    if shape["type"] == "list" and isinstance(value, list):
        return [_comparable(converter, shape["member"], item) for item in value]
    if shape["type"] == "map" and isinstance(value, dict):
        # A null where none is allowed is kept, and told of; the vendor's clients leave it out.
        return {
            key: _comparable(converter, shape["value"], item)
            for key, item in value.items()
            if item is not None or "parse" in reference["shape"]
        }
    if converter.fact(reference, "jsonvalue") and not isinstance(value, str):
        return json.dumps(value, separators=(",", ":"))
    if shape["type"] == "timestamp" and value is not None:
        return moment(value)
    if shape["type"] == "blob" and value == "":
        return None
    return value
