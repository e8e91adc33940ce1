"""``python -m tests.fuzz.accelerated SEED COUNT``: what the codecs make of random documents' models, a line for each thing.

The lines are the same with the accelerator, without it (``BINDWRIGHT_PURE=1``), and with one that checks itself: see
`tests.fuzz.fuzz_accelerator`. With ``--leaks`` they are the inputs of which something is kept.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import random
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from bindwright.runtime import json, xml
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.resolve import COMMON
from bindwright.runtime.xml.accelerated.read_plans import quick_reader
from bindwright.runtime.xml.codec import XmlCodec
from bindwright.runtime.xml.fast.layout_regex import MISS

from tests.fuzz.random_inputs import Subject, changed, json_inputs, subjects, xml_inputs
from tests.xml.test_both_paths import kept

INPUTS = 24
"""Documents of each model in each format."""
WRITTEN = 8
"""Changed values of each model in each format."""
Work = Callable[[], str]


def works(seed: int) -> Iterator[list[tuple[str, Work]]]:
    """Everything that is done with a seed's models, in lists of one model and format: what it is, and how its outcome is had as text."""
    for subject in subjects(seed):
        rng = random.Random(f"{seed}{subject.name}")
        lenient = rng.random() < 0.25
        for name, codec, documents in (
            ("json", _Json(subject.model, lenient), json_inputs(subject, rng, INPUTS)),
            ("xml", _Xml(subject.model, lenient), xml_inputs(subject, rng, INPUTS)),
        ):
            label = f"{seed} {subject.name} {name}{' lenient' if lenient else ''}"
            yield [
                *((f"{label} read {data!r}", partial(_read, codec, data)) for data in documents),
                *(
                    (f"{label} write {value!r}", partial(_written, codec, value))
                    for value in _values(subject, rng)
                ),
            ]


def _values(subject: Subject, rng: random.Random) -> Iterator[Any]:
    for _ in range(WRITTEN):
        try:
            value = json.decode(rng.choice(subject.texts), subject.model)
        except DecodeError:
            return
        yield changed(value, rng)


class _Json:
    def __init__(self, model: Any, lenient: bool) -> None:
        self.model = model
        self.settings = json.Settings(values="lenient") if lenient else json.DEFAULT

    def decode(self, data: bytes) -> Any:
        return json.decode(data, self.model, settings=self.settings)

    def encode(self, value: Any) -> bytes:
        return json.encode(value, self.model, settings=self.settings)


class _Xml:
    """Reads with the accelerator whatever it takes, and the rest with the reference alone."""

    def __init__(self, model: Any, lenient: bool) -> None:
        how: Any = "lenient" if lenient else "strict"
        self.codec = XmlCodec(model, None, COMMON, xml.Settings(namespaces=how, values=how, speculate=False))
        self.quick = quick_reader(self.codec.place, xml.Settings(namespaces=how, values=how))

    def decode(self, data: bytes) -> Any:
        if self.quick is not None and (value := self.quick.read_bytes(data)) is not MISS:
            return value
        return self.codec.decode(data)

    def encode(self, value: Any) -> bytes:
        return self.codec.encode(value)


def _read(codec: _Json | _Xml, data: bytes) -> str:
    try:
        value = codec.decode(data)
    except DecodeError as error:
        return f"refused: {error}"
    return f"{value!r} {list(kept(value))} {_written(codec, value)}"


def _written(codec: _Json | _Xml, value: Any) -> str:
    try:
        return repr(codec.encode(value))
    except Exception as error:  # any: it is to be the same one
        return f"refused: {type(error).__name__} {error}"


def leaks(seed: int) -> Iterator[str]:
    """The things of which each turn keeps memory: blocks of the interpreter's, or octets of the C library's.

    All that is done with a model in a format is one turn; its parts are looked at where that keeps something, for
    longer, since what keeps a number of things of late (errors of libxml2) holds larger ones and smaller ones in turn.
    """
    for parts in works(seed):
        if keeps(lambda: [work() for _, work in parts], 30):  # noqa: B023
            yield from (label for label, work in parts if keeps(work, 300, 6))


def keeps(work: Callable[[], object], turns: int, windows: int = 2) -> bool:
    """Whether each of so many calls keeps something, in each of so many windows: what is made once is no leak."""
    blocks, octets = [], []
    for window in range(windows + 1):
        before = _in_use()
        for _ in range(turns):
            work()
        after = _in_use()
        if window:
            blocks.append(after[0] - before[0])
            octets.append(after[1] - before[1])
    return min(blocks) >= turns or min(octets) >= 16 * turns


def _in_use() -> tuple[int, int]:
    """Blocks of the interpreter's, and octets that the C library has given out; 0 of these where it does not tell."""
    gc.collect()
    return sys.getallocatedblocks(), _mallinfo().given_out if _mallinfo is not None else 0


class _MallocInfo(ctypes.Structure):
    """``struct mallinfo2`` of glibc 2.33."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in ("arena", "b", "c", "d", "e", "f", "g", "given_out", "free", "keep")
    ]


_mallinfo = getattr(ctypes.CDLL(None), "mallinfo2", None)
if _mallinfo is not None:
    _mallinfo.restype = _MallocInfo


def main() -> None:
    """Print the lines."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.accelerated", description=__doc__)
    parser.add_argument("seed", type=int)
    parser.add_argument("count", type=int)
    parser.add_argument("--leaks", action="store_true")
    options = parser.parse_args()
    for seed in range(options.seed, options.seed + options.count):
        if options.leaks:
            for label in leaks(seed):
                print(ascii(label), flush=True)
            continue
        for label, work in (part for parts in works(seed) for part in parts):
            print(ascii(f"{label}: {work()}"), flush=True)


if __name__ == "__main__":
    main()
