"""A wheel in which the busiest modules of the generator are compiled ahead of time by mypyc (decision 6).

It is built where it is asked for, with ``HATCH_BUILD_HOOK_ENABLE_CUSTOM=1``, and has the sources as well: they are what
runs under ``BINDWRIGHT_PURE=1``, and what tracebacks show. Without that variable the wheel is pure.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = Path(__file__).parent / "codegen"
ROOMS = (
    *("ir/lowering", "ir/lower.py", "ir/collector.py", "ir/field_texts.py", "ir/paging.py", "ir/reachability.py"),
    *("ir/type_keys.py", "ir/walks.py", "openapi/references", "openapi/validation", "targets/naming"),
    *("targets/prose.py", "targets/python", "targets/typescript", "targets/xsd"),
)  # fmt: skip
"""Folders and modules of the package where most of a run's time goes."""
LEFT = ("targets/python/other_styles",)
"""Folders in them that few runs use."""
_INTERPRETED = frozenset(
    {"Struct", "bytes", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple"}
)
"""Bases of classes that mypyc does not make: it drops what a class of msgspec says behind its base (``frozen=True``) and
takes ``field(…)`` for the member's value; classes of builtins it does not know."""


class CompiledHook(BuildHookInterface[Any]):
    """Adds the compiled modules to a wheel."""

    _made: Path | None = None

    def dependencies(self) -> list[str]:
        """What the build needs beside hatchling."""
        return ["mypy>=2.4", "setuptools>=77"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; raises CalledProcessError. An editable installation stays pure."""
        if version == "editable":
            return
        self._made = folder = Path(tempfile.mkdtemp(prefix="bindwright-compiled-"))
        subprocess.run([sys.executable, __file__, str(folder)], check=True)
        for path in folder.glob("*__mypyc*"):
            build_data["force_include"][str(path)] = path.name
        for path in (folder / "bindwright").rglob("*"):
            if path.suffix in (".so", ".pyd"):
                build_data["force_include"][str(path)] = path.relative_to(folder).as_posix()
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was compiled: the wheel has it."""
        if self._made is not None:
            shutil.rmtree(self._made, ignore_errors=True)


def compiled_modules() -> Iterator[Path]:
    """The modules that are compiled: those of `ROOMS` without classes that mypyc cannot make."""
    package = SOURCES / "bindwright"
    left = [package / folder for folder in LEFT]
    for room in ROOMS:
        for path in sorted((package / room).rglob("*.py")) if (package / room).is_dir() else [package / room]:
            if path.name != "__init__.py" and not any(folder in path.parents for folder in left):
                tree = ast.parse(path.read_text(encoding="utf-8"))
                if not any(_INTERPRETED & _bases(node) for node in ast.walk(tree)):
                    yield path


def _bases(node: ast.AST) -> set[str]:
    if not isinstance(node, ast.ClassDef):
        return set()
    return {ast.unparse(base.value if isinstance(base, ast.Subscript) else base) for base in node.bases}


def _compile(folder: Path) -> None:
    """Compile a copy of the sources in `folder`, in place."""
    import os

    from mypyc.build import mypycify
    from setuptools import setup

    paths = [path.relative_to(SOURCES).as_posix() for path in compiled_modules()]
    shutil.copytree(
        SOURCES / "bindwright", folder / "bindwright", ignore=shutil.ignore_patterns("__pycache__")
    )
    os.chdir(folder)
    version = f"--python-version={sys.version_info.major}.{sys.version_info.minor}"
    options = ["--config-file=", "--strict", "--ignore-missing-imports", version]
    sys.argv = ["setup.py", "-q", "build_ext", "--inplace"]
    setup(
        name="bindwright",
        packages=[],
        ext_modules=mypycify(
            [*options, *paths], opt_level="2", debug_level="0", multi_file=True, group_name="bindwright"
        ),
    )


if __name__ == "__main__":
    _compile(Path(sys.argv[1]))
