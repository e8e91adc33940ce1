"""A body that is a list, of models and of mappings."""

from assistant import Client
from assistant.models import AnswerRequest


def ask(client: Client) -> None:
    models = [AnswerRequest(model="small", messages=[])]
    client.answers.create_answers(models)
    client.answers.create_answers([{"model": "small", "messages": []}, *models])
