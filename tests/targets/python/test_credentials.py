"""What a client's keyword of a security scheme takes, by its annotation."""

from __future__ import annotations

import re

import pytest
from bindwright.ir import model as ir
from bindwright.runtime import http
from bindwright.runtime.http.config.oauth2 import TokenSource
from bindwright.targets.python.client.clients import credential_annotation

GRANTS = {
    name
    for name in http.__all__
    if isinstance(kind := getattr(http, name), type) and issubclass(kind, TokenSource)
}


@pytest.mark.parametrize("kind", ["oauth2", "openIdConnect"])
def test_every_grant_that_fetches_tokens_may_be_given(kind: str) -> None:
    annotation = credential_annotation(ir.SecurityScheme(name="login", kind=kind))  # type: ignore[arg-type]
    assert len(GRANTS) > 3
    assert set(re.findall(r"\w+", annotation)) >= GRANTS
