"""Which requests go through a proxy, and how it is reached."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from bindwright.runtime.http.transports.environment import proxy_for


@pytest.mark.parametrize(
    ("exceptions", "url", "through"),
    [
        ("", "http://a.example", True),
        ("*", "http://a.example", False),
        ("example", "http://a.example", False),
        (".example", "http://a.example", False),
        ("*.example", "http://a.example", False),
        ("*.ample", "http://a.example", True),
        ("a.example:80", "http://a.example", False),
        ("a.example:81", "http://a.example", True),
        ("b.example, a.example:8080", "http://a.example:8080", False),
        ("10.0.0.0/8", "http://10.1.2.3", False),
        ("10.0.0.0/8", "http://11.1.2.3", True),
        ("10.0.0.0/nonsense", "http://10.1.2.3", True),
        ("::1", "http://[::1]:8080", False),
        ("[::1]", "http://[::1]:8080", False),
        ("fd00::/8", "http://[fd00::7]", False),
    ],
)
def test_no_proxy(monkeypatch: pytest.MonkeyPatch, exceptions: str, url: str, through: bool) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", "proxy.example:3128")
    monkeypatch.setenv("no_proxy", exceptions)
    parts = urlsplit(url)
    proxy = proxy_for("http", parts.hostname or "", parts.port or 80, None)
    assert proxy == ("http://proxy.example:3128" if through else None)
