"""From models of another style to the attrs ones."""

from __future__ import annotations

import enum
from types import ModuleType
from typing import Any

from bindwright.runtime.kept import beside, keeping, kept
from bindwright.runtime.model_styles import texts
from bindwright.runtime.model_styles.names import (
    attrs_type,
    hints_of,
    inside,
    is_named,
    is_root_model,
    item_shapes,
    own_type,
    shape_at,
    style_module,
    typed_dict,
    union_of,
)
from bindwright.runtime.model_styles.shared_fields import Part, additional_of, parts_of
from bindwright.runtime.shapes import Shape, members_of


def carry_in(value: Any, type_: Any) -> Any:
    """See ``to_attrs``."""
    inward = _Inward(None if type_ is None else style_module(type_))
    return inward.carry(value, type_, None if type_ is None else shape_at(type_))


class _Inward:
    """One value on its way."""

    def __init__(self, style: ModuleType | None) -> None:
        self._style = style
        self._made: dict[int, Any] = {}
        """By the identity of the other style's model: the same object stays one object."""

    def carry(self, value: Any, hint: Any, shape: Shape | None) -> Any:
        """The value in the attrs style."""
        if is_root_model(type(value)):
            return self._root(value, shape)
        if isinstance(value, dict):
            if (typed := typed_dict(hint, value) or self._of_shape(value, shape)) is not None:
                return self._typed(value, typed)
            inner_shape = shape.inner()[0] if shape is not None and shape.kind == "map" else None
            within = inside(hint, dict)
            found = {
                self.carry(name, None, None): self.carry(one, within, inner_shape)
                for name, one in value.items()
            }
            return keeping(type(value)(found) if is_named(value) else found, kept(value))
        if isinstance(value, (list, tuple)):
            return self._list(value, inside(hint, list), shape)
        if style_module(type(value)) is None:
            return texts.value_of(value, shape)
        return _member(value) if isinstance(value, enum.Enum) else self._model(value)

    def _root(self, value: Any, shape: Shape | None) -> Any:
        """The value in a root model, in the named type that it stands for."""
        kind: Any = type(value)
        named, inner = own_type(kind), self.carry(value.root, hints_of(kind).get("root"), shape)
        if isinstance(named, type) and isinstance(inner, named.__bases__) and not isinstance(inner, named):
            inner = named(inner)
        return keeping(inner, kept(value)) if isinstance(inner, (list, dict)) else inner

    def _of_shape(self, value: dict[str, Any], shape: Shape | None) -> Any:
        """The TypedDict of a place that has no hint: members without a name."""
        if shape is None or shape.kind not in ("model", "union"):
            return None
        shapes = shape.inner() if shape.kind == "union" else (shape,)
        found = [getattr(self._style, one.type.__name__, None) for one in shapes if one.kind == "model"]
        return typed_dict(union_of(found), value)

    def _list(self, value: Any, hint: Any, shape: Shape | None) -> Any:
        shapes = item_shapes(shape, len(value))
        found = [self.carry(one, hint, inner) for one, inner in zip(value, shapes, strict=True)]
        kind = type(value) if is_named(value) else tuple if isinstance(value, tuple) else list
        return keeping(kind(found), kept(value))

    def _typed(self, value: dict[str, Any], style: Any) -> Any:
        """TypedDicts have JSON names for keys."""
        model = attrs_type(style)
        parts = parts_of(model, style)
        given = [(part, value[part.name]) for part in parts if part.name in value]
        names = {part.name for part in parts}
        more = {name: one for name, one in value.items() if name not in names}
        return self._object(value, model, given, more)

    def _model(self, value: Any) -> Any:
        kind: Any = type(value)
        model, told, held = attrs_type(kind), getattr(value, "model_fields_set", None), beside(value)
        nulls = held.nulls if held is not None else frozenset()
        given = []
        for part in parts_of(model, kind):
            one = getattr(value, part.name, part.member.absent)
            said = part.name in told if told is not None else not _is_unsaid(part, one, nulls)
            if said or part.member.required:
                given.append((part, one))
        more = getattr(value, "model_extra", None) or (held.additional if held is not None else None)
        return self._object(value, model, given, more or {})

    def _object(self, value: Any, model: Any, given: list[tuple[Part, Any]], more: dict[str, Any]) -> Any:
        if (known := self._made.get(id(value))) is not None:
            return known
        made = self._made[id(value)] = model.__new__(model)
        found = {
            part.member.alias: one
            if part.plain or one is None
            else self.carry(one, part.hint, part.member.shape)
            for part, one in given
        }
        if more and (name := additional_of(model)) is not None:
            member = next(one for one in members_of(model) if one.attribute == name)
            found[member.alias] = self.carry(more, None, member.shape)
        made.__init__(**found)
        if (extra := kept(value)) is not None:
            made._extra = extra
        return made


def _member(value: enum.Enum) -> Any:
    """The attrs models' own member, where there is one."""
    kind = own_type(type(value))
    try:
        return kind(value.value) if isinstance(kind, type) else value.value
    except ValueError:
        return value.value


def _is_unsaid(part: Part, value: Any, nulls: frozenset[str]) -> bool:
    """Whether a member is absent; None means that, too, for most styles cannot tell it from null.

    What was null when it was read, and still is, is null.
    """
    if value is None:
        return part.member.shape.unset and part.attribute not in nulls
    return type(value).__name__ == "UnsetType"  # of msgspec, which can tell
