"""What one codec has learnt of the documents it reads: their layouts, and how far learning has paid.

The readers that are learnt here are shortcuts: each gives what the full reader gives, or `MISS`.
"""

from __future__ import annotations

import re
from typing import Any

from bindwright.runtime.xml.fast import flat_documents, layouts
from bindwright.runtime.xml.fast.layout_regex import MISS, ReadApart
from bindwright.runtime.xml.fast.unmatched import following_attempt
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.settings import Settings
from bindwright.runtime.xml.tree.parse import Element, is_utf8

WORTH = 256
"""Documents read without an expression for their layout, until one is made; 0: the second time it is seen."""

QUICK_DOCUMENT, _QUICK_WORTH = 1500, 2048
"""What the accelerator's reading of one document counts beside its characters, and how much it reads for each document of
`WORTH`: as long as that takes, an expression takes to be made."""

_NOTED = 4
"""Of documents that the accelerator reads, one in so many is noted: a note takes a tenth of that time."""

_LAYOUTS = 12
"""Layouts that one codec learns."""


class LearntLayouts:
    """The layouts that a codec's documents were seen in, and their readers."""

    __slots__ = (
        "_due_attempts",
        "_flat",
        "_flat_reads",
        "_full_reads",
        "_learns",
        "_matched_layouts",
        "_next_attempt",
        "_place",
        "_quick_attempts",
        "_read_apart",
        "_roots",
        "_settings",
        "_times_seen",
        "_unread_in_a_row",
        "heads",
        "longest_text",
        "matchers",
        "quick_volume",
        "ready",
    )  # fmt: skip

    def __init__(self, place: XmlPlace, settings: Settings, read_apart: ReadApart, *, learns: bool) -> None:
        self._place = place
        self._read_apart = read_apart
        self._settings = settings
        # A document in a layout has the very names of the plan, so that lenient names change nothing.
        self._learns = learns
        self.longest_text = settings.limits.text
        """Characters from which on a text could be over the limit, which only the full reader looks at."""
        self.matchers: list[layouts.Matcher] = []
        self.heads: tuple[bytes, ...] = ()
        """How documents begin, in UTF-8, that matchers may read."""
        self._matched_layouts: set[str] = set()
        self.ready = False
        """Whether there is a matcher, or a root for the reader of flat documents."""
        self._flat: flat_documents.FlatReader | None = None
        self._roots: list[tuple[str, dict[str | None, str]]] = []
        """Start tags of roots, and what they declare, that the reader of flat documents has not learnt."""
        self._times_seen: dict[str, int] = {}
        """By the start tag of the root."""
        self._full_reads = self._unread_in_a_row = self._next_attempt = self._flat_reads = 0
        self._due_attempts = self._quick_attempts = 0
        self.quick_volume = 0
        """Characters that the accelerator has read, with `QUICK_DOCUMENT` for each document."""

    @property
    def learns(self) -> bool:
        """Whether there is still something to learn."""
        return self._learns

    def match(self, text: str) -> Any:
        """The value of a document in a layout that was learnt; else `MISS`."""
        # At most a few: each layout costs a comparison of heads for all documents of the others.
        for match in self.matchers:
            if (value := match(text)) is not MISS:
                return value
        return MISS

    def text_too_long(self, text: str) -> bool:
        """Whether a text node may be over the limit; the full reader says so."""
        return re.search(f"(?:[<>]|^)[^<>]{{{self.longest_text + 1}}}", text) is not None

    def read_deviating(self, text: str) -> Any:
        """The value of a document that no matcher reads and that deviates in what does not count; else `MISS`.

        An attempt costs about a tenth of a full reading. Where documents never fit, attempts become rare.
        """
        number = self._unread_in_a_row + 1
        if len(text) <= self.longest_text and number >= self._next_attempt:
            if (value := self._tidied_or_flat(text)) is not MISS:
                self._unread_in_a_row = self._next_attempt = 0
                self._flat_reads += 1
                return value
            self._unread_in_a_row = number
            self._next_attempt = following_attempt(number)
        elif self._unread_in_a_row:
            self._unread_in_a_row = number
        return MISS

    def match_tidied(self, text: str) -> Any:
        """The value of a document that is in a layout but for comments and the like, after which others are tried; else
        `MISS`."""
        tidied = flat_documents.tidied(text)
        if tidied is None or (value := self.match(tidied)) is MISS:
            return MISS
        self._unread_in_a_row = self._next_attempt = 0
        return value

    def _tidied_or_flat(self, text: str) -> Any:
        # Comments, a declaration and CDATA out, and it may be in a layout that is known.
        if (tidied := flat_documents.tidied(text)) is not None and (value := self.match(tidied)) is not MISS:
            return value
        if self._roots:
            self._flat = self._flat or flat_documents.flat_reader_of(self._place, self._settings)
            # Late: learning a root costs, and most programs see one.
            for head, names in self._roots:
                if self._flat is not None:
                    self._flat.learn(head, names)
            self._roots.clear()
        text = text if tidied is None else tidied
        if self._flat is not None and (value := self._flat.read(text)) is not MISS:
            return value
        # Other encodings declare themselves: the layout is that of documents without a declaration.
        bare = flat_documents.undeclared(text)
        return MISS if bare is None else self.match(bare)

    def is_due(self) -> bool:
        """Whether so many documents were read as flat ones that an expression for the layout pays, or pays at last.

        Each attempt doubles how many it takes until the next.
        """
        if not WORTH or self._flat_reads < WORTH << self._due_attempts or len(self.matchers) >= _LAYOUTS:
            return False
        # Doubling: a layout that cannot be learnt is not tried with every document.
        self._due_attempts += 1
        return True

    def learn_from(self, root: Element, text: str, value: Any, head: str, layout: str) -> None:
        """Read documents in the layout of one that has been read from now on.

        Args:
            root: the document's tree.
            text: its characters.
            value: what the full reader made of it.
            head: the start of the text, up to the end of the root's start tag or its first attribute.
            layout: the same with the white space before the first element, as far as one can tell layouts so.
        """
        # The second time documents that begin so do not fit, places with lists are taken for optional.
        matcher = layouts.learn(
            self._place,
            root,
            text,
            value,
            self._settings,
            self._read_apart,
            stepwise=layout not in self._matched_layouts,
        )
        if matcher is None:
            return
        self._matched_layouts.add(layout)
        self.matchers.append(matcher)
        self.ready = True
        if is_utf8(start := head.encode()) and start not in self.heads:
            self.heads = (*self.heads, start)

    def _is_ripe(self) -> bool:
        """Whether the accelerator has read so much that an expression pays; each failure doubles how much it takes."""
        return self.quick_volume >= (WORTH * _QUICK_WORTH) << self._quick_attempts

    def awaits_tree(self) -> bool:
        """Whether the next document that the accelerator would read is one to learn a layout from."""
        return self._learns and len(self.matchers) < _LAYOUTS and self._is_ripe()

    def wants(self, text: str, *, due: bool, is_quick: bool = False) -> bool:
        """Whether `learn` will look at the tree of a document, which the accelerator may read (``is_quick``)."""
        if is_quick and WORTH and not due:
            return self.awaits_tree()
        number = self._full_reads + 1
        if not self._learns or (number > 512 and number % 16 and not due):
            return False
        whole = layouts.head_of(text)
        if whole is None or len(self._times_seen) > 64:
            return False
        count = self._times_seen.get(_layout_of(text, whole), 0) + 1
        return count == 2 or (
            (due or not count & (count - 1)) and count > 1 and len(self.matchers) < _LAYOUTS
        )

    def learn(self, root: Element | None, text: str, value: Any, *, due: bool) -> None:
        """Note a layout that is seen for the second time; a few layouts, and a few attempts, at most.

        An expression takes as long to make as some hundred documents to read. Where the reader of flat
        documents reads the layout, it waits until that many have come (``due``). A document that nothing is to be
        learnt of (`wants`) needs no tree.
        """
        self._full_reads += 1
        matchers = len(self.matchers)
        if is_ripe := root is not None and bool(WORTH and self.quick_volume) and self._is_ripe():
            self._quick_attempts += 1
            due = True
        if root is None and WORTH and self._full_reads % _NOTED:
            return
        if self._full_reads > 512 and self._full_reads % 16 and not due:
            return  # a codec that still reads in full after so many documents hardly ever learns
        # By the start tag of the root: prefixes and namespaces are there, and it is short.
        whole = layouts.head_of(text)
        if whole is None or len(self._times_seen) > 64:
            # Start tags that all differ (an id in an attribute) would fill the table; no head is a fault of
            # this one document.
            self._learns = whole is None
            return
        head = layouts.start_of(whole)
        layout = _layout_of(text, whole)
        count = self._times_seen[layout] = self._times_seen.get(layout, 0) + 1
        if root is None:
            return
        if count == 2 and not root.keys():
            self._roots.append((head, dict(root.nsmap)))
            self.ready = True
            if WORTH and not is_ripe and self._tidied_or_flat(text) is not MISS:
                return
        # Less and less often: the first attempts may have met a document that was an exception.
        if (due or (count > 1 and not count & (count - 1))) and len(self.matchers) < _LAYOUTS:
            self.learn_from(root, text, value, head, layout)
        if is_ripe and len(self.matchers) > matchers:
            # Only what cannot be learnt is tried ever less often: the next layout may be the one of most documents.
            self._quick_attempts -= 1
            self.quick_volume = 0


def _layout_of(text: str, whole: str) -> str:
    """What tells layouts apart: the start of the root, and the white space behind it."""
    following = text[len(whole) : len(whole) + 64]
    # The same document in lines is in another layout.
    return layouts.start_of(whole) + following[: len(following) - len(following.lstrip())]
