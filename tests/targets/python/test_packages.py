"""A whole package from the hand-made API: laid out as ruff has it, typed, with pages and waiting, importable."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from bindwright import ir as lowering
from bindwright import openapi
from bindwright.ir import model as ir
from bindwright.targets.python import PythonOptions, emit

from tests.corpus.packages import complaints

from .make import build


def paged() -> ir.Api:
    api = build()
    api.operations[0].polling = ir.Polling(state="/kind", done=["sold"], failed=["lost"], interval=2.0)
    api.operations[1].pages = ir.Pagination(
        style="cursor", parameter="after", next="/next", size_parameter="limit"
    )
    return api


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    for path, text in emit(paged(), PythonOptions(package="shop")).files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def test_importing_ruff_and_mypy_have_no_complaints(package: Path) -> None:
    assert complaints(package, ["shop"], types=True) == []


def test_pages_and_waiting_stand_in_the_signatures(package: Path) -> None:
    text = (package / "shop" / "api" / "pet_tag.py").read_text()
    assert "-> Page[PetThing]:" in text
    assert "-> AsyncPages[PetThing]:" in text
    assert "def wait_for_pet(" in text
    assert "progress: Callable[[AnimalOf], object] | None = None," in text
    assert 'Poll(state="/kind", done=("sold",), failed=("lost",), interval=2.0)' in text


def test_a_patch_may_be_a_dict(tmp_path: Path) -> None:
    api = build()
    (content, *_) = next(
        operation.body.contents for operation in api.operations if operation.body is not None
    )
    content.media_type = "application/merge-patch+json"
    texts = emit(api, PythonOptions(package="shop")).files
    patches = [text for text in texts.values() if "application/merge-patch+json" in text]
    assert patches
    assert all(re.search(r"body: [^,=]*\| dict\[str, Any\]", text) for text in patches)
    for path, text in texts.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert complaints(tmp_path, ["shop"], types=True) == []


def test_a_parameter_without_a_name_is_no_body_and_a_redirect_may_be_the_answer(tmp_path: Path) -> None:
    api = build()
    operation = next(operation for operation in api.operations if operation.body is None)
    operation.parameters.append(ir.Parameter(name="", location="query", use=ir.Use(type="string")))
    content = ir.Content(media_type="application/json", use=ir.Use(type="string"))
    operation.responses = [ir.Response(status="307", contents=[content])]
    for path, text in emit(api, PythonOptions(package="shop")).files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert complaints(tmp_path, ["shop"], types=True) == []
    text = "".join(path.read_text() for path in (tmp_path / "shop" / "api").glob("*.py"))
    assert re.search(r'"": empty\b', text)
    assert re.search(r"empty: str \| None = None,\s+\*\*options: Unpack\[CallOptions\],?\s+\) -> str:", text)


def test_members_beyond_the_named_have_a_field(package: Path) -> None:
    text = (package / "shop" / "models" / "pet_thing.py").read_text()
    assert "additional_properties: dict[str, str] = field(factory=empty_dict)" in text


def test_output_is_the_same_each_time() -> None:
    assert emit(paged(), PythonOptions(package="shop")) == emit(paged(), PythonOptions(package="shop"))


def test_a_package_must_be_an_identifier() -> None:
    for name in ("", "../x", "a-b", "class"):
        with pytest.raises(ValueError, match="package"):
            emit(build(), PythonOptions(package=name))


def test_the_readme_begins_with_a_call_that_has_all_it_asks_for(package: Path) -> None:
    text = (package / "README.md").read_text(encoding="utf-8")
    call = re.search(r"client\.(\w+)\.(\w+)\((.*)\)", text)
    assert call is not None
    api = paged()
    for operation in api.operations:
        for parameter in operation.parameters:
            parameter.required = True
    readme = emit(api, PythonOptions(package="shop")).files["README.md"]
    assert len(re.findall(r"(\w+)=\u2026", readme)) > len(re.findall(r"(\w+)=\u2026", text))
    api.servers = []
    assert 'Client("https://\u2026"' in emit(api, PythonOptions(package="shop")).files["README.md"]


def test_the_readme_shows_what_this_api_has() -> None:
    api = lowering.lower(openapi.load(Path(__file__).parent / "documents" / "assistant.yaml"))
    text = emit(api, PythonOptions(package="assistant")).files["README.md"]
    for shown in (
        'Client("https://\u2026", key="\u2026")', "`ASSISTANT_KEY`", "except NotFound as error:", "asyncio.run(main())",
        "for item in client.answers.list_answers():", "| `client.answers.get_answer(answer_id)` |",
    ):  # fmt: skip
        assert shown in text
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) == 4
    for block in blocks:
        compile(block.replace("\u2026", "0"), "README.md", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
