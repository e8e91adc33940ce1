"""``python -m tests.datacontract.random_documents [COUNT]``: random contracts, and values of them in XML and JSON.

What .NET writes is said by `net_writer`; the runtime reads it, and writes the same bytes of what was read and of what
is built anew of its members, so that nothing that was kept beside them can help.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

import attrs
from bindwright import ir
from bindwright.openapi import loads
from bindwright.runtime import json as json_codec
from bindwright.runtime import xml as xml_codec
from bindwright.serve.package import import_from_memory as package
from bindwright.targets import python

from tests.datacontract import net_writer
from tests.datacontract.random_contracts import Contracts, Draft
from tests.datacontract.random_values import Maker


def differences(seed: int, values: int) -> Iterator[str]:
    """What the runtime does otherwise than .NET, for the contracts of a seed."""
    rng = random.Random(seed)
    contracts = Draft(rng).contracts()
    name = package.unused_name()
    models = contracts_models(contracts, name)
    try:
        for number in range(values):
            plain = number % 2 == 0
            key = rng.choice(list(contracts.roots))
            type_, model = contracts.roots[key], getattr(models, key)
            value = None
            while value is None:
                value = Maker(rng, plain).value(type_, 3)
            for problem in _of_value(type_, value, model, plain):
                yield f"seed {seed}, value {number}, {key}: {problem}"
    finally:
        package.uninstall(name)


def contracts_models(contracts: Contracts, name: str) -> ModuleType:
    """The generated models of contracts, as a package of this name."""
    document = loads(json.dumps(contracts.document()))
    assert not document.diagnostics.failed, document.diagnostics.items
    package.install(name, python.emit(ir.lower(document), python.PythonOptions(package=name), {}).files)
    return import_module(f"{name}.models")


def _of_value(type_: Any, value: Any, model: Any, plain: bool) -> Iterator[str]:
    xml, text = net_writer.Xml().document(type_, value), net_writer.Json().value(type_, value)
    read = xml_codec.decode(xml.encode(), model)
    built = rebuilt(read, {})
    yield from unequal("XML read and written", xml, xml_codec.encode(read, model).decode())
    yield from unequal("XML of what is built anew", xml, xml_codec.encode(built, model).decode())
    yield from unequal("XML to JSON", text, json_codec.encode(built, model).decode())
    if not plain and '"$id"' in text:
        return  # the object may stand in a member that only the derived class has, of which JSON says nothing
    from_json = json_codec.decode(text.encode(), model)
    yield from unequal("JSON read and written", text, json_codec.encode(from_json, model).decode())
    if plain:
        yield from unequal("JSON to XML", xml, xml_codec.encode(rebuilt(from_json, {}), model).decode())


def unequal(what: str, expected: str, text: str) -> Iterator[str]:
    """Where two texts differ first, if they do."""
    if text != expected:
        same = next(
            (at for at, (ours, theirs) in enumerate(zip(text, expected, strict=False)) if ours != theirs),
            min(len(text), len(expected)),
        )
        around = slice(max(0, same - 200), same + 200)
        yield f"{what}, at {same}:\n  .NET {expected[around]}\n  ours {text[around]}"


def rebuilt(value: Any, known: dict[int, Any]) -> Any:
    """A value made of its public members; the same object stays one object."""
    if attrs.has(type(value)):
        if id(value) not in known:
            model = known[id(value)] = type(value).__new__(type(value))
            members = {
                field.alias: rebuilt(getattr(value, field.name), known)
                for field in attrs.fields(type(value))
                if field.init and not field.name.startswith("_")
            }
            model.__init__(**members)
        return known[id(value)]
    if isinstance(value, list):
        return type(value)([rebuilt(item, known) for item in value])
    if isinstance(value, dict):
        return type(value)({key: rebuilt(item, known) for key, item in value.items()})
    return value


def main(arguments: list[str]) -> int:
    """Print what differs; 0 where nothing does."""
    count, differing, started = int(arguments[0]) if arguments else 500, 0, time.process_time()
    for seed in range(1_000, 1_000 + count):
        try:
            problems = list(differences(seed, values=12))
        except Exception as error:
            problems = [f"seed {seed}: {type(error).__name__}: {error}"]
        differing += len(problems)
        for problem in problems[:3]:
            print(problem[:3000], flush=True)
    print(f"{count} random documents: {differing} differences, {time.process_time() - started:.0f} s")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
