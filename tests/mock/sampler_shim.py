"""hypothesis-jsonschema 0.23 with a Hypothesis that has renamed a part of its inside (`many.more`, until 6.15x).

It makes the strategy of a member anew for each value that it draws, and members of which a schema says nothing are any
JSON, mostly so large that nothing comes of the whole; that is nearly all of its time. Here each strategy is made once, and
what may be anything is one of some small values.
"""

from __future__ import annotations

import base64
import functools
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import hypothesis_jsonschema._from_schema as module
from hypothesis import strategies as st
from hypothesis.internal.conjecture import utils
from hypothesis_jsonschema._encode import encode_canonical_json

ANYTHING = (
    None, True, 0, -7, 1.5, "", "é <&> \"", "2025-01-02", [], [None, "a", [1]], {}, {"a": {"b": [True, "x"]}, "": 1},
)  # fmt: skip
FORMATS = {
    "uuid": st.uuids().map(str),
    "duration": st.sampled_from(("P1D", "PT0S", "P1Y2M3DT4H5M6S", "-P1W", "PT0.5S")),
    # JSON has no bytes: both stand there in base64.
    **dict.fromkeys(
        ("byte", "binary"), st.binary(max_size=6).map(lambda data: base64.b64encode(data).decode())
    ),
}
"""Formats that the library does not know."""
_MOST = 20_000
_strategies: dict[str, Any] = {}


class _Many:
    """The older protocol, `while elements.more()`, over the present one."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._many = utils.many(*arguments, **options).__enter__()
        self._elements = iter(self._many)

    def more(self) -> bool:
        for _ in self._elements:
            return True
        self._many.__exit__(None)
        return False

    def reject(self, why: str | None = None) -> None:
        self._many.reject(why)


def _once(make: Callable[..., Any]) -> Callable[..., Any]:
    """The strategy of a schema, or of several at once, made once; ours name no formats and no alphabet."""

    @functools.wraps(make)
    def remembered(schema: Any, **options: Any) -> Any:
        key = encode_canonical_json(schema)
        if key not in _strategies:
            if len(_strategies) > _MOST:
                _strategies.clear()
            _strategies[key] = make(schema, **options)
        return _strategies[key]

    return remembered


def install() -> None:
    """Mend the library in this process, where it needs it."""
    if not hasattr(utils.many, "more"):
        module.cu = SimpleNamespace(**{**vars(utils), "many": _Many})
    names: Any = vars(module)
    names["JSON_STRATEGY"] = st.sampled_from(ANYTHING)
    names["STRING_FORMATS"].update(FORMATS)
    for name in ("__from_schema", "merged_as_strategies"):
        if not hasattr(names[name], "__wrapped__"):
            names[name] = _once(names[name])
