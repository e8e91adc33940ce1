"""A model's member that is an enumeration takes its value, when it is made and later."""

from assistant.models import Answer


def done() -> Answer:
    answer = Answer(id="1", state="open", tone="calm")
    answer.state = "done"
    answer.tone = None
    return answer
