"""The schemas accept what .NET writes and what our bindings write, and refuse what is wrong."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from bindwright.ir import lower
from bindwright.openapi import load
from bindwright.targets.xsd import emit
from lxml import etree

from tests.datacontract.imported import xsd_files
from tests.datacontract.random_contracts import Draft
from tests.lowering import lowered
from tests.targets.xsd.schemas import ODD, VECTORS, XS, compiled, dotnet, wrong_documents
from tests.xml.test_openapi_cases import CASES, FOLDER, root_name

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
NOT_XML = {"text.ctrl-0001", "text.nonchar-fffe-ffff"}


@pytest.mark.parametrize("tolerant", [False, True])
def test_what_dotnet_writes_is_valid(tmp_path: Path, tolerant: bool) -> None:
    schema = compiled(emit(dotnet(without_odd=True), tolerant=tolerant), tmp_path)
    documents = 0
    for case, vector in VECTORS.items():
        if case in NOT_XML or vector["type"] in ODD:
            continue
        for writer in ("xml_xmlwriter", "xml_utf8writer"):
            schema.assertValid(etree.fromstring(vector[writer].encode()))
            documents += 1
    assert documents == 2 * 147


def test_what_is_wrong_is_refused(tmp_path: Path) -> None:
    schema = compiled(emit(dotnet(without_odd=True)), tmp_path)
    documents = dict(wrong_documents())
    assert len(documents) >= 60
    assert [name for name, document in documents.items() if schema.validate(etree.fromstring(document))] == []


def test_the_tolerant_set_takes_any_order(tmp_path: Path) -> None:
    schema = compiled(emit(dotnet(without_odd=True), tolerant=True), tmp_path)
    root = etree.fromstring(VECTORS["importjob.all-set"]["xml_xmlwriter"].encode())
    root[:] = reversed(root)
    etree.SubElement(root, "{urn:other}Further").text = "x"
    schema.assertValid(root)
    root[0].text = "word"
    assert not schema.validate(root)


def test_only_what_svcutil_imports() -> None:
    """.NET, "Data Contract Schema Reference": no choice, all, group, any, or attributes but Id and Ref."""
    allowed = {
        "schema", "import", "element", "complexType", "complexContent", "extension", "sequence", "simpleType",
        "restriction", "enumeration", "list", "annotation", "appinfo", "attribute",
    }  # fmt: skip
    for name, data in emit(dotnet(without_odd=True)).items():
        if name == "serialization.xsd":
            continue
        for element in etree.fromstring(data).iter(f"{{{XS}}}*"):
            tag = etree.QName(element).localname
            assert tag in allowed, (name, tag)
            assert tag != "attribute" or element.get("ref", "").endswith((":Id", ":Ref")), name


def _sets() -> Iterator[dict[str, bytes]]:
    yield emit(dotnet(without_odd=True))
    # A member's list that a component is, too; dictionaries within lists; structs in lists of another type's members.
    for seed in (8008, 8012, 8014):
        yield xsd_files(Draft(random.Random(seed)).contracts())


def test_one_contract_is_one_type() -> None:
    """What `XsdDataContractImporter` refuses (`make net` asks it): two types for the element of one contract, and items
    of a collection that stand in another namespace than its type."""
    for files in _sets():
        for data in files.values():
            schema = etree.fromstring(data)
            types = {type_.get("name") for type_ in schema.findall(f"{{{XS}}}complexType")}
            for element in schema.findall(f"{{{XS}}}element"):
                if element.get("name") in types:
                    assert element.get("type", "").removeprefix("tns:") == element.get("name")
            for type_ in schema.findall(f"{{{XS}}}complexType"):
                items = type_.findall(f"{{{XS}}}sequence/{{{XS}}}element[@maxOccurs]")
                assert all(item.get("ref") is None and item.get("form") is None for item in items)


def test_members_without_their_default_say_so() -> None:
    text = b"".join(emit(dotnet(without_odd=True)).values())
    assert text.count(b'<DefaultValue EmitDefaultValue="false" ') == 5  # of Order
    tolerant = b"".join(emit(dotnet(without_odd=True), tolerant=True).values())
    assert b"EmitDefaultValue" not in tolerant


@pytest.mark.parametrize("tolerant", [False, True])
@pytest.mark.parametrize("case", CASES)
def test_documents_of_the_openapi_text_are_valid(tmp_path: Path, case: str, tolerant: bool) -> None:
    schemas = yaml.safe_load((FOLDER / case / "schema.yaml").read_text())
    content = {"application/xml": {"schema": {"$ref": f"#/components/schemas/{root_name(case)}"}}}
    paths = {"/it": {"get": {"responses": {"200": {"description": "it", "content": content}}}}}
    document = {
        "openapi": "3.2.0",
        "info": {"title": case, "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }
    schema = compiled(emit(lowered(document), tolerant=tolerant), tmp_path)
    schema.assertValid(etree.fromstring((FOLDER / case / "document.xml").read_bytes()))


@pytest.mark.parametrize("tolerant", [False, True])
def test_schemas_of_public_documents(tmp_path: Path, tolerant: bool) -> None:
    if not CORPUS.exists():
        pytest.skip("the public documents are not here")
    with_xml = 0
    for path in sorted(CORPUS.glob("*.json")):
        document = load(str(path))
        files = {} if document.diagnostics.failed else emit(lower(document), tolerant=tolerant)
        if files:
            folder = tmp_path / path.stem
            folder.mkdir()
            compiled(files, folder)
            with_xml += 1
    assert with_xml >= 12


def test_same_bytes_twice_and_nothing_without_xml(tmp_path: Path) -> None:
    assert list(emit(dotnet(without_odd=False)).items()) == list(emit(dotnet(without_odd=False)).items())
    (tmp_path / "a.yaml").write_text("openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n")
    assert emit(lower(load(str(tmp_path / "a.yaml")))) == {}


JAVA = """
import java.io.*; import java.util.*; import javax.xml.transform.*; import javax.xml.transform.stream.*; import javax.xml.validation.*;
public class Validate {
  public static void main(String[] arguments) throws Exception {
    List<Source> sources = new ArrayList<>();
    for (File file : new File(arguments[0]).listFiles()) sources.add(new StreamSource(file));
    Schema schema = SchemaFactory.newInstance("http://www.w3.org/2001/XMLSchema").newSchema(sources.toArray(new Source[0]));
    int valid = 0;
    for (File file : new File(arguments[1]).listFiles()) {
      try { schema.newValidator().validate(new StreamSource(file)); valid++; }
      catch (Exception refusal) { System.out.println(file.getName()); }
    }
    System.out.println(valid);
  }
}
"""


@pytest.mark.skipif(shutil.which("java") is None, reason="Xerces is part of a JDK, and there is none")
def test_xerces_accepts_all(tmp_path: Path) -> None:
    """The JDK's own validator is Xerces; it reads the two namespaces that libxml2 refuses."""
    schemas, documents = tmp_path / "xsd", tmp_path / "xml"
    schemas.mkdir()
    documents.mkdir()
    for name, data in emit(dotnet(without_odd=False)).items():
        (schemas / name).write_bytes(data)
    for case, vector in VECTORS.items():
        (documents / case).write_text(vector["xml_xmlwriter"])
    program = tmp_path / "Validate.java"
    program.write_text(JAVA)
    run = subprocess.run(
        ["java", str(program), str(schemas), str(documents)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if run.returncode and "jdk.compiler" in run.stderr:
        pytest.skip("this Java cannot compile")
    assert set(run.stdout.split()) == {*NOT_XML, "148"}, run.stderr


def test_an_enumeration_of_a_member_is_in_the_namespace_of_its_class() -> None:
    """It was in no namespace, which is no .NET namespace to svcutil."""

    def words(*values: str) -> dict[str, object]:
        return {"type": "string", "enum": list(values)}

    namespace = "http://schemas.datacontract.org/2004/07/Shop"
    order = {
        "type": "object",
        "xml": {"namespace": namespace},
        "properties": {
            "Status": words("Open", "Closed"),
            "Kinds": {"type": "array", "items": words("A", "B")},
            "Lines": {"type": "array", "items": {"type": "object", "properties": {"Unit": words("kg", "l")}}},
        },
    }
    answer = {"200": {"description": "it", "content": {"application/xml": {"schema": {"$ref": "#/components/schemas/Order"}}}}}  # fmt: skip
    document = {
        "openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "x-xml-profile": "datacontract",
        "paths": {"/order": {"get": {"operationId": "order", "responses": answer}}}, "components": {"schemas": {"Order": order}},
    }  # fmt: skip
    (text,) = emit(lowered(document)).values()
    schema = etree.fromstring(text)
    assert schema.get("targetNamespace") == namespace
    types = {each.get("name") for each in schema if each.tag == f"{{{XS}}}simpleType"}
    assert types == {"OrderStatus", "OrderKindsItem", "OrderLinesItemUnit"}
