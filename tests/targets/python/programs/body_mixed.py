"""Models within mappings."""

import datetime as dt

from assistant import Client
from assistant.models import Answer, ToolMessage, UserMessage


def ask(client: Client) -> Answer:
    now = dt.datetime(2024, 2, 29, 10, 45, tzinfo=dt.UTC)
    return client.answers.create_answer(
        model="small", messages=[UserMessage(content="Why?"), ToolMessage(tool="clock", at=now)]
    )
