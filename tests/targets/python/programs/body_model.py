"""A body as a model."""

from assistant import Client
from assistant.models import Answer, AnswerRequest, UserMessage


def ask(client: Client) -> Answer:
    request = AnswerRequest(model="small", messages=[UserMessage(content="Why?")], effort="low")
    return client.answers.create_answer(request)
