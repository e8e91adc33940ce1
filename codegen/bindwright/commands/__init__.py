"""The commands as click shows them: each in its own module, imported when it is called or asked for help."""

from __future__ import annotations

import importlib

import click

from bindwright import __version__

_COMMANDS = {
    "generate": ("bindwright.commands.generate:command", "Write the bindings of a document."),
    "check": ("bindwright.commands.check:command", "Show everything that is wrong with a document."),
    "ir": ("bindwright.commands.ir:command", "Print a document as the generator understands it (JSON)."),
    "diff": ("bindwright.commands.diff:command", "Say what changed between two documents, and who feels it."),
    "explain": ("bindwright.commands.explain:command", "Say what the code of a diagnostic means."),
    "surface": ("bindwright.commands.surface:command", "Print what callers of a package can name (JSON)."),
    "serve": ("bindwright.commands.serve:command", "Serve a document: a mock server."),
    "port-kit": ("bindwright.commands.port_kit:command", "Write a kit for ports to other languages."),
    "conform": ("bindwright.commands.conform:command", "Run a port in another language against vectors."),
    "convert": ("bindwright.commands.convert:command", "Convert documents between JSON and XML."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            close = difflib.get_close_matches(args[0], _COMMANDS, n=1)
            hint = f" Did you mean '{close[0]}'?" if close else ""
            raise click.UsageError(error.message + hint, ctx) from None


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="bindwright")
def group() -> None:
    """Typed Python bindings from one OpenAPI document, exact in JSON and in namespaced XML."""


def run_click(argv: list[str]) -> int:
    """Run a command line through click; gives the exit code."""
    try:
        result = group.main(argv, prog_name="bindwright", standalone_mode=False)
    except click.exceptions.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return result if isinstance(result, int) else 0
