"""Packages as earlier generators wrote them (`packages/level_N`) run on this runtime, and beside a new one.

They are kept as they were written: whoever raises the level adds one of the level before.
"""

from __future__ import annotations

import asyncio
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from bindwright import ir, openapi
from bindwright.runtime import json, xml
from bindwright.standards.runtime_level import LEVEL
from bindwright.targets.python import PythonOptions, emit
from bindwright.testing import MockApi

FOLDER = Path(__file__).parent / "packages"
OLDER = range(1, LEVEL)
NAMES = {1: "level_one", 2: "level_two", 3: "level_three"}


def test_there_is_one_of_each_level() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == [f"level_{level}" for level in OLDER]
    for level in OLDER:
        text = (FOLDER / f"level_{level}" / NAMES[level] / "client.py").read_text()
        assert f"    level={level},\n" in text


@pytest.fixture(params=OLDER)
def package(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(FOLDER / f"level_{request.param}")
    yield importlib.import_module(NAMES[request.param])
    for name in [name for name in sys.modules if name.partition(".")[0] == NAMES[request.param]]:
        del sys.modules[name]


def _document(package: ModuleType) -> Path:
    return Path(package.__file__ or "").parent.parent / "document.yaml"


def test_every_module_imports(package: ModuleType) -> None:
    folder = Path(package.__file__ or "").parent
    for path in folder.rglob("*.py"):
        if path.stem not in ("__init__", "__main__"):
            importlib.import_module(
                ".".join([package.__name__, *path.relative_to(folder).with_suffix("").parts])
            )
    assert all(getattr(package, name) is not None for name in package.__all__)


def test_models_read_and_write_both_formats(package: ModuleType) -> None:
    models = importlib.import_module(f"{package.__name__}.models")
    pet = models.Pet(name="Tom", status=models.Status.SOLD, tags=["a"], born=None)
    assert json.decode(json.encode(pet), models.Pet) == pet
    assert xml.decode(xml.encode(pet), models.Pet) == pet
    event = json.decode(b'{"type": "Fed", "at": "2024-02-29T10:45:00Z"}', models.Event)
    assert isinstance(event, models.Fed)


def test_calls(package: ModuleType) -> None:
    models = importlib.import_module(f"{package.__name__}.models")
    api = MockApi.load(_document(package), package=package.__name__)
    with package.Client("http://api.example", transport=api.transport) as client:
        assert isinstance(client.pets.add_pet(models.Pet(name="Tom", status=models.Status.SOLD)), models.Pet)
        assert client.pets.add_pet(models.Pet(name="Tom"), format="xml").name
        page = client.pets.list_pets(status="sold")
        assert all(isinstance(pet, models.Pet) for pet in page.items)
        api.answer("getPet", {"name": "Tom", "status": "sold"})
        assert client.pets.wait_for_pet(1).status == "sold"
        raw = client.pets.with_raw_response.get_pet(1)
        assert raw.parse().name == "Tom"
        with pytest.warns(DeprecationWarning, match="deprecated"):
            client.pets.put_photo(1, {"photo": b"data", "note": "nice"})
        with client.events.with_streaming_response.events(accept="text/event-stream") as response:
            assert list(response.iter_items())
        with pytest.raises(package.Conflict):
            client.pets.add_pet(models.Pet(name="Tom"), headers={"Prefer": "code=409"})
    api.check()


def test_async_calls(package: ModuleType) -> None:
    models = importlib.import_module(f"{package.__name__}.models")
    api = MockApi.load(_document(package), package=package.__name__)

    async def run() -> None:
        async with package.AsyncClient("http://api.example", transport=api.async_transport) as client:
            assert isinstance(await client.pets.add_pet(models.Pet(name="Tom")), models.Pet)
            async for pet in await client.pets.list_pets():
                assert isinstance(pet, models.Pet)
                break

    asyncio.run(run())


def test_it_stands_beside_a_new_one(
    package: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = emit(ir.lower(openapi.load(_document(package))), PythonOptions(package="level_now")).files
    for path, text in files.items():
        (file := tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    new = importlib.import_module("level_now.models")
    old = importlib.import_module(f"{package.__name__}.models")
    document = xml.encode(old.Pet(name="Tom", tags=["a"]))
    assert xml.encode(xml.decode(document, new.Pet)) == document
    for name in [name for name in sys.modules if name.partition(".")[0] == "level_now"]:
        del sys.modules[name]
