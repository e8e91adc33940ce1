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
import sys
from collections.abc import Callable, Sequence
from typing import Any

from bindwright.runtime.command_line.output import OUTPUTS, explain, show
from bindwright.runtime.command_line.progress import progress
from bindwright.runtime.command_line.values import BadValue, Parts, parse
from bindwright.runtime.errors import BindwrightError
from bindwright.runtime.resolve import Names

_COMMON = ("base-url", "format", "output", "timeout", "retries", "header", "media-type", "verbose")


def main(client: type[Any], arguments: Sequence[str]) -> int:
    """Run one command; gives the exit code."""
    parser = _parser(client)
    try:
        found = parser.parse_args(list(arguments))
        if not hasattr(found, "method"):
            found.parser.print_help()
            return 2
        return _run(client, found)
    except BadValue as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 2
    except (BindwrightError, ValueError) as error:
        print(f"{parser.prog}: {type(error).__name__}: {error}", file=sys.stderr)
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
        operations = tag.add_subparsers(metavar="OPERATION", title="operations")
        for method_name, method in vars(resource).items():
            if not method_name.startswith("_") and inspect.isfunction(method):
                _operation(client, operations, attribute, method_name, method)
    return parser


class _Plain(argparse.RawDescriptionHelpFormatter):
    """Descriptions as they are in the document."""


def _operation(client: type[Any], operations: Any, tag: str, name: str, method: Callable[..., Any]) -> None:
    made = operations.add_parser(
        _dashes(name),
        help=_first(method),
        description=_escaped(_doc(method)),
        formatter_class=_Plain,
        allow_abbrev=False,
    )
    taken = set()
    for one in _own(method):
        if _hears(one):
            continue
        where = f"argument_{one.name}"
        if one.kind is one.POSITIONAL_OR_KEYWORD:
            made.add_argument(where, metavar=one.name.upper(), help=_escaped(str(one.annotation)))
            continue
        flag = _dashes(one.name.strip("_"))
        taken.add(flag)
        made.add_argument(
            f"--{flag}", dest=where, action="append", required=one.default is one.empty,
            metavar="VALUE", help=_escaped(str(one.annotation)),
        )  # fmt: skip
    _common(client, made, taken)
    made.set_defaults(method=name, tag=tag, own=_own(method))


def _own(method: Callable[..., Any]) -> list[inspect.Parameter]:
    """A method's own parameters: without ``self`` and the options of every call."""
    found = list(inspect.signature(method).parameters.values())[1:]
    return [one for one in found if one.kind is not one.VAR_KEYWORD]


def _hears(one: inspect.Parameter) -> bool:
    """Whether it is a function that hears of the states of something that takes its time."""
    return str(one.annotation).startswith("Callable[")


def _common(client: type[Any], made: argparse.ArgumentParser, taken: set[str]) -> None:
    """Options of every operation; where the operation has one of that name, ours is ``--client-…``."""

    def add(flag: str, **facts: Any) -> None:
        name = f"--client-{flag}" if flag in taken else f"--{flag}"
        group.add_argument(name, dest=f"common_{flag.replace('-', '_')}", **facts)

    prefix = client._api.package.upper()
    group = made.add_argument_group("every operation")
    add("base-url", metavar="URL", help=f"where the API is (or {prefix}_BASE_URL)")
    add("format", choices=("json", "xml"), help="what is sent and asked for")
    add("output", choices=OUTPUTS, help="how the result is shown (default: the format)")
    add("timeout", type=float, metavar="SECONDS")
    add("retries", type=int, metavar="N")
    add("header", action="append", default=[], metavar="'NAME: VALUE'")
    add("media-type", metavar="TYPE", help="media type of the body")
    add("verbose", action="store_true", help="log requests and answers, without secrets")
    for one in _credentials(client):
        add(_dashes(one), metavar="SECRET", help=f"credential (better: {prefix}_{one.upper()})")


def _credentials(client: type[Any]) -> list[str]:
    found = inspect.signature(client.__init__).parameters.values()
    return [one.name for one in found if one.kind is one.KEYWORD_ONLY]


def _run(client: type[Any], found: argparse.Namespace) -> int:
    if found.common_verbose:
        import logging

        logging.basicConfig(stream=sys.stderr, format="%(message)s")
        logging.getLogger("bindwright.http").setLevel(logging.DEBUG)
    common = {
        "format": found.common_format,
        "timeout": found.common_timeout,
        "retries": found.common_retries,
        "headers": _headers(found.common_header),
    }
    options = {name: value for name, value in common.items() if value is not None}
    with client(_base(client, found), **_secrets(client, found), **options) as made:
        resource = getattr(made, found.tag)
        if found.common_output == "raw":
            resource = resource.with_raw_response
        method = getattr(resource, found.method)
        names = Names(type(resource).__module__)
        values = _values(found, _Names(names, f"{client._api.package}.models"))
        more = {"media_type": found.common_media_type} if found.common_media_type else {}
        values |= {
            one.name: progress(getattr(type(resource), found.method)) for one in found.own if _hears(one)
        }
        show(method(**values, **more), found.common_output or found.common_format or "json")
    return 0


_GIVEN: dict[str, Any] = {"Iterable": list, "AsyncIterable": list, "RawBody": bytes, "FormParts": Parts}
"""What a command line gives for the types of bodies: everything at once."""


class _Names(dict[str, Any]):
    """Names of annotations: of the module of the operations, then of the models."""

    def __init__(self, own: Names, models: str) -> None:
        super().__init__()
        self._places = (own, models)

    def __missing__(self, name: str) -> Any:
        if name in _GIVEN:
            return _GIVEN[name]
        own, models = self._places
        try:
            return own[name]
        except KeyError:
            pass
        try:
            return Names(models)[name]
        except ModuleNotFoundError:
            raise KeyError(name) from None


def _values(found: argparse.Namespace, names: Any) -> dict[str, Any]:
    values = {}
    for one in found.own:
        given = getattr(found, f"argument_{one.name}", None)
        if given is not None:
            values[one.name] = parse(one.name, given, one.annotation, names)
    return values


def _base(client: type[Any], found: argparse.Namespace) -> str | None:
    return found.common_base_url or os.environ.get(f"{client._api.package.upper()}_BASE_URL")


def _secrets(client: type[Any], found: argparse.Namespace) -> dict[str, Any]:
    values = {}
    parameters = inspect.signature(client.__init__).parameters
    for name in _credentials(client):
        given = getattr(found, f"common_{_dashes(name).replace('-', '_')}")
        given = given or os.environ.get(f"{client._api.package.upper()}_{name.upper()}")
        if given is not None:
            user, mark, password = given.partition(":")
            pair = bool(mark) and "tuple" in str(parameters[name].annotation)
            values[name] = (user, password) if pair else given
    return values


def _headers(given: list[str]) -> dict[str, str] | None:
    pairs = {}
    for one in given:
        name, mark, value = one.partition(":")
        if not mark:
            raise BadValue(f"--header {one!r}: expected 'Name: value'")
        pairs[name.strip()] = value.strip()
    return pairs or None


def _dashes(name: str) -> str:
    return name.replace("_", "-")


def _first(thing: Any) -> str:
    """The first sentence of a docstring, as argparse wants it."""
    return _escaped(_doc(thing).partition("\n\n")[0].replace("\n", " "))


def _doc(thing: Any) -> str:
    """Its own docstring, and not that of a base class, which tells a user nothing."""
    return inspect.cleandoc(thing.__doc__ or "")


def _escaped(text: str) -> str:
    return text.replace("%", "%%")
