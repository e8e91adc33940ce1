"""The clients of the suite's documents, and which of their methods is which operation."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from attrs import frozen
from bindwright.runtime.http import Operation

from tests.interop.typespec.suite import HERE, HOME


@frozen(kw_only=True)
class Method:
    """One generated method: where it is, its operation, and its arguments by the parameters' keys."""

    resource: str
    name: str
    operation: Operation
    arguments: dict[str, str]
    body: str | None


@frozen
class Bindings:
    """A generated package."""

    document: Path
    package: ModuleType
    models: Any
    methods: tuple[Method, ...]


def overlay_of(spec: str) -> Path | None:
    """The overlay of a folder of scenarios; None: there is none."""
    overlay = HERE / "overlays" / (spec.replace("/", "_") + ".yaml")
    return overlay if overlay.exists() else None


def generate(spec: str, overlay: Path | None = None) -> list[Bindings]:
    """Write and import the clients of a scenario's documents, one a version of its API."""
    bindings = []
    for document in sorted((HOME / "openapi" / spec).glob("*.json")):
        name = ("overlaid_" if overlay is not None else "ts_") + (
            re.sub(r"\W+", "_", f"{spec} {document.stem.removeprefix('openapi')}").strip("_").lower()
        )
        output = HOME / "clients" / name
        command: list[Any] = [sys.executable, "-m", "bindwright", "generate", document, "--tolerant", "-q"]
        command += ["--overlay", overlay] if overlay is not None else []
        subprocess.run([*command, "--package", name, "--output", output], check=True)
        sys.path.insert(0, str(output))
        package = importlib.import_module(name)
        bindings.append(
            Bindings(document, package, importlib.import_module(f"{name}.models"), tuple(methods_of(package)))
        )
    return bindings


def methods_of(package: ModuleType) -> Iterator[Method]:
    """The methods of a generated package."""
    for resource, place in package.Client._api.resources.items():
        module_name, _, class_name = place.partition(":")
        module = importlib.import_module(f"{package.__name__}.api.{module_name}")
        tree = ast.parse(Path(str(module.__file__)).read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name == class_name:
                yield from (
                    method
                    for function in node.body
                    if isinstance(function, ast.FunctionDef)
                    for method in _method(resource, module, function)
                )


def _method(resource: str, module: ModuleType, function: ast.FunctionDef) -> Iterator[Method]:
    """A method calls its operation's constant with a dict of parameters: that is read here."""
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        if not isinstance(call.func, ast.Attribute) or call.func.attr not in ("_call", "_page"):
            continue
        constant, arguments = call.args[0], call.args[1]
        assert isinstance(constant, ast.Name)
        assert isinstance(arguments, ast.Dict)
        names = {
            ast.literal_eval(key): value.id
            for key, value in zip(arguments.keys, arguments.values, strict=True)
            if key is not None and isinstance(value, ast.Name)
        }
        body = next(filter(None, map(_body_name, call.keywords)), None)
        yield Method(
            resource=resource,
            name=function.name,
            operation=getattr(module, constant.id),
            arguments=names,
            body=body,
        )


def _body_name(argument: ast.keyword) -> str | None:
    """The variable of a body: ``body=name``, or ``**with_members(name, options)`` where members are keywords, too."""
    value = argument.value
    if argument.arg is None and isinstance(value, ast.Call) and ast.unparse(value.func) == "with_members":
        value = value.args[0]
    elif argument.arg != "body":
        return None
    return value.id if isinstance(value, ast.Name) else None
