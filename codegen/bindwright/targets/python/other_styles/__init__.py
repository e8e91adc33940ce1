"""Models in other styles: pydantic, dataclasses, TypedDict, msgspec."""
