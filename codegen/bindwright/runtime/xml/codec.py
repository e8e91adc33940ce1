"""One codec for each type and settings: compiled on first use and kept."""

from __future__ import annotations

import contextlib
from time import perf_counter
from types import ModuleType
from typing import Any

from attrs import evolve

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.leniency import Deviation, record
from bindwright.runtime.resolve import COMMON, Names
from bindwright.runtime.wire import Wire
from bindwright.runtime.xml.accelerated.read_plans import DocumentReader, quick_reader
from bindwright.runtime.xml.accelerated.write_plans import quick_writer
from bindwright.runtime.xml.decoding.context import DecodeContext, Reader, check_name, tags_of
from bindwright.runtime.xml.decoding.free_content import free_document, free_value
from bindwright.runtime.xml.decoding.makers import apart_reader, reader_of
from bindwright.runtime.xml.decoding.scalars_and_containers import kept_at_root
from bindwright.runtime.xml.encoding.documents import Write, writer_of
from bindwright.runtime.xml.fast import layouts
from bindwright.runtime.xml.fast.contest import Contest
from bindwright.runtime.xml.fast.layout_regex import MISS
from bindwright.runtime.xml.fast.learning import QUICK_DOCUMENT, LearntLayouts
from bindwright.runtime.xml.fast.unmatched import UnmatchedDocuments
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.plan.settling import root_place
from bindwright.runtime.xml.scalars.hooks import HOOKS, XmlHooks, hooks
from bindwright.runtime.xml.settings import DEFAULT, Settings
from bindwright.runtime.xml.tree.parse import Element, is_utf8, text_of, tree_of
from bindwright.runtime.xml.tree.unknown import XmlExtra, layout_of


class XmlCodec:
    """Reads and writes documents of one type.

    What it is stands in `place` and `settings`; what it has learnt of the documents that came, in `_learnt`.
    """

    def __init__(self, type_: Any, wire: Wire | None, names: Any, settings: Settings) -> None:
        self.settings = settings
        self.untyped = (
            type_ is Any or type_ is object or (type_ is dict and (wire is None or wire.name is None))
        )
        self.place: XmlPlace = root_place(type_, wire=wire, names=names)
        self._names = frozenset(tags_of(self.place))
        self._holds_items = self.place.kind in ("list", "map", "tuple", "scalar")
        self._longest_plain = min(settings.limits.size, settings.limits.text)
        """Bytes of the longest document in which no text can be too long."""
        self._learnt = LearntLayouts(
            self.place,
            settings,
            apart_reader(settings),
            learns=settings.speculate and not self.untyped and settings.charset is None,
        )
        self._read: Reader | None = None
        self._quick: DocumentReader | None = None
        self._is_slow = False
        """Whether the accelerator has been asked and reads nothing of the type."""
        self._unmatched = UnmatchedDocuments()
        """Documents that the accelerator has read since one was in a layout that was learnt, or none it reads."""
        self._contest = Contest()
        """Of expressions and the accelerator, for documents that are in a layout."""
        self._write: Write | None = None

    def decode(self, data: bytes | str) -> Any:
        """The value of a document, by a layout that was seen before or by the full parser."""
        # Documents of late were in no layout: what would be tried in vain takes longer than to read them.
        if self._unmatched.count >= _FEW and (value := self._read_like_the_last(data)) is not MISS:
            return value
        if self._contest.is_accelerator and (value := self._read_like_the_faster(data)) is not MISS:
            return value
        learnt = self._learnt
        # `bytes.startswith` of a tuple of heads is the whole check of encoding, declaration and layout in one C call.
        if data.__class__ is bytes and data.startswith(learnt.heads) and len(data) <= self._longest_plain:
            # The head has been seen in UTF-8, so nothing has to be found out about the encoding.
            try:
                text: str = data.decode()
            except UnicodeDecodeError:
                return self._read_in_full(text_of(data, self.settings))
        else:
            text = self._text(data)
            if not learnt.ready or len(text) > self.settings.limits.size:
                return self._read_in_full(text)
        # Expressions let surrogates and U+FFFE pass, which are no characters of XML: the full parser refuses them.
        if not text.isascii() and layouts.odd(text) is not None:
            return self._read_in_full(text)
        contest = self._contest
        contest.left -= 1
        started = 0.0 if contest.left > 0 else perf_counter()  # below zero: two threads counted at once
        if (value := self._match(text)) is not MISS:
            if started:
                self._compare(data, perf_counter() - started)
            return value
        if started:
            contest.left = 1  # the next document in a layout
        return self._read_deviating(text)

    def _read_by_accelerator(self, data: bytes | str) -> Any:
        """The value of a document as the accelerator reads it, else `MISS`."""
        quick = self._quick
        if quick is not None and data.__class__ is str:
            return quick.attempt(data)
        if (
            quick is not None
            and data.__class__ is bytes
            and self.settings.charset is None
            and len(data) <= self._longest_plain
        ):
            return quick.read_bytes(data)
        return MISS

    def _read_like_the_faster(self, data: bytes | str) -> Any:
        """The value of a document as the accelerator reads it, which was faster than expressions when both were timed;
        `MISS` where they are to be timed again, and where it does not read the document."""
        contest = self._contest
        contest.left -= 1
        if contest.left <= 0:
            contest.left, contest.is_accelerator = 1, False
            return MISS
        if (value := self._read_by_accelerator(data)) is MISS:
            contest.withdraw()
        return value

    def _compare(self, data: bytes | str, expression: float) -> None:
        """Let the accelerator read a document that an expression has read in so many seconds."""
        started = perf_counter()
        if self._read_by_accelerator(data) is MISS:
            self._contest.postpone()
        else:
            self._contest.compare(expression, perf_counter() - started)

    def _read_like_the_last(self, data: bytes | str) -> Any:
        """The value of a document as the accelerator reads it, or by a layout; else `MISS`, and for one that a new layout
        is to be learnt from."""
        unmatched = self._unmatched
        unmatched.count += 1
        started = tried = 0.0
        if unmatched.is_attempt_due:
            started = perf_counter()
            if (value := self._match_again(data)) is not MISS:
                return value
            tried = perf_counter()
            unmatched.tried_in_vain()
        if self._quick is None or self._learnt.awaits_tree():
            return MISS
        if (value := self._read_by_accelerator(data)) is MISS:
            unmatched.clear()
            return MISS
        if tried:
            unmatched.weigh(tried - started, perf_counter() - tried)
        self._learnt.quick_volume += len(data) + QUICK_DOCUMENT
        return value

    def _match_again(self, data: bytes | str) -> Any:
        """The value of a document in a layout that was learnt, or but for comments and the like, after many in none; else
        `MISS`."""
        if len(data) > self._longest_plain:
            return MISS
        if data.__class__ is bytes:
            if not data.startswith(self._learnt.heads):
                return MISS
            try:
                text: str = data.decode()
            except UnicodeDecodeError:
                return MISS
        elif data.__class__ is str:
            text = data
        else:
            return MISS
        if not text.isascii() and layouts.odd(text) is not None:
            return MISS
        if (value := self._match(text)) is MISS and (value := self._learnt.match_tidied(text)) is not MISS:
            self._unmatched.clear()
        return value

    def _match(self, text: str) -> Any:
        """The value of a document in a layout that was learnt; else `MISS`."""
        learnt = self._learnt
        for match in learnt.matchers:
            # In the order in which layouts were learnt; a miss costs little more than a comparison of the head.
            value = match(text)
            if value is not MISS and (len(text) <= learnt.longest_text or not learnt.text_too_long(text)):
                if self._unmatched.count:
                    self._unmatched.clear()
                return value
        return MISS

    def _text(self, data: bytes | str) -> str:
        settings = self.settings
        if (
            data.__class__ is bytes
            and settings.charset is None
            and len(data) <= settings.limits.size
            and is_utf8(data)
        ):
            with contextlib.suppress(UnicodeDecodeError):
                return data.decode()
        return text_of(data, settings)

    def _read_deviating(self, text: str) -> Any:
        """The value of a document that no matcher reads."""
        learnt = self._learnt
        # Cheaper than the full parser and never wrong: it gives up where anything is not as its layout says.
        if (value := learnt.read_deviating(text)) is MISS:
            return self._read_in_full(text)
        self._unmatched.clear()
        return self._read_in_full(text, due=True) if learnt.is_due() else value

    def _learn_beforehand(self, text: str) -> None:
        """Learn a long list's layout from its first items, so that no tree of the whole is needed."""
        sample = layouts.sample_of(text, self.place.item)
        # Too few items to see a layout, or one that ends nowhere within the first megabyte.
        if sample is None:
            return
        try:
            root = tree_of(sample, self.settings)
            value = self.read_root(root)
        except DecodeError:
            return
        head = layouts.head_of(text) or ""
        self._learnt.learn_from(root, sample, value, head, head)

    def _read_in_full(self, text: str, *, due: bool = False) -> Any:
        """The value of a document's characters, by the full parser, or by the layout of a long list's first items."""
        learnt = self._learnt
        # A tree takes many times the memory of its text: the layout is learnt from two items instead.
        if len(text) > _LARGE and learnt.learns and self.place.kind == "list" and not learnt.matchers:
            self._learn_beforehand(text)
            if learnt.matchers:
                return self.decode(text)
        if (value := self._read_quickly(text, due=due)) is not MISS:
            return value
        try:
            root = tree_of(text, self.settings)
            if self.untyped:
                return free_document(root)
            try:
                # No "=" behind the first tag: no element has attributes, so that nobody has to ask each.
                value = self.read_root(root, text.find("=", text.find(">")) < 0 and not root.keys())
            except DecodeError:
                if self.settings.values == "strict":
                    raise
                value = self._read_leniently(text)
                if learnt.learns:
                    # One item that does not fit hides no layout; reading has changed the tree.
                    learnt.learn(tree_of(text, self.settings), text, value, due=due)
                return value
        # Readers follow nested elements on Python's stack, which ends before the limit on depth may.
        except RecursionError:
            raise DecodeError("fewer elements within each other", path="/") from None
        if learnt.learns:
            learnt.learn(root, text, value, due=due)
        return value

    def _read_quickly(self, text: str, *, due: bool) -> Any:
        """The value of a document that fits the type and of whose tree nothing is to be learnt, by the accelerator;
        else `MISS`."""
        if self._quick is None and not self._is_slow:
            self._quick = None if self.untyped else quick_reader(self.place, self.settings)
            self._is_slow = self._quick is None
        if self._learnt.wants(text, due=due, is_quick=self._quick is not None):
            return MISS
        value = MISS if self._quick is None else self._quick.read(text)
        if value is not MISS:
            self._unmatched.count += 1
            self._learnt.quick_volume += len(text) + QUICK_DOCUMENT
            if self._learnt.learns:
                self._learnt.learn(None, text, value, due=due)
        return value

    def _read_leniently(self, text: str) -> Any:
        """The value of a document that does not fit the type, with what does not fit as it was sent.

        From a tree of its own: reading members without an element of their own has moved elements in the first.
        """
        root = tree_of(text, self.settings)
        self._check_root(
            root
        )  # another document altogether is none of this type: a page of HTML, a SOAP fault
        deviations: list[Deviation] = []
        try:
            value = self.read_root(root, deviations=deviations)
        except DecodeError as error:
            deviations.append(Deviation(error.path, error.expected, error.found))
            value = free_value(root)
        return record(value, deviations)

    def read_root(self, root: Element, bare: bool = False, deviations: list[Deviation] | None = None) -> Any:
        """The value of a root element.

        Args:
            root: the element.
            bare: whether no element has attributes.
            deviations: gets what does not fit; None: that is an error.

        Raises:
            DecodeError: the element does not stand for the type.
        """
        self._check_root(root)
        if self._read is None:
            self._read = reader_of(self.place, self.settings)
        layout = None
        if root.text is not None and len(root) and self.place.kind != "hooked":
            # White space between elements is kept once, at the root: an indented document is written indented again.
            layout = layout_of(root)
        context = DecodeContext(self.settings, bare, deviations)
        value = self._read(root, context)
        if self._holds_items:
            value = kept_at_root(root, value, context)
        if layout is not None:
            _keep(value, layout)
        return value

    def _check_root(self, root: Element) -> None:
        if root.tag not in self._names and not self._anonymous():
            check_name(root, self._names, self.place.tag, self.settings)

    def _anonymous(self) -> bool:
        """Whether no name is known for the root: a plain list without facts takes any, and what no document names."""
        shape = self.place.shape
        if shape.root is not None and shape.root.names == "nothing" and shape.wire.xml.name is None:
            return True
        return shape.name is None and shape.wire.xml.name is None

    def encode(self, value: Any) -> bytes:
        """The document of a value."""
        if self._write is None:
            self._write = writer_of(self.place, self.settings, self.untyped, quick_writer)
        return self._write(value)


def _keep(value: Any, layout: Any) -> None:
    """Note the document's layout at its root, where the root can hold it."""
    extra = getattr(value, "_extra", None)
    try:
        value._extra = XmlExtra(layout=layout) if extra is None else evolve(extra, layout=layout)
    except AttributeError:
        return


_FEW = 4
"""Documents in no layout, after which layouts are tried now and then alone."""
_LARGE = 1 << 18
"""Characters from which on a list's layout is learnt before it is read."""

PLAIN: dict[Any, XmlCodec] = {}
"""By type alone, with default settings: what is asked for most."""
SET: dict[tuple[Any, int], XmlCodec] = {}
"""By type and the identity of settings, which `_near` keeps alive."""
HOOKS.stale += (PLAIN.clear, SET.clear)


def codec_of(type_: Any, wire: Wire | None, namespace: Any, settings: Settings) -> XmlCodec:
    """The codec of a type, with the hooks that count now, from the cache or made now."""
    if (own := hooks()) is not HOOKS:
        return _own_codec(own, type_, wire, namespace, settings)
    if wire is None and namespace is None and settings is DEFAULT:
        try:
            return PLAIN[type_]
        except KeyError:
            plain = PLAIN[type_] = XmlCodec(type_, None, COMMON, settings)
            return plain
        except TypeError:
            pass
    identity = _identity(type_)
    near = (identity, id(wire), id(namespace), id(settings))
    # Identity first: type expressions and wire facts are slow to hash, and some cannot be hashed.
    # Another thread may empty the caches at any time: a hook that comes makes their codecs stale.
    if (kept := _near.get(near)) is not None:
        return kept[0]
    key = (identity, _identity(wire), id(namespace), repr(settings))
    # Programs that make settings or types as they go must not grow without end.
    if len(_near) > 4096:
        HOOKS.codecs.clear()
        _near.clear()
        SET.clear()
    codec: XmlCodec | None = HOOKS.codecs.get(key)
    if codec is None:
        codec = HOOKS.codecs[key] = XmlCodec(type_, wire, names_of(namespace), settings)
    _near[near] = (codec, wire, namespace, settings)
    if wire is None and namespace is None and identity is type_:
        SET[type_, id(settings)] = codec
    return codec


def _own_codec(own: XmlHooks, type_: Any, wire: Wire | None, namespace: Any, settings: Settings) -> XmlCodec:
    """The codec of a type for a converter of a client's own."""
    key = (_identity(type_), id(wire), id(namespace), id(settings))
    kept: tuple[XmlCodec, object, object, object] | None = own.codecs.get(key)
    if kept is not None:
        return kept[0]
    if len(own.codecs) > 4096:
        own.codecs.clear()
    codec = XmlCodec(type_, wire, names_of(namespace), settings)
    # Kept with what it was asked for with, so that no identity is given twice.
    own.codecs[key] = (codec, wire, namespace, settings)
    return codec


_near: dict[tuple[Any, int, int, int], tuple[XmlCodec, object, object, object]] = {}
"""Codecs by the identity of what was asked with, which is kept here so that no identity is given twice."""
HOOKS.stale.append(_near.clear)


def _identity(type_: Any) -> Any:
    try:
        hash(type_)
    except TypeError:
        # Annotated types with lists in their facts have no hash; their text tells them apart.
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
