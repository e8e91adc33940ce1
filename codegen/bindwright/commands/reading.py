"""What ``check`` and ``ir`` share: a document read and lowered, with nothing written."""

from __future__ import annotations

import os
from typing import Any

import click

from bindwright.project import pipeline
from bindwright.project.configuration import configuration
from bindwright.project.configuration.settings import RunSettings
from bindwright.project.output_tree import lock
from bindwright.project.pipeline import Lowered
from bindwright.project.prepare import from_output
from bindwright.project.run import progress_display

OPTIONS = [
    click.Argument(["document"], required=False),
    click.Option(["--config"], metavar="FILE", help="Read [tool.bindwright] of this file."),
    click.Option(
        ["--overlay"], metavar="FILE", multiple=True, help="Correct the document by an OpenAPI Overlay."
    ),
    click.Option(
        ["--tolerant/--no-tolerant"], default=None, help="Go on where a part of the document is unusable."
    ),
    click.Option(
        ["--allow-remote/--no-allow-remote"], default=None, help="Follow references to the network."
    ),
    click.Option(
        ["--allow-outside/--no-allow-outside"], default=None, help="Follow references out of the folder."
    ),
]


def settle(values: dict[str, Any]) -> RunSettings:
    """Settings from click's parameters; raises `CommandError` where no document is named."""
    return configuration.settle(
        {name.replace("_", "-"): value for name, value in values.items()}, os.getcwd()
    )


def lower(settings: RunSettings) -> Lowered:
    """Read and lower a document, with progress."""
    with progress_display() as progress:
        return pipeline.lower(settings, progress, {})


def lower_with_lock(settings: RunSettings) -> Lowered:
    """As `lower`; things are called as the lock of the document keeps their names, where there is one.

    Raises:
        CommandError: the lock cannot be read.
    """
    lowered = lower(settings)
    if settings.output and lowered.api is not None and not lowered.failed:
        kept = lock.read(settings.output)
        if kept is not None and kept.document in ("", from_output(settings)):
            pipeline.keep_words(lowered, settings, kept.names)
    return lowered
