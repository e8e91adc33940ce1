"""Types: what is said once, however often it is used."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Struct, field

from bindwright.ir.model.json_settled import Alternative, Reference
from bindwright.ir.model.lexical import Lexical, LexicalForm
from bindwright.ir.model.markers import ALWAYS, KEY, ON_DEMAND
from bindwright.ir.model.source import Degraded, Json, Names, SourcePlace, TypeId
from bindwright.ir.model.uses import Constraints, Entries, Use, XmlFacts
from bindwright.ir.model.xml import XmlRoot


class Type(Struct, kw_only=True):
    """What all kinds of type share."""

    id: Annotated[TypeId, KEY]
    place: Annotated[SourcePlace, ON_DEMAND] = field(default_factory=SourcePlace)
    name: str | None = None
    """The document's own name (component key, ``title`` is not one); None for inline types."""
    context: tuple[str, ...] = ()
    """For inline types: the texts of where it stands, outermost first: ``("Order", "lines", "item")``. Absent in JSON
    where they are what stands between the ``#`` of the key, its slashes, and a number at its end."""
    owner: TypeId | None = None
    """For inline types: the named type in which it stands. Absent in JSON: the type whose name begins `context`; ``""``
    or no such type: it stands in an operation."""
    words: list[str] = field(default_factory=list)
    """What the type is to be called, in lower-case words: no other type of the API has the same, and where the lock
    keeps an older name, they are its words. Absent for scalars without a name, and in JSON where they are the runs of
    letters and digits of the key, of which a capital begins a new one."""
    names: Names = field(default_factory=dict)
    """``x-bindwright-name``, or configuration, by language; ``*``: for all, and `words` are its words."""
    doc: str = ""
    title: str = ""
    xml: XmlFacts | None = None
    """What the document says; `root` and `Api.xml` are what follows from it."""
    root: XmlRoot | None = None
    """The root element of a document that holds this type alone; absent for inline types, and where the API has no
    XML."""
    nullable: bool = False
    """A named type that itself allows null (each `Use` of it is nullable too)."""
    side: Literal["request", "response"] | None = None
    """The one side on which the type is sent; absent: both, or none."""
    profile: Literal["openapi", "datacontract"] = "openapi"
    """Conventions of the XML (``x-xml-profile`` of the document, of the schema or of what it stands in)."""
    deprecated: bool = False
    examples: list[Json] = field(default_factory=list)
    externally_documented: str = ""
    constraints: Constraints | None = None
    degraded: list[Degraded] = field(default_factory=list)
    asserts: list[Json] = field(default_factory=list)
    """Schemas as the document writes them, references written out, that a value must satisfy besides: what types
    cannot say (``not``, ``if``, ``contains``, ``dependentRequired``, alternatives that only name members)."""
    extensions: Annotated[dict[str, Json], ON_DEMAND] = field(default_factory=dict)


class Scalar(Type, kw_only=True):
    """A JSON scalar with a format. ``binary``: raw bytes (a body or part that is not JSON)."""

    kind: Literal["scalar"] = "scalar"
    base: Literal["string", "integer", "number", "boolean", "null", "any", "never", "binary"]
    """``any``: no constraint on the type at all (free-form value)."""
    format: str | None = None
    content_encoding: str | None = None
    content_media_type: str | None = None
    lexical: Lexical | None = None
    """How a value is text. Always there once the IR is settled."""


class EnumMember(Struct, kw_only=True):
    """One allowed value; ``name`` where the document names it (``x-enum-varnames``, ``x-dcs-enum``)."""

    value: Json
    words: list[str] = field(default_factory=list)
    """What it is to be called: no other value of the enum has the same. Absent: what stands between the underscores of
    the value."""
    name: str | None = None
    doc: str = ""


class Enum(Type, kw_only=True):
    """``enum`` or ``const``."""

    kind: Literal["enum"] = "enum"
    base: Literal["string", "integer", "number", "boolean", "mixed"]
    members: list[EnumMember]
    format: str | None = None
    const: bool = False
    lexical: Annotated[Lexical | None, ALWAYS] = None
    """How a value is text. Always there once the IR is settled."""
    open: bool = True
    """Values that are not listed are read and written as they are; a ``const`` is not open."""
    extensible: bool = False
    """The document itself says that others are valid: ``anyOf`` of the values and any string, ``x-extensible-enum``."""
    flags: bool = False
    """``x-dcs-flags``: the integer is a bit set, the XML a list of names."""
    xml_names: bool = False
    """``x-dcs-enum``: XML carries the member's name, JSON its value."""


class Property(Struct, kw_only=True):
    """A member of an object."""

    name: str
    """As in JSON."""
    words: list[str] = field(default_factory=list)
    """What it is to be called: no other member of the object has the same. Absent: what stands between the underscores
    of `name`."""
    use: Use
    required: bool = False
    """As the document says; `presence` is what follows from it."""
    conditional: bool = False
    """Declared under a condition alone (``then``, ``dependentSchemas``): where that does not hold, the document allows
    any value, which is kept as an unknown member is. `Type.asserts` of the object has the condition."""
    presence: Literal["always", "zero"] | None = None
    """``always``: an object without the member is refused, and it is always written. ``zero``: it is not written where
    it has the value `zero`, which absence means. Absent: the member is left out where it has no value."""
    null: Literal["value", "absent"] | None = None
    """What null means in JSON: a value; the same as absence; absent: nothing, it is refused."""
    zero: Json = None
    usual: Json = None
    """Of a discriminator: the value that says this object's type, which is written where nobody has set one. Absent:
    nothing says which, or the member may be absent and only a union tells the type, which writes its own value."""
    side: Literal["request", "response"] | None = None
    """The one side on which the member is sent (``readOnly``: responses, ``writeOnly``: requests); absent: both."""
    declared_in: TypeId = ""
    """The object type that declares it, where that is a base; in JSON absent for the type itself."""
    place: Annotated[SourcePlace, ON_DEMAND] = field(default_factory=SourcePlace)
    names: Names = field(default_factory=dict)
    """As of a `Type`."""


class Object(Type, kw_only=True):
    """An object with named members. ``properties`` holds own and inherited members, base first."""

    kind: Literal["object"] = "object"
    base: TypeId | None = None
    """The one base whose members are all inherited unchanged (an ``allOf`` with one reference)."""
    properties: list[Property] = field(default_factory=list)
    additional: Use | None = None
    """Typed additional members; None: none are declared."""
    closed: bool = False
    """``additionalProperties: false`` or ``unevaluatedProperties: false``."""
    keys: Use | None = None
    """What ``propertyNames`` says of all names; None: any string."""
    required_names: list[str] = field(default_factory=list)
    """Names in ``required`` that are no property here: such a member is an additional one, and has to be there."""
    pattern_additional: list[tuple[str, Use]] = field(default_factory=list)
    discriminator: str | None = None
    """Set on a base whose ``discriminator`` tells its derived types."""
    mapping: dict[str, TypeId] = field(default_factory=dict)
    """Discriminator values to types, implicit names included."""
    default_type: TypeId | None = None
    """``defaultMapping``: the type where the discriminator is absent or has a value that nothing maps."""
    untagged: bool = False
    """The document's mapping leaves out the base itself: its own values have a discriminator where somebody sets one."""
    member_order: Literal["declared", "alphabetical"] | list[str] | None = None
    known: list[TypeId] = field(default_factory=list)
    reference: Reference | None = None
    json_order: list[str] = field(default_factory=list)
    """The members in the order in which JSON has them; absent: as in `properties`."""
    unknown: Literal["reject"] | None = None
    """What a reader does with members that are not described. Absent: it keeps them, and a writer writes them again."""


class Array(Type, kw_only=True):
    """A list; ``prefix`` makes it a tuple with ``items`` for the rest (None: nothing after it)."""

    kind: Literal["array"] = "array"
    items: Use | None
    prefix: list[Use] = field(default_factory=list)
    fewest: int = 0
    """Of a tuple: how many items there are at least (``minItems``), at most those of `prefix`; it may end behind them."""


class Map(Type, kw_only=True):
    """An object with no named members: string keys to values."""

    kind: Literal["map"] = "map"
    values: Use
    keys: Use | None = None
    """What ``propertyNames`` (or the only ``patternProperties``) says of the keys; None: any string."""
    required_names: list[str] = field(default_factory=list)
    """Keys that have to be there."""
    entries: Entries | None = None
    """``x-dcs-dictionary`` of a named map; each `Use` of it carries them too."""
    key: LexicalForm = "string"
    """How a key is the name of a member in JSON."""


class Union(Type, kw_only=True):
    """``oneOf``, ``anyOf`` or a list of ``type``; null is not a member but makes the use nullable."""

    kind: Literal["union"] = "union"
    members: list[Use]
    any_of: bool = False
    discriminator: str | None = None
    mapping: dict[str, TypeId] = field(default_factory=dict)
    default_type: TypeId | None = None
    """As of an `Object`."""
    alternatives: list[Alternative] = field(default_factory=list)
    """What tells the members apart in JSON, in order of trial, where no discriminator does."""


AnyType = Scalar | Enum | Object | Array | Map | Union
