"""Which operation a request means: path templates, most specific first (OpenAPI 3.2.0, "Path Templating")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl, quote, unquote

from attrs import define, frozen

from bindwright.ir.model import Api, Enum, Operation, Server
from bindwright.serve.values import allowed_values, type_of

Rank = tuple[tuple[tuple[int, int], ...], int, int, int, int]

_VARIABLE = re.compile(r"\{([^{}/]+)\}")
_ADDRESS = re.compile(r"(?:[^:/?#]+:)?(?://[^/?#]*)?([^?#]*)")
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_ENCODED_SLASH = re.compile("%2[Ff]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@frozen
class Route:
    """One operation and the pattern of its paths."""

    operation: Operation
    pattern: re.Pattern[str]
    strict: re.Pattern[str]
    """The same with only the listed values of enumerations: it tells ``{id}{extension}`` apart."""
    names: tuple[str, ...]
    """Names of the path's variables, in order."""
    query: tuple[tuple[str, str], ...]
    """Pairs that the path key itself asks for (``/search?kind=cat``)."""
    open: tuple[tuple[str, str], ...]
    """Names of its query and of the variables that are their values (``/search?q={term}``)."""
    rank: Rank


@frozen
class Match:
    """An operation that a request may mean, and the raw values of its path's variables."""

    operation: Operation
    values: dict[str, str]


@define
class Router:
    """All routes of an API."""

    routes: list[Route]

    def match(self, method: str, path: str, query: str) -> list[Match]:
        """Operations that fit; several where only parameters tell them apart.

        What a less specific template would accept is not asked (OpenAPI 3.2.0, "Path Templating Matching").
        """
        hits = [hit for hit in self._nearest(path, query) if _has_method(hit[0], method)]
        return [
            Match(route.operation, {**values, **_query_variables(route, query)}) for route, values in hits
        ]

    def queries(self, method: str, path: str) -> tuple[str, ...]:
        """The queries that path keys ask for where a path and its method fit: one of them is missing."""
        routes = [route for route, _ in self._hits(path) if route.query and _has_method(route, method)]
        return tuple(
            dict.fromkeys("?" + "&".join("=".join(pair) for pair in route.query) for route in routes)
        )

    def allowed(self, path: str, query: str) -> tuple[str, ...]:
        """Methods that exist at a path, sorted; empty where no path fits."""
        return tuple(sorted({route.operation.method.upper() for route, _ in self._nearest(path, query)}))

    def _nearest(self, path: str, query: str) -> list[tuple[Route, dict[str, str]]]:
        """The routes of the most specific template that fits, whatever their methods."""
        pairs = parse_qsl(query, keep_blank_values=True)
        hits = [hit for hit in self._hits(path) if all(pair in pairs for pair in hit[0].query)]
        nearest = min((route.rank[0] for route, _ in hits), default=())
        return [hit for hit in hits if hit[0].rank[0] == nearest]

    def _hits(self, path: str) -> list[tuple[Route, dict[str, str]]]:
        plain = normal(path)
        hits = ((r, r.strict.fullmatch(plain) or r.pattern.fullmatch(plain)) for r in self.routes)
        return [(route, dict(zip(route.names, hit.groups(), strict=True))) for route, hit in hits if hit]


def _query_variables(route: Route, query: str) -> dict[str, str]:
    """The raw values of variables that stand in the query of a path key."""
    raw = dict(part.partition("=")[::2] for part in reversed(query.split("&")))
    return {variable: raw[name] for name, variable in route.open if name in raw}


def router(api: Api) -> Router:
    """The router of an API: every operation under every base path, and under none."""
    routes = [_route(api, operation, operation.servers or api.servers) for operation in api.operations]
    return Router(sorted(routes, key=lambda route: route.rank))


def normal(path: str) -> str:
    """A path with needless percent-encoding undone and needed encoding done (RFC 3986, 6.2.2)."""

    def plain(match: re.Match[str]) -> str:
        char = chr(int(match.group()[1:], 16))
        return char if char in _UNRESERVED else match.group().upper()

    # Python's server reads several slashes at the beginning as one; then so must all others.
    path = re.sub(r"\A//+", "/", path)
    return quote(_ENCODED.sub(plain, path), safe="/%!$&'()*+,;=:@-._~|[]{}^\"<>\\`")


def _route(api: Api, operation: Operation, servers: Sequence[Server]) -> Route:
    path, _, fixed = operation.path.partition("?")
    pattern, names = _pattern(path, {})
    strict, _ = _pattern(path, _listed_values(api, operation))
    bases = {base for server in servers for base in [_base(server)] if base}
    prefix = f"(?:{'|'.join(sorted(bases, key=lambda base: (-len(base), base)))})?" if bases else ""
    pairs = parse_qsl(fixed, keep_blank_values=True)
    query = tuple(pair for pair in pairs if not _VARIABLE.search(pair[1]))
    free = tuple((name, variable[1]) for name, value in pairs if (variable := _VARIABLE.fullmatch(value)))
    rank = _rank(operation, path, len(query))
    return Route(
        operation, re.compile(prefix + pattern), re.compile(prefix + strict), names, query, free, rank
    )


def _listed_values(api: Api, operation: Operation) -> dict[str, str]:
    """The listed values of path parameters that have such a list, as a pattern."""
    patterns: dict[str, str] = {}
    for parameter in operation.parameters:
        type_ = type_of(api, parameter.use)
        if parameter.location == "path" and isinstance(type_, Enum) and type_.members:
            patterns[parameter.name] = "|".join(_literal(str(value)) for value in allowed_values(type_))
    return patterns


def _has_method(route: Route, method: str) -> bool:
    methods = {method.upper(), "GET"} if method.upper() == "HEAD" else {method.upper()}
    return route.operation.method.upper() in methods


def _pattern(path: str, listed: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    """A regular expression over normalised paths; only ``{name+}`` crosses slashes."""
    parts = _VARIABLE.split("/" + path.lstrip("/"))
    names = tuple(part.rstrip("+*") for part in parts[1::2])
    pieces = [
        _literal(part) if index % 2 == 0 else _variable_pattern(part, listed)
        for index, part in enumerate(parts)
    ]
    return "".join(pieces), names


def _variable_pattern(name: str, listed: dict[str, str]) -> str:
    if name in listed:
        return f"({listed[name]})"
    return "(.+)" if name.endswith(("+", "*")) else "([^/]+?)"


def _literal(text: str) -> str:
    """Literal text in either spelling: as a character or percent-encoded. An encoded slash ends no segment."""
    return "%2F".join("".join(map(_char, unquote(part))) for part in _ENCODED_SLASH.split(text))


def _char(char: str) -> str:
    if char == "/" or char in _UNRESERVED:
        return re.escape(char)
    return f"(?:{re.escape(char)}|{quote(char, safe='')})"


def _base(server: Server) -> str:
    """The base path of a server as a regular expression, without its last slash; variables take any value."""
    patterns = {name: _values(default, allowed) for name, default, allowed, _ in server.variables}
    marked = _VARIABLE.split(_path_of(server.url))
    pieces = [_literal(p) if i % 2 == 0 else patterns.get(p, "[^/]+") for i, p in enumerate(marked)]
    return re.sub(r"/+$", "", "".join(pieces))


def _path_of(url: str) -> str:
    """The path of a server's address, its variables left as they stand (RFC 3986, B)."""
    path = _ADDRESS.match(url).group(1)  # type: ignore[union-attr]  # it matches any text
    return "/" + path.partition("/")[2] if path.startswith("{") else path


def _values(default: str, allowed: Iterable[str]) -> str:
    choices = sorted({_literal(value.strip("/")) for value in [default, *allowed] if value.strip("/")})
    return f"(?:{'|'.join(choices)})?" if choices else "[^/]*"


def _rank(operation: Operation, path: str, fixed: int) -> Rank:
    """Concrete segments before mixed before variable ones, from the left; then whoever asks for more."""
    segments = tuple(_segment_rank(segment) for segment in path.strip("/").split("/"))
    required = sum(
        1 for p in operation.parameters if p.required and p.location in ("query", "header", "cookie")
    )
    exact_method = 0 if operation.method.upper() != "GET" else 1  # a documented HEAD goes before GET
    return (segments, -len(segments), exact_method, -fixed, -required)


def _segment_rank(segment: str) -> tuple[int, int]:
    literal = len(_VARIABLE.sub("", segment))
    holes = len(_VARIABLE.findall(segment))
    return (0 if not holes else 1 if literal else 2, -literal)
