"""``bindwright ir``: a document as data, for ports and for eyes."""

from __future__ import annotations

from typing import Any

import click

from bindwright.commands.reading import OPTIONS, lower_with_lock, settle
from bindwright.project.console.messages import Messages
from bindwright.project.errors import INVALID


def _run(places: bool, **arguments: Any) -> int:
    from bindwright.ir.collector import without_collector
    from bindwright.ir.serialize import dumps

    with without_collector():  # all that is made stays until it is printed
        lowered = lower_with_lock(settle(arguments))
        Messages().diagnostics(lowered.diagnostics, lowered.document)
        if lowered.failed or lowered.api is None:
            return INVALID
        click.echo(dumps(lowered.api, places=places))
    return 0


command = click.Command(
    "ir",
    callback=_run,
    help="Print DOCUMENT as the generator understands it: types, wire facts and operations, as JSON.",
    params=[
        *OPTIONS,
        click.Option(
            ["--places"],
            is_flag=True,
            help="Write where each thing stands in the document, and its extensions.",
        ),
    ],
)
