"""The sixty documents of the corpus: generated, imported, and checked by ruff; some type-checked, seeded.

The whole, with every type, is ``python -m tests.corpus``.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from .packages import ROOT, complaints, documents, generate, package_name

pytestmark = pytest.mark.skipif(not documents(), reason="../shared/corpus is not here")


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all packages."""
    folder = tmp_path_factory.mktemp("corpus")
    for document in documents():
        generate(document, folder)
    return folder


def test_all_import_and_keep_ruffs_rules_and_layout(packages: Path) -> None:
    names = [package_name(document) for document in documents()]
    assert complaints(packages, names, types=False) == []


def test_some_pass_strict_type_checking(packages: Path) -> None:
    seed = int(os.environ.get("CORPUS_SEED", "20"))
    chosen = random.Random(seed).sample(documents(), 4)
    assert complaints(packages, [package_name(document) for document in chosen], types=True) == [], seed


_DIGEST = """
import hashlib, json, sys
from pathlib import Path
from tests.corpus.packages import generate
import tempfile
with tempfile.TemporaryDirectory() as folder:
    print(hashlib.sha256(json.dumps(generate(Path(sys.argv[1]), Path(folder))[1]).encode()).hexdigest())
"""


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_bytes_do_not_depend_on_the_hash_seed(seed: str, tmp_path: Path) -> None:
    document = documents()[6]
    here = hashlib.sha256(json.dumps(generate(document, tmp_path)[1]).encode()).hexdigest()
    env = {"PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT / 'codegen'}:{ROOT}", "PATH": "/usr/bin:/bin"}
    process = subprocess.run(
        [sys.executable, "-c", _DIGEST, str(document)], env=env, capture_output=True, text=True, check=True
    )
    assert process.stdout.strip() == here
