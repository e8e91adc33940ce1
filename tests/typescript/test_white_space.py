"""White space in XML is that of XML, and the text of an object of any values is kept: as the Python client has both."""

from __future__ import annotations

import json
from pathlib import Path

from bindwright.ports.python_port import Port

from tests.ports.test_interpreter import written
from tests.typescript.node import answers, transcode

XSI = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'
PROPERTIES = {
    "any": {},
    "bag": {"type": "object"},
    "bags": {"type": "array", "items": {"type": "object"}},
    "words": {"type": "object", "additionalProperties": {"type": "string"}},
    "number": {"type": ["integer", "null"]},
    "either": {"oneOf": [{"type": "integer"}, {"type": "string"}]},
}
SPACES = ["", " ", "&#13;", "\N{NO-BREAK SPACE}", "\N{EM SPACE}", "\N{ZERO WIDTH NO-BREAK SPACE}", "x"]


def documents(space: str) -> list[str]:
    """Documents with a text at each place where white space means nothing."""
    contents = [
        f"<any>{space}</any>",
        f"<bag>{space}</bag>",
        f"<bags>{space}</bags>",
        f"<words>{space}<a>1</a></words>",
        f"<number>{space}1</number>",
        f'<number {XSI} i:nil="{space}true"/>',
        f"<either>{space}+1</either>",
        f"{space}<any/>",
    ]
    return [f"<form>{content}</form>" for content in contents]


def test_white_space_and_texts_of_objects_are_as_in_python(tmp_path: Path) -> None:
    form = {"type": "object", "xml": {"name": "form"}, "properties": PROPERTIES}
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": {"Form": form}}}  # fmt: skip
    path = tmp_path / "document.json"
    path.write_text(json.dumps(document))
    api = written(path, "white-space")
    requests = [transcode("#Form", "xml", "json", text) for space in SPACES for text in documents(space)]
    python = Port(api)
    for request, answer in zip(requests, answers(api, requests), strict=True):
        expected = python.answer({"id": 1, **request})
        assert answer.get("output") == expected.get("output"), request["input"]
        assert answer.get("refused") == expected.get("refused"), request["input"]
