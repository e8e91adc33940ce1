"""An enumeration's value as an argument, without an import."""

from assistant import Client


def titles(client: Client) -> list[str]:
    return [answer.title or "" for answer in client.answers.list_answers(order="asc").items]
