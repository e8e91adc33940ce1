"""``bindwright serve``: a document's mock server on the command line."""

from __future__ import annotations

import errno
import os
import signal
import sys
from typing import Any

import click

from bindwright.ports.pages.mounted import WithPages
from bindwright.project import pipeline
from bindwright.project.configuration import configuration
from bindwright.project.console import terminal
from bindwright.project.console.messages import Messages
from bindwright.project.errors import INVALID, CommandError
from bindwright.project.run import progress_display
from bindwright.serve.loading import make
from bindwright.serve.server.greeting import Logged, greeting
from bindwright.serve.server.server import Server

_HELP = """Serve DOCUMENT: a mock server for any API.

It routes every documented operation, validates requests, negotiates JSON or XML by Accept,
and answers from the document's examples or from sample values that satisfy the schemas.

\b
Prefer: code=404        asks for a documented response
Prefer: example=NAME    asks for an example by its name
Prefer: dynamic=true    asks for a generated value where there are examples

The pages of the API are at /docs, where it has no path of that name itself.
"""


def _run(host: str, port: int, delay: float, seed: int, quiet: bool, **options: Any) -> int:
    settings = configuration.settle(
        {name.replace("_", "-"): value for name, value in options.items()}, os.getcwd()
    )
    with progress_display() as progress:  # it must not go on below the greeting
        lowered = pipeline.lower(settings, progress, {})
    Messages(quiet=True).diagnostics(lowered.diagnostics, lowered.document)
    if lowered.failed or lowered.api is None:
        return INVALID
    app = make(lowered.api, seed=seed)
    served = WithPages(lowered.api, app if quiet else Logged(app, terminal.note))
    server = _listening(Server(served, host=host, port=port, delay=delay))
    signal.signal(signal.SIGTERM, _interrupt)
    with server:
        try:
            terminal.say("\n".join(greeting(lowered.api, server.url)))
            server.wait()
        except KeyboardInterrupt:
            terminal.say(("\n" if sys.stdout.isatty() else "") + "stopped")  # below the ^C
    return 0


def _listening(server: Server) -> Server:
    """The server, started. Raises `CommandError` where its address cannot be had."""
    try:
        return server.start()
    except OSError as error:
        free = (
            "--port 0 takes a free one"
            if error.errno == errno.EADDRINUSE
            else "name another --host or --port"
        )
        raise CommandError(
            "address", f"cannot listen at {server.url}: {error.strerror or error}", free
        ) from None


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


command = click.Command(
    "serve",
    callback=_run,
    help=_HELP,
    params=[
        click.Argument(["document"], required=False),
        click.Option(["--host"], default="127.0.0.1", show_default=True, help="Address to listen on."),
        click.Option(
            ["--port"],
            default=8080,
            show_default=True,
            type=click.IntRange(0, 65535),
            help="0 takes a free one.",
        ),
        click.Option(
            ["--delay"], default=0.0, type=click.FloatRange(0, 60), help="Seconds to wait before each answer."
        ),
        click.Option(["--seed"], default=0, help="Another seed, other sample values."),
        click.Option(["--quiet", "-q"], is_flag=True, help="No line for each request."),
        click.Option(
            ["--overlay"], metavar="FILE", multiple=True, help="Correct the document by an OpenAPI Overlay."
        ),
        click.Option(["--config"], metavar="FILE", help="Read [tool.bindwright] of this file."),
    ],
)
