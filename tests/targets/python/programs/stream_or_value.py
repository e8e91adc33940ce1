"""Whether it is a stream is known when the program runs."""

from assistant import Client, Stream
from assistant.models import AnswerRequest


def ids(client: Client, *, stream: bool) -> list[str]:
    answer = client.answers.create_answer(AnswerRequest(model="small", messages=[]), stream=stream)
    if isinstance(answer, Stream):
        return [event.type for event in answer]
    return [answer.id]
