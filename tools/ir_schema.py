"""``python -m tools.ir_schema``: writes the schema of the IR's JSON, its page, and the digest of its version.

What is valid under a version that is recorded stays as it is: another form needs another `IR_VERSION`. Before the first
release that has a version, ``--amend`` records the other form under it.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from bindwright.ir import json_schema, lower
from bindwright.ir.model import IR_VERSION
from bindwright.ir.serialize import data_of
from bindwright.openapi import load

from tools.ir_corpus.mutations import objects

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/reference/ir.md"
VERSIONS = ROOT / "tests/ir/schema_versions.json"
EXAMPLES = (ROOT / "tests/ports/unfamiliar.yaml", ROOT / "openapi.yaml", ROOT / "tests/datacontract/facts/datacontract.openapi.yaml")  # fmt: skip
HEAD = (ROOT / "tools/ir_page_head.md").read_text(encoding="utf-8")


def main(arguments: list[str] | None = None) -> None:
    """Write all files that are made from the classes of the model.

    Raises:
        SystemExit: the recorded version has another form, and nobody said that it is to be amended; nothing is written.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--amend", action="store_true", help="the version is in no release yet: change its form"
    )
    amend = parser.parse_args(arguments).amend
    versions = json.loads(VERSIONS.read_text()) if VERSIONS.exists() else {}
    key, digest = str(IR_VERSION), json_schema.digest()
    if versions.get(key, digest) != digest and not amend:
        raise SystemExit(
            f"version {key} of the IR has another form: raise IR_VERSION, or say --amend if no release has it yet"
        )
    text = json_schema.text()
    (ROOT / "codegen/bindwright/ir" / json_schema.FILE).write_text(text, encoding="utf-8")
    (PAGE.parent / json_schema.FILE).write_text(text, encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")
    versions[key] = digest
    VERSIONS.write_text(json.dumps(versions, indent=1) + "\n")


def page() -> str:
    """The page that explains every field, with an example of each from a document of the tests."""
    definitions = json_schema.schema()["$defs"]
    examples = _examples()
    parts = [HEAD]
    for name, definition in definitions.items():
        if name == "Json":
            continue
        parts.append(f"## {name}\n\n{_prose(definition['description'])}\n")
        for key, member in definition["properties"].items():
            parts.append(_member(key, member, key in definition["required"], examples.get((name, key))))
    return "\n".join(parts)


def _member(key: str, member: dict[str, Any], required: bool, example: str | None) -> str:
    state = "always written" if required else f"absent: `{json.dumps(member['default'])}`" if "default" in member else "on demand"  # fmt: skip
    prose = _prose(member.get("description", "")).replace("\n", " ")
    lines = [f"`{key}`\n: {_type(member)}; {state}. {prose}".rstrip()]
    if example is not None:
        lines.append(f"\n  ```json\n  {example}\n  ```")
    return "\n".join(lines) + "\n"


def _type(part: dict[str, Any]) -> str:
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        return "any JSON value" if name == "Json" else f"[{name}](#{name.lower()})"
    for word in ("anyOf", "oneOf"):
        if word in part:
            return " or ".join(_type(alternative) for alternative in part[word])
    if "const" in part:
        return f"`{json.dumps(part['const'])}`"
    if "enum" in part:
        return ", ".join(f"`{json.dumps(value)}`" for value in part["enum"])
    if "prefixItems" in part:
        return "list of exactly " + ", ".join(_type(item) for item in part["prefixItems"])
    if "items" in part:
        return f"list of {_type(part['items'])}"
    if "additionalProperties" in part:
        return f"map of {_type(part['additionalProperties'])}"
    types = part["type"]
    return types if isinstance(types, str) else " or ".join(types)


def _prose(text: str) -> str:
    return re.sub(r"``(.+?)``", r"`\1`", text)


def _examples() -> dict[tuple[str, str], str]:
    result: dict[tuple[str, str], str] = {}
    for path in EXAMPLES:
        for part, name in objects(data_of(lower(load(path)))):
            for key, value in part.items():
                text = json.dumps({key: value}, ensure_ascii=False)
                if (name, key) not in result and len(text) <= 300:
                    result[name, key] = text
    return result


if __name__ == "__main__":
    main()
