"""From models of another style to the attrs ones."""

from __future__ import annotations

import enum
from types import ModuleType
from typing import Any

from attrs import NOTHING

from bindwright.runtime.errors import EncodeError
from bindwright.runtime.kept import UnknownMembers, beside, keeping, kept
from bindwright.runtime.model_styles import texts
from bindwright.runtime.model_styles.alternatives_of_hints import (
    alternative_shape,
    is_of_a_map,
    item_hints,
    of_a_text,
    value_hint,
)
from bindwright.runtime.model_styles.names import (
    attrs_type,
    by_tag,
    has_all_names,
    hints_of,
    in_full,
    is_named,
    is_root_model,
    item_shapes,
    knows_all,
    own_type,
    shape_at,
    style_module,
    typed_dict,
    union_of,
    value_shape,
    without_aliases,
)
from bindwright.runtime.model_styles.shared_fields import StyleField, additional_of, style_fields
from bindwright.runtime.model_styles.whole_values import WholeValues, keeps_members
from bindwright.runtime.shapes import Shape, members_of
from bindwright.runtime.value_types import JsonObject, PythonValue, TypeForm


def carry_in(value: PythonValue, type_: TypeForm) -> PythonValue:
    """See ``to_attrs``."""
    if type_ is None:
        return _Inward(None).carry(value, None, None)
    return _Inward(style_module(type_)).carry(value, without_aliases(in_full(type_)), shape_at(type_))


class _Inward:
    """One value on its way."""

    def __init__(self, style: ModuleType | None) -> None:
        self._style = style
        self._instances: dict[int, Any] = {}
        """By the identity of the other style's model: the same object stays one object."""
        self._wholes = WholeValues()

    def carry(self, value: PythonValue, hint: TypeForm, shape: Shape | None) -> PythonValue:
        """The value in the attrs style."""
        if is_root_model(type(value)):
            return self._root(value, shape)
        if isinstance(value, dict):
            if getattr(value, "order", None) is not None:  # free content of XML, which has no models in it
                return value
            typed = typed_dict(hint, value, self._wholes, shape) or self._of_shape(value, shape)
            if (
                typed is not None
                and (shape is None or shape.kind == "any")
                and not knows_all(typed, value, self._wholes)
            ):
                typed = None  # any value may stand here, also one that the class has no place for
            if typed is not None and (
                keeps_members(value) or not is_of_a_map(hint, value, typed, self._wholes)
            ):
                return self._typed(value, typed)
            tagged, shape = by_tag(value, shape), alternative_shape(shape, value, self._wholes)
            model = tagged or (shape.type if shape is not None and shape.kind == "model" else None)
            if model is not None and has_all_names(value, model):
                return self._plain(value, model)
            inner_hint = value_hint(hint, value, self._wholes)
            entries = {
                self.carry(name, None, None): self._inside(
                    f".{name}", item, inner_hint, value_shape(shape, name)
                )
                for name, item in value.items()
            }
            return keeping(type(value)(entries) if is_named(value) else entries, kept(value))
        if isinstance(value, (list, tuple)):
            return self._list(value, hint, alternative_shape(shape, value, self._wholes))
        if type(value) is str:
            return of_a_text(shape, value, hint)
        if style_module(type(value)) is None:
            return texts.value_of(value, alternative_shape(shape, value, self._wholes))
        return _member(value) if isinstance(value, enum.Enum) else self._model(value)

    def _inside(self, step: str, value: PythonValue, hint: TypeForm, shape: Shape | None) -> PythonValue:
        """As `carry`; errors are seen from here."""
        try:
            return self.carry(value, hint, shape)
        except EncodeError as error:
            raise EncodeError(error.reason, f"${step}{error.path[1:]}") from None

    def _root(self, value: PythonValue, shape: Shape | None) -> PythonValue:
        """The value in a root model, in the named type that it stands for."""
        type_: TypeForm = type(value)
        named, root_value = own_type(type_), self.carry(value.root, hints_of(type_).get("root"), shape)
        if (
            isinstance(named, type)
            and isinstance(root_value, named.__bases__)
            and not isinstance(root_value, named)
        ):
            root_value = named(root_value)
        return keeping(root_value, kept(value)) if isinstance(root_value, (list, dict)) else root_value

    def _of_shape(self, value: JsonObject, shape: Shape | None) -> PythonValue:
        """The TypedDict of a place that has no hint: members without a name."""
        nearest = alternative_shape(shape, value, self._wholes)
        if (
            shape is None
            or shape.kind not in ("model", "union")
            or (nearest and nearest.kind not in ("model", "union"))
        ):
            return None
        shapes = shape.inner() if shape.kind == "union" else (shape,)
        candidates = [
            getattr(self._style, alternative.type.__name__, None)
            for alternative in shapes
            if alternative.kind == "model"
        ]
        return typed_dict(union_of(candidates), value, self._wholes, shape)

    def _list(self, value: PythonValue, hint: TypeForm, shape: Shape | None) -> PythonValue:
        container, hints = item_hints(hint, value, self._wholes)
        shapes = item_shapes(shape, len(value))
        items = [
            self._inside(f"[{index}]", item, item_hint, item_shape)
            for index, (item, item_hint, item_shape) in enumerate(zip(value, hints, shapes, strict=True))
        ]
        if shape is not None and shape.kind in ("list", "tuple"):
            container = tuple if shape.kind == "tuple" else list
        type_ = type(value) if is_named(value) else container
        return keeping(type_(items), kept(value))

    def _plain(self, value: JsonObject, model: TypeForm) -> PythonValue:
        """An object as JSON has it, where a style's library cannot tell its class and leaves it as it came."""
        name = additional_of(model)
        members = {member.json: member for member in members_of(model) if member.attribute != name}
        entries = {
            member.alias: self._inside(f".{json}", value[json], None, member.shape)
            for json, member in members.items()
            if json in value
        }
        if name is not None and (more := {key: value[key] for key in value if key not in members}):
            member = next(field for field in members_of(model) if field.attribute == name)
            entries[member.alias] = self.carry(more, None, member.shape)
        return model(**entries)

    def _typed(self, value: JsonObject, style: TypeForm) -> PythonValue:
        """TypedDicts have JSON names for keys."""
        model = attrs_type(style)
        parts = style_fields(model, style)
        for part in parts:
            if part.member.required and part.member.default is NOTHING and part.name not in value:
                raise EncodeError(f"expected {part.name!r}, which {style.__name__} requires")
        values = [(part, value[part.name]) for part in parts if part.name in value]
        names = {part.name for part in parts}
        additional = {name: item for name, item in value.items() if name not in names}
        instance = self._object(value, model, values, additional)
        if additional and additional_of(model) is None:
            instance._extra = self._with_unknown(value, additional, instance._extra)
        return instance

    def _with_unknown(self, value: JsonObject, unknown: JsonObject, extra: Any) -> Any:
        """What is kept of a dict that has keys of which its class knows nothing."""
        if extra is not None and not isinstance(extra, UnknownMembers):
            return extra  # of XML, where a name alone is no element
        before = dict(zip(value, (None, *value), strict=False))
        members = [member for member in extra.members if member[0] not in unknown] if extra else []
        members += [(name, self.carry(item, None, None), before[name]) for name, item in unknown.items()]
        return UnknownMembers(tuple(members), extra.nulls if extra else frozenset())

    def _model(self, value: PythonValue) -> PythonValue:
        type_: TypeForm = type(value)
        model, fields_set, side_data = (
            attrs_type(type_),
            getattr(value, "model_fields_set", None),
            beside(value),
        )
        nulls = side_data.nulls if side_data is not None else frozenset()
        values = []
        for part in style_fields(model, type_):
            part_value = getattr(value, part.name, part.member.absent)
            is_present = (
                part.name in fields_set if fields_set is not None else not _is_unsaid(part, part_value, nulls)
            )
            if is_present or part.member.required:
                values.append((part, part_value))
        additional = getattr(value, "model_extra", None) or (
            side_data.additional if side_data is not None else None
        )
        return self._object(value, model, values, additional or {})

    def _object(
        self,
        value: PythonValue,
        model: TypeForm,
        values: list[tuple[StyleField, Any]],
        additional: JsonObject,
    ) -> PythonValue:
        if (existing := self._instances.get(id(value))) is not None:
            return existing
        instance = self._instances[id(value)] = model.__new__(model)
        entries = {
            part.member.alias: part_value
            if part.plain or part_value is None
            else self._inside(f".{part.member.json}", part_value, part.hint, part.member.shape)
            for part, part_value in values
        }
        if additional and (name := additional_of(model)) is not None:
            member = next(field for field in members_of(model) if field.attribute == name)
            entries[member.alias] = self.carry(additional, None, member.shape)
        instance.__init__(**entries)
        if (extra := kept(value)) is not None:
            instance._extra = extra
        return instance


def _member(value: enum.Enum) -> PythonValue:
    """The attrs models' own member, where there is one."""
    type_ = own_type(type(value))
    try:
        return type_(value.value) if isinstance(type_, type) else value.value
    except ValueError:
        return value.value


def _is_unsaid(part: StyleField, value: PythonValue, nulls: frozenset[str]) -> bool:
    """Whether a member is absent; None means that, too, in styles that cannot tell it from null.

    What was null when it was read, and still is, is null.
    """
    if value is None:
        return part.member.shape.unset and not part.tells_absence and part.attribute not in nulls
    return type(value).__name__ == "UnsetType"  # of msgspec, which can tell
