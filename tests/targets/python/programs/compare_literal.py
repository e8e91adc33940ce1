"""What came is compared with a value, or with a member."""

from assistant import Client
from assistant.models import State


def is_done(client: Client) -> bool:
    answer = client.answers.get_answer("1")
    if answer.state == "open":
        return False
    other = client.answers.get_answer("2")
    return answer.state == "done" and other.state in (State.OPEN, State.DONE)
