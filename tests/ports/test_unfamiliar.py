"""The interpreter and the runtime agree on samples of documents that neither was made for."""

from __future__ import annotations

import json as stdlib
import re
from pathlib import Path
from typing import Any

import pytest
from bindwright.ir import lower, model
from bindwright.openapi import load
from bindwright.runtime import json, xml
from bindwright.serve.answers.sample import Sampler

from tests.datacontract.generated import generate
from tests.xml.test_openapi_cases import canonical

from .test_interpreter import Conversion, run, written

HERE = Path(__file__).parent
CORPUS = HERE.parents[1].parent / "shared" / "corpus"
DOCUMENTS = [
    HERE / "unfamiliar.yaml",
    *(path for path in sorted(CORPUS.glob("*.json")) if re.search(rb"/xml\"|\"xml\"", path.read_bytes())),
]
TYPES = 30


def samples(api: model.Api, models: Any) -> list[tuple[str, str, str, str]]:
    """Name of the type, its JSON, and what the runtime makes of it: the XML, and the JSON of that."""
    result = []
    for type_ in list(api.types.values()):
        kind = getattr(models, type_.name or "", None)
        if (
            type_.root is None
            or not isinstance(kind, type)
            or not isinstance(type_, (model.Object, model.Map))
        ):
            continue
        for seed in range(3):
            text = stdlib.dumps(Sampler(api, side="response", seed=seed).sample(model.Use(type=type_.id)))
            document = xml.encode(json.decode(text, kind), kind).decode()
            back = json.encode(xml.decode(document, kind), kind).decode()
            result.append((type_.name or "", text, document, back))
    return result[: 3 * TYPES]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_both_say_the_same(path: Path) -> None:
    api = lower(load(path))
    models = generate(path, "unfamiliar_" + re.sub(r"\W", "_", path.stem).lower()[:40])
    ir = written(path, path.stem)
    every = samples(api, models)
    conversions = [
        conversion
        for name, text, document, _ in every
        for conversion in (
            Conversion(ir, name, "json", "xml", text),
            Conversion(ir, name, "xml", "json", document),
        )
    ]
    answers = run(conversions) if conversions else []
    for (name, text, document, back), to_xml, to_json in zip(every, answers[::2], answers[1::2], strict=True):
        assert "output" in to_xml, (name, text, to_xml)
        assert canonical(to_xml["output"].encode()) == canonical(document.encode()), name
        assert "output" in to_json, (name, document, to_json)
        assert stdlib.loads(to_json["output"]) == stdlib.loads(back), name
