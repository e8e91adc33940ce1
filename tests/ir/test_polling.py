"""``x-poll`` is checked against the operation."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright.ir import lower

from tests.ir import driver

ANSWER = (
    "{type: object, properties: {status: {enum: [going, done, broken]}, free: {type: string}, percent: {type: number}},"
    " additionalProperties: false}"
)


def checked(extension: str, body: str = "") -> tuple[Any, list[str]]:
    loaded = driver.document(
        f"""
paths:
  /jobs/a:
    get: {{operationId: getJob, {body} x-poll: {extension},
      responses: {{'200': {{description: d, content: {{application/json: {{schema: {ANSWER}}}}}}}}}}}
"""
    )
    api = lower(loaded)
    return api.operations[0].polling, [
        item.message for item in loaded.diagnostics.items if item.code == "invalid-polling"
    ]


@pytest.mark.parametrize(
    "extension",
    [
        "{state: /status, done: [done], failed: broken, progress: /percent, interval: 0.5, timeout: 3}",
        "{state: /free, done: anything}",
        "{state: $statusCode, done: [200]}",
        "{state: '$response.header.X-State', done: [1, true]}",
    ],
)
def test_what_can_be_followed_is_taken(extension: str) -> None:
    polling, messages = checked(extension)
    assert messages == []
    assert polling is not None


BAD = {
    "5": "not an object",
    "{done: [done]}": "does not say where the `state` is",
    "{state: /stats}": "the answer has no /stats",
    "{state: /status, progress: /percentage}": "the answer has no /percentage",
    "{state: /status, done: [finished]}": "the state is never 'finished'",
    "{state: /status, done: [[done]]}": "has a state that is list",
    "{state: /status, interval: soon}": "`interval` is not a number of seconds",
    "{state: /status, timeout: -1}": "`timeout` is not a number of seconds",
    "{state: /status, finished: [done]}": "`finished` is none of its members",
}


@pytest.mark.parametrize("extension", BAD)
def test_what_cannot_is_told(extension: str) -> None:
    polling, messages = checked(extension)
    assert BAD[extension] in messages[0]
    assert polling is None


def test_an_operation_with_a_body_is_not_repeated() -> None:
    body = "requestBody: {content: {application/json: {schema: {type: string}}}},"
    polling, messages = checked("{state: /status}", body)
    assert "with a body" in messages[0]
    assert polling is None
