"""From attrs models to those of another style. They are not validated again: the codec has read them."""

from __future__ import annotations

import enum
from typing import Any

import attrs

from bindwright.runtime.kept import Beside, keeping
from bindwright.runtime.model_styles import texts
from bindwright.runtime.model_styles.alternatives_of_hints import (
    alternative_shape,
    item_hints,
    root_model,
    value_hint,
)
from bindwright.runtime.model_styles.names import (
    hints_of,
    holds_null,
    in_full,
    is_named,
    is_root_model,
    is_typed_dict,
    item_shapes,
    shape_at,
    style_module,
    value_shape,
    without_aliases,
)
from bindwright.runtime.model_styles.shared_fields import additional_of, style_fields
from bindwright.runtime.model_styles.whole_values import WholeValues
from bindwright.runtime.shapes import Shape, members_of
from bindwright.runtime.value_types import JsonObject, PythonValue, TypeForm


def carry_out(value: PythonValue, type_: TypeForm) -> PythonValue:
    """See ``from_attrs``."""
    if value is None and holds_null(type_):
        return type_.model_construct(None)
    out = _Outward(type_)
    result = out.carry(value, without_aliases(in_full(type_)), shape_at(type_))
    out.settle()
    return result


class _Later:
    """An object that stands within itself and is not made yet."""

    def __init__(self, key: int) -> None:
        self.key = key


class _Outward:
    """One value on its way."""

    def __init__(self, type_: TypeForm) -> None:
        self.style = style_module(type_)
        self._instances: dict[int, Any] = {}
        """By the identity of the attrs model: the same object stays one object."""
        self._wholes = WholeValues()
        self._open: set[int] = set()
        self._later: list[tuple[Any, Any, int]] = []

    def carry(self, value: PythonValue, hint: TypeForm, shape: Shape | None) -> PythonValue:
        """The value in the other style."""
        wrapper = root_model(hint, value)
        if wrapper is None and hint is Any and is_named(value):
            wrapper = getattr(self.style, type(value).__name__, None)
            if not is_root_model(wrapper):
                return value  # the style has no class that tells what it is
        if wrapper is not None:
            extra = getattr(value, "_extra", None)
            root_value = self.carry(value, hints_of(wrapper).get("root"), shape)
            return keeping(wrapper.model_construct(root_value), extra)
        if isinstance(value, (list, tuple)):
            return self._list(value, hint, shape)
        if isinstance(value, dict):
            if getattr(value, "order", None) is not None:  # free content of XML, which has no models in it
                return value
            return self._dict(value, value_hint(hint, value, self._wholes), shape)
        if isinstance(value, enum.Enum):
            return _member(getattr(self.style, type(value).__name__, None), value, hint)
        if attrs.has(type(value)):
            model = getattr(self.style, type(value).__name__, None)
            if model is not None and model is not Any:  # a class that the style cannot have stays what it is
                return self._model(value, model)
        return texts.text_for(value, hint, alternative_shape(shape, value))

    def settle(self) -> None:
        """Put objects where they stand within themselves."""
        for holder, key, instance_id in self._later:
            if isinstance(holder, (list, dict)):
                holder[key] = self._instances[instance_id]
            elif hasattr(holder, "__dict__"):
                holder.__dict__[key] = self._instances[instance_id]
            else:
                setattr(holder, key, self._instances[instance_id])

    def _list(self, value: PythonValue, hint: TypeForm, shape: Shape | None) -> PythonValue:
        container, hints = item_hints(hint, value, self._wholes)
        shapes = item_shapes(alternative_shape(shape, value), len(value))
        items = [
            self.carry(item, item_hint, item_shape)
            for item, item_hint, item_shape in zip(value, hints, shapes, strict=True)
        ]
        result = keeping(container(items), getattr(value, "_extra", None))
        return self._note(result, enumerate(items))

    def _dict(self, value: PythonValue, hint: TypeForm, shape: Shape | None) -> PythonValue:
        shape = alternative_shape(shape, value)
        entries = {
            self.carry(name, None, None): self.carry(item, hint, value_shape(shape, name))
            for name, item in value.items()
        }
        return self._note(keeping(entries, getattr(value, "_extra", None)), entries.items())

    def _note(self, holder: Any, items: Any) -> PythonValue:
        """Note what within a holder is not made yet."""
        self._later += [(holder, key, item.key) for key, item in items if isinstance(item, _Later)]
        return holder

    def _model(self, value: PythonValue, model: TypeForm) -> PythonValue:
        key = id(value)
        if key in self._instances:
            return self._instances[key]
        if key in self._open:
            return _Later(key)
        self._open.add(key)
        fields: JsonObject = {}
        nulls: list[str] = []
        later: list[tuple[str, _Later]] = []
        attrs_model: TypeForm = type(value)
        for part in style_fields(attrs_model, model):
            part_value = getattr(value, part.attribute)
            if part_value is part.absent:
                continue
            if part_value is None and part.member.shape.unset:
                nulls.append(part.attribute)
            elif not part.plain:
                part_value = self.carry(part_value, part.hint, part.member.shape)
                if part_value.__class__ is _Later:
                    later.append((part.name, part_value))
                    part_value = None
            fields[part.name] = part_value
        additional = self._more(value, attrs_model, model)
        side_data = Beside(getattr(value, "_extra", None), frozenset(nulls), additional)
        instance = self._instances[key] = keeping(
            self._built(model, fields, additional), side_data.extra, side_data
        )
        return self._note(instance, later)

    def _more(self, value: PythonValue, attrs_model: TypeForm, model: TypeForm) -> JsonObject | None:
        """Members without a name."""
        name = additional_of(attrs_model)
        if name is None or not (part_value := getattr(value, name)):
            return None
        shape = next(member.shape for member in members_of(attrs_model) if member.attribute == name)
        hints = hints_of(model)
        hint = hints.get(name) or hints.get("__pydantic_extra__")
        additional: JsonObject = self._dict(part_value, value_hint(hint, part_value, self._wholes), shape)
        return additional

    def _built(self, model: TypeForm, fields: JsonObject, additional: JsonObject | None) -> PythonValue:
        if is_typed_dict(model):
            return {**fields, **(additional or {})}
        if not hasattr(model, "model_construct"):
            return model(**fields)
        if additional and model.model_config.get("extra") == "allow":
            fields = {**additional, **fields}
        return _constructed(model, fields)


_PARAMETERS = ("cls", "_fields_set")
"""Parameters of `model_construct` itself: members of these names are set behind it."""


def _constructed(model: TypeForm, fields: JsonObject) -> PythonValue:
    """A model of pydantic without its validation, for values that are checked already."""
    instance = model.model_construct(**{name: fields[name] for name in fields if name not in _PARAMETERS})
    for name in _PARAMETERS:
        if name in fields and name in model.model_fields:
            instance.__dict__[name] = fields[name]
            instance.__pydantic_fields_set__.add(name)
        elif name in fields:
            instance.__pydantic_extra__[name] = fields[name]
    return instance


def _member(style_enum: TypeForm, value: enum.Enum, hint: TypeForm) -> PythonValue:
    """The style's own member; what it does not list, and where it has no class for them, the bare value."""
    if not (isinstance(style_enum, type) and issubclass(style_enum, enum.Enum)):
        if hint is Any:
            return value  # nothing else would tell what it is
        return style_enum.model_construct(value.value) if is_root_model(style_enum) else value.value
    try:
        member = style_enum(value.value)
    except ValueError:
        return value.value
    # True is 1 to Python, and another value in JSON.
    is_same = isinstance(member.value, bool) == isinstance(value.value, bool)
    return member if is_same else value.value
