"""The table as files of vectors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import yaml
from bindwright.ir import lower, serialize
from bindwright.openapi import load

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "codegen/bindwright/ports/scalars"
NAMESPACE = "urn:bindwright:scalars"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SYSTEM = "http://schemas.datacontract.org/2004/07/System"


def files() -> dict[str, bytes]:
    """Names and contents of the files."""
    api = lower(load(str(HERE / "scalars.yaml")))
    table = yaml.safe_load((HERE / "forms.yaml").read_text(encoding="utf-8"))
    profiles = {type_.name: type_.profile for type_ in api.types.values()}
    written = {"scalars.ir.json": serialize.dumps(api) + b"\n"}
    for name, profile in (("scalars", "openapi"), ("dotnet-scalars", "datacontract")):
        head = {
            "vectors": 1,
            "ir": "vectors/scalars.ir.json",
            "title": f"{name}: a form a section",
            "profile": profile,
        }
        lines = [head]
        for form, section in table.items():
            if profiles[section["type"]] == profile:
                lines += _vectors(form, section, profile)
        written[f"{name}.jsonl"] = "".join(
            json.dumps(line, separators=(",", ":")) + "\n" for line in lines
        ).encode()
    return written


def _vectors(form: str, section: dict[str, Any], profile: str) -> Iterator[dict[str, Any]]:
    """The vectors of one form."""
    write = {
        "json": lambda text: f'{{"value":{text}}}',
        "xml": lambda text: _xml(section["type"], text, profile, is_markup=section.get("markup", False)),
    }
    real = section.get("compare") == "number"
    compare = "-".join((["infoset"] if profile == "openapi" else []) + (["number"] if real else []))

    def vector(
        kind: str, name: str, formats: dict[str, Any], out: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        texts = {format: write[format](text) for format, text in formats.items()}
        result = {"id": f"{form}.{name}", "kind": kind, "type": f"#{section['type']}", "in": texts}
        if out is not None:
            result["out"] = {format: write[format](text) for format, text in out.items()}
        result["rule"] = section.get("rule", f"lexical/{form}")
        result["authority"] = _authority(section["authority"], [*formats, *(out or ())])
        return result if kind == "refused" or not compare else {**result, "compare": compare}

    for name, (json_text, xml) in section.get("both", {}).items():
        yield vector("same", name, {"json": json_text, "xml": xml})
    for format, other in (("json", "xml"), ("xml", "json")):
        for name, text in section.get(format, {}).items():
            yield vector("same", f"{name}.{format}", {format: text})
        for name, (spelled, text) in section.get(f"read-{format}", {}).items():
            yield vector("to", f"{name}.{format}", {format: spelled}, {format: text})
        for name, (text, target) in section.get(f"to-{other}", {}).items():
            yield vector("to", f"{name}.{format}-to-{other}", {format: text}, {other: target})
        for name, text in section.get(f"refused-{format}", {}).items():
            yield vector("refused", f"{name}.{format}-refused", {format: text})


def _authority(said: str | dict[str, str], formats: list[str]) -> str:
    return said if isinstance(said, str) else "; ".join(dict.fromkeys(said[format] for format in formats))


def _xml(type_: str, text: str | list[str], profile: str, *, is_markup: bool) -> str:
    """The document around the text of an element, as the profile writes it; `is_markup`: around that element."""
    if is_markup:
        return f"<{type_}>{text}</{type_}>"
    if profile == "openapi":
        return f"<{type_}><value>{_text(text)}</value></{type_}>"
    start = f'<{type_} xmlns:i="{_XSI}" xmlns="{NAMESPACE}">'
    if isinstance(text, list):
        moment, offset = text
        return (
            f'{start}<value xmlns:d2p1="{_SYSTEM}"><d2p1:DateTime>{moment}</d2p1:DateTime>'
            f"<d2p1:OffsetMinutes>{offset}</d2p1:OffsetMinutes></value></{type_}>"
        )
    return f"{start}<value>{_text(text)}</value></{type_}>"


def _text(text: Any) -> str:
    return escape(text, {"\r": "&#xD;"})
