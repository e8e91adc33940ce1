"""Outcomes for people and for machines: a table by rule page, the first difference with a caret, JSON, JUnit."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from bindwright.conformance.comparison import Difference
from bindwright.conformance.runner import Outcome, PortInfo
from bindwright.standards.terminal import escape_controls

WIDTH = 72
"""Characters of a value that are shown around a difference."""
_REASONS = 5
"""How many reasons of what was skipped are shown."""
STATUSES = ("passed", "failed", "broken", "skipped", "not run")


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A line a rule page: how many checks passed, failed, were skipped."""
    counts: dict[str, Counter[str]] = {}
    for outcome in outcomes:
        counts.setdefault(outcome.check.rule, Counter())[outcome.status] += 1
    if not counts:
        return
    width = max(len("rule"), *map(len, counts))
    columns = [status for status in STATUSES if any(count[status] for count in counts.values())]
    yield f"{'rule':<{width}}  " + "  ".join(f"{status:>8}" for status in columns)
    for rule in sorted(counts):
        yield f"{rule:<{width}}  " + "  ".join(f"{counts[rule][status] or '·':>8}" for status in columns)


def skipped(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Why checks were skipped, a line a reason, the most frequent first: what the port lacks is said nowhere else."""
    reasons = Counter(outcome.message for outcome in outcomes if outcome.status == "skipped")
    for reason, count in reasons.most_common(_REASONS):
        yield f"{count} skipped: {escape_controls(reason)}"


def failure(outcome: Outcome, why: str) -> Iterator[str]:
    """What is known of one failure: name, rule page, input, first difference, the port's own words."""
    yield f"{outcome.check.name}: {outcome.status}: {escape_controls(why)}"
    yield f"  rule   RULES.md, {outcome.check.rule}"
    source = outcome.check.request.get("input", outcome.check.request)
    text = source if isinstance(source, str) else json.dumps(source, ensure_ascii=False)
    yield f"  input  {_excerpt(text, 0)}"
    if outcome.difference is not None:
        yield from _caret(outcome.difference)
    elif "refused" in outcome.check.expected:
        # Libraries refuse by an exception, which a port has to answer in the protocol's words.
        yield '  wanted {"refused": "decode", "why": …}'
    for line in outcome.errors.splitlines()[-5:]:
        yield f"  stderr {escape_controls(line)}"


def beginning(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Where to begin, of a port that does nothing yet: the first question that it skipped, as it is asked."""
    if any(outcome.status != "skipped" for outcome in outcomes):
        return
    texts = (outcome for outcome in outcomes if outcome.check.rule == "lexical/string")
    first = next(texts, next(iter(outcomes), None))
    if first is not None:
        yield f"nothing is answered yet; the first question could be {first.check.name}"
        yield f"  rule   RULES.md, {first.check.rule}"
        yield f"  asked  {json.dumps(first.check.request, ensure_ascii=False)}"
        yield f"  wanted {json.dumps(first.check.expected, ensure_ascii=False)}"


def _caret(difference: Difference) -> Iterator[str]:
    """Both texts around the place where they part, and a mark below it."""
    offset = difference.offset
    start = max(0, offset - WIDTH // 2)
    expected, actual = _excerpt(difference.expected, start), _excerpt(difference.actual, start)
    mark = len(_excerpt(difference.expected[:offset], start)) + (start > 0 and offset == start)
    for label, text in (("wanted", expected), ("came", actual)):
        yield f"  {label:<6} {text}"
        yield f"         {' ' * mark}^"


def _excerpt(text: str, start: int) -> str:
    part = escape_controls(text[start : start + WIDTH], lines=False)
    return ("…" if start else "") + part + ("…" if start + WIDTH < len(text) else "")


def summary(info: PortInfo, outcomes: Sequence[Outcome], surprises: int, seconds: float) -> str:
    """One line: how many of each, by which port, how fast."""
    counts = Counter(outcome.status for outcome in outcomes)
    parts = ", ".join(f"{counts[status]} {status}" for status in STATUSES if counts[status])
    rate = len(outcomes) / seconds if seconds else 0
    verdict = "as expected" if not surprises else f"{surprises} not as expected"
    return f"{escape_controls(info.name)}: {parts or 'no checks'}; {verdict} ({seconds:.1f} s, {rate:,.0f} checks a second)"


def as_json(info: PortInfo, outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """The outcomes as data."""
    return {
        "report": 1,
        "port": info.name,
        "checks": [
            {
                "name": outcome.check.name, "rule": outcome.check.rule, "status": outcome.status,
                **({"message": outcome.message} if outcome.message else {}),
                **(
                    {"expected": outcome.difference.expected, "actual": outcome.difference.actual}
                    if outcome.difference is not None
                    else {}
                ),
            }
            for outcome in outcomes
        ],
    }  # fmt: skip


def as_junit(info: PortInfo, outcomes: Sequence[Outcome]) -> str:
    """The outcomes as JUnit's XML, which build servers read."""
    failures = sum(outcome.status in ("failed", "broken", "not run") for outcome in outcomes)
    skipped = sum(outcome.status == "skipped" for outcome in outcomes)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuite name={_attribute(info.name)} tests="{len(outcomes)}" failures="{failures}" skipped="{skipped}">',
    ]
    for outcome in outcomes:
        case = f"  <testcase classname={_attribute(outcome.check.rule)} name={_attribute(outcome.check.name)}"
        if outcome.status == "passed":
            lines.append(case + "/>")
            continue
        element = "skipped" if outcome.status == "skipped" else "failure"
        lines.append(f"{case}><{element} message={_attribute(outcome.message)}/></testcase>")
    return "\n".join([*lines, "</testsuite>", ""])


def _attribute(text: str) -> str:
    return quoteattr(escape_controls(text, lines=False))
