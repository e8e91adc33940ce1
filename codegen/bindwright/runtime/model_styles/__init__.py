"""Models of other styles (pydantic, dataclass, TypedDict, msgspec) through the codecs of the attrs ones.

``shop.models_pydantic.Order`` has the wire facts of ``shop.models.Order``: the generator gives both the same
names. `attrs_type` finds the attrs type, `to_attrs` and `from_attrs` carry values over, field by field.
"""

from __future__ import annotations

from bindwright.runtime.model_styles.names import StyleAlias, attrs_type, item_of, style_module
from bindwright.runtime.value_types import PythonValue, TypeForm

# What carries values over is imported when there is one to carry: most programs have attrs models alone.


def from_attrs(value: PythonValue, type_: TypeForm) -> PythonValue:
    """A value with its models in the style of ``type_``, which is what it is to be there."""
    from bindwright.runtime.model_styles.write_from_attrs import carry_out

    return carry_out(value, type_)


def to_attrs(value: PythonValue, type_: TypeForm = None) -> PythonValue:
    """A value with its models in the attrs style; ``type_`` is needed where it is a TypedDict.

    What they keep beside their members, for they were read, goes with them.
    """
    from bindwright.runtime.model_styles.read_into_attrs import carry_in

    return carry_in(value, type_)


__all__ = ["StyleAlias", "attrs_type", "from_attrs", "item_of", "style_module", "to_attrs"]
