"""Namespaces in scope while writing is compiled, the assembly of start tags, and keys as names of elements.

A prefix is known when writing is compiled (``openapi``: it is in the document) or named while writing
(``datacontract``: it tells the depth). The latter are passed down as a tuple; a `Scope` knows their index.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import define, evolve, field, frozen

from bindwright.runtime.xml.scalars.escape import encode_name, namespace_value
from bindwright.runtime.xml.tree.names import is_ncname, split_name


@frozen
class StaticScope:
    """The default namespace and the prefixes in scope, innermost first."""

    default: str
    prefixes: tuple[tuple[str, str | int], ...]
    """(namespace, prefix or index into the tuple of prefixes that is passed down)."""
    count: int = 0
    """How many prefixes are passed down."""

    def find(self, namespace: str) -> str | int | None:
        """The innermost prefix of a namespace that still stands for it: one further in may have taken it over."""
        # Innermost first: the list grows at its front.
        for uri, prefix in self.prefixes:
            if uri == namespace and (isinstance(prefix, int) or self.bound(prefix) == namespace):
                return prefix
        return None

    def bound(self, prefix: str) -> str | None:
        """The namespace a known prefix stands for."""
        for uri, name in self.prefixes:
            if name == prefix:
                return uri
        return None


@frozen
class Style:
    """What differs between profiles and writers."""

    profile: str
    writer: str = "xmlwriter"
    newline: str = "\n"
    prefixes: tuple[tuple[str, str], ...] = ()
    lenient: bool = False
    """Whether a value that does not fit its place is written as what it is."""
    writers: Mapping[str, Callable[..., str]] = field(factory=dict, eq=False, repr=False)
    """What writes the elements of a place, by its kind; handed in, for writers of containers need those of all."""

    @property
    def dcs(self) -> bool:
        """Whether the conventions are .NET's."""
        return self.profile == "datacontract"

    @property
    def w(self) -> bool:
        """Whether it is written as XmlWriter writes."""
        return self.dcs and self.writer == "xmlwriter"

    @property
    def close(self) -> str:
        """The end of an empty element."""
        return " />" if self.w else "/>"

    @property
    def xsi(self) -> str:
        """The prefix of XMLSchema-instance."""
        return "i" if self.dcs else "xsi"


def f_text(text: str) -> str:
    """Literal text as it stands within an f-string in double quotes."""
    out = text.replace("\\", "\\\\").replace('"', '\\"').replace("{", "{{").replace("}", "}}")
    return out.replace("\n", "\\n").replace("\r", "\\r").replace("\0", "\\x00")


@frozen
class Env:
    """Where in the compiled function something is written: the scope, the expressions of the prefixes
    that are named while writing, and the depth of elements (beside the ``d`` of the function)."""

    scope: StaticScope
    passed: tuple[str, ...]
    below: int = 1
    declared: tuple[str, ...] = ()
    """Declarations that the next element carries (the root, for the whole document)."""

    @property
    def depth(self) -> str:
        """The depth of an element here, as an expression."""
        return f"d + {self.below}" if self.below else "d"

    @property
    def prefixes(self) -> str:
        """The tuple of prefixes to pass down, as an expression."""
        # Unchanged since the call: the caller's tuple is handed on instead of building an equal one.
        if self.passed == tuple(f"p[{index}]" for index in range(len(self.passed))):
            return "p" if self.passed else "()"
        return "(" + ", ".join(self.passed) + ",)"

    def text(self, prefix: str | int) -> str:
        """A prefix as f-string text."""
        return f_text(prefix) if isinstance(prefix, str) else f"{{{self.passed[prefix]}}}"

    def deeper(self) -> Env:
        """The same, for elements one deeper."""
        return Env(self.scope, self.passed, self.below + 1, self.declared)

    def default(self, namespace: str) -> Env:
        """Within an element that declares a default namespace."""
        return evolve(self, scope=evolve(self.scope, default=namespace))

    def known(self, prefix: str, namespace: str) -> Env:
        """Within an element that declares a prefix known now."""
        return evolve(self, scope=evolve(self.scope, prefixes=((namespace, prefix), *self.scope.prefixes)))

    def named(self, expression: str, namespace: str) -> Env:
        """Within an element that declares a prefix named while writing."""
        scope = self.scope
        # An index instead of a name: the prefix is made of the depth, which is known only while writing.
        prefixes = ((namespace, scope.count), *scope.prefixes)
        return evolve(
            self,
            scope=StaticScope(scope.default, prefixes, scope.count + 1),
            passed=(*self.passed, expression),
        )

    def namespace_scope(self) -> str:
        """The scope as it is while writing, as an expression: the default, and (namespace, prefix) pairs."""
        pairs = ", ".join(
            f"({namespace!r}, {repr(prefix) if isinstance(prefix, str) else self.passed[prefix]})"
            for namespace, prefix in self.scope.prefixes
        )
        return f"({self.scope.default!r}, ({pairs}{',' if pairs else ''}))"


@define
class StartTag:
    """A start tag being put together; all parts are f-string text."""

    name: str
    declarations: list[str] = field(factory=list)
    """Prefixes declared on purpose, in the order they came into being."""
    attributes: list[str] = field(factory=list)
    of_attributes: list[str] = field(factory=list)
    """Declarations that only attributes needed."""
    default: list[str] = field(factory=list)
    """``xmlns="…"`` of the element itself."""

    def text(self, style: Style, further: str = "") -> str:
        """What stands between ``<`` and ``>``, in the writer's order, with further attributes."""
        attributes = [*self.attributes, further]
        # Three writers, three orders: XmlDictionaryWriter puts attributes first, XmlWriter its own `xmlns` last (.NET rules, 2); for other readers any order will do, and declarations first are what people expect.
        if style.dcs and not style.w:
            parts = [*attributes, *self.default, *self.declarations, *self.of_attributes]
        elif style.dcs:
            parts = [*self.declarations, *attributes, *self.of_attributes, *self.default]
        else:
            parts = [*self.default, *self.declarations, *self.of_attributes, *attributes]
        return self.name + "".join(parts)

    def taken(self, namespace: str) -> list[str]:
        """The declaration of a namespace, which is taken out of it; none where there is no such one."""
        end = declare("", namespace).partition("=")[2]
        matching = [text for text in self.declarations if namespace and text.partition("=")[2] == end]
        self.declarations = [text for text in self.declarations if text not in matching]
        return matching


def declare(prefix: str, namespace: str) -> str:
    """A declaration as f-string text; the prefix may be an expression in braces, or empty."""
    name = f"xmlns:{prefix}" if prefix else "xmlns"
    return f' {name}=\\"{f_text(namespace_value(namespace))}\\"'


def map_name(key: str, inherited: str) -> tuple[str, str | None]:
    """A key as an element's name, and the namespace that it names, None where it names none.

    The inverse of `decoding.open_content.key_of`: an expanded name is one only where reading gives it back as such.
    """
    if key[:1] == "{" and "}" in key:
        namespace, local = split_name(key)
        if namespace != inherited and is_ncname(local):
            return local, namespace
    return encode_name(key), None
