"""The command-line form of every generated package: ``python -m w50api contact-lists get-import-job 12 34``.

Tags are commands, operations are their subcommands, parameters that are positional in Python are so here,
and the others are options. A value is text; a list is separated by commas (or the option is repeated);
a model or a body is JSON or XML, ``@file`` or ``-`` for standard input.
Base URL and credentials are options, or come from the environment: ``W50API_BASE_URL``, ``W50API_API_KEY``.

Exit codes: 0 done, 1 the call failed, 2 the command line is wrong.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

from bindwright.runtime.command_line.body_members import OperationParser
from bindwright.runtime.command_line.output import OUTPUTS, explain, show
from bindwright.runtime.command_line.progress import progress
from bindwright.runtime.command_line.values import BadValue, Parts, parse
from bindwright.runtime.errors import BindwrightError
from bindwright.runtime.model import UNSET
from bindwright.runtime.resolve import Names
from bindwright.standards.terminal import escape_controls

_COMMON = ("base-url", "format", "output", "timeout", "retries", "header", "media-type", "verbose")


def main(client: type[Any], arguments: Sequence[str]) -> int:
    """Run one command; gives the exit code."""
    parser = _parser(client)
    try:
        options = parser.parse_args(list(arguments))
        if not hasattr(options, "method"):
            options.parser.print_help()
            return 2
        return _run(client, options)
    except BadValue as error:
        print(escape_controls(f"{parser.prog}: {error}"), file=sys.stderr)
        return 2
    except (BindwrightError, ValueError) as error:
        print(escape_controls(f"{parser.prog}: {type(error).__name__}: {error}"), file=sys.stderr)
        explain(error)
        return 1
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        return 130


def _parser(client: type[Any]) -> argparse.ArgumentParser:
    package = client._api.package
    parser = argparse.ArgumentParser(
        prog=f"python -m {package}",
        description=_escaped(_doc(client)),
        formatter_class=_Plain,
        allow_abbrev=False,
    )
    parser.set_defaults(parser=parser)
    tags = parser.add_subparsers(metavar="TAG", title="tags")
    for attribute, where in sorted(client._api.resources.items()):
        module, _, name = where.partition(":")
        resource = getattr(importlib.import_module(f"{package}.api.{module}"), name)
        tag = tags.add_parser(
            _dashes(attribute),
            help=_first(resource),
            description=_escaped(_doc(resource)),
            formatter_class=_Plain,
        )
        tag.set_defaults(parser=tag)
        operations = tag.add_subparsers(metavar="OPERATION", title="operations", parser_class=OperationParser)
        for method_name, method in vars(resource).items():
            if not method_name.startswith("_") and inspect.isfunction(method):
                _operation(client, operations, attribute, method_name, method)
    return parser


class _Plain(argparse.RawDescriptionHelpFormatter):
    """Descriptions as they are in the document."""


def _operation(client: type[Any], operations: Any, tag: str, name: str, method: Callable[..., Any]) -> None:
    command = operations.add_parser(
        _dashes(name),
        help=_first(method),
        description=_escaped(_doc(method)),
        formatter_class=_Plain,
        allow_abbrev=False,
    )
    flags = set()
    body = next((parameter for parameter in _own(method) if parameter.name == "body"), None)
    if body is not None:
        command.describe_body(str(body.annotation), f"{client._api.package}.models")
    for parameter in _own(method):
        if _hears(parameter):
            continue
        where = f"argument_{parameter.name}"
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD and _is_required(parameter):
            command.add_argument(where, metavar=parameter.name.upper(), help=_escaped(_type(parameter)))
            continue
        flag = _dashes(parameter.name.strip("_"))
        flags.add(flag)
        command.add_argument(
            f"--{flag}", dest=where, action="append", required=parameter.default is parameter.empty,
            metavar="VALUE", help=_escaped(_type(parameter)),
        )  # fmt: skip
    _common(client, command, flags)
    command.set_defaults(method=name, tag=tag, own=_own(method))


def _own(method: Callable[..., Any]) -> list[inspect.Parameter]:
    """A method's own parameters: without ``self`` and the options of every call."""
    parameters = list(inspect.signature(method).parameters.values())[1:]
    return [parameter for parameter in parameters if parameter.kind is not parameter.VAR_KEYWORD]


def _type(parameter: inspect.Parameter) -> str:
    """The annotation without what nobody can say on a command line: mappings beside models, and absence."""
    return _OTHERS.sub("", str(parameter.annotation))


_OTHERS = re.compile(r" \| (?:\w+Dict|Unset)\b")


def _is_required(parameter: inspect.Parameter) -> bool:
    """Whether a call needs it; a body that may be given by its members has `UNSET` for a default."""
    return parameter.default is parameter.empty or (parameter.name == "body" and parameter.default is UNSET)


def _hears(parameter: inspect.Parameter) -> bool:
    """Whether it is a function that hears of the states of something that takes its time."""
    return str(parameter.annotation).startswith("Callable[")


def _common(client: type[Any], command: argparse.ArgumentParser, flags: set[str]) -> None:
    """Options of every operation; where the operation has one of that name, ours is ``--client-…``."""

    def add(flag: str, **facts: Any) -> None:
        name = f"--client-{flag}" if flag in flags else f"--{flag}"
        group.add_argument(name, dest=f"common_{flag.replace('-', '_')}", **facts)

    prefix = _prefix(client)
    group = command.add_argument_group("every operation")
    add("base-url", metavar="URL", help=f"where the API is (or {prefix}_BASE_URL)")
    add("format", choices=("json", "xml"), help="what is sent and asked for")
    add("output", choices=OUTPUTS, help="how the result is shown (default: the format)")
    add("timeout", type=float, metavar="SECONDS")
    add("retries", type=int, metavar="N")
    add("header", action="append", default=[], metavar="'NAME: VALUE'")
    add("media-type", metavar="TYPE", help="media type of the body")
    add("verbose", action="store_true", help="log requests and answers, without secrets")
    for name in _credentials(client):
        add(_dashes(name), metavar="SECRET", help=f"credential (better: {prefix}_{name.upper()})")


def _credentials(client: type[Any]) -> list[str]:
    parameters = inspect.signature(client.__init__).parameters.values()
    return [parameter.name for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY]


def _run(client: type[Any], options: argparse.Namespace) -> int:
    if options.common_verbose:
        _log_to_stderr()
    common = {
        "format": options.common_format,
        "timeout": options.common_timeout,
        "retries": options.common_retries,
        "headers": _headers(options.common_header),
    }
    client_options = {name: value for name, value in common.items() if value is not None}
    with client(_base(client, options), **_secrets(client, options), **client_options) as session:
        resource = getattr(session, options.tag)
        if options.common_output == "raw":
            resource = resource.with_raw_response
        method = getattr(resource, options.method)
        names = Names(type(resource).__module__)
        values = _values(options, _Names(names, f"{client._api.package}.models"))
        media_type = {"media_type": options.common_media_type} if options.common_media_type else {}
        values |= {
            parameter.name: progress(getattr(type(resource), options.method))
            for parameter in options.own
            if _hears(parameter)
        }
        show(method(**values, **media_type), options.common_output or options.common_format or "json")
    return 0


def _log_to_stderr() -> None:
    """Show requests and answers; what servers send is escaped, as everywhere on a terminal."""
    import logging

    class SafeFormatter(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            return escape_controls(super().format(record))

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(SafeFormatter("%(message)s"))
    logging.basicConfig(handlers=[handler])
    logging.getLogger("bindwright.http").setLevel(logging.DEBUG)


_BODY_TYPES: dict[str, Any] = {
    "Iterable": list, "AsyncIterable": list, "Sequence": list, "Mapping": dict, "RawBody": bytes, "FormParts": Parts,
}  # fmt: skip
"""What a command line gives for the types of bodies: everything at once."""


class _Names(dict[str, Any]):
    """Names of annotations: of the module of the operations, then of the models."""

    def __init__(self, module_names: Names, models: str) -> None:
        super().__init__()
        self._places = (module_names, models)

    def __missing__(self, name: str) -> Any:
        if name in _BODY_TYPES:
            return _BODY_TYPES[name]
        module_names, models = self._places
        try:
            return module_names[name]
        except KeyError:
            pass
        try:
            return Names(models)[name]
        except (KeyError, ModuleNotFoundError):
            if name.endswith("Dict"):  # the mapping of a model, which is read as the model
                return None
            raise KeyError(name) from None


def _values(options: argparse.Namespace, names: Any) -> dict[str, Any]:
    values = {}
    for parameter in options.own:
        text = getattr(options, f"argument_{parameter.name}", None)
        if text is not None:
            values[parameter.name] = parse(parameter.name, text, parameter.annotation, names)
    return values


def _prefix(client: type[Any]) -> str:
    """Of environment variables: the package's own name, wherever the package stands."""
    return str(client._api.package).rpartition(".")[2].upper()


def _base(client: type[Any], options: argparse.Namespace) -> str | None:
    return options.common_base_url or os.environ.get(f"{_prefix(client)}_BASE_URL")


def _secrets(client: type[Any], options: argparse.Namespace) -> dict[str, Any]:
    values = {}
    parameters = inspect.signature(client.__init__).parameters
    for name in _credentials(client):
        text = getattr(options, f"common_{_dashes(name).replace('-', '_')}")
        text = text or os.environ.get(f"{_prefix(client)}_{name.upper()}")
        if text is not None:
            user, mark, password = text.partition(":")
            pair = bool(mark) and "tuple" in str(parameters[name].annotation)
            values[name] = (user, password) if pair else text
    return values


def _headers(lines: list[str]) -> dict[str, str] | None:
    pairs = {}
    for line in lines:
        name, mark, value = line.partition(":")
        if not mark:
            raise BadValue(f"--header {line!r}: expected 'Name: value'")
        pairs[name.strip()] = value.strip()
    return pairs or None


def _dashes(name: str) -> str:
    return name.replace("_", "-")


def _first(thing: Any) -> str:
    """The first sentence of a docstring, as argparse wants it."""
    return _escaped(_doc(thing).partition("\n\n")[0].replace("\n", " "))


def _doc(thing: Any) -> str:
    """Its own docstring, and not that of a base class, which tells a user nothing."""
    return escape_controls(inspect.cleandoc(thing.__doc__ or ""))


def _escaped(text: str) -> str:
    return text.replace("%", "%%")
