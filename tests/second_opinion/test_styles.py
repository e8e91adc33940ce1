"""Models of other styles beside the attrs ones: sampled values of whole documents, in JSON and XML."""

from __future__ import annotations

import contextlib
import importlib
import json as stdlib
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from bindwright import ir
from bindwright import openapi as spec
from bindwright.ir import model
from bindwright.openapi import LoadOptions
from bindwright.runtime import DecodeError, json, xml
from bindwright.serve.answers.sample import Sampler

from tests.datacontract.generated import generate
from tests.second_opinion.test_json import CORPUS

pytest.importorskip("datamodel_code_generator")
DOCUMENTS = [Path(__file__).parent / "shop.yaml", CORPUS / "setlist.fm.json", CORPUS / "doqs.dev.json"]
STYLES = ("pydantic", "dataclass", "typeddict", "msgspec")


@cache
def package(document: Path) -> str:
    """The package of a document, in every style."""
    name = "styles_of_" + document.stem.replace(".", "_")
    generate(document, name, ("attrs", *STYLES), tolerant=True)
    return name


def samples(document: Path, own: ModuleType) -> list[tuple[str, bytes]]:
    """Names of models with JSON of theirs."""
    api = ir.lower(spec.load(document, options=LoadOptions(tolerant=True)))
    known = {name.lower(): name for name in dir(own) if isinstance(getattr(own, name), type)}
    pairs = []
    for key, type_ in api.types.items():
        name = known.get(key.rpartition("/")[2].replace("_", "").replace(".", "").lower())
        if isinstance(type_, model.Object) and name is not None:
            for seed in range(3):
                value = Sampler(api, seed=seed).sample(model.Use(type=key))
                with contextlib.suppress(TypeError):  # bytes have no form in JSON
                    pairs.append((name, stdlib.dumps(value).encode()))
    return pairs


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "document", [document for document in DOCUMENTS if document.exists()], ids=lambda document: document.name
)
def test_the_wire_is_that_of_the_attrs_models(document: Path, style: str) -> None:
    own = importlib.import_module(f"{package(document)}.models")
    module = importlib.import_module(f"{package(document)}.models_{style}")
    asked = 0
    for name, text in samples(document, own):
        ours, theirs = getattr(own, name), getattr(module, name)
        try:
            value: Any = json.decode(text, ours)
        except DecodeError:
            continue  # a sample that is none
        asked += 1
        other = json.decode(text, theirs)
        assert json.encode(other, theirs) == json.encode(value, ours)
        document_ = xml.encode(value, ours)
        assert xml.encode(other, theirs) == document_
        assert xml.encode(xml.decode(document_, theirs), theirs) == xml.encode(
            xml.decode(document_, ours), ours
        )
    assert asked
