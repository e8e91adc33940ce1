"""A body as a mapping of the shape that it has in JSON."""

from assistant import Client
from assistant.models import Answer


def ask(client: Client) -> Answer:
    return client.answers.create_answer(
        {
            "model": "small",
            "messages": [{"role": "user", "content": "Why?"}, {"role": "tool", "tool": "clock"}],
            "labels": {"team": "red"},
        }
    )
