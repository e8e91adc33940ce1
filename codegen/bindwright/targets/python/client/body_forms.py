"""In which forms the body of a call may be given: as a model, as a mapping, by its members as keywords.

And which of its members (or which parameter) asks for events in the place of one value.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from bindwright.ir import model as ir
from bindwright.standards.media_types import SEQUENTIAL, kind_of
from bindwright.targets.python.models.annotation import Annotation
from bindwright.targets.python.models.dict_modules import Dicts
from bindwright.targets.python.models.dict_types import SUFFIX, is_mapped
from bindwright.targets.python.models.model_modules import Models
from bindwright.targets.python.naming import reserved
from bindwright.targets.python.syntax.code import Code
from bindwright.targets.python.syntax.layout import class_head

STREAM = "stream"
"""The argument that asks for events, and what the member or parameter of the document is called that does."""


_TAKEN = reserved.KEYWORDS | reserved.OPTIONS | {"self", "body"}
"""Keywords of every call, which no member can take over. ``options`` is none: it gathers the others."""


class Keywords(Struct, frozen=True):
    """The members of a body as keywords of a call, together with its options."""

    name: str
    """The class that says which there are."""
    members: str
    """The mapping that it is derived from."""

    @property
    def code(self) -> Code:
        """Its definition."""
        head = class_head(self.name, self.members, "CallOptions", indent=4, after=" ...")
        return Code(f"    {head} ...")


class BodyForms:
    """Says it for each operation of an API."""

    def __init__(self, api: ir.Api, models: Models) -> None:
        self.types = api.types
        self.dicts = Dicts(models, dict(_switches(api)))

    def mapping(self, content: ir.Content, shadow: frozenset[str]) -> Annotation | None:
        """What may be given for a body beside the model itself; None: nothing else."""
        use = content.use
        if use is None or not is_mapped(content) or isinstance(self.types.get(use.type), ir.Enum):
            return None
        annotation = self.dicts.typer.use(use, shadow=shadow)
        return annotation if annotation.names & set(self.dicts.names.values()) else None

    def keywords(self, operation: ir.Operation, arguments: set[str]) -> Keywords | None:
        """The keywords of an operation whose body is one object, where none of them means something else already.

        Args:
            arguments: the names of its other arguments.
        """
        if says_nothing(operation, self.types):
            return None
        contents = operation.body.contents if operation.body is not None else []
        uses = [content.use for content in contents if content.use is not None and is_mapped(content)]
        if not uses:
            return None
        type_ = self.types.get(uses[0].type)
        if len({use.type for use in uses}) > 1 or any(use.nullable for use in uses):
            return None
        if not isinstance(type_, ir.Object) or type_.id not in self.dicts.names or type_.discriminator:
            return None
        members = self.dicts.members_name(type_.id)
        streams = stream_switch(operation, self.types)
        names = {property_.name for property_ in type_.properties if not property_.use.read_only}
        names -= {streams} if type_.id in self.dicts.switches else set()
        taken = arguments | _TAKEN | ({STREAM} if streams is not None else set())
        if members is None or names & taken or not all(map(str.isidentifier, names)):
            return None
        class_ = self.dicts.names[type_.id].removesuffix(SUFFIX)
        return Keywords(f"_{class_}Keywords", members)


def says_nothing(operation: ir.Operation, types: dict[ir.TypeId, ir.AnyType]) -> bool:
    """Whether an operation's body may be left out and can only be an object without members.

    Stripe's document has one at each GET (``properties: {}, additionalProperties: false``): an argument for it would
    stand before all others, and nobody could say anything with it.
    """
    body = operation.body
    if body is None or body.required or not body.contents:
        return False
    for content in body.contents:
        type_ = types.get(content.use.type) if content.use is not None else None
        if (
            not isinstance(type_, ir.Object)
            or not type_.closed
            or content.use is None
            or content.use.nullable
        ):
            return False
        if (
            type_.properties
            or type_.additional is not None
            or type_.pattern_additional
            or type_.required_names
        ):
            return False
    return True


def items_of_answer(operation: ir.Operation) -> ir.Content | None:
    """The events or lines that an operation may answer with."""
    for response in operation.responses:
        if response.status[:1] == "2":
            for content in response.contents:
                if kind_of(content.media_type) in SEQUENTIAL:
                    return content
    return None


def stream_switch(operation: ir.Operation, types: dict[ir.TypeId, ir.AnyType]) -> str | None:
    """What asks for events where an operation gives one value as well: a member of the body, a parameter, or nothing.

    ``""``: the ``Accept`` header alone does. None: the operation has not both.
    """
    kinds = {
        kind_of(content.media_type)
        for response in operation.responses if response.status[:1] == "2"
        for content in response.contents
    }  # fmt: skip
    if not kinds & SEQUENTIAL or not kinds & {"json", "xml"}:
        return None
    names = [parameter for parameter in operation.parameters if parameter.name == STREAM]
    if names:
        return STREAM if names[0].location == "query" and _is_boolean(types, names[0].use) else None
    for type_ in _objects(operation, types):
        if any(
            property_.name == STREAM and _is_boolean(types, property_.use) for property_ in type_.properties
        ):
            return STREAM
    return ""


def _switches(api: ir.Api) -> Iterator[tuple[ir.TypeId, str]]:
    """Objects with a member that asks for events."""
    for operation in api.operations:
        if stream_switch(operation, api.types) == STREAM and not _has_parameter(operation):
            yield from ((type_.id, STREAM) for type_ in _objects(operation, api.types))


def _has_parameter(operation: ir.Operation) -> bool:
    return any(parameter.name == STREAM for parameter in operation.parameters)


def _objects(operation: ir.Operation, types: dict[ir.TypeId, ir.AnyType]) -> Iterator[ir.Object]:
    for content in operation.body.contents if operation.body is not None else ():
        if content.use is not None and isinstance(type_ := types.get(content.use.type), ir.Object):
            yield type_


def _is_boolean(types: dict[ir.TypeId, ir.AnyType], use: ir.Use) -> bool:
    type_ = types.get(use.type)
    return isinstance(type_, ir.Scalar | ir.Enum) and type_.base == "boolean"
