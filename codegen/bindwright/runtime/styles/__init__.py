"""Models of other styles (pydantic, dataclass, TypedDict, msgspec) through the codecs of the attrs ones.

``shop.models_pydantic.Order`` has the wire facts of ``shop.models.Order``: the generator gives both the same
names. `attrs_type` finds the attrs type, `to_attrs` and `from_attrs` carry values over, field by field.
"""

from bindwright.runtime.styles.inward import to_attrs
from bindwright.runtime.styles.names import attrs_type, item_of, style_module
from bindwright.runtime.styles.outward import from_attrs

__all__ = ["attrs_type", "from_attrs", "item_of", "style_module", "to_attrs"]
