"""README.md of the distribution: how to install, call, wait for and read what this API has, in its own names."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from bindwright.ir import model as ir
from bindwright.standards.markdown import code_span, plain_text
from bindwright.targets.python.naming.plan import CallNames, NamePlan, TagGroup
from bindwright.targets.python.naming.vendor_extensions import is_paged
from bindwright.targets.python.package_files import distribution_of, line
from bindwright.targets.python.syntax.options import PythonOptions

_MOST_LISTED = 200
"""Operations that are listed one a line; of more, only how many each group has."""
_UNKNOWN = "\u2026"


class _Example(Struct, frozen=True):
    """An operation that shows how all are called."""

    group: TagGroup
    operation: ir.Operation
    names: CallNames

    @property
    def call(self) -> str:
        """The call, with an ellipsis for what the reader has to say."""
        arguments = ", ".join(f"{name}={_UNKNOWN}" for name in _asked(self.operation, self.names))
        return f"client.{self.group.attribute}.{self.names.method}({arguments})"


def readme(api: ir.Api, plan: NamePlan, options: PythonOptions) -> str:
    """The whole text."""
    name = distribution_of(options)
    title = plain_text(line(api.info.title) or name)
    parts = [
        f"# {title}",
        f"Typed Python client for {title} {plain_text(line(api.info.version, 60))}".rstrip() + ".",
    ]
    if summary := line(api.info.summary or api.info.doc, 500):
        parts.append(plain_text(summary))
    parts.append(f"```console\npip install {name}\n```")
    examples = list(_examples(plan))
    parts += _usage(api, plan, options, examples)
    if plan.groups:
        parts += ["## Operations", _operations(plan)]
    parts.append(
        f"Written by bindwright {options.generator_version} from the API's OpenAPI document; not to be edited by hand."
    )
    return "\n\n".join(parts) + "\n"


def _usage(api: ir.Api, plan: NamePlan, options: PythonOptions, examples: list[_Example]) -> Iterator[str]:
    """Client and credentials, errors, async, pages, as far as the API has them."""
    package, arguments = options.package, ", ".join(_client_arguments(api, plan))
    first = min(examples, key=_effort, default=None)
    client = f"client = Client({arguments})"
    yield _python(f"from {package} import Client", "", client, *([first.call] if first else []))
    if plan.schemes:
        prefix = package.rpartition(".")[2].upper()
        names = [f"`{name}=`" for name in plan.schemes.values()]
        yield (
            f"Credentials are arguments of the client: {_listed(names)}. On the command line (`python -m {package}`) "
            f"they are options, or variables of the environment such as `{prefix}_{next(iter(plan.schemes.values())).upper()}`."
        )
    if first is None:
        return
    yield "Answers that are no success are exceptions; `error.error` is their typed body."
    yield _python(
        f"from {package} import HttpError, NotFound", "",
        "try:", f"    {first.call}",
        "except NotFound as error:", "    print(error.status, error)",
        "except HttpError as error:  # no connection, too slow, any other status", "    print(error)",
    )  # fmt: skip
    yield "The same without blocking:"
    yield _python(
        "import asyncio", "", f"from {package} import AsyncClient", "", "",
        "async def main() -> None:", f"    async with AsyncClient({arguments}) as client:",
        f"        print(await {first.call})", "", "", "asyncio.run(main())",
    )  # fmt: skip
    paged = [example for example in examples if is_paged(example.operation)]
    if paged:
        yield "Lists that come in pages go on by themselves:"
        yield _python(f"for item in {min(paged, key=_effort).call}:", "    print(item)")


def _python(*lines: str) -> str:
    return "\n".join(["```python", *lines, "```"])


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _client_arguments(api: ir.Api, plan: NamePlan) -> Iterator[str]:
    """The address where the document has none, and the credentials of the first way to identify oneself."""
    if not any(server.url.startswith("http") for server in api.servers):
        yield f'"https://{_UNKNOWN}"'
    schemes = list(api.security[0] if api.security else plan.schemes)
    for key in schemes if api.security else schemes[:1]:
        if key in plan.schemes:
            basic = (api.security_schemes[key].scheme or "").lower() == "basic"
            value = f'("user", "{_UNKNOWN}")' if basic else f'"{_UNKNOWN}"'
            yield f"{plan.schemes[key]}={value}"


def _examples(plan: NamePlan) -> Iterator[_Example]:
    for group in plan.groups:
        for operation in group.operations:
            yield _Example(group, operation, plan.calls[operation.id])


def _effort(example: _Example) -> tuple[bool, bool, int]:
    """How much there is to explain about a call."""
    asked = _asked(example.operation, example.names)
    return (not example.operation.id.startswith("GET "), example.operation.deprecated, len(asked))


def _asked(operation: ir.Operation, names: CallNames) -> list[str]:
    """The arguments that a call must have."""
    arguments = [
        names.arguments[f"{parameter.location}:{parameter.name}"]
        for parameter in operation.parameters
        if parameter.required or parameter.location == "path"
    ]
    return [
        *dict.fromkeys(arguments),
        *(["body"] if operation.body is not None and operation.body.required else []),
    ]


def _operations(plan: NamePlan) -> str:
    examples = list(_examples(plan))
    if len(examples) > _MOST_LISTED:
        rows = [f"| `client.{group.attribute}` | {len(group.operations)} |" for group in plan.groups]
        return "\n".join(["| property | operations |", "|---|---|", *rows])
    rows = [f"| `{_short(example)}` | {_said(example.operation)} |" for example in examples]
    return "\n".join(["| call | what it does |", "|---|---|", *rows])


def _short(example: _Example) -> str:
    arguments = ", ".join(_asked(example.operation, example.names))
    return f"client.{example.group.attribute}.{example.names.method}({arguments})"


def _said(operation: ir.Operation) -> str:
    """The first sentence of what the document says, else method and path."""
    text = line(operation.summary or operation.doc, 120)
    said = (
        plain_text(text)
        if text
        else code_span(f"{operation.method.upper()} {line(operation.path)}", in_table=True)
    )
    return f"{said} (deprecated)" if operation.deprecated else said
