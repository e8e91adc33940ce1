"""Bodies of all kinds, as the generated client writes them, are understood and checked."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from bindwright import ir
from bindwright import openapi as spec
from bindwright.runtime.http import File, StatusError
from bindwright.serve.package import import_from_memory as package
from bindwright.targets import python
from bindwright.testing import MockApi

DOCUMENT = Path(__file__).parent / "bodies.yaml"


@pytest.fixture
def shop() -> Iterator[tuple[Any, Any, MockApi]]:
    name = package.unused_name()
    output = python.emit(ir.lower(spec.load(DOCUMENT)), python.PythonOptions(package=name), {})
    module, models = package.install(name, output.files), import_module(f"{name}.models")
    mock = MockApi.load(DOCUMENT, package=name)
    with module.Client("http://x.example", transport=mock.transport) as client:
        yield client, models, mock
    package.uninstall(name)


def test_parts_in_xml_and_json(shop: tuple[Any, Any, MockApi]) -> None:
    client, models, mock = shop
    bodies: list[Any] = []
    mock.handle("upload", lambda call: bodies.append(call.body))
    pets = [models.Pet(name=name) for name in "ab"]
    body = models.UploadBody(files=[b"x", b"y"], meta=pets[0], more=pets, numbers=[1, 2])
    client.files.upload(body)
    client.files.upload(
        {"files": [File(b"x", "a.txt"), b"y"], "meta": pets[0], "more": pets, "numbers": [1, 2]}
    )
    mock.check()
    assert bodies == [body, body]
    with pytest.raises(StatusError):
        client.files.upload({"files": [b"x"], "meta": File(b"<Pet/>", content_type="application/xml")})
    with pytest.raises(AssertionError, match="name"):
        mock.check()
    mock.expect_refusals()


def test_a_form_whose_object_has_members_of_other_names(shop: tuple[Any, Any, MockApi]) -> None:
    client, models, mock = shop
    bodies: list[Any] = []
    mock.handle("form", lambda call: bodies.append(call.body))
    body = models.FormBody(tags=["x", "y"], pet=models.Pet(name="a", tags=["z"]))
    client.files.form(body)
    mock.check()
    assert bodies == [body]


def test_lines_and_events(shop: tuple[Any, Any, MockApi]) -> None:
    client, models, mock = shop
    mock.answer("lines", [{"name": "a"}, {"name": "b"}])
    assert client.files.lines(body=[models.Pet(name="x")]) == [models.Pet(name="a"), models.Pet(name="b")]
    with client.files.with_streaming_response.events() as response:
        events = [(event.event, event.data) for event in response.iter_events()]
    assert events == [("pet", "1\n2"), ("pet", '{"a":1}')]
    mock.check()
