"""Every kind of XML document that the bindings of an API write, and its mock serves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

from bindwright.ir.model import Content, Operation
from bindwright.ports.bindings import Bindings
from bindwright.ports.vectors.extent import Extent
from bindwright.ports.vectors.samples import samples
from bindwright.runtime.errors import BindwrightError
from bindwright.serve.answers.sample import Sampler
from bindwright.serve.package.codecs import BodyPlace, CodecError
from bindwright.serve.package.package_codecs import PackageCodecs
from bindwright.serve.values import dumps

SEEDS = 3


def documents(bindings: Bindings, most: int) -> Iterator[tuple[str, bytes]]:
    """Names and documents: of each named type with a root as many as are asked for, and of each body."""
    yield from _of_types(bindings, most)
    codecs = PackageCodecs(bindings.api, lambda: bindings.package)
    for operation in bindings.api.operations:
        contents: list[tuple[str | None, Content]] = [
            (None, content) for content in (operation.body.contents if operation.body else ())
        ]
        for response in operation.responses:
            contents += [(response.status, content) for content in response.contents]
        for status, content in contents:
            if content.kind == "xml" and content.use is not None:
                yield from _of_body(bindings, codecs, operation, status, content)


def _of_types(bindings: Bindings, most: int) -> Iterator[tuple[str, bytes]]:
    for type_id, type_ in bindings.api.types.items():
        if type_.root is None or type_.root.node != "element" or not bindings.has(type_id):
            continue
        for name, value in islice(samples(bindings.samples, type_id, Extent()), most):
            try:
                decoded = bindings.decode(type_id, "json", json.dumps(value, default=str).encode())
                yield f"{type_id} {name}", bindings.encode(type_id, "xml", decoded)
            except (BindwrightError, UnicodeEncodeError):
                continue  # the format has no form for the value


def _of_body(
    bindings: Bindings, codecs: PackageCodecs, operation: Operation, status: str | None, content: Content
) -> Iterator[tuple[str, bytes]]:
    assert content.use is not None
    place = BodyPlace(operation, status, content)
    for seed in range(SEEDS):
        side = "request" if status is None else "response"
        value = Sampler(bindings.api, side, seed, use_examples=seed == 0).sample(content.use, operation.id)  # type: ignore[arg-type]
        if value is None or isinstance(value, bytes):
            continue
        try:
            yield (
                f"{operation.id} {status or 'request'} {seed}",
                codecs.to_xml(place, json.loads(dumps(value))),
            )
        except (CodecError, UnicodeError):
            continue
