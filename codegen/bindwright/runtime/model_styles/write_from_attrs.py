"""From attrs models to those of another style. They are not validated again: the codec has read them."""

from __future__ import annotations

import enum
from typing import Any

import attrs

from bindwright.runtime.kept import Beside, keeping
from bindwright.runtime.model_styles import texts
from bindwright.runtime.model_styles.names import (
    hints_of,
    inside,
    is_named,
    is_root_model,
    is_typed_dict,
    item_shapes,
    root_model,
    shape_at,
    style_module,
)
from bindwright.runtime.model_styles.shared_fields import additional_of, parts_of
from bindwright.runtime.shapes import Shape, members_of


def carry_out(value: Any, type_: Any) -> Any:
    """See ``from_attrs``."""
    out = _Outward(type_)
    made = out.carry(value, type_, shape_at(type_))
    out.settle()
    return made


class _Later:
    """An object that stands within itself and is not made yet."""

    def __init__(self, key: int) -> None:
        self.key = key


class _Outward:
    """One value on its way."""

    def __init__(self, type_: Any) -> None:
        self.style = style_module(type_)
        self._made: dict[int, Any] = {}
        """By the identity of the attrs model: the same object stays one object."""
        self._open: set[int] = set()
        self._later: list[tuple[Any, Any, int]] = []

    def carry(self, value: Any, hint: Any, shape: Shape | None) -> Any:
        """The value in the other style."""
        wrapper = root_model(hint, value)
        if wrapper is None and hint is Any and is_named(value):
            wrapper = getattr(self.style, type(value).__name__, None)
            if not is_root_model(wrapper):
                return value  # the style has no class that tells what it is
        if wrapper is not None and value is not None:
            extra = getattr(value, "_extra", None)
            inner = self.carry(value, hints_of(wrapper).get("root"), shape)
            return keeping(wrapper.model_construct(inner), extra)
        if isinstance(value, (list, tuple)):
            return self._list(value, inside(hint, list), shape)
        if isinstance(value, dict):
            return self._dict(value, inside(hint, dict), shape)
        if isinstance(value, enum.Enum):
            return _member(getattr(self.style, type(value).__name__, None), value, hint)
        if attrs.has(type(value)) and (model := getattr(self.style, type(value).__name__, None)) is not None:
            return self._model(value, model)
        return texts.text_for(value, hint, shape)

    def settle(self) -> None:
        """Put objects where they stand within themselves."""
        for holder, key, made in self._later:
            if isinstance(holder, (list, dict)):
                holder[key] = self._made[made]
            elif hasattr(holder, "__dict__"):
                holder.__dict__[key] = self._made[made]
            else:
                setattr(holder, key, self._made[made])

    def _list(self, value: Any, hint: Any, shape: Shape | None) -> Any:
        shapes = item_shapes(shape, len(value))
        found = [self.carry(one, hint, inner) for one, inner in zip(value, shapes, strict=True)]
        kind = tuple if isinstance(value, tuple) else list
        made = keeping(kind(found), getattr(value, "_extra", None))
        return self._note(made, enumerate(found))

    def _dict(self, value: Any, hint: Any, shape: Shape | None) -> Any:
        inner = shape.inner()[0] if shape is not None and shape.kind == "map" else None
        found = {self.carry(name, None, None): self.carry(one, hint, inner) for name, one in value.items()}
        return self._note(keeping(found, getattr(value, "_extra", None)), found.items())

    def _note(self, holder: Any, items: Any) -> Any:
        """Note what within a holder is not made yet."""
        self._later += [(holder, key, one.key) for key, one in items if isinstance(one, _Later)]
        return holder

    def _model(self, value: Any, model: Any) -> Any:
        key = id(value)
        if key in self._made:
            return self._made[key]
        if key in self._open:
            return _Later(key)
        self._open.add(key)
        found: dict[str, Any] = {}
        nulls: list[str] = []
        later: list[tuple[str, _Later]] = []
        own: Any = type(value)
        for part in parts_of(own, model):
            held = getattr(value, part.attribute)
            if held is part.absent:
                continue
            if held is None and part.member.shape.unset:
                nulls.append(part.attribute)
            elif not part.plain:
                held = self.carry(held, part.hint, part.member.shape)
                if held.__class__ is _Later:
                    later.append((part.name, held))
                    held = None
            found[part.name] = held
        more = self._more(value, own, model)
        beside = Beside(getattr(value, "_extra", None), frozenset(nulls), more)
        made = self._made[key] = keeping(self._built(model, found, more), beside.extra, beside)
        return self._note(made, later)

    def _more(self, value: Any, own: Any, model: Any) -> dict[str, Any] | None:
        """Members without a name."""
        name = additional_of(own)
        if name is None or not (held := getattr(value, name)):
            return None
        shape = next(one.shape for one in members_of(own) if one.attribute == name)
        more: dict[str, Any] = self._dict(held, inside(hints_of(model).get(name), dict), shape)
        return more

    def _built(self, model: Any, found: dict[str, Any], more: dict[str, Any] | None) -> Any:
        if is_typed_dict(model):
            return {**found, **(more or {})}
        if not hasattr(model, "model_construct"):
            return model(**found)
        if more and model.model_config.get("extra") == "allow":
            found = {**more, **found}
        return model.model_construct(**found)


def _member(kind: Any, value: enum.Enum, hint: Any) -> Any:
    """The style's own member; what it does not list, and where it has no class for them, the bare value."""
    if not (isinstance(kind, type) and issubclass(kind, enum.Enum)):
        if hint is Any:
            return value  # nothing else would tell what it is
        return kind.model_construct(value.value) if is_root_model(kind) else value.value
    try:
        return kind(value.value)
    except ValueError:
        return value.value
