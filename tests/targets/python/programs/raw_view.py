"""Status and headers beside the value; the body in any of its forms but keywords."""

from typing import assert_type

from assistant import Client
from assistant.models import Answer


def remaining(client: Client) -> int:
    raw = client.answers.with_raw_response.create_answer({"model": "small", "messages": []})
    assert_type(raw.parse(), Answer)
    return raw.status
