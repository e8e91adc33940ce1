"""Members that are required, but sent on one side only."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Literal

import attrs
import pytest
from bindwright import ir
from bindwright import openapi as spec
from bindwright.serve.package import import_from_memory as package
from bindwright.targets import python
from bindwright.testing import MockApi

DOCUMENT = Path(__file__).parent / "sides.yaml"


@pytest.mark.parametrize("format", ["json", "xml"])
def test_each_side_leaves_out_what_is_the_others(format: Literal["json", "xml"]) -> None:
    name = package.unused_name()
    output = python.emit(ir.lower(spec.load(DOCUMENT)), python.PythonOptions(package=name), {})
    module, models = package.install(name, output.files), import_module(f"{name}.models")
    mock = MockApi.load(DOCUMENT, package=name)
    with module.Client("http://x.example", transport=mock.transport, format=format) as client:
        user = client.users.add_user(models.User(name="Ann", password="p"))
        assert client.users.get_status().users >= 1
    mock.check()
    assert isinstance(user.id, int)
    assert user.password is None
    if format == "json":
        assert json.loads(mock.calls[0].request.body) == {"name": "Ann", "password": "p"}
    assert attrs.fields(models.Status).users.default is attrs.NOTHING  # no request ever holds a Status
    package.uninstall(name)
