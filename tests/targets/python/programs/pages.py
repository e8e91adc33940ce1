"""All items of all pages."""

from assistant import Client
from assistant.models import Answer


def every(client: Client) -> list[Answer]:
    return list(client.answers.list_answers(order="desc"))
