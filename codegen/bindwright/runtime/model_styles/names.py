"""Which module and which type stand for which, and what the hints of a style's model say."""

from __future__ import annotations

import enum
import importlib
import re
import types
import typing
from functools import cache
from types import ModuleType
from typing import Any

import attrs

from bindwright.runtime.alternatives.tags import tag_text
from bindwright.runtime.errors import EncodeError
from bindwright.runtime.kept import kept
from bindwright.runtime.model import UNSET
from bindwright.runtime.model_styles.whole_values import WholeValues
from bindwright.runtime.resolve import COMMON, evaluate, facts_of
from bindwright.runtime.shapes import Shape, members_of, shape_of
from bindwright.runtime.value_types import JsonObject, PythonValue, TypeForm
from bindwright.runtime.values.by_name import named_item

_PREFIX = "models_"
# A schema may be called "Models of …": its module stands within models, the styles' stand beside it.
_STYLE = re.compile(r"(?<!\.models)\.models_(?:pydantic|dataclass|typeddict|msgspec)(?=\.|$)")


@attrs.frozen
class StyleAlias:
    """The name of a type that is no class in its style, beside what it stands for: ``Annotated[str, StyleAlias(…)]``.

    Its facts are those of the attrs type of that name.
    """

    name: str
    module: str
    """The module of the style."""


def alias_of(type_: TypeForm) -> StyleAlias | None:
    """What names a type that is no class in its style; None for any other."""
    origin: Any = typing.get_origin(type_)
    notes = type_.__metadata__ if origin is typing.Annotated else ()
    return next((note for note in notes if isinstance(note, StyleAlias)), None)


@cache
def without_aliases(type_: TypeForm) -> TypeForm:
    """A type with what its aliases stand for."""
    origin: Any = typing.get_origin(type_)
    if origin is typing.Annotated:
        return without_aliases(type_.__origin__)
    if origin in (None, typing.Literal):
        return type_
    arguments = tuple(without_aliases(argument) for argument in typing.get_args(type_))
    if arguments == typing.get_args(type_):
        return type_
    return typing.Union[arguments] if origin is types.UnionType else origin[arguments]  # noqa: UP007 of a tuple


def style_module(type_: TypeForm) -> ModuleType | None:
    """The module of a model in another style, also where it stands in a list or union."""
    try:
        return _style_module(type_)
    except TypeError:  # not hashable, and so no type
        return None


@cache
def _style_module(type_: TypeForm) -> ModuleType | None:
    for argument in typing.get_args(type_):
        if (module := _style_module(argument)) is not None:
            return module
    if isinstance(type_, StyleAlias):
        return importlib.import_module(type_.module)
    name = getattr(type_, "__module__", None)
    if not isinstance(name, str) or not isinstance(type_, type) or _PREFIX not in name:
        return None
    match = _STYLE.search(name)
    return importlib.import_module(name[: match.end()]) if match is not None else None


def attrs_type(type_: Any) -> TypeForm:
    """The same type in the attrs style.

    Raises:
        TypeError: the package has no attrs model of that name.
    """
    if (alias := alias_of(type_)) is not None:
        named = getattr(_attrs_models(alias.module), alias.name)
        # A nullable type says so where it is used; the alias of a style holds null itself.
        is_nullable = type(None) in options(type_.__origin__)
        return typing.Optional[named] if is_nullable else named  # noqa: UP045 of a value
    type_ = in_full(type_)
    origin: Any = typing.get_origin(type_)
    if origin is not None:
        arguments = tuple(attrs_type(argument) for argument in typing.get_args(type_))
        return typing.Union[arguments] if origin is types.UnionType else origin[arguments]  # noqa: UP007 of a tuple
    module = style_module(type_)
    if module is None:
        return type_
    model = getattr(_attrs_models(module.__name__), type_.__name__, None)
    if model is None:
        raise TypeError(f"{type_.__module__}.{type_.__name__} has no attrs model of its name")
    return typing.Optional[model] if holds_null(type_) else model  # noqa: UP045 of a value


def in_full(type_: TypeForm) -> TypeForm:
    """A type without names that were to come later, as aliases have them (`Action = Union[Click, "Loop"]`)."""
    if typing.get_origin(type_) is None or (module := style_module(type_)) is None:
        return type_
    return _in_full(type_, module)


@cache
def _in_full(type_: TypeForm, module: ModuleType, levels: int = 3) -> TypeForm:
    if isinstance(type_, (str, typing.ForwardRef)):
        type_ = evaluate(type_, vars(module))
    origin: Any = typing.get_origin(type_)
    if origin in (None, typing.Literal) or not levels:
        return type_
    below = levels - (origin is not typing.Annotated)
    arguments = tuple(_in_full(argument, module, below) for argument in typing.get_args(type_))
    return typing.Union[arguments] if origin is types.UnionType else origin[arguments]  # noqa: UP007 of a tuple


@cache
def holds_null(type_: TypeForm) -> bool:
    """Whether a type is a root model with null among its values; attrs models say that where they are used."""
    return is_root_model(type_) and not {type(None), Any}.isdisjoint(options(hints_of(type_).get("root")))


def own_type(style_class: TypeForm) -> TypeForm:
    """As `attrs_type`, of a class; None where datamodel-code-generator made it up."""
    module = style_module(style_class)
    return None if module is None else getattr(_attrs_models(module.__name__), style_class.__name__, None)


@cache
def _attrs_models(style: str) -> ModuleType:
    return importlib.import_module(style.rpartition("." + _PREFIX)[0] + ".models")


def is_typed_dict(type_: TypeForm) -> bool:
    """Whether a type is a TypedDict; `typing.is_typeddict` of Python 3.11 does not know those of typing_extensions."""
    return isinstance(type_, type) and issubclass(type_, dict) and hasattr(type_, "__required_keys__")


def is_root_model(type_: TypeForm) -> bool:
    """Whether a type is one of pydantic's around a value that is no object."""
    return isinstance(type_, type) and getattr(type_, "__pydantic_root_model__", False)


def is_named(value: PythonValue) -> bool:
    """Whether a value is of a named type that is no model: a list, a map or a scalar with a class of its own."""
    type_ = type(value)
    return (
        facts_of(type_) is not None
        and not hasattr(type_, "__attrs_attrs__")
        and not issubclass(type_, enum.Enum)
    )


@cache
def hints_of(model: TypeForm) -> JsonObject:
    """What the members of a style's model are declared as, by their names there; empty where nobody can tell."""
    try:
        return typing.get_type_hints(model)
    except (NameError, TypeError, AttributeError):
        return {}


@cache
def fields_of(model: TypeForm) -> dict[str, str]:
    """The names of a style's members by their JSON names, where they may not be those of the attrs model."""
    if hasattr(model, "model_fields"):
        return {field.alias or name: name for name, field in model.model_fields.items()}
    if hasattr(model, "__struct_fields__"):
        return dict(zip(model.__struct_encode_fields__, model.__struct_fields__, strict=True))
    if is_typed_dict(model):
        return {name: name for name in hints_of(model)}
    return {}


def options(hint: Any) -> tuple[Any, ...]:
    """The alternatives that a hint gives; none where there is no hint."""
    if hint is None:
        return ()
    if type(hint).__name__ == "TypeAliasType":
        return options(hint.__value__)
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return tuple(option for argument in typing.get_args(hint) for option in options(argument))
    return (hint,)


def union_of(types_: list[TypeForm]) -> TypeForm:
    """A hint of several types; None of none."""
    present = [type_ for type_ in types_ if type_ is not None]
    return typing.Union[tuple(present)] if present else None  # noqa: UP007 of a tuple


def typed_dict(
    hint: TypeForm, value: JsonObject, wholes: WholeValues, shape: Shape | None = None
) -> TypeForm:
    """The TypedDict of a hint, or one derived from it, that fits a dict best; None where there is none.

    A dict has no class: what tells alternatives apart when JSON is read tells them apart here.

    Args:
        hint: what the place is declared as.
        value: the dict.
        wholes: what is known of the parts of the value that the dict is a part of.
        shape: the place.

    Raises:
        EncodeError: several fit equally well, and the constant that would tell them is not set.
    """
    declared: dict[TypeForm, TypeForm] = {}
    for option in options(hint):
        for style_class in _with_derived(option) if is_typed_dict(option) else ():
            if _is_model(style_class):
                declared.setdefault(style_class, option)
    if Any in options(hint):  # what no alternative describes is a value all the same
        declared = {
            style_class: option
            for style_class, option in declared.items()
            if knows_all(style_class, value, wholes)
        }
    if len(declared) < 2:
        return next(iter(declared), None)
    if (tagged := by_tag(value, shape)) is not None:
        for style_class in declared:
            if attrs_type(style_class) is tagged:
                return style_class
    # Not by `__required_keys__`: of annotations that are strings, a TypedDict takes none for optional.
    # What was kept of reading tells the class as well: another one may know it, or allow no such member.
    read = {**{member[0]: member[1] for member in getattr(kept(value), "members", ())}, **value}
    grades = {style_class: wholes.how_far(attrs_type(style_class), read) for style_class in declared}
    best = min(declared, key=grades.__getitem__)
    for other, option in declared.items():
        if option is not declared[best] and grades[other][:4] == grades[best][:4]:
            _refuse_guess(best, other, value)
    return best


def knows_all(style_class: TypeForm, value: JsonObject, wholes: WholeValues) -> bool:
    """Whether a dict is right for a class, which has a place for all of it: else it would lose what has none."""
    model = attrs_type(style_class)
    misfits, violations, _, unknown, _ = wholes.how_far(model, value)
    return not (
        misfits
        or violations
        or (unknown and getattr(getattr(model, "__wire__", None), "additional", None) is None)
    )


def _refuse_guess(best: TypeForm, other: TypeForm, value: JsonObject) -> None:
    """Raise where a dict fits two classes, and each would be written with a constant of its own.

    Attrs models say their class and fill the constant in; a dict would become whatever is declared first.
    """
    constants = _constants(other)
    for name, constant in _constants(best).items():
        if name not in value and constants.get(name, constant) != constant:
            raise EncodeError(
                f"nothing tells whether it is {best.__name__} or {other.__name__}: {name!r}, which both require, is not set"
            )


@cache
def _constants(style_class: TypeForm) -> JsonObject:
    """The required constants of a class, by JSON name."""
    return {
        member.json: member.default
        for member in members_of(attrs_type(style_class))
        if member.shape.kind == "literal" and member.default not in (None, UNSET, attrs.NOTHING)
    }


def by_tag(value: JsonObject, shape: Shape | None) -> TypeForm:
    """The attrs model that the discriminator of a union says; None where it says none."""
    choice = shape.fact("choice") if shape is not None and shape.kind == "union" else None
    if shape is None or choice is None or not choice.discriminator:
        return None
    tag = value.get(choice.discriminator)
    if tag is None:  # a property that the alternatives do not declare is kept beside the dict
        members = getattr(kept(value), "members", ())
        tag = next((member[1] for member in members if member[0] == choice.discriminator), None)
    text = tag_text(tag)
    if text is None or text not in choice.mapping:
        return None
    target = evaluate(choice.mapping[text], shape.names)
    inner = shape_of(target, names=shape.names)
    # A union among the alternatives has a tag of its own.
    return target if inner.kind != "union" else by_tag(value, inner)


def has_all_names(value: JsonObject, model: TypeForm) -> bool:
    """Whether a dict has what an attrs class requires, and nothing that the class has no field for."""
    members, root = members_of(model), getattr(model, "__wire__", None)
    names = {member.json for member in members}
    is_open = root is not None and root.additional is not None
    required = {member.json for member in members if member.required and member.shape.wire.only != "xml"}
    return required <= value.keys() and (is_open or value.keys() <= names)


@cache
def _is_model(style: TypeForm) -> bool:
    """Whether a TypedDict stands for a model; one without members stands for a map."""
    return hasattr(own_type(style), "__attrs_attrs__")


@cache
def _with_derived(style: TypeForm) -> tuple[TypeForm, ...]:
    """A TypedDict and those of the models that are derived from its own: a dict does not tell which it is."""
    module = style_module(style)
    pending, derived = list(attrs_type(style).__subclasses__()), [style]
    while pending:
        model = pending.pop(0)
        pending += model.__subclasses__()
        style_class = getattr(module, model.__name__, None)
        if is_typed_dict(style_class):
            derived.append(style_class)
    return tuple(derived)


def item_shapes(shape: Shape | None, count: int) -> tuple[Shape | None, ...]:
    """The shapes of so many items of a list or tuple."""
    if shape is None or shape.kind not in ("list", "tuple"):
        return (None,) * count
    shapes = shape.inner() if shape.kind == "tuple" else shape.inner() * count
    return (*shapes[:count], *(None,) * (count - len(shapes)))


def value_shape(shape: Shape | None, name: PythonValue) -> Shape | None:
    """The shape of what a map has under a name."""
    return named_item(shape, name) if shape is not None and shape.kind == "map" else None


@cache
def shape_at(type_: TypeForm) -> Shape | None:
    """The shape of what a style's type stands for; None where it is no type of the wire."""
    try:
        return shape_of(attrs_type(type_), names=COMMON)
    except (TypeError, NameError):
        return None


def item_of(type_: TypeForm) -> TypeForm:
    """The items' type of a style's list; None where the type is not of another style."""
    if style_module(type_) is None:
        return None
    hint = hints_of(type_).get("root") if is_root_model(type_) else without_aliases(in_full(type_))
    return next(
        (typing.get_args(option)[0] for option in options(hint) if typing.get_origin(option) is list), Any
    )
