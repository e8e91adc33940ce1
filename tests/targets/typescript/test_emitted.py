"""What is written for small documents: names, sides, members, and what the lock keeps. Nothing here needs Node."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from bindwright.targets.typescript import TypeScriptOptions, emit
from bindwright.targets.typescript.naming.plan import camel
from bindwright.targets.typescript.syntax.text import comment, key, string

from tests.typescript.node import available, run

from .features import document
from .packages import ROOT, api_of, complaints, files_of, write


def schemas(**types: dict[str, Any]) -> dict[str, Any]:
    return {
        "openapi": "3.1.0", "info": {"title": "t", "version": "1.2"}, "paths": {}, "components": {"schemas": types},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("plain", "'plain'"),
        ("it's", r"'it\'s'"),
        ("a\\b", r"'a\\b'"),
        ("a\nb", r"'a\nb'"),
        ("\u2028\u202e\x00", r"'\u2028\u202e\u0000'"),
        ("caf\u00e9 \u5ba0", "'caf\u00e9 \u5ba0'"),
        ("\U000e0041", r"'\u{e0041}'"),
        ("\ud800", r"'\ud800'"),
    ],
)
def test_string_literals(text: str, literal: str) -> None:
    assert string(text) == literal


def test_keys() -> None:
    names = ["id", "a b", "7", "07", "class", "__proto__", "caf\u00e9"]
    assert list(map(key, names)) == ["id", "'a b'", "7", "'07'", "class", "['__proto__']", "'caf\u00e9'"]


def test_comments() -> None:
    assert comment(["one"]) == "/** one */\n"
    assert comment(["a */ b\n@x {@y} a@b.c"]) == "/**\n * a *\\/ b\n * \\@x {\\@y} a@b.c\n */\n"
    assert comment([""], tags=["@deprecated"], indent=2) == "  /** @deprecated */\n"


@pytest.mark.parametrize(
    ("text", "name"),
    [("contactListId", "contactListId"), ("get pets", "getPets"), ("X-Request-ID", "xRequestID"), ("HTTPServer", "httpServer"), ("LIST_ALL", "listAll"), ("", "")],
)  # fmt: skip
def test_camel_case(text: str, name: str) -> None:
    assert camel(text) == name


def test_declarations_are_those_of_the_code(tmp_path: Path) -> None:
    files = files_of(document(), tmp_path)
    modules = {path.removesuffix(".js") for path in files if path.endswith(".js")}
    assert {path.removesuffix(".d.ts") for path in files if path.endswith(".ts")} == modules
    for path in modules:
        code, declared = files[f"{path}.js"], files[f"{path}.d.ts"]
        for pattern in (
            r"^export \* from .*",
            r"^export (?:declare )?(?:abstract )?(const|class|function|let) (\w+)",
        ):
            assert set(re.findall(pattern, code.replace("async ", "").replace("function*", "function"), re.M)) == set(re.findall(pattern, declared, re.M)), path  # fmt: skip
        if not path.startswith("runtime/"):
            assert not re.search(
                r"^(export )?(interface|type) |\bimport type\b|\w<\w+>\(|^ *\*|/\*\*", code, re.M
            ), path
            assert not re.search(r"^export (?!declare |interface |type |\*)| = /\*", declared, re.M), path


def test_names_that_differ_in_capitals_have_files_that_differ(tmp_path: Path) -> None:
    text = {"type": "object", "properties": {"a": {"type": "string"}}}
    files = files_of(schemas(Pet=text, PET=text, pet=text, CON=text, index=text), tmp_path)
    modules = [path for path in files if path.startswith("models/") and path.endswith(".d.ts")]
    assert len({path.casefold() for path in modules}) == len(modules) == 6
    assert "models/con.d.ts" not in modules


def test_reserved_words_are_no_names(tmp_path: Path) -> None:
    operation = {"responses": {"200": {"description": "d"}}}
    paths = {
        f"/{word}": {"get": {"operationId": word, **operation}}
        for word in ("delete", "import", "list", "string")
    }
    files = files_of({**schemas(), "paths": paths}, tmp_path)
    assert any("export const delete_ =" in text for text in files.values())
    assert any("export const list =" in text for path, text in files.items() if "operations/" in path), (
        "the runtime's names are not reserved"
    )


def test_the_index_has_all_of_the_runtime(tmp_path: Path) -> None:
    """What an API calls as the runtime does has another name in the index, so that both are there."""
    operation = {"responses": {"200": {"description": "d", "headers": {"X": {"schema": {"type": "string"}}}}}}
    paths = {f"/{name}": {"get": {"operationId": name, **operation}} for name in ("xml", "connect", "bind")}
    data = {"type": "object", "properties": {"a": {"type": "string"}}}
    files = files_of({**schemas(DataError=data, Codec=data), "paths": paths}, tmp_path)
    index = files["index.js"]
    for name in ("xml as xml_", "connect as connect_", "DataError as DataError_", "toXml", "plainXmlAnswers as xmlAnswers"):  # fmt: skip
        assert f"  {name},\n" in index
    assert "  Codec as Codec_,\n" in files["index.d.ts"]
    assert "import { connect_, " in files["README.md"]
    package = write(files, tmp_path / "package")
    program = f"""
    import * as api from {json.dumps(str(package / "index.js"))};
    import * as runtime from {json.dumps(str(package / "runtime/index.js"))};
    console.log(Object.keys(runtime).filter((name) => !Object.values(api).includes(runtime[name])));
    console.log(api.xml_.kind, typeof api.xml.raw, typeof api.connect_(''));
    """
    assert run("--input-type=module", "--eval", program) == "[ 'xmlAnswers' ]\nxml function object\n"
    assert available(lambda: complaints(package)) == ""


def test_the_smaller_reader_of_xml_is_where_it_is_enough(tmp_path: Path) -> None:
    """It has the name of the larger one unless an element is called otherwise than its member somewhere."""
    text = {"type": "string"}
    for note, is_enough in (
        (text, True),
        ({**text, "xml": {"attribute": True}}, False),
        ({**text, "xml": {"name": "n"}}, False),
        ({"type": "array", "items": text}, False),
        ({"type": "array", "items": text, "xml": {"wrapped": True}}, True),
    ):
        pet = {"type": "object", "xml": {"name": "pet"}, "properties": {"note": note}}
        files = files_of(schemas(Pet=pet), tmp_path)
        assert ("plainXmlAnswers as xmlAnswers" in files["index.js"]) == is_enough
        assert ("plainXmlAnswers as xmlAnswers" in files["index.d.ts"]) == is_enough


def test_alternatives_within_brackets_and_texts_stay_together(tmp_path: Path) -> None:
    """Members without names have the types of all that have one: lists that hold null, values with a bar in them."""
    numbers = {"type": "array", "items": {"type": ["number", "null"]}}
    texts = {"type": "array", "items": {"type": ["string", "null"]}}
    words = {"type": "string", "enum": ["a | b", "c | b", "(", "it's"], "x-extensible-enum": False}
    members = {"n": numbers, "t": texts, "w": words, "v": {"type": "string", "enum": ["d | b"]}}
    bag = {"type": "object", "properties": members, "additionalProperties": {"type": "boolean"}}
    package = write(files_of(schemas(Bag=bag), tmp_path), tmp_path / "package")
    text = (package / "models" / "bag.d.ts").read_text()
    assert "(number | null)[] | (string | null)[]" in text
    assert available(lambda: complaints(package)) == ""


def test_untagged_operations_are_grouped_by_their_paths(tmp_path: Path) -> None:
    untagged = {"get": {"responses": {"200": {"description": "d"}}}}
    tagged = {"get": {"tags": ["Pets"], **untagged["get"]}}
    paths = {
        "/v1/pets/{id}": untagged,
        "/v1/pets/tagged": tagged,
        "/users": untagged,
        "/users/{id}": untagged,
        "/users/all": untagged,
    }
    api = api_of({**schemas(), "paths": paths}, tmp_path)
    first = emit(api, TypeScriptOptions(package="p"))
    assert first.names["groups"] == {"Pets": "pets", "users": "users"}
    before = {**first.names, "groups": {"": "api", "Pets": "pets"}, "group_types": {}}
    assert emit(api, TypeScriptOptions(package="p"), before).names["groups"] == {"": "api", "Pets": "pets"}


def test_what_a_path_and_a_parameter_both_say_is_sent_once(tmp_path: Path) -> None:
    parameter = {"name": "comp", "in": "query", "required": True, "schema": {"enum": ["list"]}}
    path_item = {
        "get": {
            "operationId": "listed",
            "parameters": [parameter],
            "responses": {"204": {"description": "d"}},
        }
    }
    texts = files_of({**schemas(), "paths": {"/x?comp=list&rest=a": path_item}}, tmp_path)
    assert any("() => '/x?rest=a'" in text for text in texts.values())


def test_headers_of_answers_have_types(tmp_path: Path) -> None:
    files = files_of(document(), tmp_path)
    text = "".join(
        text for text in files.values() if re.search(r"^export (declare )?const putPetHeaders\b", text, re.M)
    )
    for part in ("'X-Total': bigint;", "'X-Ids'?: Integer[];", "'X-Page'?: Tree;", "'X-Odd'?: string;", "optional(inJson(Tree))"):  # fmt: skip
        assert part in text, part
    assert "Content-Type" not in text


def test_names_stay_as_the_lock_has_them(tmp_path: Path) -> None:
    api = api_of(document(), tmp_path)
    first = emit(api, TypeScriptOptions(package="p"))
    renamed = {**first.names, "types": {key: f"{name}Old" for key, name in first.names["types"].items()}}
    second = emit(api, TypeScriptOptions(package="p"), renamed)
    assert second.names["types"] == renamed["types"]
    assert "export interface TreeOld {" in second.files["models/tree.d.ts"]
    assert emit(api, TypeScriptOptions(package="p"), second.names).files == second.files


def test_an_edit_touches_what_it_is_about(tmp_path: Path) -> None:
    before = emit(api_of(document(), tmp_path), TypeScriptOptions(package="p"))
    edited = document()
    edited["components"]["schemas"]["Tree"]["properties"]["height"] = {"type": "integer"}
    edited["components"]["schemas"]["Brand"] = {"type": "object", "properties": {"x": {"type": "string"}}}
    after = emit(api_of(edited, tmp_path), TypeScriptOptions(package="p"), before.names)
    changed = {path for path, text in after.files.items() if before.files.get(path) != text}
    modules = {f"models/{name}.{ending}" for name in ("tree", "brand", "index") for ending in ("d.ts", "js")}
    assert changed == modules | {"surface.typescript.json"}


def test_chosen_names_win(tmp_path: Path) -> None:
    api = api_of(document(), tmp_path)
    names = {"#/components/schemas/Tree": "Plant", "PUT /pets/{id}": "replace_pet"}
    files = emit(api, TypeScriptOptions(package="p", names=names)).files
    assert "export interface Plant {" in files["models/tree.d.ts"]
    assert any("export const replacePet =" in text for text in files.values())


def test_the_package_says_what_it_is(tmp_path: Path) -> None:
    import json

    package = json.loads(files_of(document(), tmp_path)["package.json"])
    assert package["type"] == "module"
    assert package["sideEffects"] is False
    assert "dependencies" not in package
    assert package["exports"]["./models/*"] == {"types": "./models/*.d.ts", "default": "./models/*.js"}


def test_a_run_for_typescript_imports_nothing_of_python(tmp_path: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "bindwright", "generate", str(ROOT / "openapi.yaml")]
    options = ["--output", str(tmp_path / "out"), "--target", "typescript", "--package", "p", "--quiet"]
    process = subprocess.run([*command, *options], capture_output=True, text=True, check=True)
    assert "bindwright.targets.typescript" in process.stderr
    assert "bindwright.targets.python" not in process.stderr
