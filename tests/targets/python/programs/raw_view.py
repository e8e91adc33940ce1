"""Status and headers beside the value; the body in any of its forms."""

from typing import assert_type

from assistant import Client
from assistant.models import Answer, State


def remaining(client: Client) -> int:
    raw = client.answers.with_raw_response.create_answer({"model": "small", "messages": []})
    assert_type(raw.parse(), Answer)
    raw = client.answers.with_raw_response.create_answer(
        model="small", messages=[{"role": "user", "content": "Why?"}], watch=["open", State.DONE], timeout=30
    )
    assert_type(raw.parse(), Answer)
    assert_type(
        client.answers.with_raw_response.update_answer("1", title="Why", options={"a": "b"}).parse(), Answer
    )
    return raw.status
