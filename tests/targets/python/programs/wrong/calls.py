"""Each line after a comment is an error, in every type checker."""

from assistant import Client
from assistant.models import Answer, AnswerRequest


def wrong(client: Client) -> None:
    # no such value
    client.answers.list_answers(order="ascending")
    # no such value in a list
    client.answers.list_answers(states=["opened"])
    # no such value of a member
    Answer(id="1", state="opened")
    # the same of an enumeration that may be null
    Answer(id="1", state="open", tone="quiet")
    # a member of another type
    client.answers.create_answer({"model": 1, "messages": []})
    # a required member is missing
    client.answers.create_answer({"messages": []})
    # the same among keywords
    client.answers.create_answer(messages=[])
    # no such keyword
    client.answers.create_answer(model="small", messages=[], tiemout=3)
    # the same in a view
    client.answers.with_raw_response.create_answer(messages=[])
    # no such keyword in a view
    client.answers.with_streaming_response.create_answer(model="small", messages=[], tiemout=3)
    # no such value in a list of a body
    client.answers.create_answer(model="small", messages=[], watch=["opened"])
    # a list in a model holds members: see decision 18
    AnswerRequest(model="small", messages=[], watch=["open"])
    # the alternative of another role
    client.answers.create_answer(model="small", messages=[{"role": "tool", "content": "Why?"}])
    # events have no id
    print([event.id for event in client.answers.create_answer(model="small", messages=[], stream=True)])
    # a value is no stream
    print(list(client.answers.create_answer(model="small", messages=[])))
