"""Alternatives that differ far down: the data are followed as deep as they go, in time that grows with them."""

from __future__ import annotations

import importlib
import itertools
from pathlib import Path
from typing import Any

import pytest
from bindwright.runtime import Model, json, xml

from tests.json.test_growth import calls
from tests.meaning.driver import Generated, generate

LEVELS = 2
WAYS = {
    "mixed": (
        "{type: object, required: [n], properties: {n: {type: array, items: {type: object, additionalProperties: %s}}}}",
        '{"n":[{"k":%s}]}',
    ),
    "tuples": ("{type: object, properties: {n: {type: array, prefixItems: [%s], items: false}}}", '{"n":[%s]}'),
}  # fmt: skip
LEAVES = (
    ("{type: object, required: [x], properties: {x: {type: integer}}}", '{"x":1}'),
    ("{type: object, required: [y], properties: {y: {type: integer}}}", '{"y":1}'),
    ("{type: object, required: [y], properties: {y: {type: string, format: date}}}", '{"y":"2020-01-02"}'),
)
TREE = """
Left: {type: object, properties: {child: {$ref: '#/components/schemas/Tree'}, children: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}
Right: {type: object, properties: {child: {$ref: '#/components/schemas/Tree'}, size: {type: integer}}}
Tree: {anyOf: [{$ref: '#/components/schemas/Left'}, {$ref: '#/components/schemas/Right'}]}
"""


def nested(pattern: str, inner: str) -> str:
    for _ in range(LEVELS):
        inner = pattern % inner
    return inner


def with_dicts(schemas: str, **choices: str) -> Generated:
    """A package with TypedDicts beside its classes, of their names alone, which is all that is asked of them here: the
    generator of other styles takes a second to be imported and made.

    Args:
        schemas: as for `generate`.
        choices: what components that are choices stand for, by their names.
    """
    package = generate(schemas)
    models = package.models
    classes = [name for name in models.__all__ if isinstance(getattr(models, name), type) and issubclass(getattr(models, name), Model)]  # fmt: skip
    assert models.__file__ is not None
    folder = Path(models.__file__).parents[1] / "models_typeddict"
    folder.mkdir()
    lines = [
        "from typing import Annotated",
        "from bindwright.runtime.model_styles import StyleAlias",
        "from typing_extensions import TypedDict",
    ]
    lines += [f"class {name}(TypedDict): pass" for name in classes]
    lines += [
        f"{name} = Annotated[{choice}, StyleAlias({name!r}, __name__)]" for name, choice in choices.items()
    ]
    (folder / "__init__.py").write_text("\n".join(lines), encoding="utf-8")
    importlib.invalidate_caches()
    return package


@pytest.fixture(scope="module")
def package() -> Generated:
    schemas, ways = "", ""
    for way, (pattern, _) in WAYS.items():
        for number, (leaf, _) in enumerate(LEAVES):
            schemas += f"{way.title()}{number}: {nested(pattern, leaf)}\n"
        references = [f"{{$ref: '#/components/schemas/{way.title()}{number}'}}" for number in range(len(LEAVES))]  # fmt: skip
        lists = [f"{{type: array, items: {reference}}}" for reference in references]
        ways += (
            f"  {way}: {{oneOf: [{', '.join(references)}]}}\n  {way}-lists: {{oneOf: [{', '.join(lists)}]}}\n"
        )
    return with_dicts(f"{schemas}Holder:\n  type: object\n  properties:\n" + "".join(f"  {line}\n" for line in ways.splitlines()))  # fmt: skip


@pytest.mark.parametrize("style", ["models", "models_typeddict"])
def test_what_is_read_is_written(package: Generated, style: str) -> None:
    holder = importlib.import_module(f"{package.package}.{style}").Holder
    for way, (_, pattern) in WAYS.items():
        for _, leaf in LEAVES:
            value = nested(pattern, leaf)
            for text in (f'{{"{way}":{value}}}', f'{{"{way}-lists":[{value}]}}'):
                decoded = json.decode(text.encode(), holder)
                assert json.encode(decoded, holder).decode() == text
                assert json.encode(xml.decode(xml.encode(decoded, holder), holder), holder).decode() == text


def test_dicts_are_written_in_time_that_grows_with_them() -> None:
    tree: Any = importlib.import_module(
        f"{with_dicts(TREE, Tree='Left | Right').package}.models_typeddict"
    ).Tree
    counts = []
    for depth in (2, 10, 20, 40):
        value: dict[str, Any] = {"size": 1}
        for _ in range(depth):
            value = {"child": value}
        counts.append(calls(lambda value=value: json.encode(value, tree)))
    for smaller, larger in itertools.pairwise(counts[1:]):
        assert larger <= 2.3 * smaller + 700, counts


def test_what_an_object_keeps_within_a_choice_is_not_lost() -> None:
    """A dict with members that its class does not know is none of a map, which has no place for them."""
    package = with_dicts(
        """
        Labels: {type: object, properties: {kind: {type: object, additionalProperties: {type: string}}}}
        Kind: {type: object, required: [kind], properties: {kind: {type: object, required: [b], properties: {b: {type: string}}}}}
        Either: {anyOf: [{$ref: '#/components/schemas/Labels'}, {$ref: '#/components/schemas/Kind'}]}
        """,
        Either="Labels | Kind",
    )
    either = importlib.import_module(f"{package.package}.models_typeddict").Either
    for text in (b'{"kind":{"b":"x","z":[1]}}', b'{"kind":{"b":"x","z":"y"}}'):
        assert json.encode(json.decode(text, either), either) == text
