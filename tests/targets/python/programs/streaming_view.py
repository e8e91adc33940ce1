"""Lines of an answer, typed, with its status before them."""

from typing import assert_type

from assistant import Client
from assistant.models import Answer, Event
from bindwright.runtime.http.sync.streaming import StreamingResponse


def kinds(client: Client) -> list[str]:
    with client.answers.with_streaming_response.create_answer(model="small", messages=[]) as events:
        assert_type(events, StreamingResponse[Answer, Event])
    with client.log.with_streaming_response.read_log() as response:
        assert response.status == 200
        return [event.type for event in response.iter_items()]
