"""The command line ``bindwright``.

``generate`` spelt exactly is read without click (`bindwright.project.configuration.flags`): a run that changes nothing
ends before click would be imported. Every other command line goes to `bindwright.commands`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

_CODEGEN = frozenset({"click", "rich", "ruff", "ryaml", "yaml", "jsonpath_rfc9535"})
"""Modules of the extra ``codegen``: generated packages need none of them."""


def main() -> None:
    """Entry point: run ``sys.argv`` and end the process with its exit code."""
    code = guarded(lambda: run(sys.argv[1:]), verbose="--verbose" in sys.argv or "-v" in sys.argv)
    sys.stdout.flush()
    sys.stderr.flush()
    # A large document leaves millions of objects; freeing them one by one helps nobody.
    os._exit(code)


def run(argv: list[str]) -> int:
    """Run one command line; gives the exit code.

    0 done; 2 bad input or command line; 3, 4, 5 differences found by ``--check``.
    """
    if argv[:1] == ["generate"]:
        from bindwright.project.configuration import flags

        values = flags.read(argv[1:])
        if values is not None and not values.get("bump"):
            from bindwright.ports.target import register
            from bindwright.project.generate import generate

            register()
            return generate(values)
    from bindwright.commands import run_click

    return run_click(argv)


def guarded(body: Callable[[], int], verbose: bool = False) -> int:
    """Run `body` so that no traceback reaches the user unless it was asked for."""
    from bindwright.project.errors import INTERNAL, INTERRUPTED, INVALID, CommandError

    try:
        return body()
    except CommandError as error:
        _complain(str(error))
        return INVALID
    except KeyboardInterrupt:
        _complain("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe went away; what is left in the buffer must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        _complain(
            f"error[system]: {error.strerror or error}{f': {error.filename}' if error.filename else ''}"
        )
        return INVALID
    except Exception as error:
        if isinstance(error, ModuleNotFoundError) and (error.name or "").partition(".")[0] in _CODEGEN:
            _complain(
                f"error[not-installed]: {error.name} is missing: only the runtime of bindwright is installed\n"
                "  help: pip install 'bindwright[codegen]'"
            )
            return INVALID
        from bindwright.project.internal_errors import explain

        _complain(explain(error, verbose))
        return INTERNAL


def _complain(text: str) -> None:
    from bindwright.standards.terminal import escape_controls

    print(escape_controls(text), file=sys.stderr)


if __name__ == "__main__":
    main()
