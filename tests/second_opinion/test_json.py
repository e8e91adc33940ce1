"""JSON beside pydantic models that datamodel-code-generator makes of the same document, without our help."""

from __future__ import annotations

import importlib
import importlib.util
import json as stdlib
import re
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from bindwright import ir
from bindwright import openapi as spec
from bindwright.ir import model
from bindwright.openapi import LoadOptions
from bindwright.runtime import json
from bindwright.serve.answers.sample import Sampler
from bindwright.serve.package import import_from_memory as memory
from bindwright.targets import python

dmcg = pytest.importorskip("datamodel_code_generator")
ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
DOCUMENTS = [
    ROOT / "openapi.yaml", Path(__file__).parent / "shop.yaml", CORPUS / "openfigi.com.json",
    CORPUS / "youneedabudget.com.json", CORPUS / "crossbrowsertesting.com.json", CORPUS / "netlicensing.io.json",
]  # fmt: skip
SEEDS = range(5)
_SCHEMA = re.compile("#/(?:components/schemas|definitions)/[^/]+").fullmatch


class Reading:
    """A document as read by us and by the other generator."""

    def __init__(self, document: Path, folder: Path) -> None:
        api = ir.lower(spec.load(document, options=LoadOptions(tolerant=True)))
        output = python.emit(api, python.PythonOptions(package=(package := memory.unused_name())), {})
        memory.install(package, output.files)
        self.api = api
        self.ours = importlib.import_module(f"{package}.models")
        self.names: dict[str, str] = output.names["classes"]
        self.theirs = _theirs(document, folder)

    def pairs(self) -> Iterator[tuple[Any, Any, model.Use]]:
        """Our class and theirs for each object that both name."""
        known = {name.replace("_", "").lower(): member for name, member in vars(self.theirs).items()}
        for key, type_ in self.api.types.items():
            if not isinstance(type_, model.Object) or not _SCHEMA(key):
                continue
            other = known.get(key.rpartition("/")[2].replace("_", "").lower())
            if key in self.names and hasattr(other, "model_validate_json"):
                yield getattr(self.ours, self.names[key]), other, model.Use(type=key)


def _theirs(document: Path, folder: Path) -> ModuleType:
    path = folder / f"theirs_{document.stem.replace('.', '_')}.py"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dmcg.generate(
            document, output=path, input_file_type=dmcg.InputFileType.OpenAPI,
            output_model_type=dmcg.DataModelType.PydanticV2BaseModel, formatters=[],
            target_python_version=dmcg.PythonVersion.PY_311, snake_case_field=True,
        )  # fmt: skip
    module_spec = importlib.util.spec_from_file_location(path.stem, path)
    assert module_spec is not None
    assert module_spec.loader is not None
    module = importlib.util.module_from_spec(module_spec)
    sys.modules[path.stem] = module
    module_spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=DOCUMENTS, ids=lambda path: path.stem)
def reading(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    if not request.param.exists():
        pytest.skip(f"{request.param.name} is not beside this repository")
    return Reading(request.param, tmp_path_factory.mktemp("theirs"))


def test_there_is_something_to_compare(reading: Reading) -> None:
    assert len(list(reading.pairs())) >= 1


def test_what_we_write_means_the_same_to_them(reading: Reading) -> None:
    for ours, theirs, use in reading.pairs():
        for seed in SEEDS:
            text = _text(reading, use, seed)
            written = json.encode(json.decode(text, ours))
            assert theirs.model_validate_json(written) == theirs.model_validate_json(text), ours


def test_what_they_write_means_the_same_to_us(reading: Reading) -> None:
    for ours, theirs, use in reading.pairs():
        for seed in SEEDS:
            text = _text(reading, use, seed)
            written = theirs.model_validate_json(text).model_dump_json(by_alias=True, exclude_unset=True)
            assert json.decode(written.encode(), ours) == json.decode(text, ours), ours


def _text(reading: Reading, use: model.Use, seed: int) -> bytes:
    return stdlib.dumps(Sampler(reading.api, seed=seed, use_examples=False).sample(use)).encode()
