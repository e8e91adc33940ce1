"""Evaluating type expressions: string annotations of models, and the strings of operations.

Generated modules import other models under ``TYPE_CHECKING`` only; here their names are found through
the package's lazy ``__getattr__``, so recursion between modules costs nothing.
"""

from __future__ import annotations

import builtins
import datetime
import decimal
import importlib
import sys
import typing
import uuid
from collections.abc import Hashable, Iterator, Mapping
from typing import Any, ForwardRef

from bindwright.runtime.model import UNSET, AnyInteger, AnyText, Unset
from bindwright.runtime.wire import Wire

COMMON: dict[str, Any] = {
    **{name: getattr(typing, name) for name in ("Any", "Literal", "Annotated", "ClassVar")},
    **{module.__name__: module for module in (builtins, datetime, decimal, typing, uuid)},
    "Decimal": decimal.Decimal,
    "UUID": uuid.UUID,
    "AnyInteger": AnyInteger,
    "AnyText": AnyText,
    "UNSET": UNSET,
    "Unset": Unset,
    "dt": datetime,
}
"""Names that every type expression may use."""


class Names(Mapping[str, Any]):
    """Names of a module, then of the package it stands in, then `COMMON`."""

    def __init__(self, module: str) -> None:
        self._own = sys.modules.get(module) or importlib.import_module(module)
        package = self._own.__package__ or module
        self._package = self._own if package == module else importlib.import_module(package)
        self._evaluated: dict[str, Any] = {}

    def evaluated(self, text: str) -> Any:
        """What an expression gives; many members of a model have the same."""
        if text not in self._evaluated:
            self._evaluated[text] = eval(text, _BUILTINS, self)
        return self._evaluated[text]

    def __getitem__(self, name: str) -> Any:
        if name in (names := vars(self._own)):
            return names[name]
        if name in COMMON:
            return COMMON[name]
        try:
            return getattr(self._package, name)
        except AttributeError:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(vars(self._own))

    def __len__(self) -> int:
        return len(vars(self._own))


_BUILTINS = {"__builtins__": builtins}


def evaluate(expression: Any, names: Mapping[str, Any]) -> Any:
    """The type an expression stands for; what is no string is returned as it is.

    Expressions come from generated or hand-written code, never from a document.

    Raises:
        NameError: a name is neither in the module nor in its package.
    """
    while isinstance(expression, (str, ForwardRef)):
        text = expression if isinstance(expression, str) else expression.__forward_arg__
        expression = names.evaluated(text) if isinstance(names, Names) else eval(text, _BUILTINS, names)
    return expression


_DESCRIBED: dict[Hashable, Wire] = {}


def describe(alias: Any, facts: Wire) -> None:
    """Keep the root facts of a named type that is no class (a ``TypeAliasType``)."""
    _DESCRIBED[alias] = facts


def facts_of(type_: Any) -> Wire | None:
    """The root facts of a named type: a class's own ``__wire__``, or what `describe` was told."""
    if isinstance(type_, type):
        return vars(type_).get("__wire__")
    try:
        return _DESCRIBED.get(type_)
    except TypeError:  # not hashable, so never described
        return None
