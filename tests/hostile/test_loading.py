"""Documents that attack the loader end in a diagnostic, soon and in little memory, never in a traceback."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import pytest
from bindwright.openapi import LoadLimits, LoadOptions, load, loads, render
from bindwright.openapi.diagnostics.model import Place
from hypothesis import given, settings
from hypothesis import strategies as st

HEAD = 'openapi: 3.1.0\ninfo: {title: T, version: "1"}\npaths: {}\n'
MEGA = 1_000_000


def laughs(levels: int, width: int = 9) -> str:
    """Billion laughs: each anchor is a list of aliases to the one before."""
    lines = ["x-a0: &a0 [" + ",".join(["lol"] * width) + "]"]
    for level in range(1, levels):
        lines.append(f"x-a{level}: &a{level} [" + ",".join([f"*a{level - 1}"] * width) + "]")
    return HEAD + "\n".join(lines) + "\n"


ATTACKS = {
    "billion-laughs": (laughs(10), "alias-expansion"),
    "laughs-for-ever": (laughs(200), "alias-expansion"),
    "quadratic-blowup": (
        HEAD + "x-a: &a [" + "x," * 20_000 + "]\nx-b: [" + "*a," * 20_000 + "]\n",
        "alias-expansion",
    ),
    "merge-laughs": (
        HEAD
        + "x-0: &a0 {k: 1}\n"
        + "".join(f"x-{i}: &a{i} {{p: *a{i - 1}, q: *a{i - 1}, <<: *a{i - 1}}}\n" for i in range(1, 90)),
        "alias-expansion",
    ),
    "alias-to-itself": (HEAD + "x-a: &a [*a]\n", "yaml-alias"),
    "deep-flow-list": (HEAD + "x: " + "[" * MEGA, "too-deep"),
    "deep-flow-list-closed": (HEAD + "x: " + "[" * MEGA + "]" * MEGA, "too-deep"),
    "deep-flow-map": (HEAD + "x: " + "{a: " * MEGA, "too-deep"),
    "deep-block-list": (HEAD + "x:\n" + "- " * 200_000 + "a\n", "too-deep"),
    "deep-block-map": (HEAD + "".join(" " * i + "a:\n" for i in range(2_000)), "too-deep"),
    "deep-json-list": ('{"openapi": "3.1.0", "x": ' + "[" * MEGA + "]" * MEGA + "}", "too-deep"),
    "deep-json-map": ('{"a":' * MEGA + "1" + "}" * MEGA, "too-deep"),
    "deep-json-open": ("[" * MEGA, "too-deep"),
    "deep-json-within-recursion-limit": ("[" * 500 + "]" * 500, "too-deep"),
    "long-json-number": ('{"openapi": "3.1.0", "x": ' + "9" * MEGA + "}", "number-too-long"),
    "long-json-fraction": ('{"openapi": "3.1.0", "paths": {}, "x-a": 0.' + "9" * MEGA + "}", ""),
    "long-json-exponent": ('{"openapi": "3.1.0", "paths": {}, "x-a": 1e' + "9" * 1000 + "}", ""),
    "long-yaml-number": (HEAD + "x-a: " + "9" * MEGA, "yaml-scalar"),
    "long-yaml-hex": (HEAD + "x-a: 0x" + "f" * MEGA, "yaml-scalar"),
    "long-yaml-exponent": (HEAD + "x-a: 1e" + "9" * 1000, ""),
    "long-key": (HEAD + "x-" + "k" * MEGA + ": 1", ""),
    "long-line": (HEAD + "x-a: '" + "a" * 10 * MEGA + "'", ""),
    "many-keys": (HEAD + "".join(f"x-{i}: 1\n" for i in range(100_000)), ""),
    "many-duplicates": ("{" + ",".join(['"a": 1'] * 100_000) + ', "openapi": "3.1.0"}', "duplicate-key"),
    "many-unknown": (HEAD + "".join(f"k{i}: 1\n" for i in range(50_000)), "unknown-key"),
    "many-bad-references": (
        HEAD
        + "components:\n  schemas:\n"
        + "".join(f"    S{i}: {{$ref: '#/components/schemas/T{i}'}}\n" for i in range(3_000)),
        "unresolved-reference",
    ),
    "long-chain": (
        HEAD
        + "components:\n  schemas:\n"
        + "".join(f"    S{i}: {{$ref: '#/components/schemas/S{i + 1}'}}\n" for i in range(5_000))
        + "    S5000: {type: string}\n",
        "",
    ),
    "chain-through-chains": (
        HEAD
        + "components:\n  schemas:\n"
        + "".join(f"    S{i}: {{$ref: '#/components/schemas/S{i + 1}/items'}}\n" for i in range(3_000)),
        "reference",
    ),
    "nul": (HEAD + "x-a: 'a\0b'", "nul-character"),
    "only-bom": ("\ufeff", "empty-file"),
    "many-anchors": (HEAD + "".join(f"x-{i}: &a{i} 1\n" for i in range(20_000)), ""),
    "tab-indent": (HEAD + "\tx: 1", "yaml-syntax"),
    "python-tag": (HEAD + "x-a: !!python/object/apply:os.system ['true']", "yaml-tag"),
    "unclosed-quote": (HEAD + "x: '" + "a\n" * 100_000, "yaml-syntax"),
    "backslashes": ('{"a": "' + "\\" * MEGA, "json-syntax"),
    "quotes": ('"' * MEGA, "yaml-syntax"),
    "brackets-in-turn": ("{[" * 100_000, ""),
    "commas": ("[" + "," * MEGA, "syntax"),
    "colons": (":" * MEGA, ""),
    "dashes": ("- " * MEGA, "too-deep"),
    "question-marks": ("? " * MEGA, "too-deep"),
    "bangs": ("x: " + "!" * MEGA, ""),
    "ampersands": ("x: " + "&a " * 100_000, "yaml-syntax"),
    "percents": ("%\n" * 100_000, ""),
    "stars": (HEAD + "x: [" + "*a, " * 100_000 + "]", "yaml-alias"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_attacks_end_in_a_diagnostic(name: str) -> None:
    text, code = ATTACKS[name]
    started = time.process_time()
    document = loads(text)
    rendered = render(document.diagnostics.items[:20], document)
    assert time.process_time() - started < 15
    codes = {item.code for item in document.diagnostics.items}
    assert not code or any(code in reported for reported in codes), codes
    assert len(document.diagnostics.items) < 5_000
    assert all(len(line) < 2_000 for line in rendered.splitlines())
    assert "\0" not in rendered


def test_expansion_takes_no_memory() -> None:
    tracemalloc.start()
    try:
        loads(laughs(60))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 30_000_000


def test_limits_are_options() -> None:
    options = LoadOptions(limits=LoadLimits(file_bytes=100, depth=5))
    assert loads(HEAD + "x-a: [[[[[[]]]]]]", options=options).diagnostics.items[0].code == "too-deep"
    assert loads(HEAD + "#" * 200, options=options).diagnostics.items[0].code == "too-large"
    few = LoadOptions(limits=LoadLimits(nodes=50))
    assert loads(HEAD + f"x-a: {list(range(100))}", options=few).diagnostics.items[0].code == "too-large"
    assert loads(json.dumps({"a": list(range(100))}), options=few).diagnostics.items[0].code == "too-large"


def test_too_many_files(tmp_path: Path) -> None:
    for index in range(20):
        (tmp_path / f"f{index}.yaml").write_text(f"$ref: f{index + 1}.yaml")
    (tmp_path / "f20.yaml").write_text("type: string")
    (tmp_path / "openapi.yaml").write_text(HEAD + "components: {schemas: {A: {$ref: f0.yaml}}}")
    assert load(tmp_path / "openapi.yaml").diagnostics.items == []
    few = load(tmp_path / "openapi.yaml", options=LoadOptions(limits=LoadLimits(files=5)))
    assert {item.code for item in few.diagnostics.items} == {"too-many-files"}


def test_a_terminal_is_sent_nothing_but_text() -> None:
    nasty = "\x1b[31m\u202e\u2066\x07\x9b\r\n\u2028"
    text = json.dumps(
        {"openapi": "3.1.0", nasty: 1, "paths": {nasty: {"get": {"x" + nasty: 1, "summry": nasty}}}}
    )
    document = loads(text)
    rendered = render(document.diagnostics.items, document)
    assert "summry" in rendered
    assert all(sign.isprintable() or sign == "\n" for sign in rendered)


@pytest.mark.parametrize("name", ["missing.yaml", "", ".", "nul\0name", "a" * 5000])
def test_paths_that_are_no_files(name: str, tmp_path: Path) -> None:
    document = load(str(tmp_path) + "/" + name)
    assert document.root == {}
    assert document.diagnostics.failed
    assert render(document.diagnostics.items, document)


SEED = json.dumps(
    {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {
            "/a/{b}": {
                "parameters": [{"name": "b", "in": "path", "required": True, "schema": {"type": "string"}}],
                "get": {
                    "operationId": "x",
                    "responses": {
                        "200": {
                            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}
                        }
                    },
                },
            }
        },
        "components": {
            "schemas": {
                "A": {
                    "$id": "http://x/a",
                    "$anchor": "q",
                    "required": ["b"],
                    "properties": {"b": {"minimum": 1}},
                },
                "B": {
                    "allOf": [{"$ref": "#/components/schemas/A"}, {"enum": [1]}],
                    "items": {"type": "array"},
                },
            }
        },
    }
)
YAML_SEED = (
    HEAD
    + "x-a: &a {b: [1, 'c', \"d\"]}\n"
    + "components:\n  schemas:\n    A: {<<: *a, $ref: '#/x-a'}\n    B: |\n      t\n"
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([SEED, YAML_SEED]), st.randoms(use_true_random=False))
def test_mutated_documents_never_raise(seed: str, random_: random.Random) -> None:
    data = bytearray(seed.encode())
    for _ in range(random_.randint(1, 6)):
        at = random_.randrange(len(data))
        choice = random_.random()
        if choice < 0.3:
            del data[at : at + random_.randint(1, 8)]
        elif choice < 0.6:
            data[at:at] = random_.choice(
                [b"{", b"}", b"[", b'"', b"'", b":", b"\n", b"- ", b"&a ", b"*a", b"\xff", b"\0"]
            )
        else:
            data[at] = random_.randrange(256)
    everything(bytes(data))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(JSON, st.randoms(use_true_random=False))
def test_any_value_in_any_slot_never_raises(value: object, random_: random.Random) -> None:
    root = json.loads(SEED)
    slots = list(containers(root))
    holder = random_.choice(slots)
    keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
    if keys:
        holder[random_.choice(keys)] = value  # type: ignore[index]
    everything(json.dumps(root).encode())


def containers(value: object) -> list[dict[str, object] | list[object]]:
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    own: list[dict[str, object] | list[object]] = [value] if isinstance(value, dict | list) else []
    return own + [container for item in below for container in containers(item)]


def everything(data: bytes) -> None:
    """All that a run asks of a document."""
    document = loads(data)
    assert isinstance(document.root, dict)
    assert bool(document.root) or document.diagnostics.failed
    render(document.diagnostics.items, document, color=True)
    document.follow("#/components/schemas/A", Place())
    document.follow("q", Place(pointer="/components/schemas/A"))
    document.position(Place(pointer="/components/schemas/A/required/0"))


def test_same_diagnostics_for_every_hash_seed(tmp_path: Path) -> None:
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps({"openapi": "3.0.0", **{f"k{i}": {"$ref": f"#/n{i}"} for i in range(30)}}))
    script = (
        "import sys; from bindwright.openapi import load, render; d = load(sys.argv[1]); "
        "print(render(d.diagnostics.items, d))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script, str(path)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
            timeout=300,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1
    assert b"k29" in outputs.pop()
