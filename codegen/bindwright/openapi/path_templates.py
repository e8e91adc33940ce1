"""Path templates (OpenAPI 3.2.0, "Path Templating"), and the operators of RFC 6570 that are written into them."""

from __future__ import annotations

import re
from collections.abc import Collection

_OPERATORS = re.compile(r"[+#./;?&]?([^{}]+?)(?:\*|\+|:[0-9]+)?")


def parameter_of(expression: str, names: Collection[str]) -> str:
    """The parameter that an expression of a template stands for: that of its name, else of its name without operators.

    OpenAPI has no operators: ``style`` and ``explode`` of the parameter say what ``{.ids*}`` and ``{path+}`` would.
    """
    if expression in names:
        return expression
    match = _OPERATORS.fullmatch(expression)
    return match[1] if match is not None and match[1] in names else expression
