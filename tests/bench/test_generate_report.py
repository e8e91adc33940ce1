"""The table of the generator's benchmark tells what a time alone would hide."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.generate import documents, measure, report, tools
from bench.generate.measure import Run


def cell(seconds: float, code: int = 0, operations: int = 2, broken: str = "") -> report.Cell:
    return report.Cell([Run(seconds, code, 50.0, "", seconds)] * 3, operations, 2, broken)


def test_ratios_and_faults() -> None:
    table = {
        "two endpoints": {
            "bindwright": cell(0.5),
            "bindwright compiled": cell(0.25),
            "one": cell(2.0, operations=1),
            "two": cell(4.0, code=1, broken="SyntaxError"),
            "three": cell(6.0),
        }
    }
    text = "\n".join(report.lines(table, {"two endpoints": 0.05}))
    assert (
        "| 0.50 | 0.25 | 2.00 (!) | 4.00 (!) | 6.00 | 12.0 and 24.0 | 12.0 and 24.0 | 8 | 4.0 and 8.0 |"
        in text
    )
    assert "1 of 2 operations missing" in text
    assert "exit 1" in text
    assert "cannot be imported: SyntaxError" in text
    assert (
        report.data(table, {"two endpoints": 0.05})["documents"]["two endpoints"]["tools"]["one"][
            "operations"
        ]
        == 1
    )


def test_where_no_peer_is_whole_one_that_wrote_every_operation_is_marked() -> None:
    """Stripe's package of one peer has every operation and cannot be imported; the others fail."""
    cells = {"bindwright": cell(0.5), "one": cell(2.0, operations=1), "two": cell(3.0, broken="ImportError")}
    text = "\n".join(report.lines({"stripe": cells}, {"stripe": 0.05}))
    assert "| 6.0 (!) | 6.0 (!) | 8 | 4.0 |" in text
    del cells["two"]
    assert "| none | none | 8 | 4.0 |" in "\n".join(report.lines({"stripe": cells}, {"stripe": 0.05}))


def tool(code: str) -> tools.Tool:
    return tools.Tool(
        name="t",
        command=lambda document, out: [sys.executable, "-c", code],
        operations=lambda out: 0,
        python=sys.executable,
    )


def test_a_run_is_measured_as_a_whole_process(tmp_path: Path) -> None:
    measured = measure.run(
        tool("import time, sys; time.sleep(0.2); print('told'); sys.exit(3)"), tmp_path, tmp_path / "o", 30
    )
    assert measured.code == 3
    assert measured.seconds >= 0.2
    assert measured.peak_mb > 1
    assert "told" in measured.output


def test_a_run_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    measured = measure.run(tool("import time; time.sleep(60)"), tmp_path, tmp_path / "o", 0.3)
    assert measured.code == -9
    assert measured.seconds < 30


def test_what_cannot_be_imported_is_told(tmp_path: Path) -> None:
    package = tmp_path / "p"
    package.mkdir()
    (package / "__init__.py").write_text("")
    assert measure.imports(tool(""), tmp_path, 30) == ""
    (package / "broken.py").write_text("import nothing_of_that_name\n")
    assert "nothing_of_that_name" in measure.imports(tool(""), tmp_path, 30)


def test_every_document_has_a_goal(tmp_path: Path) -> None:
    assert set(documents.paths(tmp_path)) == set(documents.GOALS)
    assert documents.paths(tmp_path)["two endpoints"].exists()


def test_the_two_endpoint_document_is_the_repositorys_own() -> None:
    own = (Path(__file__).parent.parent.parent / "openapi.yaml").read_text(encoding="utf-8")
    measured = documents.two_endpoints().read_text(encoding="utf-8")
    differing = [(a, b) for a, b in zip(own.splitlines(), measured.splitlines(), strict=True) if a != b]
    assert differing == [("  - url: /", "  - url: https://api.example.com/")]
