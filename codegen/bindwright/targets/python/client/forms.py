"""The ways in which one method can be called, written as overloads.

Two things make several of them: a body that may be given as a whole or by its members as keywords, and an answer that
is one value or, with ``stream=True``, a stream of items.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from bindwright.ir import model as ir
from bindwright.targets.python.client.arguments import OPTIONS, Argument, parts_of
from bindwright.targets.python.client.body_forms import (
    STREAM,
    BodyForms,
    Keywords,
    items_of_answer,
    stream_switch,
)
from bindwright.targets.python.models.annotation import Annotation
from bindwright.targets.python.models.type_expressions import Typer
from bindwright.targets.python.syntax.code import Code

_BOOLEAN = Annotation(Code("bool"), frozenset())


class Variant(Struct, frozen=True):
    """One overload."""

    arguments: list[Argument]
    streamed: bool | None
    """Whether the answer is a stream; None: only the run knows."""
    last: str = OPTIONS
    """The parameter behind the others."""


class Forms(Struct, kw_only=True):
    """The overloads of a method, and what the method itself takes."""

    variants: list[Variant]
    parts: list[str]
    names: frozenset[str]
    """What they need beside the names of the method itself."""
    keywords: Keywords | None = None
    item: Annotation | None = None
    """The type of the items, where the answer may be a stream."""
    documented: list[Argument] = []
    """Arguments that the document does not have."""

    def result(self, streamed: bool | None, plain: Code, stream: str) -> Code:
        """The annotation of what comes back."""
        if self.item is None or streamed is False:
            return plain
        items = f"{stream}[{self.item.text}]"
        return Code(items if streamed else f"{plain} | {items}")


def forms_of(
    typer: Typer,
    operation: ir.Operation,
    arguments: list[Argument],
    bodies: BodyForms,
    shadow: frozenset[str],
) -> Forms | None:
    """The overloads of an operation's method; None where there is one way to call it."""
    named = {argument.name for argument in arguments if argument.key is not None}
    keywords = bodies.keywords(operation, named)
    item, switch = None, stream_switch(operation, typer.types)
    if switch is not None and (switch == STREAM or STREAM not in named):
        item = item_of(typer, operation, shadow)
    if keywords is None and item is None:
        return None
    variants = list(_variants(arguments, keywords, item))
    names = frozenset({"overload"})
    if item is not None:
        names |= item.names | {"Literal", "Stream"}
    own = _streaming(arguments, item, None, default=True)
    if keywords is None:
        return Forms(
            variants=variants, parts=parts_of(own), names=names, item=item, documented=own[len(arguments) :]
        )
    if any(argument.name == "body" and argument.required for argument in own):
        own = [_unset(argument) if argument.name == "body" else argument for argument in own]
        names |= {"UNSET"}
    names |= {"Any", "with_members"}
    return Forms(
        variants=variants, parts=parts_of(own, "**options: Any"), names=names, keywords=keywords, item=item,
        documented=own[len(arguments) :],
    )  # fmt: skip


def _variants(
    arguments: list[Argument], keywords: Keywords | None, item: Annotation | None
) -> Iterator[Variant]:
    """The body as a whole before its members, the value before the items."""
    without_body = [argument for argument in arguments if argument.key is not None]
    for streamed in (False, True, None) if item is not None else (False,):
        yield Variant(_streaming(arguments, item, streamed), streamed)
        if keywords is not None and streamed is not None:
            last = f"**members: Unpack[{keywords.name}]"
            yield Variant(_streaming(without_body, item, streamed), streamed, last)


def _unset(argument: Argument) -> Argument:
    """The body where its members may be given in its place."""
    annotation = argument.annotation
    return replace(
        argument, required=False, default="UNSET",
        annotation=Annotation(Code(f"{annotation.text} | Unset"), annotation.names | {"UNSET"}),
    )  # fmt: skip


def item_of(typer: Typer, operation: ir.Operation, shadow: frozenset[str]) -> Annotation | None:
    """The type of the items: ``itemSchema``, the items of a list, or what each of them is."""
    content = items_of_answer(operation)
    use = content.item_use or content.use if content is not None else None
    if content is None or use is None:
        return None
    type_ = typer.types.get(use.type)
    if content.item_use is None and isinstance(type_, ir.Array) and type_.items is not None:
        use = type_.items
    return typer.use(use, named=True, shadow=shadow)


def _streaming(
    arguments: list[Argument], item: Annotation | None, streamed: bool | None, *, default: bool = False
) -> list[Argument]:
    """The arguments with the one that asks for items."""
    if item is None:
        return arguments
    rest = [argument for argument in arguments if argument.name != STREAM]
    if streamed is None:
        asks = Argument(name=STREAM, annotation=_BOOLEAN, required=not default, default="False")
    else:
        annotation = Annotation(Code(f"Literal[{streamed}]"), frozenset({"Literal"}))
        asks = Argument(name=STREAM, annotation=annotation, required=streamed, default="False")
    asks.note = "``True``: the items of the answer, one after another as they come."
    return [*rest, asks]
