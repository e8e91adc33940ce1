"""One codec for each type and settings: compiled on first use and kept."""

from __future__ import annotations

import contextlib
import re
from types import ModuleType
from typing import Any

from attrs import evolve

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.resolve import COMMON, Names
from bindwright.runtime.wire import Wire
from bindwright.runtime.xml import hooked
from bindwright.runtime.xml.decoding import models, unions
from bindwright.runtime.xml.decoding import scalars_and_containers as readers
from bindwright.runtime.xml.decoding import untyped as anything
from bindwright.runtime.xml.decoding.context import DecodeContext, Reader, check_name, reader_of, tags_of
from bindwright.runtime.xml.encoding.documents import writer_of
from bindwright.runtime.xml.fast import flat_documents as leaves
from bindwright.runtime.xml.fast import layouts as speculate
from bindwright.runtime.xml.fast.layout_regex import MISS
from bindwright.runtime.xml.plan.places import XmlPlace, root_place
from bindwright.runtime.xml.scalars.hooks import HOOKS
from bindwright.runtime.xml.settings import DEFAULT, Settings
from bindwright.runtime.xml.tree.parse import Element, is_utf8, text_of, tree_of
from bindwright.runtime.xml.tree.unknown import XmlExtra, layout_of


class XmlCodec:
    """Reads and writes documents of one type."""

    def __init__(self, type_: Any, wire: Wire | None, names: Any, settings: Settings) -> None:
        self.settings = settings
        self.untyped = (
            type_ is Any or type_ is object or (type_ is dict and (wire is None or wire.name is None))
        )
        self.place: XmlPlace = root_place(type_, wire=wire, names=names)
        self._read: Reader | None = None
        self._names = frozenset(tags_of(self.place))
        self._holds = self.place.kind in ("list", "map", "tuple", "scalar")
        self._write: Any = None
        self._matchers: list[speculate.Matcher] = []
        self._leaves: leaves.Leaves | None = None
        self._roots: list[tuple[str, dict[str | None, str]]] = []
        """Start tags of roots, and what they declare, that `_leaves` has not learnt."""
        self._seen: dict[str, int] = {}
        self._heads: tuple[bytes, ...] = ()
        """How documents begin that matchers may read."""
        self._few = min(settings.limits.size, settings.limits.text)
        """Bytes of the longest document in which no text can be too long."""
        self._learnt = False
        """Whether there is a matcher, or a root for `_leaves`."""
        self._misses = self._lost = self._loose = self._tries = 0
        self._unsaid = settings.charset is None
        # a document in a layout has the very names of the plan, so that lenient names change nothing
        self._learns = settings.speculate and not self.untyped and settings.charset is None
        self._most = settings.limits.size
        self._safe = settings.limits.text

    def decode(self, data: bytes | str) -> Any:
        """The value of a document, by a layout that was seen before or by the full parser."""
        if data.__class__ is bytes and data.startswith(self._heads) and len(data) <= self._few:
            try:
                text: str = data.decode()
            except UnicodeDecodeError:
                return self._in_full(text_of(data, self.settings))
            if text.isascii() or speculate.odd(text) is None:
                for match in self._matchers:
                    if (value := match(text)) is not MISS:
                        return value
                return self._missed(text)
            return self._in_full(text)
        text = self._text(data)
        size = len(text)
        if self._learnt and size <= self._most and (text.isascii() or speculate.odd(text) is None):
            for match in self._matchers:
                value = match(text)
                if value is not MISS and (size <= self._safe or not self._too_long(text)):
                    return value
            return self._missed(text)
        return self._in_full(text)

    def _text(self, data: bytes | str) -> str:
        if data.__class__ is bytes and self._unsaid and len(data) <= self._most and is_utf8(data):
            with contextlib.suppress(UnicodeDecodeError):
                return data.decode()
        return text_of(data, self.settings)

    def _missed(self, text: str) -> Any:
        """The value of a document that no matcher reads."""
        if len(text) <= self._safe and (self._lost < 4 or not self._lost % _PATIENCE):
            if (value := self._loosely(text)) is not MISS:
                self._lost = 0
                self._loose += 1
                return self._in_full(text, due=True) if self._is_due() else value
            self._lost += 1
        elif self._lost:
            self._lost += 1
        return self._in_full(text)

    def _loosely(self, text: str) -> Any:
        """The value of a document that deviates from known layouts in what does not count; else `MISS`."""
        if (tidied := leaves.tidied(text)) is not None:
            for match in self._matchers:
                if (value := match(tidied)) is not MISS:
                    return value
        if self._roots:
            self._leaves = self._leaves or leaves.leaves_of(self.place, self.settings)
            for head, names in self._roots:
                if self._leaves is not None:
                    self._leaves.learn(head, names)
            self._roots.clear()
        return MISS if self._leaves is None else self._leaves.read(text if tidied is None else tidied)

    def _is_due(self) -> bool:
        """Whether so many documents were read loosely that an expression for the layout pays, or pays at last."""
        if not WORTH or self._loose < WORTH << self._tries or len(self._matchers) >= _LAYOUTS:
            return False
        self._tries += 1
        return True

    def _too_long(self, text: str) -> bool:
        """Whether a text node may be over the limit; the full parser says so."""
        return re.search(f"(?:[<>]|^)[^<>]{{{self._safe + 1}}}", text) is not None

    def _learn_beforehand(self, text: str) -> None:
        """Learn a long list's layout from its first items, so that no tree of the whole is needed."""
        sample = speculate.sample_of(text, self.place.item)
        if sample is None:
            return
        try:
            root = tree_of(sample, self.settings)
            matcher = speculate.learn(self.place, root, sample, self.read_root(root))
        except DecodeError:
            return
        if matcher is not None:
            self._add(matcher, speculate.head_of(text) or "")

    def _add(self, matcher: speculate.Matcher, head: str) -> None:
        """Read documents by a matcher from now on; at once where bytes begin as those of its layout in UTF-8."""
        self._matchers.append(matcher)
        self._learnt = True
        if is_utf8(start := head.encode()):
            self._heads = (*self._heads, start)

    def _in_full(self, text: str, *, due: bool = False) -> Any:
        """The value of a document's characters, by the full parser, or by the layout of a long list's first items."""
        if len(text) > _LARGE and self._learns and self.place.kind == "list" and not self._matchers:
            self._learn_beforehand(text)
            if self._matchers:
                return self.decode(text)
        try:
            root = tree_of(text, self.settings)
            if self.untyped:
                return anything.decode_untyped(text)
            value = self.read_root(root, text.find("=", text.find(">")) < 0 and not root.keys())
        except RecursionError:
            raise DecodeError("fewer elements within each other", path="/") from None
        if self._learns:
            self._learn(root, text, value, due=due)
        return value

    def _learn(self, root: Element, text: str, value: Any, *, due: bool) -> None:
        """Note a layout that is seen for the second time; a few layouts, and a few attempts, at most.

        An expression takes as long to make as some hundred documents to read. Where `_leaves` reads the
        layout, it waits until that many have come (``due``).
        """
        self._misses += 1
        if self._misses > 64 and self._misses % 16 and not due:
            return
        head = speculate.head_of(text)
        if head is None or len(self._seen) > 64:
            self._learns = head is None
            return
        count = self._seen[head] = self._seen.get(head, 0) + 1
        if count == 2 and not root.keys():
            self._roots.append((head, dict(root.nsmap)))
            self._learnt = True
            if WORTH and self._loosely(text) is not MISS:
                return
        if (due or count in (2, 8, 64)) and len(self._matchers) < _LAYOUTS:
            matcher = speculate.learn(self.place, root, text, value)
            if matcher is not None:
                self._add(matcher, head)

    def read_root(self, root: Element, bare: bool = False) -> Any:
        """The value of a root element; ``bare``: no element has attributes."""
        if root.tag not in self._names and not self._anonymous():
            check_name(root, self._names, self.place.tag, self.settings)
        if self._read is None:
            self._read = reader_of(self.place, self.settings)
        layout = None
        if root.text is not None and len(root) and self.place.kind != "hooked":
            layout = layout_of(root)
        context = DecodeContext(self.settings, bare)
        value = self._read(root, context)
        if self._holds:
            value = readers.kept_at_root(root, value, context)
        if layout is not None:
            _keep(value, layout)
        return value

    def _anonymous(self) -> bool:
        """Whether no name is known for the root: a plain list without facts takes any."""
        shape = self.place.shape
        return shape.name is None and shape.wire.xml.name is None

    def encode(self, value: Any) -> bytes:
        """The document of a value."""
        if self._write is None:
            self._write = writer_of(self.place, self.settings, self.untyped)
        written: bytes = self._write(value)
        return written


def _keep(value: Any, layout: Any) -> None:
    """Note the document's layout at its root, where the root can hold it."""
    extra = getattr(value, "_extra", None)
    try:
        value._extra = XmlExtra(layout=layout) if extra is None else evolve(extra, layout=layout)
    except AttributeError:
        return


_READERS = (anything, hooked, models, readers, unions)
"""Modules of readers; being imported, each has said what it reads."""

WORTH = 256
"""Documents read without an expression for their layout, until one is made; 0: the second time it is seen."""

_LAYOUTS = 4
"""Layouts that one codec learns."""

_PATIENCE = 16
"""After some documents that could only be read in full, so many are, before another attempt."""

_LARGE = 1 << 18
"""Characters from which on a list's layout is learnt before it is read."""

_codecs: dict[Any, XmlCodec] = {}
PLAIN: dict[Any, XmlCodec] = {}
"""By type alone, with default settings: what is asked for most."""
SET: dict[tuple[Any, int], XmlCodec] = {}
"""By type and the identity of settings, which `_near` keeps alive."""
HOOKS.stale += (_codecs.clear, PLAIN.clear, SET.clear)


def codec_of(type_: Any, wire: Wire | None, namespace: Any, settings: Settings) -> XmlCodec:
    """The codec of a type, from the cache or made now."""
    if wire is None and namespace is None and settings is DEFAULT:
        try:
            return PLAIN[type_]
        except KeyError:
            codec = PLAIN[type_] = XmlCodec(type_, None, COMMON, settings)
            return codec
        except TypeError:
            pass
    identity = _identity(type_)
    near = (identity, id(wire), id(namespace), id(settings))
    if near in _near:
        known: XmlCodec = _near[near][0]
        return known
    key = (identity, _identity(wire), id(namespace), repr(settings))
    if len(_near) > 4096:
        _codecs.clear()
        _near.clear()
        SET.clear()
    if key not in _codecs:
        _codecs[key] = XmlCodec(type_, wire, names_of(namespace), settings)
    made: XmlCodec = _codecs[key]
    _near[near] = (made, wire, namespace, settings)
    if wire is None and namespace is None and identity is type_:
        SET[type_, id(settings)] = made
    return made


_near: dict[Any, Any] = {}
"""Codecs by the identity of what was asked with, which is kept here so that no identity is given twice."""
HOOKS.stale.append(_near.clear)


def _identity(type_: Any) -> Any:
    try:
        hash(type_)
    except TypeError:
        return repr(type_)
    return type_


def names_of(namespace: Any) -> Any:
    """The names in which a type expression is evaluated."""
    if namespace is None:
        return COMMON
    if isinstance(namespace, ModuleType):
        return Names(namespace.__name__)
    if isinstance(namespace, str):
        return Names(namespace)
    return namespace
