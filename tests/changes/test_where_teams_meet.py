"""The pre-commit hooks, the workflow, the build hook and the Makefile, each as its users run it."""

from __future__ import annotations

import os
import re
import shutil
import site
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

from tests.changes.test_catalogue import CASES

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples" / "ci"
CONFIGURATION = '[tool.bindwright]\ndocument = "openapi.yaml"\noutput = "out"\npackage = "shop"\n'


def environment(**more: str) -> dict[str, str]:
    """The environment of a user who has bindwright: this one's, without an index of packages."""
    paths = [str(ROOT / "codegen"), *site.getsitepackages()]
    return {
        **os.environ, "PYTHONPATH": os.pathsep.join(paths), "PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]), **more,
    }  # fmt: skip


def do(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, cwd=folder, env=environment(**more), capture_output=True, text=True, check=False, timeout=300
    )


def use(case: str, folder: Path) -> None:
    shutil.copy(CASES / f"{case}.yaml", folder / "openapi.yaml")


def commit(folder: Path) -> None:
    for words in (
        ["add", "-A"],
        ["-c", "user.name=T", "-c", "user.email=t@example.com", "commit", "-qm", "x"],
    ):
        assert do(folder, "git", *words).returncode == 0


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A repository with a document and its package."""
    (tmp_path / "pyproject.toml").write_text(CONFIGURATION)
    use("base-plain", tmp_path)
    assert do(tmp_path, "git", "init", "-q", "-b", "main").returncode == 0
    assert do(tmp_path, sys.executable, "-m", "bindwright", "generate", "-q").returncode == 0
    commit(tmp_path)
    return tmp_path


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="a hook comes from a repository")
def test_pre_commit_hooks(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    home = str(tmp_path_factory.mktemp("pre-commit"))

    def hooks(*names: str) -> subprocess.CompletedProcess[str]:
        words = [
            sys.executable,
            "-m",
            "pre_commit",
            "try-repo",
            str(ROOT),
            *names,
            "--all-files",
            "--verbose",
        ]
        return do(shop, *words, PRE_COMMIT_HOME=home)

    process = hooks()
    assert process.returncode == 0, process.stdout + process.stderr
    assert process.stdout.count("Passed") == 2
    use("param-removed", shop)
    assert do(shop, "git", "add", "-A").returncode == 0
    process = hooks()
    assert process.returncode == 1
    assert process.stdout.count("Failed") == 2
    assert "param-removed: GET /orders query state" in process.stdout
    assert "the document moved: openapi.yaml" in process.stdout


def workflow_steps() -> list[str]:
    workflow = yaml.safe_load((EXAMPLES / "bindwright.yml").read_text())
    return [step["run"] for step in workflow["jobs"]["bindings"]["steps"] if "run" in step]


def test_the_workflow(shop: Path) -> None:
    clone = shop.parent / "clone"
    assert do(shop, "git", "clone", "-q", str(shop), str(clone)).returncode == 0
    use("param-removed", clone)
    assert do(clone, sys.executable, "-m", "bindwright", "generate", "-q").returncode == 0
    install, *steps = workflow_steps()
    assert install.startswith("pip install")
    summary = clone / "summary.md"
    results = [
        do(
            clone,
            "bash",
            "-e",
            "-c",
            f'bindwright() {{ "{sys.executable}" -m bindwright "$@"; }}; {step}',
            GITHUB_BASE_REF="main",
            GITHUB_STEP_SUMMARY=str(summary),
        )
        for step in steps
    ]
    assert [result.returncode for result in results] == [0, 0, 1], [result.stderr for result in results]
    assert summary.read_text().startswith("**1 breaking**\n\n| JSON ask |")
    assert len(summary.read_bytes()) < 60_000
    annotation = re.compile(
        r"::error file=[^,]+openapi\.yaml,line=\d+,col=\d+,title=param-removed::param-removed: .+"
    )
    assert annotation.fullmatch(results[2].stdout.splitlines()[0]), results[2].stdout
    shutil.rmtree(clone)


def test_the_makefile(shop: Path) -> None:
    shutil.copy(EXAMPLES / "bindwright.mk", shop)
    (shop / "Makefile").write_text("include bindwright.mk\n")
    make = ("make", f"BINDWRIGHT={sys.executable} -m bindwright")
    assert do(shop, *make, "bindings-check", "bindings-diff").returncode == 0
    use("param-removed", shop)
    assert do(shop, *make, "bindings-check").returncode == 2
    process = do(shop, *make, "bindings-diff")
    assert process.returncode == 2
    assert "param-removed" in process.stdout
    assert do(shop, *make, "bindings", "bindings-check").returncode == 0
    assert do(shop, *make, "bindings-release").returncode == 0
    assert (shop / "out/CHANGELOG.md").exists()


BUILT = """\
[build-system]
requires = ["hatchling", "bindwright[codegen]"]
build-backend = "hatchling.build"

[project]
name = "shop-client"
version = "1.0"

[tool.hatch.build.targets.wheel]
packages = ["src/shop"]

[tool.hatch.build.hooks.bindwright]

[tool.bindwright]
document = "openapi.yaml"
output = "src/shop"
package = "shop"
layout = "package"
"""


def installed(folder: Path) -> Path:
    """A folder with the entry points of this repository, as an installation has them."""
    points = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]["hatch"]
    (metadata := folder / "site" / "bindwright_checkout-0.dist-info").mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: bindwright-checkout\nVersion: 0\n")
    lines = [f"{name} = {target}" for name, target in points.items()]
    (metadata / "entry_points.txt").write_text("\n".join(["[hatch]", *lines]) + "\n")
    return metadata.parent


def wheel(folder: Path, site_: Path) -> subprocess.CompletedProcess[str]:
    shutil.rmtree(folder / "dist", ignore_errors=True)
    path = os.pathsep.join([str(site_), environment()["PYTHONPATH"]])
    words = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--skip-dependency-check",
        str(folder),
    ]
    return do(folder, *words, SOURCE_DATE_EPOCH="1700000000", PYTHONPATH=path)


def test_the_build_hook(tmp_path: Path) -> None:
    site_ = installed(tmp_path)
    (tmp_path / "pyproject.toml").write_text(BUILT)
    (tmp_path / ".gitignore").write_text("src/shop/**/*.py\ndist\n.bindwright\n")
    use("base-plain", tmp_path)
    assert do(tmp_path, "git", "init", "-q").returncode == 0
    assert do(tmp_path, sys.executable, "-m", "bindwright", "generate", "-q").returncode == 0
    commit(tmp_path)
    clone = tmp_path / "clone"  # has the lock, and no generated module
    assert do(tmp_path, "git", "clone", "-q", str(tmp_path), str(clone)).returncode == 0
    assert not (clone / "src/shop/client.py").exists()
    process = wheel(clone, site_)
    assert process.returncode == 0, process.stdout + process.stderr
    (built,) = (clone / "dist").glob("*.whl")
    first = built.read_bytes()
    names = zipfile.ZipFile(built).namelist()
    assert "shop/client.py" in names
    assert "shop/models/order.py" in names
    assert wheel(clone, site_).returncode == 0
    assert built.read_bytes() == first, "the same wheel twice"
    use("param-removed", clone)
    process = wheel(clone, site_)
    assert process.returncode != 0
    assert "the document moved: openapi.yaml" in process.stdout + process.stderr
