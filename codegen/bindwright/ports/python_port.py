"""Our own runtime as a port: ``python -m bindwright.ports.python_port``, for ``bindwright conform``.

It reads the IR that it is told of, and nothing else: the bindings are generated from it in memory.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bindwright.ir.model import Use
from bindwright.ir.serialize import loads
from bindwright.ports.bindings import Bindings
from bindwright.ports.calls import Calls
from bindwright.ports.tagged import json_text, tagged
from bindwright.runtime import json as json_codec
from bindwright.runtime.errors import DecodeError, EncodeError
from bindwright.runtime.http.model.errors import HttpError
from bindwright.runtime.shapes import members_of


def _bytes(text: str | Mapping[str, str]) -> bytes:
    return (
        text.encode("utf-8", "surrogatepass") if isinstance(text, str) else base64.b64decode(text["base64"])
    )


def _text(data: bytes) -> Any:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}


class Port:
    """Answers requests by the bindings of one API."""

    def __init__(self, ir: str) -> None:
        self.bindings = Bindings(loads(Path(ir).read_bytes()))
        self.calls = Calls(self.bindings)

    def answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to one request, without its id."""
        try:
            return self._answer(request)
        except DecodeError as error:
            return {"refused": "decode", "why": str(error)}
        except HttpError as error:
            return {"refused": "decode", "why": str(error)}
        except EncodeError as error:
            return {"refused": "encode", "why": str(error)}
        except Exception as error:  # a fault of ours is told, and charged to its vector
            return {"broken": f"{type(error).__name__}: {error}"}

    def _answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
        type_id = request.get("type", "")
        if request["do"] == "request":
            return {"request": self.calls.request(request)}
        if request["do"] == "answer":
            return self.calls.answer(request)
        if request["do"] not in ("transcode", "value", "edit"):
            return {"skipped": f"{request['do']} is not offered"}
        value = self.bindings.decode(type_id, request["from"], _bytes(request["input"]))
        if request["do"] == "value":
            text = self.bindings.encode(type_id, "json", value)
            return {"value": tagged(self.bindings.api, Use(type=type_id), text)}
        for pointer, setting in request.get("set", ()):
            self._set(value, pointer, setting)
        return {
            "output": {
                target: _text(self.bindings.encode(type_id, target, value)) for target in request["to"]
            }
        }

    def _set(self, value: Any, pointer: str, setting: Any) -> None:
        """Set the member at a JSON pointer of one step."""
        name = pointer.removeprefix("/").replace("~1", "/").replace("~0", "~")
        member = next(member for member in members_of(value.__class__) if member.json == name)
        if setting is None:
            setattr(value, member.attribute, None)
            return
        owner = next(
            base for base in type(value).__mro__ if member.attribute in vars(base).get("__annotations__", {})
        )
        annotation, wire = owner.__annotations__[member.attribute], member.shape.wire
        decoded = json_codec.decode(json_text(setting), annotation, wire=wire, namespace=owner.__module__)
        setattr(value, member.attribute, decoded)


def main() -> None:
    """Answer lines of standard input until ``bye`` or its end."""
    port: Port | None = None
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "bye":
            return
        if request["do"] == "hello":
            port = Port(request["ir"])
            features = ["value", "edit", "request", "answer", "datacontract"]
            answer = {
                "port": "bindwright (Python)",
                "protocol": 1,
                "formats": ["json", "xml"],
                "features": features,
            }
        else:
            assert port is not None, "a port is greeted first"
            answer = port.answer(request)
        sys.stdout.write(json.dumps({"id": request["id"], **answer}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
