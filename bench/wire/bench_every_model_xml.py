"""XML of every model of a folder of OpenAPI documents, on sampled instances, beside a bare lxml parse of the same bytes.

``python -m bench.wire.bench_every_model_xml [FOLDER] [COUNT]``: by default the corpus beside the project, if it is
there. What cannot be sampled, or stand in XML, is left out and counted. Each model has read the document some hundred
times before: learning its layout is not counted here (`bench_xml_nested` tells what the first documents take).
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import attrs
from bindwright.ir.model import Object, Use
from bindwright.runtime import json, xml
from bindwright.runtime.errors import DecodeError, EncodeError
from bindwright.serve.answers.sample import Sampler
from bindwright.serve.loading import load
from lxml import etree

from bench.wire.packages import GenerationFailed, package_of
from bench.wire.timing import goal

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
WARM = 700
"""Documents that a codec has read before: so many have to come before an expression is made for their layout."""


class Row(NamedTuple):
    """One model: our time of a bare parse's."""

    decode: float
    encode: float
    name: str
    size: int


def main(folder: Path = CORPUS, count: int = 60) -> None:
    """Run it."""
    print("\nXML, every model of the corpus, of the time of lxml.etree.fromstring for the same bytes")
    if not folder.is_dir():
        print(f"  skipped: {folder} is not here")
        return
    rows: list[Row] = []
    left_out = 0
    for number, document in enumerate(
        sorted(folder.glob("*.json"), key=lambda path: path.stat().st_size)[:count]
    ):
        with tempfile.TemporaryDirectory() as output:
            name = f"bench_every_xml_{number}"
            try:
                package_of(document, name, Path(output), styles="attrs")
                for row in _rows(document, import_module(f"{name}.models")):
                    if row is None:
                        left_out += 1
                    else:
                        rows.append(row)
            except GenerationFailed as error:
                print(f"  without {document.name}: {str(error)[:100]}")
    print(f"  {len(rows)} models; {left_out} whose sample has no XML")
    if rows:
        _report(rows)


def _rows(document: Path, models: Any) -> list[Row | None]:
    api = load(document).api
    classes = {_plain(name): name for name in dir(models) if isinstance(getattr(models, name), type)}
    rows: list[Row | None] = []
    for type_ in api.types.values():
        name = classes.get(_plain(type_.name or ""))
        if not isinstance(type_, Object) or name is None or not attrs.has(model := getattr(models, name)):
            continue
        try:
            value = json.decode(json.encode(Sampler(api).sample(Use(type=type_.id)), Any), model)
            rows.append(row_of(model, value))
        except (DecodeError, EncodeError, ValueError, TypeError):  # no sample, or nothing that XML has
            rows.append(None)
    return rows


def row_of(model: Any, value: Any) -> Row:
    """One model's times, by one of its values.

    Raises:
        DecodeError, EncodeError: the value cannot stand in XML.
    """
    data = xml.encode(value)
    first = xml.decode(data, model)
    assert xml.encode(first) == data, model
    for _ in range(WARM):
        read = xml.decode(data, model)
    assert repr(read) == repr(first), model
    base, decode, encode = _seconds(
        lambda: etree.fromstring(data), lambda: xml.decode(data, model), lambda: xml.encode(value)
    )
    return Row(
        decode / base, encode / base, f"{model.__module__.split('.')[0]}.{model.__qualname__}", len(data)
    )


def _plain(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())


def _seconds(*runs: Callable[[], object]) -> list[float]:
    """The best of some rounds, in turn; processor time, for the machine may be busy."""
    loops = []
    for run in runs:
        run()
        start = time.process_time()
        run()
        loops.append(max(1, int(0.0005 / max(time.process_time() - start, 1e-6))))
    best = [float("inf")] * len(runs)
    for _ in range(5):
        for number, (run, count) in enumerate(zip(runs, loops, strict=True)):
            start = time.process_time()
            for _ in range(count):
                run()
            best[number] = min(best[number], (time.process_time() - start) / count)
    return best


def _report(rows: list[Row]) -> None:
    limits = {"decode": (1.2, 2.5, 4.0), "encode": (0.5, 1.0, 2.0)}
    for index, (words, (median, ninetieth, worst)) in enumerate(limits.items()):
        ratios = sorted(float(row[index]) for row in rows)
        print(f"  {words}")
        goal("median", ratios[len(ratios) // 2], median, at_most=True)
        goal("90th percentile", ratios[int(len(ratios) * 0.9)], ninetieth, at_most=True)
        goal("worst", ratios[-1], worst, at_most=True)
        for row in sorted(rows, key=lambda row: -row[index])[:10]:
            print(f"    {row[index]:5.2f} {row.name} ({row.size} bytes)")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:2]), *map(int, sys.argv[2:3]))
