"""The members of a body as keywords, beside the options of the call."""

from assistant import Client
from assistant.models import Answer


def ask(client: Client) -> Answer:
    return client.answers.create_answer(
        model="small",
        messages=[{"role": "user", "content": "Why?"}],
        effort="high",
        watch=["open"],
        timeout=30,
    )
