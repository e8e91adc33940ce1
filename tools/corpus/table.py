"""The table a run ends with."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from statistics import median
from typing import Any

Facts = dict[str, Any]


def lines(results: dict[str, Facts]) -> Iterator[str]:
    """Totals, causes of degradation, cost by size, the slowest, and every problem."""
    facts = list(results.values())
    yield from _totals(facts)
    yield from _causes(facts)
    yield from _linearity(facts)
    yield from _slowest(results)
    yield from _problems(results)


def _sum(facts: list[Facts], key: str) -> float:
    return float(sum(document_facts.get(key, 0) for document_facts in facts))


def _totals(facts: list[Facts]) -> Iterator[str]:
    yield ""
    yield f"{len(facts):10,} documents, {_sum(facts, 'bytes') / 1e6:,.0f} MB"
    yield f"{sum(bool(document_facts['problems']) for document_facts in facts):10,} with problems"
    yield f"{_sum(facts, 'operations_raw'):10,.0f} operations in the documents"
    yield f"{_sum(facts, 'operations'):10,.0f} operations generated (webhooks and callbacks apart)"
    yield f"{_sum(facts, 'schemas'):10,.0f} schemas"
    yield f"{_sum(facts, 'degraded'):10,.0f} parts degraded"
    yield f"{_sum(facts, 'seconds'):10,.1f} seconds generating"
    peaks = [document_facts["peak_mb"] for document_facts in facts if "peak_mb" in document_facts]
    if peaks:
        yield f"{max(peaks):10,.0f} MB at most in one process"


def _causes(facts: list[Facts]) -> Iterator[str]:
    causes: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    for document_facts in facts:
        causes.update(document_facts.get("causes", {}))
        documents.update(document_facts.get("causes", {}).keys())
    if causes:
        yield ""
        yield f"{'degraded because of':40} {'parts':>8} {'documents':>10}"
        for code, count in causes.most_common():
            yield f"{code:40} {count:8,} {documents[code]:10,}"


def _linearity(facts: list[Facts]) -> Iterator[str]:
    """Cost by size of document; the exponent of the best power law tells whether it is linear (1.0)."""
    points = [
        (document_facts["bytes"], document_facts["seconds"])
        for document_facts in facts
        if document_facts.get("seconds") and not document_facts["problems"]
    ]
    if len(points) < 10:
        return
    yield ""
    yield f"{'bytes of document':>22} {'documents':>10} {'median s':>10} {'s per MB':>10}"
    low = 1000
    while low < max(size for size, _ in points) + 1:
        inside = [(size, seconds) for size, seconds in points if low <= size < low * 4]
        if inside:
            rate = median(seconds / size * 1e6 for size, seconds in inside)
            middle = median(seconds for _, seconds in inside)
            yield f"{low:>10,} ..{low * 4:>10,} {len(inside):>10,} {middle:>10.3f} {rate:>10.2f}"
        low *= 4
    large = [point for point in points if point[0] >= 100_000]
    if len(large) > 10:
        yield f"from 100 kB on, seconds grow with bytes to the power of {exponent(large):.2f}"


def exponent(points: list[tuple[float, float]]) -> float:
    """Slope of the least-squares line through the points' logarithms."""
    xs, ys = [math.log(x) for x, _ in points], [math.log(y) for _, y in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / spread


def _slowest(results: dict[str, Facts], number: int = 8) -> Iterator[str]:
    yield ""
    yield f"{'slowest':60} {'MB':>7} {'seconds':>8} {'peak MB':>8}"
    order = sorted(results.items(), key=lambda item: -item[1].get("seconds", 0))
    for name, facts in order[:number]:
        size, seconds = facts["bytes"] / 1e6, facts.get("seconds", 0)
        yield f"{name[:60]:60} {size:7.2f} {seconds:8.2f} {facts.get('peak_mb', 0):8.0f}"


def _problems(results: dict[str, Facts]) -> Iterator[str]:
    bad = {name: facts for name, facts in sorted(results.items()) if facts["problems"]}
    if bad:
        yield ""
        yield f"{len(bad)} documents with problems:"
    for name, facts in bad.items():
        for problem in facts["problems"]:
            yield f"  {name}: {problem.strip().replace(chr(10), chr(10) + '    ')}"
