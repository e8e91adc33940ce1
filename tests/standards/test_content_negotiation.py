"""Content negotiation (RFC 9110, 12.5.1)."""

from __future__ import annotations

import pytest
from bindwright.standards import content_negotiation

BOTH = ["application/json", "application/xml"]


@pytest.mark.parametrize(
    ("accept", "offers", "chosen"),
    [
        (None, BOTH, "application/json"),
        ("", BOTH, "application/json"),
        ("*/*", BOTH, "application/json"),
        ("application/xml", BOTH, "application/xml"),
        ("application/json;q=0.5, application/xml", BOTH, "application/xml"),
        ("text/html, application/*;q=0.2", BOTH, "application/json"),
        ("application/*, application/json;q=0", BOTH, "application/xml"),
        ("APPLICATION/XML ; q=1", BOTH, "application/xml"),
        ("text/*", BOTH, None),
        ("*/*;q=0", BOTH, None),
        ("application/json;q=abc", BOTH, None),
        (
            'application/json; note="a,b;q=0"',
            ['application/json; note="a,b;q=0"'],
            'application/json; note="a,b;q=0"',
        ),
        (
            "application/json; version=2",
            ["application/json", "application/json; version=2"],
            "application/json; version=2",
        ),
        ("application/json; charset=utf-8", ["application/json"], "application/json"),
        ("image/png", ["image/*"], "image/*"),
        ("garbage", BOTH, None),
        ("application/problem+json", ["application/*+json"], "application/*+json"),
    ],
)
def test_choose(accept: str | None, offers: list[str], chosen: str | None) -> None:
    assert content_negotiation.choose(accept, offers) == chosen
