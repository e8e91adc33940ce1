"""The page on TypeScript: its programs compile against the package of our own document."""

from __future__ import annotations

import json
from pathlib import Path

from tests.readme.blocks import blocks
from tests.typescript.node import available
from tools.typescript import tsc

from .packages import ROOT, STRICT

_PACKAGE = ROOT / "generated" / "typescript"
_BEFORE = "declare const text: string;\ndeclare const signal: AbortSignal;\n"
_CLIENT = "import { connect, getImportJob } from '@acme/shop';\nconst client = connect('');\n"


def test_the_programs_of_the_page_compile(tmp_path: Path) -> None:
    programs = [block.text for block in blocks(ROOT / "docs/how-to/typescript.md") if block.language == "ts"]
    assert len(programs) >= 4
    for number, text in enumerate(programs):
        before = _BEFORE if "import {" in text else _BEFORE + _CLIENT
        (tmp_path / f"program{number}.ts").write_text(before + text)
    paths = {"@acme/shop": [f"{_PACKAGE}/index.d.ts"], "@acme/shop/*": [f"{_PACKAGE}/*.d.ts"]}
    options = {
        "moduleResolution": "bundler",
        "module": "es2022",
        "paths": paths,
        "isolatedDeclarations": False,
    }
    config = tmp_path / "tsconfig.json"
    config.write_text(json.dumps({"compilerOptions": STRICT | options, "include": ["*.ts"]}))
    process = available(lambda: tsc("-p", str(config), version="typescript-7"))
    assert process.returncode == 0, process.stdout
