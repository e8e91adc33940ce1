"""A mapping that is put together in steps is checked at each of them."""

from assistant import Client
from assistant.dicts import AnswerRequestDict, UserMessageDict
from assistant.models import Answer


def ask(client: Client, *, thorough: bool) -> Answer:
    message: UserMessageDict = {"role": "user", "content": "Why?"}
    request: AnswerRequestDict = {"model": "small", "messages": [message]}
    if thorough:
        request["effort"] = "high"
    return client.answers.create_answer(request)
