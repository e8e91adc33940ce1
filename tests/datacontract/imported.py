"""``python -m tests.datacontract.imported [COUNT]``: the schemas of random contracts before .NET's own importer.

`XsdDataContractImporter` is what svcutil calls. It makes C# classes of a schema set; these are compiled, read what .NET
writes of random values by contracts of the same names, and have to write it again byte for byte.

All of it runs on mono. Left out is what mono or the importer does otherwise than .NET's serializers: members that are not
written as defaults, and lists of octets, which the importer takes for an array of bytes.
"""

from __future__ import annotations

import base64
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bindwright.targets import xsd

from tests.datacontract import net_writer
from tests.datacontract.random_contracts import Contracts, Draft
from tests.datacontract.random_documents import unequal
from tests.datacontract.random_values import Maker
from tests.lowering import lowered

PROGRAM = r"""
using System; using System.CodeDom; using System.CodeDom.Compiler; using System.Collections.Generic; using System.IO;
using System.Linq; using System.Reflection; using System.Runtime.Serialization; using System.Text; using System.Xml;
using System.Xml.Schema;

static class Program {
  static void Import(string[] files) {
    var set = new XmlSchemaSet();
    foreach (var file in files) set.Add(null, file);
    set.Compile();
    var unit = new CodeCompileUnit();
    new XsdDataContractImporter(unit).Import(set);
    using (var writer = new StreamWriter("imported.cs"))
      new Microsoft.CSharp.CSharpCodeProvider().GenerateCodeFromCompileUnit(unit, writer, new CodeGeneratorOptions());
  }
  static void Again() {
    var types = new Dictionary<string, Type>();
    foreach (var type in Assembly.LoadFrom("imported.dll").GetTypes())
      foreach (DataContractAttribute contract in type.GetCustomAttributes(typeof(DataContractAttribute), false))
        types[contract.Namespace + " " + (contract.Name ?? type.Name)] = type;
    string line;
    while ((line = Console.ReadLine()) != null) {
      var data = Convert.FromBase64String(line);
      var document = new XmlDocument();
      document.Load(new MemoryStream(data));
      var root = document.DocumentElement;
      var serializer = new DataContractSerializer(types[root.NamespaceURI + " " + root.LocalName]);
      var value = serializer.ReadObject(XmlDictionaryReader.CreateTextReader(data, XmlDictionaryReaderQuotas.Max));
      var stream = new MemoryStream();
      var settings = new XmlWriterSettings { OmitXmlDeclaration = true, CheckCharacters = false, NewLineChars = "\r\n",
                                             Encoding = new UTF8Encoding(false) };
      using (var writer = XmlWriter.Create(stream, settings)) serializer.WriteObject(writer, value);
      Console.WriteLine(Convert.ToBase64String(stream.ToArray()));
    }
  }
  static void Main(string[] files) { if (files.Length > 0) Import(files); else Again(); }
}
"""
_REFERENCES = ["-r:System.Runtime.Serialization", "-r:System.Xml"]


def compiled(folder: Path, source: str, target: str, *options: str) -> None:
    """Compile one file of C#."""
    command = ["mcs", "-nologo", "-warn:0", *_REFERENCES, *options, f"-out:{target}", source]
    subprocess.run(command, cwd=folder, check=True)


def contracts_of(rng: random.Random) -> Contracts:
    """Random contracts without what mono or the importer does otherwise than .NET's serializers."""
    while True:
        contracts = Draft(rng).contracts()
        for class_ in contracts.classes:
            for member in class_.members:
                member.emit_default = True
        if "ArrayOfunsignedByte" not in repr(sorted(xsd_files(contracts).values())):
            return contracts


def xsd_files(contracts: Contracts) -> dict[str, bytes]:
    """The schema set of contracts."""
    return xsd.emit(lowered(contracts.document()))


def differences(seed: int, folder: Path, program: Path, values: int) -> Iterator[str]:
    """What classes that were imported from the schemas of a seed write otherwise than the contracts' own."""
    rng = random.Random(seed)
    contracts = contracts_of(rng)
    for name, data in xsd_files(contracts).items():
        (folder / name).write_bytes(data)
    schemas = sorted(path.name for path in folder.glob("*.xsd"))
    run = subprocess.run(
        ["mono", str(program), *schemas], cwd=folder, capture_output=True, text=True, check=False
    )
    if run.returncode:
        yield run.stderr[-600:]
        return
    compiled(folder, "imported.cs", "imported.dll", "-t:library")
    documents = []
    for number in range(values):
        class_, value = rng.choice(contracts.classes), None
        while value is None:
            value = Maker(rng, plain=number % 2 == 0).value(class_, 3)
        documents.append(net_writer.Xml().document(class_, value))
    lines = "".join(base64.b64encode(document.encode()).decode() + "\n" for document in documents)
    environment = os.environ | {"TZ": "Etc/GMT-2"}
    run = subprocess.run(
        ["mono", str(program)],
        cwd=folder,
        input=lines,
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    for document, line in zip(documents, run.stdout.split() or [""] * len(documents), strict=False):
        yield from unequal("imported", document, base64.b64decode(line).decode())
    if run.returncode:
        yield run.stderr[-600:]


def main(arguments: list[str]) -> int:
    """Print what differs; 0 where nothing does, or where there is no compiler of C#."""
    if shutil.which("mcs") is None:
        print(
            "skipped: there is no compiler of C# (Debian: mono-mcs, libmono-system-runtime-serialization4.0-cil)"
        )
        return 0
    count, total = int(arguments[0]) if arguments else 40, 0
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / "program.cs").write_text(PROGRAM)
        compiled(Path(scratch), "program.cs", "program.exe")
        for seed in range(8_000, 8_000 + count):
            folder = Path(scratch) / str(seed)
            folder.mkdir()
            for problem in differences(seed, folder, Path(scratch) / "program.exe", values=8):
                total += 1
                print(f"seed {seed}: {problem}", flush=True)
    print(f"schemas of {count} random documents before .NET's importer: {total} differences")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
