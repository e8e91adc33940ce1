"""``python -m tests.datacontract.net [COUNT]``: random contracts and values before .NET's own serializers.

`net_writer` follows the rules that were read off .NET's output; here .NET is asked itself. A C# program declares the
contracts, makes the values and writes each; mono's compiler builds it, .NET Core (from the package `dotnetcore2`) and
mono run it. What they write is compared with `net_writer`, and with what the runtime writes of the values that it read
and built anew: with both writers, and in JSON with Newtonsoft's serializer, where mono has one.

Of the two, .NET Core is asked for XML: mono writes the zero of structs, enums and small integers for which
`EmitDefaultValue = false` was said. For JSON it is mono: Newtonsoft's old builds do not run on .NET Core.
"""

from __future__ import annotations

import base64
import os
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import define
from bindwright.runtime import json as json_codec
from bindwright.runtime import xml as xml_codec
from bindwright.serve.package import import_from_memory as package

from tests.datacontract import net_writer
from tests.datacontract.csharp import Program, declarations
from tests.datacontract.random_contracts import Contracts, Draft, Type
from tests.datacontract.random_documents import contracts_models, rebuilt, unequal
from tests.datacontract.random_values import Maker

FOLDER = Path("build/dotnet")
CORE = "dotnetcore2==3.1.23"
_RUNTIME = """{"runtimeOptions": {"tfm": "netcoreapp3.1",
 "framework": {"name": "Microsoft.NETCore.App", "version": "3.1.0"}, "configProperties": {"System.Globalization.Invariant": true}}}"""
_NEWTONSOFT = sorted(Path("/usr/lib/cli").glob("Newtonsoft.Json-*/Newtonsoft.Json.dll"))
_ZONE = "Etc/GMT-2"
"""The zone of the values with a local time, which end with `+02:00`."""


@define
class Case:
    """A value, and what it is."""

    seed: int
    key: str
    type: Type
    value: Any


def cases(seeds: range, count: int, program: Program) -> Iterator[tuple[Contracts, list[Case]]]:
    """The contracts and values of each seed, which are added to a program."""
    for seed in seeds:
        rng = random.Random(seed)
        contracts = Draft(rng).contracts()
        program.types += declarations(contracts, f"S{seed}")
        values = []
        for number in range(count):
            key = rng.choice(list(contracts.roots))
            value = None
            while value is None:
                value = Maker(rng, number % 2 == 0).value(contracts.roots[key], rng.choice([3, 3, 5]))
            program.add(contracts.roots[key], value, f"S{seed}")
            values.append(Case(seed, key, contracts.roots[key], value))
        yield contracts, values


def built(program: Program) -> Path:
    """The compiled program."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    source, target = FOLDER / "program.cs", FOLDER / "program.exe"
    source.write_text(f"{program.text()}\n{program.calls()}", encoding="utf-8")
    references = ["System.Runtime.Serialization", "System.Xml", *_NEWTONSOFT[:1]]
    subprocess.run(
        [
            "mcs",
            "-nologo",
            "-warn:0",
            *(f"-r:{name}" for name in references),
            *([] if _NEWTONSOFT else ["-d:NO_JSON"]),
            f"-out:{target}",
            str(source),
        ],
        check=True,
    )
    (FOLDER / "program.runtimeconfig.json").write_text(_RUNTIME)
    for library in _NEWTONSOFT[:1]:
        shutil.copy(library, FOLDER)
    return target


def core() -> Path:
    """The host of .NET Core, which is fetched once."""
    host = FOLDER / "dotnetcore2" / "bin" / "dotnet"
    if not host.exists():
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", CORE, "-d", str(FOLDER)]
        subprocess.run(command, check=True)
        for wheel in FOLDER.glob("dotnetcore2-*.whl"):
            zipfile.ZipFile(wheel).extractall(FOLDER)
        host.chmod(0o755)
    return host


def written(*command: str) -> list[list[str]]:
    """What a program writes of each value: the documents of both writers, and JSON."""
    environment = os.environ | {"TZ": _ZONE}
    run = subprocess.run(command, check=True, capture_output=True, text=True, env=environment, timeout=600)
    return [
        [field if field.startswith("!") else base64.b64decode(field).decode() for field in line.split("\t")]
        for line in run.stdout.splitlines()
    ]


def differences(case: Case, models: Any, documents: list[str]) -> Iterator[str]:
    """What `net_writer` and the runtime write of a value otherwise than .NET."""
    xml, plain, json = documents
    model = getattr(models, case.key)
    yield from unequal("the rules", xml, net_writer.Xml().document(case.type, case.value))
    value = rebuilt(xml_codec.decode(xml.encode(), model), {})
    yield from unequal("XML", xml, xml_codec.encode(value, model).decode())
    value = rebuilt(xml_codec.decode(plain.encode(), model), {})
    yield from unequal(
        "XML without XmlWriter", plain, xml_codec.encode(value, model, settings=_UTF8).decode()
    )
    if json:
        yield from unequal("the rules in JSON", json, net_writer.Json().value(case.type, case.value))
        yield from unequal("JSON", json, json_codec.encode(value, model).decode())


_UTF8 = xml_codec.Settings(writer="utf8")


def main(arguments: list[str]) -> int:
    """Print what differs; 0 where nothing does, or where there is no compiler of C#."""
    if shutil.which("mcs") is None:
        print(
            "skipped: there is no compiler of C# (Debian: mono-mcs, libmono-system-runtime-serialization4.0-cil)"
        )
        return 0
    count, program, total = int(arguments[0]) if arguments else 200, Program(), 0
    drafts = list(cases(range(5_000, 5_000 + count), 9, program))
    executable = str(built(program))
    lines = written(str(core()), "exec", executable)
    json = [line[2] for line in written("mono", executable)] if _NEWTONSOFT else [""] * len(lines)
    documents = iter([[*line[:2], text] for line, text in zip(lines, json, strict=True)])
    for contracts, values in drafts:
        name = package.unused_name()
        try:
            models = contracts_models(contracts, name)
            for case in values:
                for problem in differences(case, models, next(documents)):
                    total += 1
                    print(f"seed {case.seed}, {case.key}: {problem}", flush=True)
        finally:
            package.uninstall(name)
    print(f"{count} random documents before .NET, {9 * count} values: {total} differences")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
