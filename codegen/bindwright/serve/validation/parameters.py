"""All parameters of an operation, read from a request and checked (OpenAPI 3.2.0, "Parameter Object")."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote_plus

from attrs import define, field

from bindwright.ir.model import Api, Content, Map, Object, Operation, Parameter, Union, Use
from bindwright.serve.message import Request
from bindwright.serve.validation import parameter_styles as styles
from bindwright.serve.validation.coerce import coerce
from bindwright.serve.validation.exploded import Place, is_borrowed
from bindwright.serve.validation.forms import urlencoded
from bindwright.serve.validation.json_text import json_value
from bindwright.serve.validation.json_values import Checker
from bindwright.serve.values import RequestViolation, Shape, shapes, type_of
from bindwright.standards.media_types import kind_of

_NOT_PARAMETERS = frozenset(
    {"accept", "content-type", "authorization", "content-length", "transfer-encoding"}
)
"""Header parameters of these names are ignored (OpenAPI 3.2.0, "Parameter Object", ``name``), and what frames a message,
which is the business of whoever sends it (RFC 9112, 6)."""


@define
class Arguments:
    """What a request gave: JSON values by location and name, and everything that is violations with them."""

    values: dict[str, dict[str, Any]] = field(factory=dict)
    violations: list[RequestViolation] = field(factory=list)

    def of(self, location: str) -> dict[str, Any]:
        """The values of a location: ``path``, ``query``, ``header``, ``cookie``, ``querystring``."""
        return self.values.setdefault(location, {})


def meant(read: list[tuple[Operation, Arguments]]) -> list[tuple[Operation, Arguments]]:
    """Of operations on one path and method those that the request means: whose required parameters are all there.

    Of several those that require most (``?cors`` before the plain bucket); what they refuse is refused. All, where
    each lacks something.
    """
    complete = [
        (len(names), (operation, arguments))
        for operation, arguments in read
        if (names := _asked(operation)).isdisjoint(_lacking(arguments))
    ]
    most = max((count for count, _ in complete), default=0)
    return [pair for count, pair in complete if count == most] or read


def _asked(operation: Operation) -> set[str]:
    """Where the parameters stand that have to be there, beside those of the path."""
    return {
        f"{parameter.location}.{parameter.name}"
        for parameter in operation.parameters
        if parameter.required and parameter.location != "path" and not _is_ignored(parameter)
    }


def _lacking(arguments: Arguments) -> set[str]:
    return {violation.where for violation in arguments.violations if violation.what == "is required"}


def _place(parameter: Parameter) -> Place:
    exploded = parameter.content is None and parameter.style == "form" and parameter.explode
    return Place(parameter.name, parameter.use, required=parameter.required, exploded=exploded)


def _is_ignored(parameter: Parameter) -> bool:
    return parameter.location == "header" and parameter.name.lower() in _NOT_PARAMETERS


@define
class ParameterReader:
    """Reads the parameters of operations."""

    api: Api

    def read(self, operation: Operation, request: Request, path: dict[str, str]) -> Arguments:
        """Values and violations of every parameter that the operation documents."""
        arguments = Arguments()
        sources = _Sources(request, path)
        for parameter in operation.parameters:
            if _is_ignored(parameter):
                continue
            self._read_parameter(parameter, operation, sources, arguments)
        return arguments

    def _read_parameter(
        self, parameter: Parameter, operation: Operation, sources: _Sources, into: Arguments
    ) -> None:
        where = f"{parameter.location}.{parameter.name}"
        value, violations = self._best_reading(parameter, operation, sources, where)
        if isinstance(value, dict) and self._is_borrowed(parameter, operation, value, fits=not violations):
            return
        if value is styles.ABSENT:
            if parameter.required:
                into.violations.append(RequestViolation(where, "is required"))
            return
        if value == "" and parameter.allow_empty:
            violations = []
        into.violations += violations
        into.of(parameter.location)[parameter.name] = value

    def _is_borrowed(self, parameter: Parameter, operation: Operation, value: Any, *, fits: bool) -> bool:
        """Whether an optional object is made of names that other parameters have."""
        if parameter.location not in ("query", "cookie") or parameter.content is not None:
            return False
        beside = [other for other in operation.parameters if other.location == parameter.location]
        places = [_place(other) for other in beside if other is not parameter]
        return is_borrowed(self.api, _place(parameter), value, places, fits=fits)

    def _best_reading(
        self, parameter: Parameter, operation: Operation, sources: _Sources, where: str
    ) -> tuple[Any, list[RequestViolation]]:
        """The reading that fits the type; of several shapes, the one with the fewest violations."""
        readings: list[tuple[Any, list[RequestViolation]]] = []
        for shape in shapes(self.api, parameter.use):
            raw = sources.raw(parameter, shape, self._members(parameter, operation))
            if raw is styles.ABSENT:
                continue
            if parameter.location == "querystring" and kind_of(parameter.content or "") == "form":
                content = Content(media_type=parameter.content or "", use=parameter.use)
                value = urlencoded(self.api, content, sources.request.query.encode())
            else:
                raw = styles.parted(raw, parameter.inner_separators)
                value = raw if parameter.content else coerce(self.api, raw, parameter.use)
            readings.append((value, Checker(self.api).check(value, parameter.use, where)))
            if (
                value == [] and readings[-1][1] and not parameter.content
            ):  # `?ids=` may be one empty text as well
                value = coerce(self.api, [""], parameter.use)
                readings.append((value, Checker(self.api).check(value, parameter.use, where)))
        return min(readings, key=lambda reading: len(reading[1]), default=(styles.ABSENT, []))

    def _members(self, parameter: Parameter, operation: Operation) -> _Names:
        """Names that an exploded object may take from the query: its own, or whatever nobody else has."""
        other_names = {other.name for other in operation.parameters if other is not parameter}
        return _Names(self._declared(parameter.use), other_names)

    def _declared(self, use: Use) -> set[str] | None:
        type_ = type_of(self.api, use)
        if isinstance(type_, Union):
            alternatives = [self._declared(member) for member in type_.members]
            return None if None in alternatives else set().union(*(names for names in alternatives if names))
        if isinstance(type_, Object) and type_.additional is None and not type_.pattern_additional:
            return {prop.name for prop in type_.properties}
        return None if isinstance(type_, Map | Object) else set()


@define
class _Names:
    """The names of a query that belong to an exploded object."""

    declared: set[str] | None
    """None: any name will do."""
    other_names: set[str]

    def among(self, names: Iterable[str]) -> set[str]:
        return self.declared if self.declared is not None else set(names) - self.other_names


@define
class _Sources:
    """The parts of a request in which parameters stand."""

    request: Request
    path: dict[str, str]

    def raw(self, parameter: Parameter, shape: Shape, members: _Names) -> Any:
        if parameter.content:
            return self._content(parameter)
        if parameter.location == "path":
            raw = self.path.get(parameter.name)
            return styles.ABSENT if raw is None else styles.from_path(parameter, raw, shape)
        if parameter.location == "header":
            header = self.request.header(parameter.name)
            return styles.ABSENT if header is None else styles.from_header(parameter, header, shape)
        pairs = self._pairs(parameter.location)
        if parameter.location == "querystring":
            return {name: unquote_plus(value) for name, value in pairs} or styles.ABSENT
        return styles.from_pairs(parameter, pairs, shape, members.among(name for name, _ in pairs))

    def _pairs(self, location: str) -> list[tuple[str, str]]:
        if location == "cookie":
            return styles.pairs(self.request.header("cookie") or "", ";")
        return styles.pairs(self.request.query)

    def _content(self, parameter: Parameter) -> Any:
        """A ``content`` parameter: one value in a media type of its own."""
        raw = self._single(parameter)
        if raw is None:
            return styles.ABSENT
        if kind_of(parameter.content or "") != "json":
            return raw
        try:
            return json_value(raw)
        except (ValueError, RecursionError):
            return raw

    def _single(self, parameter: Parameter) -> str | None:
        if parameter.location == "header":
            return self.request.header(parameter.name)
        if parameter.location == "path":
            raw = self.path.get(parameter.name)
            return None if raw is None else unquote_plus(raw.replace("+", "%2B"))
        if parameter.location == "querystring":
            return unquote_plus(self.request.query) or None
        values = [value for name, value in self._pairs(parameter.location) if name == parameter.name]
        return unquote_plus(values[-1]) if values else None
