"""Older names that still work: of arguments, of fields in constructors, of members of enumerations.

Each gives a `DeprecationWarning` (PEP 702's, where type checkers can be told as well) at the line that uses it.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

Class = TypeVar("Class", bound=type)


def renamed_arguments(**names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a function take arguments under older names as well.

    Args:
        names: older names to those of the function.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        order = _positional(function)

        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            _rename(kwargs, names, set(order[: len(args)]), function.__name__)
            return function(*args, **kwargs)

        return call

    return decorate


def renamed_fields(**names: str) -> Callable[[Class], Class]:
    """Let the constructor of a class take fields under older names as well.

    Args:
        names: older names to those of the fields.
    """

    def decorate(class_: Class) -> Class:
        make = class_.__init__  # type: ignore[misc]  # the class's own, not that of an instance

        @functools.wraps(make)
        def init(self: Any, *args: Any, **kwargs: Any) -> None:
            if not names.keys().isdisjoint(kwargs):
                _rename(kwargs, names, set(), class_.__name__)
            make(self, *args, **kwargs)

        class_.__init__ = init  # type: ignore[misc]
        return class_

    return decorate


def _positional(function: Callable[..., Any]) -> tuple[str, ...]:
    code = function.__code__
    return code.co_varnames[: code.co_argcount]


def _rename(arguments: dict[str, Any], names: Mapping[str, str], positional: set[str], function: str) -> None:
    """Put older names right. Raises TypeError where a thing is given under both."""
    for older, name in names.items():
        if older not in arguments:
            continue
        if name in arguments or name in positional:
            raise TypeError(f"{function}() got {older!r} and {name!r}, which are one argument")
        warnings.warn(f"{older!r} was renamed: use {name!r}.", DeprecationWarning, stacklevel=3)
        arguments[name] = arguments.pop(older)
