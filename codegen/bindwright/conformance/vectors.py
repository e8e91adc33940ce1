"""Files of vectors: JSON lines, a head first; and the checks that a vector asks for."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

KINDS = ("same", "to", "value", "refused", "edit", "request", "answer")
VERSION = 1
"""Of the vector files (``"vectors": 1`` in their head)."""


class UnusableVectors(Exception):
    """A file that holds no vectors; the text names file, line and reason."""


@frozen
class Check:
    """One thing that is asked of a port: a request, and what its answer has to be."""

    name: str
    """``file/id/from-to``."""
    rule: str
    """The page of RULES.md that explains it."""
    request: Mapping[str, Any]
    """The message without its ``id``."""
    expected: Mapping[str, Any]
    """``{"output": {format: text}}``, ``{"refused": "decode"}``, ``{"value": …}``, ``{"request": …}``,
    ``{"error": {"status": 404, "value": …}}``."""
    needs: frozenset[str]
    """Formats and features that the port has to offer; otherwise the check is skipped."""
    compare: str = "bytes"
    """``bytes``, ``number`` (digits of a double are the port's), ``infoset`` (so are prefixes, and where namespaces are
    declared) or ``infoset-number``."""
    ir: str = "ir.json"
    """The IR that the types are of: a file of the kit."""


def read(paths: Iterable[Path]) -> Iterator[Check]:
    """The checks of vector files, in their order. Raises `UnusableVectors`."""
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise UnusableVectors(f"{path}: {error}") from None
        yield from _of_file(path, lines)


def _of_file(path: Path, lines: list[str]) -> Iterator[Check]:
    head: dict[str, Any] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            vector = json.loads(line)
        except ValueError as error:
            raise UnusableVectors(f"{path}:{number}: not JSON: {error}") from None
        if not isinstance(vector, dict):
            raise UnusableVectors(f"{path}:{number}: a vector is an object")
        if not head:
            if vector.get("vectors") != VERSION:
                raise UnusableVectors(
                    f'{path}:{number}: the first line must be {{"vectors": {VERSION}, …}}, as this runner reads version {VERSION}'
                )
            head = vector
            continue
        try:
            for check in checks_of(vector, path.stem, head):
                yield evolve(check, ir=str(head.get("ir", check.ir)))
        except (KeyError, TypeError, ValueError) as error:
            raise UnusableVectors(f"{path}:{number}: {type(error).__name__}: {error}") from None


def checks_of(vector: Mapping[str, Any], file: str, head: Mapping[str, Any]) -> Iterator[Check]:
    """The checks of one vector.

    A vector has several where it has several inputs or outputs: each is tried with each.
    Raises KeyError, TypeError or ValueError where a member is missing or of the wrong type.
    """
    kind, prefix = vector["kind"], f"{file}/{vector['id']}"
    tags = frozenset(vector.get("tags", ())) & {"optional"}
    rule, compare = vector.get("rule", "other"), vector.get("compare", "bytes")
    profile = frozenset([head["profile"]]) & {"datacontract"} if "profile" in head else frozenset()
    needs = frozenset(tags | profile)
    if kind in ("same", "to"):
        outputs = vector["in"] if kind == "same" else vector["out"]
        for source, text in vector["in"].items():
            for target, wanted in outputs.items():
                yield Check(
                    f"{prefix}/{source}-{target}", rule, _transcode(vector, source, [target], text),
                    {"output": {target: wanted}}, needs | {source, target}, compare,
                )  # fmt: skip
    elif kind == "refused":
        for source, text in vector["in"].items():
            yield Check(
                f"{prefix}/{source}", rule, _transcode(vector, source, [source], text),
                {"refused": "decode"}, needs | {source}, compare,
            )  # fmt: skip
    elif kind in ("value", "edit"):
        yield from _values(vector, prefix, rule, needs, compare)
    elif kind in ("request", "answer"):
        members = ("operation", "arguments", "format", "status", "headers", "body")
        request = {"do": kind, **{name: vector[name] for name in members if name in vector}}
        outcomes = [name for name in ("value", "error", "refused") if name in vector]
        wanted = {"request": vector["out"]} if kind == "request" else {outcomes[0]: vector[outcomes[0]]}
        yield Check(f"{prefix}/{kind}", rule, request, wanted, needs | {kind}, compare)
    else:
        raise ValueError(f"{kind!r} is no kind of vector; they are {', '.join(KINDS)}")


def _values(
    vector: Mapping[str, Any], prefix: str, rule: str, needs: frozenset[str], compare: str
) -> Iterator[Check]:
    for source, text in vector["in"].items():
        request = {"do": vector["kind"], "type": vector["type"], "from": source, "input": text}
        if vector["kind"] == "value":
            yield Check(
                f"{prefix}/{source}-value",
                rule,
                request,
                {"value": vector["value"]},
                needs | {source, "value"},
            )
            continue
        for target, wanted in vector["out"].items():
            yield Check(
                f"{prefix}/{source}-{target}", rule, {**request, "set": vector["set"], "to": [target]},
                {"output": {target: wanted}}, needs | {source, target, "edit"}, compare,
            )  # fmt: skip


def _transcode(vector: Mapping[str, Any], source: str, targets: list[str], text: Any) -> dict[str, Any]:
    return {"do": "transcode", "type": vector["type"], "from": source, "to": targets, "input": text}


def octets(text: str | Mapping[str, str]) -> bytes:
    """The bytes of an input or output: UTF-8 of a string, or ``{"base64": …}`` for what is no Unicode."""
    return (
        text.encode("utf-8", "surrogatepass") if isinstance(text, str) else base64.b64decode(text["base64"])
    )
