"""Generated packages pass the vectors of their documents: what the generator writes is what the runtime reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bindwright.conformance.runner import run_all
from bindwright.ir.model import Api
from bindwright.ir.serialize import loads
from bindwright.targets import typescript
from bindwright.targets.typescript.naming.plan import plan_names

from tests.typescript.node import PORT, available
from tests.typescript.test_conform import DOCUMENTS, kit_checks
from tools.typescript import node


def written(api: Api, folder: Path) -> None:
    """Write the package of an API, and where the codec of each named type and each operation is."""
    options = typescript.TypeScriptOptions(package="package")
    for path, text in typescript.emit(api, options).files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    plan = plan_names(api, options.names, {}, options.group_by)
    types = {
        key: [f"models/{plan.modules[key]}", name]
        for key, name in plan.types.items()
        if api.types[key].name is not None
    }
    (folder / "types.json").write_text(json.dumps(types), encoding="utf-8")
    operations = {
        key: [f"operations/{names.module}", names.function, names.arguments]
        for key, names in plan.operations.items()
    }
    (folder / "operations.json").write_text(json.dumps(operations), encoding="utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_generated_package_passes_the_kit(name: str, tmp_path: Path) -> None:
    command = [available(node), str(PORT), str(tmp_path / "package")]
    # Those of scalars are of another document than the package.
    checks = [check for check in kit_checks(name, tmp_path) if check.ir == "ir.json"]
    written(loads((tmp_path / "ir.json").read_bytes()), tmp_path / "package")
    _, outcomes = run_all(command, str(tmp_path / "ir.json"), checks, timeout=20)
    wrong = [
        (outcome.check.name, outcome.status, outcome.message, outcome.difference)
        for outcome in outcomes
        if outcome.status != "passed"
    ]
    assert not wrong, wrong[:5]
    assert len(outcomes) == len(checks) >= 300
