"""``bindwright conform``: whether a port, in any language, reads and writes as the vectors of a kit say."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from bindwright.conformance.vectors import Check
from bindwright.project.errors import CommandError
from bindwright.standards.terminal import escape_controls, escape_json

SURPRISES = 1
"""Exit code: something was not as expected."""
_FAILURES_SHOWN = 20


@click.command("conform")
@click.argument("port", nargs=-1, metavar="-- COMMAND [ARGUMENT]...", type=click.UNPROCESSED)
@click.option(
    "--kit", type=click.Path(path_type=Path), default=Path("kit"), show_default=True, help="The kit's folder."
)
@click.option(
    "--vectors",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Run these files instead of the kit's vectors.",
)
@click.option(
    "--only",
    "only",
    multiple=True,
    metavar="PATTERN",
    help="Checks whose name or rule fits: * within a part, ** over parts.",
)
@click.option(
    "--expected", type=click.Path(path_type=Path), help="A file of expected failures, a pattern a line."
)
@click.option("--fix", is_flag=True, help="Rewrite the file of --expected as the run was.")
@click.option(
    "--check-protocol", is_flag=True, help="Try whether the port speaks the protocol, run no vectors."
)
@click.option("--list", "list_only", is_flag=True, help="List the names of the checks, run nothing.")
@click.option(
    "--copy",
    "copy_to",
    type=click.Path(path_type=Path),
    help="Write each check into a folder of its own below this one, run nothing.",
)
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write the outcomes as JSON.")
@click.option(
    "--junit", "junit_file", type=click.Path(path_type=Path), help="Write the outcomes as JUnit's XML."
)
@click.option(
    "--timeout", type=click.FloatRange(0.05), default=5.0, show_default=True, help="Seconds for one answer."
)
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Ports that run at once."
)
@click.option("-v", "--verbose", is_flag=True, help="Show every failure.")
def command(port: tuple[str, ...], **options: Any) -> int:
    """Run a port against the vectors of a kit.

    COMMAND reads a line of JSON for each request on its standard input and answers with a line on its standard
    output; the kit's RULES.md has the protocol, its adapters a beginning in five languages.

    Exit codes: 0 all as expected, 1 something was not, 2 the command line, the vectors or the port cannot be used.
    """
    if options["check_protocol"]:
        return _check_protocol(port, options)
    checks = _checks(options)
    if options["list_only"]:
        for check in checks:
            click.echo(check.name)
        return 0
    if options["copy_to"] is not None:
        return _copy(checks, options["copy_to"])
    _check_named(port)
    if options["fix"] and (options["expected"] is None or options["only"]):
        raise CommandError(
            "no-expected-file",
            "--fix rewrites the file of --expected after a run of all checks",
        )
    return _run(port, checks, options)


def _check_named(port: tuple[str, ...]) -> None:
    if not port:
        raise CommandError("no-port", "no port is named", "bindwright conform --kit kit -- COMMAND")


def _check_protocol(port: tuple[str, ...], options: dict[str, Any]) -> int:
    """A line for each thing that was tried. Raises `CommandError` where the port or the kit cannot be used."""
    from bindwright.conformance.protocol_check import check_protocol

    _check_named(port)
    ir = options["kit"] / "ir.json"
    try:
        type_id = next(iter(json.loads(ir.read_bytes())["types"]), "#none")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError("no-vectors", f"{ir} cannot be read: {error}", "name the kit with --kit") from None
    wrong = 0
    try:
        for step in check_protocol(port, str(ir), type_id, options["timeout"]):
            click.echo(f"{'wrong' if step.fault else 'right'}  {step.name}")
            if step.fault:
                wrong += 1
                click.echo("       " + escape_controls(step.fault).replace("\n", "\n       "))
    except OSError as error:
        raise CommandError("port", f"cannot start {port[0]!r}: {error.strerror or error}") from None
    if wrong:
        click.echo("\nRULES.md of the kit has the protocol, protocol.schema.json a schema of its lines.")
    return SURPRISES if wrong else 0


def _checks(options: dict[str, Any]) -> list[Check]:
    """The chosen checks. Raises `CommandError` where a file is unusable or nothing is chosen."""
    from bindwright.conformance import vectors
    from bindwright.conformance.expectations import matches

    files: Sequence[Path] = options["files"] or sorted((options["kit"] / "vectors").glob("*.jsonl"))
    if not files:
        raise CommandError(
            "no-vectors", f"there are no vectors in {options['kit'] / 'vectors'}",
            "bindwright port-kit DOCUMENT --output kit, or name the kit with --kit",
        )  # fmt: skip
    try:
        checks = list(vectors.read(files))
    except vectors.UnusableVectors as error:
        raise CommandError("vectors", str(error)) from None
    patterns = options["only"]
    if patterns:
        checks = [
            check
            for check in checks
            if any(
                matches(form, text)
                for text in (check.name, check.rule)
                for pattern in patterns
                for form in (pattern, f"{pattern}/**")
            )
        ]
        if not checks:
            raise CommandError(
                "no-vectors", f"no check fits {' '.join(patterns)}", "--list shows their names"
            )
    return checks


def _run(port: Sequence[str], checks: list[Check], options: dict[str, Any]) -> int:
    from bindwright.conformance import expectations, report, runner

    text = ""
    if options["expected"] is not None and (options["expected"].exists() or not options["fix"]):
        try:
            text = options["expected"].read_text(encoding="utf-8")
        except OSError as error:
            raise CommandError("no-expected-file", f"{options['expected']}: {error.strerror}") from None
    started = time.monotonic()
    try:
        with _Progress(len(checks)) as progress:
            info, outcomes = runner.run_all(
                port, str(options["kit"] / "ir.json"), checks,
                jobs=options["jobs"], timeout=options["timeout"], on_outcome=progress,
            )  # fmt: skip
    except runner.UnusablePort as error:
        raise CommandError(
            "port",
            str(error),
            "run the port by hand and type a hello; RULES.md has the protocol",
        ) from None
    seconds = time.monotonic() - started
    surprises = expectations.judge(outcomes, expectations.parse(text))
    for line in (*report.table(outcomes), *report.skipped(outcomes), *report.beginning(outcomes)):
        click.echo(line)
    shown = surprises if options["verbose"] else surprises[:_FAILURES_SHOWN]
    for outcome, why in shown:
        click.echo("")
        for line in (
            report.failure(outcome, why) if outcome is not None else [f"{options['expected']}: {why}"]
        ):
            click.echo(line)
    if len(surprises) > len(shown):
        click.echo(
            f"\n… and {len(surprises) - len(shown)} more; --verbose shows all, --only RULE one page of rules"
        )
    click.echo("\n" + report.summary(info, outcomes, len(surprises), seconds))
    _write(
        options["json_file"],
        lambda: escape_json(json.dumps(report.as_json(info, outcomes), indent=1, ensure_ascii=False)) + "\n",
    )
    _write(options["junit_file"], lambda: report.as_junit(info, outcomes))
    if options["fix"]:
        options["expected"].write_text(expectations.rewritten(text, outcomes), encoding="utf-8")
        click.echo(f"{options['expected']} is as the run was")
        return 0
    return SURPRISES if surprises else 0


def _write(path: Path | None, text: Any) -> None:
    if path is None:
        return
    try:
        path.write_text(text(), encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise CommandError("output", f"cannot write {path}: {error.strerror}") from None


def _copy(checks: Sequence[Check], folder: Path) -> int:
    """A folder a check, for those who want files: `request.json`, the input, and what is expected."""
    from bindwright.conformance.vectors import octets

    for check in checks:
        target = folder.joinpath(
            *(part.replace("\\", "_").replace(":", "_") for part in check.name.split("/"))
        )
        if target.exists():
            shutil.rmtree(target)
        target.mkdir(parents=True)
        (target / "request.json").write_text(json.dumps(check.request, indent=1) + "\n", encoding="utf-8")
        if "input" in check.request:
            (target / f"input.{check.request.get('from', 'txt')}").write_bytes(octets(check.request["input"]))
        for name, text in check.expected.get("output", {}).items():
            (target / f"expected.{name}").write_bytes(octets(text))
        if "output" not in check.expected:
            (target / "expected.json").write_text(
                json.dumps(check.expected, indent=1) + "\n", encoding="utf-8"
            )
    click.echo(f"{len(checks)} checks in {folder}")
    return 0


class _Progress:
    """A bar on standard error, on a terminal alone; called with each outcome, by several threads."""

    def __init__(self, total: int) -> None:
        self._bar: Any = None
        self._task: Any = None
        if sys.stderr.isatty() and total > 200:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

            self._bar = Progress(
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._task = self._bar.add_task("checks", total=total)

    def __enter__(self) -> _Progress:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, outcome: object) -> None:
        if self._bar is not None:
            self._bar.advance(self._task)
