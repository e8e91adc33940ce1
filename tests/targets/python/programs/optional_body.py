"""A body of which nothing is required; null is not the same as nothing."""

import datetime as dt

from assistant import Client
from assistant.models import Answer


def change(client: Client) -> list[Answer]:
    return [
        client.answers.update_answer("1"),
        client.answers.update_answer("1", title=None, state="done"),
        client.answers.update_answer("1", {"due": dt.date(2024, 2, 29)}),
    ]
