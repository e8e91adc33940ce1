"""What is done with one document, in a process of its own."""

from __future__ import annotations

import compileall
import contextlib
import importlib
import io
import json
import os
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from tools.corpus import raw

PACKAGE = "corpus_client"


def run(document: Path, work: Path) -> dict[str, Any]:
    """Generate, compile and import; gives facts, with ``problems`` empty where all is well."""
    facts: dict[str, Any] = {"bytes": document.stat().st_size, "problems": []}
    started = time.perf_counter()
    code, output = _generate(document, work)
    facts["seconds"] = time.perf_counter() - started
    facts["code"] = code
    if code:
        facts["problems"].append(f"exit code {code}: {output[:2000]}")
        return facts
    report = json.loads((work / ".bindwright/coverage.json").read_text(encoding="utf-8"))
    facts.update(_covered(report))
    facts["problems"] += _missing(document, report, facts)
    facts["problems"] += _compiled(work)
    facts["problems"] += _imported(work) or _reachable(document)
    facts["seconds_with_checks"] = time.perf_counter() - started
    return facts


def _generate(document: Path, work: Path) -> tuple[int, str]:
    from bindwright.cli import guarded
    from bindwright.project.generate import generate

    flags = {"document": str(document), "output": str(work), "package": PACKAGE, "tolerant": True}
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        code = guarded(lambda: generate({**flags, "config": None}), verbose=True)
    return code, output.getvalue()


def _covered(report: dict[str, Any]) -> dict[str, Any]:
    from bindwright.project.console.report import count

    counted = count(report)
    return {
        "operations": counted.operations,
        "schemas": counted.schemas,
        "degraded": counted.degraded,
        "causes": report["causes"],
    }


def _missing(document: Path, report: dict[str, Any], facts: dict[str, Any]) -> list[str]:
    """Operations of the raw document that the coverage report does not have."""
    wanted = raw.operations(raw.read(document))
    facts["operations_raw"] = len(wanted)
    reported = {operation["id"] for operation in report["operations"]}
    lost = [name for name in wanted if name not in reported]
    return [f"{len(lost)} operations lost: {', '.join(lost[:5])}"] if lost else []


def _compiled(work: Path) -> list[str]:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        fine = compileall.compile_dir(work / PACKAGE, quiet=1, workers=1)
    return [] if fine else [f"does not compile: {output.getvalue()[:1000]}"]


def _imported(work: Path) -> list[str]:
    """Import every module and have every name of ``models``."""
    sys.path.insert(0, str(work))
    names = [
        ".".join(path.relative_to(work).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted((work / PACKAGE).rglob("*.py"))
        if path.name != "__main__.py"
    ]
    try:
        for name in names:
            importlib.import_module(name)
        models = importlib.import_module(f"{PACKAGE}.models")
        for name in getattr(models, "__all__", ()):
            getattr(models, name)
    except Exception:
        return [f"does not import: {traceback.format_exc(limit=-3)[-1500:]}"]
    return []


def _reachable(document: Path) -> list[str]:
    """Operations of the raw document for which the imported package has none of that method and path."""
    from bindwright.runtime.http import Operation

    reachable = {
        (value.method.upper(), value.path)
        for name, module in list(sys.modules.items())
        if name.startswith(f"{PACKAGE}.api")
        for value in vars(module).values()
        if isinstance(value, Operation)
    }
    wanted = [name.partition(" ") for name in raw.operations(raw.read(document))]
    lost = [
        f"{method} {path}"
        for method, _, path in wanted
        if (method.upper(), path.partition("#")[0]) not in reachable
    ]
    return [f"{len(lost)} operations not in the package: {', '.join(lost[:5])}"] if lost else []


def child(document: Path, work: Path, answer: Path) -> None:
    """The body of a forked process: run, leave the facts in a file, end."""
    try:
        facts = run(document, work)
    except BaseException:
        facts = {"bytes": document.stat().st_size, "problems": [traceback.format_exc()[-3000:]]}
    answer.write_text(json.dumps(facts), encoding="utf-8")
    os._exit(0)
