"""Candidates for names: what a text of the document might be called, best first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

from bindwright.targets.naming import words
from bindwright.targets.naming.candidates import Candidates
from bindwright.targets.python.naming import reserved

_SIMPLE = re.compile(r"[a-z][a-z0-9_]*")


def is_simple(name: str) -> bool:
    """Whether a property is spelled as its field will be."""
    return name not in reserved.FIELDS and len(name) <= words.LONGEST and _SIMPLE.fullmatch(name) is not None


def kept(names: Mapping[str, str]) -> dict[str, str]:
    """The names that go into the lock: all that are not spelled as in the document."""
    return {key: name for key, name in names.items() if key != name}


def variable(text: str, role: str, override: str | None = None) -> Candidates:
    """Candidates for a field, parameter or method; two at least."""
    if override is None and len(text) <= words.LONGEST and _SIMPLE.fullmatch(text):
        return Candidates(iter((text, f"{text}_{role}")))
    return Candidates(_variable_names(text, role, override))


def _variable_names(text: str, role: str, override: str | None) -> Iterator[str]:
    base = ""
    for name in _variable_words(text, role, override):
        base = base or name
        yield name
    base = base or role
    yield base + _case(text)
    yield f"{base}_{role}"


def _variable_words(text: str, role: str, override: str | None) -> Iterator[str]:
    if override:
        yield override
    plain = words.snake(text)
    if plain[:1].isdigit() and text[:1] not in "+-":
        yield f"{role}_{plain}"
    if plain and not plain[0].isdigit():
        yield plain
    spelled = words.snake_spelled(text)
    if spelled and not spelled[0].isdigit():
        yield spelled


def with_more(tries: Candidates, additions: Iterable[str], after: int) -> Candidates:
    """The same candidates, with `more` of them after the first few."""
    return Candidates(chain(islice(tries, after), additions, islice(tries, after, None)))


def _case(text: str) -> str:
    if text.isupper():
        return "_upper"
    return "_lower" if text.islower() else "_capital" if text[:1].isupper() else "_mixed"


def class_candidates(text: str, suffix: str) -> Candidates:
    """Candidates for a class of this name."""
    return Candidates(_class_names(text, suffix))


def inline_candidates(context: tuple[str, ...], suffix: str) -> Candidates:
    """Where it stands, in full; if that is too long or taken, the owner with ever more of the last words."""
    return Candidates(_inline_names(context, suffix))


def _class_names(text: str, suffix: str) -> Iterator[str]:
    spellings = _spellings((text,), suffix)
    yield (first := next(spellings))
    yield from spellings
    yield first + suffix


def _inline_names(context: tuple[str, ...], suffix: str) -> Iterator[str]:
    long = len(context) >= 3 and sum(map(len, context)) > words.LONGEST
    if long:
        yield from _shorter(context)
    spellings = _spellings(context, suffix)
    yield (first := next(spellings))
    yield from spellings
    yield words.pascal_whole(" ".join(context))
    if not long:
        yield from _shorter(context)
    yield first + suffix
    # A component has that name, too: a number says less than nothing, but more than the mark that would come then.
    yield from (f"{first}{suffix}{number}" for number in range(2, 10))


def _spellings(context: tuple[str, ...], suffix: str) -> Iterator[str]:
    """One at least: the suffix where the text has no word."""
    plain = words.pascal_of(context)
    if plain:
        yield suffix + plain if plain[:1].isdigit() else plain
    spelled = words.pascal_spelled_of(context)
    if spelled:
        yield suffix + spelled if spelled[:1].isdigit() else spelled
    elif not plain:
        yield suffix


def _shorter(context: tuple[str, ...]) -> Iterator[str]:
    return (words.pascal_of((context[0], *context[-count:])) for count in range(1, len(context) - 1))
