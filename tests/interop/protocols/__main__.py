"""`make protocols CASES=FOLDER`: the vendor's cases through generated clients against a scripted server.

FOLDER has ``input/`` and ``output/`` with ``rest-json.json`` and ``rest-xml.json`` (in a checkout of the vendor's
library for Python: ``tests/unit/protocols``, and ``legacy`` in it). Nothing of them is in this repository.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from bindwright import ir
from bindwright.openapi import LoadOptions, loads
from bindwright.serve.package import import_from_memory as package
from bindwright.targets import python
from bindwright.targets.python.naming.plan import plan_names
from lxml import etree

from tests.interop.protocols.answers import answered
from tests.interop.protocols.cases import Call, Case, out_of_reach, requested
from tests.interop.protocols.documents import Converter
from tests.interop.protocols.server import server

FILES = ("rest-json", "rest-xml")
DECISIONS = {
    "InputAndOutputWithQuotedStringHeaders": "an item with quotation marks is not quoted: entity tags have them",
    "NullAndEmptyHeaders": "an empty list has no text (RFC 6570, 2.3): its header is left out",
    "HttpWithEmptyStructurePayload": "a body that is not required and not given is not sent",
    "HttpWithHeadersButNoPayload": "a body that is not required and not given is not sent",
    "Structure payload 1": "a body that is not required and not given is not sent",
    "Content-Type and JSON body 2": "a body that is not required and not given is not sent",
    "Content-Type and JSON body 4": "a body that is not required and not given is not sent",
}
"""Where the vendor's protocol says something else than OpenAPI does: ends of names of cases of requests."""


def cases(folder: Path) -> Iterator[Case]:
    """All cases beneath a folder."""
    for place in (folder, folder / "legacy"):
        for side in ("input", "output"):
            for protocol in FILES:
                file = place / side / f"{protocol}.json"
                for suite in json.loads(file.read_text()) if file.exists() else ():
                    for number, case in enumerate(suite["cases"]):
                        name = f"{protocol} {side} {suite['description'][:60]} {case.get('id', number)}"
                        yield Case(name, suite, case, protocol == "rest-xml")


def _converter(case: Case, version: str) -> Converter:
    is_answer = "serialized" not in case.case
    body = case.case["response"].get("body", "") if is_answer and case.is_xml else ""
    # Models before Smithy do not say how the root of an answer is called: it is what came.
    is_old = "id" not in case.case and "error" not in case.case
    root = etree.fromstring(body.encode()).tag if is_old and body.startswith("<") else None
    return Converter(
        case.suite["shapes"], case.is_xml, version, is_answer, root and etree.QName(root).localname
    )


def verdict(case: Case, address: str, script: Any, version: str, mode: str) -> str:
    """Empty where the case holds, else why not."""
    reason = out_of_reach(case)
    if reason:
        return f"skipped: {reason}"
    converter = _converter(case, version)
    document = converter.document(case.operation)
    loaded = loads(json.dumps(document), options=LoadOptions(tolerant=True))
    if loaded.diagnostics.failed:
        return f"document: {[item.message for item in loaded.diagnostics.items if item.level == 'error']}"
    api = ir.lower(loaded)
    name = package.unused_name()
    package.install(name, python.emit(api, python.PythonOptions(package=name), {}).files)
    try:
        call = Call(
            converter,
            api,
            plan_names(api, name, {}, {}),
            import_module(name),
            import_module(f"{name}.models"),
        )
        run = requested if "serialized" in case.case else answered
        return run(case, call, address, script, mode)
    finally:
        package.uninstall(name)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="parts of names of cases")
    parser.add_argument("--version", default="3.1.1", help="OpenAPI's, of the documents")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    with server() as (address, script):
        for case in cases(options.folder):
            if options.names and not any(part in case.name for part in options.names):
                continue
            for mode in ("sync", "async"):
                why = _verdict(case, address, script, options.version, mode)
                decision = next((text for name, text in DECISIONS.items() if case.name.endswith(name)), "")
                if why and decision and "serialized" in case.case:
                    why = f"by decision: {decision}"
                counts[
                    why.partition(":")[0]
                    if why.startswith(("skipped", "by "))
                    else "failed"
                    if why
                    else "passed"
                ] += 1
                if why:
                    print(f"{case.name} [{mode}]: {why}"[:700], flush=True)
    print(
        f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped, "
        f"{counts['by decision']} otherwise by decision"
    )
    return 1 if counts["failed"] or not counts["passed"] else 0


def _verdict(case: Case, address: str, script: Any, version: str, mode: str) -> str:
    try:
        return verdict(case, address, script, version, mode)
    except Exception as error:  # every case is told of, whatever it raises
        return f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    raise SystemExit(main())
