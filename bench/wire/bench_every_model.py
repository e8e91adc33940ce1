"""JSON of every model of a folder of OpenAPI documents, on sampled instances, beside pydantic.

``python -m bench.wire.bench_every_model [FOLDER] [COUNT]``: by default the corpus beside the project, if it is there.
Models that pydantic's style does not have, and samples that either refuses, are left out and counted.
"""

from __future__ import annotations

import json as stdlib
import re
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import attrs
from bindwright.ir.model import Object, Use
from bindwright.runtime import json
from bindwright.serve.answers.sample import Sampler
from bindwright.serve.loading import load

from bench.wire.packages import GenerationFailed, package_of
from bench.wire.timing import goal

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


class Row(NamedTuple):
    """One model: our time of pydantic's."""

    decode: float
    encode: float
    name: str
    size: int


def main(folder: Path = CORPUS, count: int = 60) -> None:
    """Run it."""
    print("\nJSON, every model of the corpus, of pydantic's time")
    if not folder.is_dir():
        print(f"  skipped: {folder} is not here")
        return
    rows: list[Row] = []
    for number, document in enumerate(
        sorted(folder.glob("*.json"), key=lambda path: path.stat().st_size)[:count]
    ):
        with tempfile.TemporaryDirectory() as output:
            name = f"bench_every_{number}"
            try:
                package_of(document, name, Path(output), styles="attrs,pydantic")
                rows += _rows(
                    document, import_module(f"{name}.models"), import_module(f"{name}.models_pydantic")
                )
            except GenerationFailed as error:
                print(f"  without {document.name}: {str(error)[:100]}")
    if rows:
        _report(rows)


def _rows(document: Path, ours: ModuleType, theirs: ModuleType) -> list[Row]:
    api = load(document).api
    classes = {_plain(name): name for name in dir(ours) if isinstance(getattr(ours, name), type)}
    rows = []
    for type_ in api.types.values():
        name = classes.get(_plain(type_.name or ""))
        if not isinstance(type_, Object) or name is None or not hasattr(theirs, name):
            continue
        own, other = getattr(ours, name), getattr(theirs, name)
        if not attrs.has(own) or not hasattr(other, "model_validate_json"):
            continue
        value = Sampler(api).sample(Use(type=type_.id))
        try:
            data = stdlib.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
            rows.append(_row(own, other, data))
        except (ValueError, TypeError):  # the sample is none of the model for one of them, or no JSON (files)
            continue
    return rows


def _row(own: Any, other: Any, data: bytes) -> Row:
    value, peer = json.decode(data, own), other.model_validate_json(data)
    assert stdlib.loads(json.encode(value)) == stdlib.loads(data), own
    for _ in range(3):
        json.decode(data, own)
    decode = _seconds(lambda: json.decode(data, own)) / _seconds(lambda: other.model_validate_json(data))
    written = _seconds(lambda: peer.model_dump_json(by_alias=True, exclude_unset=True).encode())
    encode = _seconds(lambda: json.encode(value)) / written
    return Row(decode, encode, own.__qualname__, len(data))


def _plain(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())


def _seconds(run: Callable[[], object]) -> float:
    """The best of some rounds; processor time, for the machine may be busy."""
    run()
    loops = 1
    while True:
        start = time.process_time()
        for _ in range(loops):
            run()
        taken_time = time.process_time() - start
        if taken_time > 0.0005:
            break
        loops *= 2
    times = []
    for _ in range(5):
        start = time.process_time()
        for _ in range(loops):
            run()
        times.append((time.process_time() - start) / loops)
    return min(times)


def _report(rows: list[Row]) -> None:
    for words, index in (("decode", 0), ("encode", 1)):
        ratios = sorted(float(row[index]) for row in rows)
        print(f"  {words}: {len(rows)} models")
        goal("median", ratios[len(ratios) // 2], 0.5, at_most=True)
        goal("90th percentile", ratios[int(len(ratios) * 0.9)], 0.7, at_most=True)
        goal("worst", ratios[-1], 1.0, at_most=True)
        for row in sorted(rows, key=lambda row: -row[index])[:10]:
            print(f"    {row[index]:5.2f} {row.name} ({row.size} bytes)")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:2]), *map(int, sys.argv[2:3]))
