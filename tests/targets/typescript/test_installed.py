"""The package where a user has it, below ``node_modules``: what its manifest leads to, for compilers and for Node."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.typescript.node import available
from tools.typescript import node, tsc

from .packages import RESOLUTIONS, ROOT, STRICT, files_of, write

PROGRAM = """
import { connect, getImportJob, type ImportJob } from 'shop';
import { bindAll } from 'shop/client';
import { schemes } from 'shop/schemes';
import { ImportJob as codec } from 'shop/models/import_job';
import { getImportJob as one } from 'shop/operations/get_import_job';
import * as models from 'shop/models';
import * as operations from 'shop/operations';
import { fromJson, type Codec } from 'shop/runtime';

const client = connect('https://api.example', { schemes });
export const call = (): Promise<ImportJob> => getImportJob(client, { contactListId: 1, importJobId: 2 });
export const bound = bindAll(client).contactLists.getImportJob;
export const same: Codec<ImportJob> = codec;
export const all: boolean[] = [models.ImportJob === codec, operations.getImportJob === one, one === getImportJob];
export const read = (text: string): number => fromJson(codec, text).Id;
"""
WRONG = "import { getImportJob, type Client } from 'shop';\nexport const wrong = (client: Client) => getImportJob(client, { contactListId: '1' });\n"
RUN = """
const missing = [];
for (const path of process.argv.slice(2)) {
  const module = await import(path);
  if (Object.keys(module).length === 0) missing.push(path);
}
console.log(JSON.stringify(missing));
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    write(files_of(ROOT / "openapi.yaml", folder), folder / "node_modules" / "shop")
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "program.ts").write_text(PROGRAM)
    return folder


@pytest.mark.parametrize("resolution", RESOLUTIONS)
@pytest.mark.parametrize("version", ["typescript-5.5", "typescript-7"])
def test_compilers_find_the_declarations(project: Path, version: str, resolution: str) -> None:
    options = STRICT | {
        "moduleResolution": resolution,
        "module": RESOLUTIONS[resolution],
        "isolatedDeclarations": False,
    }
    (project / "wrong.ts").write_text(WRONG)
    (project / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "include": ["*.ts"]}))
    output = available(lambda: tsc("-p", str(project), version=version, cwd=project)).stdout
    assert [line.partition("(")[0] for line in output.splitlines() if "error TS" in line] == ["wrong.ts"], (
        output
    )


def test_node_finds_the_code(project: Path) -> None:
    exports = json.loads((project / "node_modules" / "shop" / "package.json").read_text())["exports"]
    entries = [
        "shop" + name[1:].replace("*", "import_job" if "models" in name else "get_import_job")
        for name in exports
    ]
    (project / "run.js").write_text(RUN)
    process = subprocess.run(
        [available(node), "run.js", *entries], cwd=project, capture_output=True, text=True, timeout=60, check=False
    )  # fmt: skip
    assert (process.stdout.strip(), process.stderr) == ("[]", "")
    for name, entry in exports.items():
        for path in entry.values():
            files = list((project / "node_modules" / "shop").glob(path[2:]))
            assert files, (name, path)
