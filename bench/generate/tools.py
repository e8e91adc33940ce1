"""The generators: how each is installed, started, and how many operations it wrote."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from tools.compiled import site

OURS = ("bindwright", "bindwright compiled")
"""Our rows: the pure sources, and beside them what ``make compiled`` built."""
REQUIREMENTS = (
    "openapi-python-client==0.29.1",
    "openapi-generator-cli==7.26.0",
    "datamodel-code-generator==0.89.0",
    # What the generated packages import, for the check that they can be imported.
    *(
        "httpx",
        "httpx2",
        "attrs",
        "python-dateutil",
        "pydantic[email]",
        "urllib3",
        "typing-extensions",
        "lazy-imports",
    ),
)


@frozen(kw_only=True)
class Tool:
    """One generator."""

    name: str
    command: Callable[[Path, Path], list[str]]
    """Arguments for a document and an output folder."""
    operations: Callable[[Path], int]
    """How many operations stand in an output folder."""
    python: str


def ensure_peers(folder: Path) -> Path:
    """A virtual environment with the peers, made once; gives its ``bin``. Raises CalledProcessError."""
    scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    stamp = folder / "installed.txt"
    wanted = "\n".join(REQUIREMENTS)
    if not stamp.exists() or stamp.read_text() != wanted:
        venv.create(folder / "venv", clear=True, symlinks=os.name != "nt", with_pip=True)
        subprocess.run([str(scripts / "python"), "-m", "pip", "install", "-q", *REQUIREMENTS], check=True)
        stamp.write_text(wanted)
    return scripts


def tools(peers: Path) -> list[Tool]:
    """Ours first, the compiled one where it is built of the sources as they are; then the peers."""
    python = str(peers / "python")
    ours = {OURS[0]: _bindwright} | ({OURS[1]: _compiled} if site.is_current() else {})
    return [
        *(
            Tool(name=name, command=command, operations=_count_bindwright, python=sys.executable)
            for name, command in ours.items()
        ),
        Tool(
            name="openapi-python-client",
            command=lambda document, out: [
                *(str(peers / "openapi-python-client"), "generate", "--path", str(document)),
                *("--output-path", str(out / "client"), "--overwrite"),
            ],
            operations=_count_openapi_python_client,
            python=python,
        ),
        Tool(
            name="openapi-generator",
            command=lambda document, out: [
                *(str(peers / "openapi-generator-cli"), "generate", "-g", "python", "-i", str(document)),
                *("-o", str(out / "client"), "--skip-validate-spec"),
            ],
            operations=lambda out: _matches(out, "*_api.py", r"^    def \w+_with_http_info\("),
            python=python,
        ),
        Tool(
            name="datamodel-code-generator",
            command=lambda document, out: [
                *(str(peers / "datamodel-codegen"), "--input", str(document), "--input-file-type", "openapi"),
                *("--output", str(out / "models.py"), "--output-model-type", "pydantic_v2.BaseModel"),
                *(
                    "--generate-client",
                    "httpx2",
                    "--client-output",
                    str(out / "client"),
                    "--client-package",
                    "client",
                ),
                *("--client-model-package", "models", "--formatters", "builtin"),
            ],
            operations=_count_datamodel,
            python=python,
        ),
    ]


def _bindwright(document: Path, out: Path) -> list[str]:
    script = Path(sys.executable).parent / "bindwright"
    return [str(script), "generate", str(document), "--output", str(out), "--package", "client", "--quiet"]


def _compiled(document: Path, out: Path) -> list[str]:
    return site.command(_bindwright(document, out)[1:])


def _count_bindwright(out: Path) -> int:
    return _matches(out, "*.py", r"^_\w+ = Operation\(")


def _count_openapi_python_client(out: Path) -> int:
    return sum(path.name != "__init__.py" for path in out.glob("client/*/api/*/*.py"))


def _count_datamodel(out: Path) -> int:
    # Overloads and variants repeat a name in its file; the properties that lead to them are no methods with
    # parameters on a line of their own.
    method = re.compile(r"^    def ([a-z]\w*)\(\n", re.MULTILINE)
    files = out.glob("client/resources/**/_sync.py")
    return sum(
        len(set(method.findall(path.read_text(encoding="utf-8"))) - {"with_options"}) for path in files
    )


def _matches(folder: Path, pattern: str, expression: str) -> int:
    regular = re.compile(expression, re.MULTILINE)
    return sum(len(regular.findall(path.read_text(encoding="utf-8"))) for path in folder.rglob(pattern))
