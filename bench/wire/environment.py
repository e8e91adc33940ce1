"""The peers of the XML benchmark, in an environment of their own that is made on first use."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
VENV = ROOT / "build" / "bench-xml-venv"
PEERS = ("xsdata", "pydantic-xml", "lxml", "polyxml", "xmltodict-rs", "xmltodict")
NEEDS = (
    "attrs", "cattrs", "msgspec", "typing-extensions",
    "urllib3", "click", "h11", "jsonpath-rfc9535", "rich", "ruff", "ryaml", "pyyaml",
)  # fmt: skip
"""Of the runtime, and of the generator, which writes the models of nested shapes."""
WANTED = " ".join((*PEERS, *NEEDS))


def environment() -> str | None:
    """The python of the peers' environment, made on first use; a half-made one is finished."""
    python, stamp = VENV / "bin" / "python", VENV / "installed"
    if stamp.exists() and stamp.read_text() == WANTED:
        _accelerate(python)
        return str(python)
    if not python.exists():
        base = _base()
        if base is None:
            return None
        subprocess.run([base, "-m", "venv", str(VENV)], check=True)
    subprocess.run([str(python), "-m", "pip", "install", "-qq", *NEEDS], check=True)
    for peer in PEERS:  # a peer that does not install here is left out, and said so
        subprocess.run([str(python), "-m", "pip", "install", "-qq", peer], check=False)
    stamp.write_text(WANTED)
    _accelerate(python)
    return str(python)


def _accelerate(python: Path) -> None:
    """Install the accelerator as it stands here; without a compiler the benchmark measures the pure code, and says so."""
    if os.environ.get("BINDWRIGHT_PURE") != "1":
        install = [
            str(python),
            "-m",
            "pip",
            "install",
            "-qq",
            "--no-deps",
            "--force-reinstall",
            str(ROOT / "accelerator"),
        ]
        subprocess.run(install, check=False)


def _base() -> str | None:
    """A Python that starts, the newest that polyxml has wheels for first."""
    versions = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser() / "versions"
    managed = [str(path) for minor in (13, 12) for path in versions.glob(f"3.{minor}.*/bin/python")]
    # A name may be a version manager's stand-in that does not start: each is tried.
    for name in ("python3.13", *managed, "python3.12", sys.executable, "python3"):
        program = shutil.which(name)
        if (
            program
            and subprocess.run(
                [program, "-c", "import ensurepip"], check=False, capture_output=True
            ).returncode
            == 0
        ):
            return program
    return None
