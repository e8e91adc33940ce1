"""Values that required members have where nobody sets another: those of constants and of discriminators."""

from __future__ import annotations

from collections.abc import Mapping

from bindwright.ir import model as ir
from bindwright.ir.reachability import Sides, always_there
from bindwright.targets.python.models.type_expressions import scalar_type
from bindwright.targets.python.naming.models import has_one_value

_Types = Mapping[ir.TypeId, ir.AnyType]


def written_members(types: _Types, sides: Sides, type_: ir.Object) -> list[ir.Property]:
    """The members that a class has a field for: those that it declares, and discriminators of its bases that have
    another value in its objects."""
    base = types.get(type_.base) if type_.base else None
    before = {other.name: other for other in base.properties} if isinstance(base, ir.Object) else {}
    return [
        property_
        for property_ in type_.properties
        if property_.declared_in == type_.id
        or _says_another(types, sides, property_, before.get(property_.name))
    ]


def _says_another(types: _Types, sides: Sides, property_: ir.Property, before: ir.Property | None) -> bool:
    if before is None or property_.usual == before.usual or not always_there(property_, sides):
        return False
    return default_of(types, property_) != default_of(types, before)


def default_of(types: _Types, property_: ir.Property) -> str | float | None:
    """The value of a required member that nobody sets, which is its default; None where nothing says one."""
    return _constant_of(types, property_) if _is_constant(types, property_) else _usual_of(types, property_)


def is_discriminator(types: _Types, property_: ir.Property) -> bool:
    """Whether a member has its default because it says the class: readers ask for it all the same."""
    return not _is_constant(types, property_) and _usual_of(types, property_) is not None


def _is_constant(types: _Types, property_: ir.Property) -> bool:
    constant = types.get(property_.use.type)
    return constant is not None and has_one_value(constant)


def _usual_of(types: _Types, property_: ir.Property) -> str | float | None:
    """What a discriminator says, where its field takes the value as it stands in JSON."""
    value = property_.usual
    if not isinstance(value, (str, int)):
        return None
    type_ = types.get(property_.use.type)
    if isinstance(type_, ir.Scalar):
        format_ = property_.use.format or type_.format
        python_type = scalar_type(type_.base, format_, type_.content_encoding)
        return value if python_type in (type(value).__name__, "Any") else None
    if not isinstance(type_, ir.Enum) or type_.flags or type_.xml_names:
        return None
    return value if any(member.value == value for member in type_.members) else None


def _constant_of(types: _Types, property_: ir.Property) -> str | float | None:
    """The one value of a required member; None where it may have others.

    An optional constant that nobody set is absent: it says something about a value that is there.
    """
    constant = types.get(property_.use.type)
    if not isinstance(constant, ir.Enum) or property_.use.nullable:
        return None
    value = constant.members[0].value
    is_plain = isinstance(value, (str, int, float)) and not _tells_another(types, property_, constant)
    return value if is_plain else None


def _tells_another(types: _Types, property_: ir.Property, constant: ir.Enum) -> bool:
    """Whether a constant is the discriminator's value of another class than that which declares the member."""
    owner = base = types.get(property_.declared_in)
    while isinstance(base, ir.Object):
        if base.discriminator == property_.name:
            goal = base.mapping.get(str(constant.members[0].value))
            if goal is not None and owner is not None and goal != owner.id:
                return True
        base = types.get(base.base) if base.base else None
    return False
