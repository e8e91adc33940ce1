"""Witnesses of verdicts: callers that run against the old package and fail, as predicted, against the new one; old packages
that read what the new document describes.

The predictions are the differences of surfaces and the verdicts of `compare`; what is observed comes from packages that are
generated, imported, type-checked and called.
"""

from __future__ import annotations

import datetime as dt
import importlib
import importlib.util
import itertools
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from bindwright import ir, openapi
from bindwright.changes import Change, compare
from bindwright.changes.binding.surfaces import Difference
from bindwright.ports.sample_values import SampleValues
from bindwright.ports.vectors.extent import Extent
from bindwright.ports.vectors.samples import samples
from bindwright.serve.answers.sample import Sampler
from bindwright.serve.package.codecs import BodyPlace, CodecError
from bindwright.serve.package.import_from_memory import install, uninstall
from bindwright.serve.package.package_codecs import PackageCodecs
from bindwright.serve.validation.json_values import Checker
from bindwright.standards.media_types import kind_of
from bindwright.targets import xsd
from bindwright.targets.python import Output, PythonOptions, emit
from bindwright.targets.python.surface.packages import plan_surface
from bindwright.testing import MockApi
from lxml import etree

from tests.changes.test_catalogue import CASES, EXPECTED, api, changes
from tests.changes.witnesses.callers import Callers
from tests.targets.xsd.schemas import compiled

PAIRS = [name for name in EXPECTED if (CASES / f"{name}.yaml").exists()]


def generated(case: str, package: str, api_for: Callable[[str], ir.model.Api] = api) -> Output:
    """The package of a case, with the names of that of its base; older names are no aliases, which soften a break."""
    base = EXPECTED[case]["base"] if case in EXPECTED else ""
    if not base:
        return emit(api_for(case), PythonOptions(package=package))
    names = dict(emit(api_for(base), PythonOptions(package=package)).names)
    if "operation-id-removed" in case:
        del names["operations"]  # nothing but the lock keeps the name
    written = emit(api_for(case), PythonOptions(package=package), names)
    kept = {key: value for key, value in written.names.items() if key != "aliases"}
    return emit(api_for(case), PythonOptions(package=package), kept)


class Sent(Exception):
    """A request went out: what a caller asked for was understood."""


class Recorder:
    """In place of the network."""

    def send(self, *args: Any, **kwargs: Any) -> Any:
        raise Sent

    def close(self) -> None:
        """Nothing is held."""


@pytest.fixture(scope="module")
def packages() -> Iterator[Any]:
    """Packages by case, imported from memory."""
    installed: dict[str, str] = {}

    def package(case: str) -> str:
        if case not in installed:
            name = f"witness_{case.replace('-', '_')}"
            install(name, generated(case, name, api_in_xml).files)
            installed[case] = name
        return installed[case]

    yield package
    for name in installed.values():
        uninstall(name)


def run(source: str, package: str) -> Exception | None:
    """Run a caller; gives what it raised."""
    module = importlib.import_module(package)
    importlib.import_module(f"{package}.models")
    for name in ("orders", "lines", "pay", "payments", "default"):
        if importlib.util.find_spec(f"{package}.api.{name}"):
            importlib.import_module(f"{package}.api.{name}")
    scope = {
        package: module,
        "dt": dt,
        "client": module.Client("http://x.example", transport=Recorder(), retries=0),
    }
    for line in [line for line in source.replace("PACKAGE", package).splitlines() if line]:
        try:
            exec(line, scope)
        except Sent:
            continue
        except Exception as error:
            return error
    return None


def differences(case: str) -> list[tuple[Change, Difference]]:
    return [(change, difference) for change in changes(case) for difference in change.differences]


BREAKS = [
    (case, number)
    for case in PAIRS
    for number, (_, difference) in enumerate(differences(case))
    if difference.level == "breaking"
]
COMPATIBLE = [
    case
    for case in PAIRS
    if all(change.levels["binding"] in ("none", "compatible") for change in changes(case))
]


@cache
def callers(case: str) -> Callers:
    return Callers(plan_surface(api(EXPECTED[case]["base"]), PythonOptions(package="p")).surface)


@pytest.mark.parametrize(("case", "number"), BREAKS)
def test_a_caller_of_the_old_package_fails_as_predicted(case: str, number: int, packages: Any) -> None:
    _, difference = differences(case)[number]
    caller = callers(case).of(difference)
    if not caller.fails_with:
        return  # types alone: `test_type_checkers_refuse_what_is_predicted`
    assert run(caller.source, packages(EXPECTED[case]["base"])) is None
    error = run(caller.source, packages(case))
    assert isinstance(error, caller.fails_with), (difference, caller.source, error)


@pytest.mark.parametrize("case", COMPATIBLE)
def test_a_caller_of_everything_still_runs(case: str, packages: Any) -> None:
    source = callers(case).everything()
    assert run(source, packages(EXPECTED[case]["base"])) is None
    assert run(source, packages(case)) is None


def test_type_checkers_refuse_what_is_predicted(tmp_path: Path) -> None:
    typed = [
        (f"{case.replace('-', '_')}_{number}", case, caller.source)
        for case, number in BREAKS
        if not (caller := callers(case).of(differences(case)[number][1])).fails_with
    ]
    assert len(typed) > 15
    head = (
        "import datetime as dt\nfrom collections.abc import Callable\nfrom typing import Any, Literal\n"
        "import PACKAGE.models\nimport PACKAGE.api.orders\nimport PACKAGE.api.lines\nimport PACKAGE.api.pay\n"
        "from PACKAGE import models\nfrom PACKAGE.models import *\nfrom bindwright.runtime import Unset\n"
        "from bindwright.runtime.http import Page, RawBody\n\n\n"
    )
    for case in {case for _, case, _ in typed} | {EXPECTED[case]["base"] for _, case, _ in typed}:
        name = f"witness_{case.replace('-', '_')}"
        for path, text in generated(case, name).files.items():
            if path.endswith((".py", "py.typed")):
                (file := tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
    for name, case, source in typed:
        for side, package in (("old", EXPECTED[case]["base"]), ("new", case)):
            text = (head + source).replace("PACKAGE", f"witness_{package.replace('-', '_')}")
            (tmp_path / f"{side}_{name}.py").write_text(text)
    files = sorted(path.name for path in tmp_path.glob("*.py"))
    process = subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path / "cache"), "--follow-imports=silent", *files],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    refused = {line.partition(".py:")[0] for line in process.stdout.splitlines() if ": error:" in line}
    assert not {name for name in refused if name.startswith("old_")}, process.stdout
    missed = {name for name, _, _ in typed if f"new_{name}" not in refused}
    assert not missed, missed


@cache
def api_in_xml(case: str) -> ir.model.Api:
    """A case in which whatever is answered in JSON is answered in XML as well."""
    document = yaml.safe_load((CASES / f"{case}.yaml").read_text())
    for item in document["paths"].values():
        for operation in item.values():
            for response in [operation.get("requestBody", {}), *operation["responses"].values()]:
                content = response.get("content", {})
                if "application/json" in content and case not in ("media-xml-removed",):
                    content.setdefault("application/xml", content["application/json"])
    return ir.lower(openapi.loads(yaml.safe_dump(document, sort_keys=False).encode()))


class Payload(NamedTuple):
    """An answer of the new API in XML, and how the old package reads it."""

    operation: str
    loud: bool
    """The old package cannot read it."""
    wrong: bool
    """What it reads is not what was sent, or not what the old document describes."""
    refused: bool
    """The XML Schema of the old document refuses it: a reader that shares nothing with the package."""


def payloads(case: str, packages: Any) -> Iterator[Payload]:
    """Answers of every XML body that both versions have: samples, and each member of them absent, null and otherwise."""
    old_api, new_api = api_in_xml(EXPECTED[case]["base"]), api_in_xml(case)
    old_codecs = PackageCodecs(old_api, lambda: packages(EXPECTED[case]["base"]))
    new_codecs = PackageCodecs(new_api, lambda: packages(case))
    new_places = {(o.id, p.status): p for o in new_api.operations for p in places(o)}
    checker = Checker(old_api, "response")
    schema = schema_of(EXPECTED[case]["base"])
    for operation in old_api.operations:
        for old_place in places(operation):
            new_place = new_places.get((operation.id, old_place.status))
            if new_place is None or new_place.content.use is None or old_place.content.use is None:
                continue
            described = [member_paths(value) for value in values(old_api, old_place.content.use)]
            reached: set[str] = set()
            for value in values(new_api, new_place.content.use):
                data = written(new_codecs, new_place, value)
                if data is None:
                    continue  # a sample that no reader understands (a discriminator with any text) shows nothing
                try:
                    read = old_codecs.from_xml(old_place, data)
                except CodecError:
                    yield Payload(
                        operation.id,
                        loud=True,
                        wrong=True,
                        refused=not schema.validate(etree.fromstring(data)),
                    )
                    continue
                reached |= member_paths(read)
                wrong = not holds(read, value) or bool(checker.check(read, old_place.content.use))
                yield Payload(
                    operation.id, loud=False, wrong=wrong, refused=not schema.validate(etree.fromstring(data))
                )
            if set[str]().union(*described) - reached:
                yield Payload(
                    operation.id, loud=False, wrong=True, refused=False
                )  # what was there once never comes


@cache
def schema_of(case: str) -> etree.XMLSchema:
    """The XML Schema of a case, as libxml2 reads it."""
    with tempfile.TemporaryDirectory() as folder:
        return compiled(xsd.emit(api_in_xml(case)), Path(folder))


def written(codecs: PackageCodecs, place: BodyPlace, value: Any) -> bytes | None:
    """What a package writes, where it reads it itself."""
    try:
        data = codecs.to_xml(place, value)
        return data if holds(codecs.from_xml(place, data), value) else None
    except CodecError:
        return None


def values(api_: ir.model.Api, use: ir.model.Use, depth: int = 0) -> Iterator[Any]:
    """Samples of a use, and variations of the objects in it."""
    for seed in range(2):
        yield Sampler(api_, "response", seed).sample(use, f"{depth} {seed}")
    type_ = api_.types[api_.aliases.get(use.type, use.type)]
    if isinstance(type_, ir.model.Array) and type_.items is not None and depth < 3:
        yield from ([value] for value in values(api_, type_.items, depth + 1))
    elif isinstance(type_, ir.model.Union):
        for key, type_id in type_.mapping.items():
            for value in values(api_, ir.model.Use(type=type_id), depth + 1):
                yield {**value, type_.discriminator: key} if type_.discriminator else value
    elif isinstance(type_, ir.model.Object):
        hidden = {member.name for member in type_.properties if member.use.write_only}
        for _, value in samples(SampleValues(api_), type_.id, Extent()):
            yield {name: content for name, content in value.items() if name not in hidden}
        whole = Sampler(api_, "response", 0).sample(use, "whole")
        for member in type_.properties:
            if depth < 2 and member.name in whole:
                for value in itertools.islice(values(api_, member.use, depth + 1), 12):
                    yield {**whole, member.name: value}


def member_paths(value: Any, prefix: str = "") -> set[str]:
    """The members of a value that are there, by their names from the outside in."""
    if isinstance(value, dict):
        paths = {f"{prefix}.{key}" for key, content in value.items() if content not in (None, [])}
        return paths.union(*(member_paths(content, f"{prefix}.{key}") for key, content in value.items()))
    if isinstance(value, list):
        return set[str]().union(*(member_paths(element, prefix) for element in value))
    return set()


def places(operation: ir.model.Operation) -> Iterator[BodyPlace]:
    """The XML bodies of an operation's answers."""
    for response in operation.responses:
        for content in response.contents:
            if kind_of(content.media_type) == "xml":
                yield BodyPlace(operation, response.status, content)


def holds(read: Any, sent: Any) -> bool:
    """Whether all that was sent is in what was read."""
    if isinstance(sent, dict) and isinstance(read, dict):
        return all(
            key in read and holds(read[key], value) for key, value in sent.items() if value is not None
        )
    if isinstance(sent, list) and isinstance(read, list):
        return len(sent) == len(read) and all(map(holds, read, sent))
    return bool(sent == read) or str(sent) == str(read)


BY_HTTP = (
    "operation-removed", "operation-path-renamed", "method-changed", "status-changed", "response-no-body",
    "response-header-removed", "status-success-removed", "media-xml-removed", "media-other-removed",
)  # fmt: skip
"""Breaks that are no matter of a body: seen in a call of the old client."""
XML_BREAKS = [
    case for case in PAIRS if any(change.levels["xml_response"] == "breaking" for change in changes(case))
]


@pytest.mark.parametrize("case", XML_BREAKS)
def test_an_old_package_fails_on_a_new_answer_as_predicted(case: str, packages: Any) -> None:
    breaks = [
        change
        for change in compare(api_in_xml(EXPECTED[case]["base"]), api_in_xml(case))
        if change.levels["xml_response"] == "breaking"
    ]
    if {change.kind for change in breaks} <= set(BY_HTTP):
        assert fails_in_a_call(case, packages, breaks)
        return
    felt = {operation for change in breaks for operation in change.operations}
    answers = list(payloads(case, packages))
    kinds = {change.kind for change in breaks}
    if kinds <= set(OF_OTHER_READERS):
        assert any(payload.refused for payload in answers), kinds
        return
    assert any(payload.wrong for payload in answers), kinds
    if all(change.silent for change in breaks):
        assert any(payload.wrong and not payload.loud for payload in answers), "silent"
    elif not any(change.silent for change in breaks):
        assert any(payload.loud for payload in answers) or kinds <= set(QUIET), "loud"
    assert {payload.operation for payload in answers if payload.wrong} <= felt


OF_OTHER_READERS = ("property-nullable", "xml-profile", "dcs-order", "dcs-known-type-added")
"""Breaks that our own packages bear: they read null as absence, both profiles, members in any order and types that they do
not know. Readers that insist on the old document do not."""
QUIET = (
    "property-writeonly",
    "format-date",
    "oneof-added",
    "property-optional",
    "property-item-to-list",
    "dcs-type",
)
"""Breaks that our own packages read without an error: they keep what does not fit, and take what they can."""


def fails_in_a_call(case: str, packages: Any, breaks: list[Change]) -> bool:
    """Whether the old client's calls of the operations end otherwise against the new server than against the old one."""
    base = EXPECTED[case]["base"]
    package = importlib.import_module(packages(base))
    outcomes = []
    for document in (base, case):
        mock = MockApi.load(CASES / f"{document}.yaml", package=packages(document))
        client = package.Client(
            "http://x.example", transport=mock.transport, retries=0, answers="strict", format="xml"
        )
        outcomes.append([outcome_of(client, case, change) for change in breaks])
    return all(first != second for first, second in zip(*outcomes, strict=True))


def outcome_of(client: Any, case: str, change: Change) -> str:
    """What a call gives: the class of the value and whether required headers came, or the class of the error."""
    operation = next(o for o in api(EXPECTED[case]["base"]).operations if o.id == change.operations[0])
    surface = callers(case)
    plan = plan_surface(api(EXPECTED[case]["base"]), PythonOptions(package="p")).plan
    group = next(group for group in plan.groups if operation in group.operations)
    source = surface.call(f"api.{group.module}.{group.cls}.{plan.calls[operation.id].method}")
    attribute, _, rest = source.removeprefix("client.").partition(".")
    package = type(client).__module__.partition(".")[0]
    scope = {"client": client, package: importlib.import_module(package), "dt": dt}
    importlib.import_module(f"{package}.models")  # the package imports it when it is asked for
    try:
        raw = eval(f"client.{attribute}.with_raw_response.{rest}".replace("PACKAGE", package), scope)
        headers = {name.lower() for name, _ in raw.headers.items()}
        required = {
            header.name.lower() for r in operation.responses for header in r.headers if header.required
        }
        return f"{raw.status} {type(raw.parse()).__name__} {sorted(required & headers)}"
    except Exception as error:
        return type(error).__name__
