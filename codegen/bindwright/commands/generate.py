"""``bindwright generate`` for click, built from the table of flags."""

from __future__ import annotations

import os
from typing import Any

import click

from bindwright.project.configuration.flags import GENERATE, Flag

_HELP = """Write the bindings of DOCUMENT.

Configuration comes from [tool.bindwright] of the nearest pyproject.toml; what is given here wins.

\b
Exit codes: 0 done; 2 the document, configuration or command line is not
usable (nothing was written); with --check 3 the document moved, 4 the
generator moved, 5 a generated file was edited (the first of 5, 3, 4).
"""


def _option(flag: Flag) -> click.Option:
    names = [f"-{flag.short}"] if flag.short else []
    if flag.takes == "switch":
        return click.Option(
            [*names, f"--{flag.name}/--no-{flag.name}", flag.name.replace("-", "_")],
            default=None,
            help=flag.help,
        )
    return click.Option(
        [*names, f"--{flag.name}", flag.name.replace("-", "_")],
        metavar=flag.metavar,
        multiple=flag.takes == "list",
        help=flag.help,
    )


def _run(document: str | None, **options: Any) -> int:
    from bindwright.ports.target import register
    from bindwright.project.generate import generate

    register()

    values = {flag.name: options[flag.name.replace("-", "_")] for flag in GENERATE}
    for flag in GENERATE:
        if flag.takes == "list":
            values[flag.name] = [
                part.strip() for word in values[flag.name] for part in word.split(",") if part.strip()
            ]
    values["document"] = document
    if values["bump"]:
        from bindwright.changes.release.bump import bump
        from bindwright.project.configuration.configuration import for_writing
        from bindwright.project.console.messages import Messages

        return bump(
            for_writing(values, os.getcwd()), Messages(bool(values["quiet"]), bool(values["verbose"]))
        )
    return generate(values)


command = click.Command(
    "generate",
    callback=_run,
    help=_HELP,
    params=[click.Argument(["document"], required=False), *(_option(flag) for flag in GENERATE)],
)
