"""The same operation with typed events."""

from typing import assert_type

from assistant import Client, Stream
from assistant.models import Delta, End


def text(client: Client) -> str:
    words: list[str] = []
    with client.answers.create_answer(model="small", messages=[], stream=True) as events:
        assert_type(events, Stream[Delta | End])
        for event in events:
            if event.type == "delta":
                words.append(event.delta)
            else:
                words.append(event.answer.id)
    return "".join(words)
