"""One parameter of a method: its name and type, and what the document says of it."""

from __future__ import annotations

from msgspec import Struct, field

from bindwright.ir import model as ir
from bindwright.targets.prose import clean, default_text
from bindwright.targets.python.models.annotation import Annotation


class Argument(Struct, kw_only=True):
    """One parameter of a method."""

    name: str
    annotation: Annotation
    required: bool
    positional: bool = False
    default: str = "None"
    key: str | None = None
    """Its key in the dict of arguments (documents have parameters whose name is empty); None for the body."""
    aliases: list[str] = field(default_factory=list)
    """Older names of it, deprecated."""
    source: ir.Parameter | ir.Body | None = None
    """What it is in the API; None for arguments of the client's own."""
    note: str = ""
    """What is said of an argument of the client's own."""

    @property
    def doc(self) -> str:
        """What the document says of it."""
        if isinstance(self.source, ir.Parameter):
            return _argument_doc(self.source)
        return clean(self.source.doc) if self.source is not None else self.note


def _argument_doc(parameter: ir.Parameter) -> str:
    parts = [clean(parameter.doc or parameter.use.doc)]
    if parameter.deprecated:
        parts.append("Deprecated.")
    if parameter.use.has_default and parameter.use.default is not None:
        parts.append(default_text(parameter.use.default))
    texts = [text for text in parts if text]
    several = len(texts) > 1 and ("\n" in texts[0] or texts[0][-1] not in ".!?:")
    return ("\n\n" if several else " ").join(texts)


OPTIONS = "**options: Unpack[CallOptions]"
"""The last parameter of every method."""


def parts_of(arguments: list[Argument], last: str = OPTIONS) -> list[str]:
    """The parameters of a signature."""
    parts, starred = ["self"], False
    for argument in arguments:
        if not argument.positional and not starred:
            parts.append("*")
            starred = True
        default = "" if argument.required else f" = {argument.default}"
        parts.append(f"{argument.name}: {argument.annotation.text}{default}")
    return [*parts, last]
