"""Keys of .NET's dictionaries in TypeScript are what Python writes, in both directions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bindwright import ir
from bindwright.openapi import loads
from bindwright.runtime import json as json_codec
from bindwright.runtime import xml as xml_codec
from bindwright.targets import typescript

from tests.datacontract.test_keys import DOCUMENT, TEXTS
from tests.meaning.driver import generate
from tests.typescript.node import run

HEAD = "openapi: 3.0.4\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
TRANSCODE = """
import { fromJson, fromXml, toJson, toXml, Box } from '%s/index.js';
const attempt = (act) => { try { return act(); } catch (error) { return String(error); } };
const [texts, documents] = JSON.parse(process.argv[2]);
console.log(JSON.stringify([texts.map((text) => attempt(() => toXml(Box, fromJson(Box, text)))), documents.map((text) => attempt(() => toJson(Box, fromXml(Box, text))))]));
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("keys")
    api = ir.lower(loads(HEAD + DOCUMENT))
    for name, text in typescript.emit(api, typescript.TypeScriptOptions(package="keys"), {}).files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "transcode.mjs").write_text(TRANSCODE % folder)
    return folder


def test_keys_of_every_type(package: Path) -> None:
    model: Any = generate(DOCUMENT, version="3.0.4").models.Box
    texts = [f'{{"{name}":{{"{key}":1}}}}' for name, key, *_ in TEXTS]
    documents = [xml_codec.encode(json_codec.decode(text, model)).decode() for text in texts]
    written, back = json.loads(run(str(package / "transcode.mjs"), json.dumps([texts, documents])))
    assert back == texts
    assert written == documents
