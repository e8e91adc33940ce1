"""An error that the document describes."""

from assistant import Client, StatusError, TooManyRequests


def ask(client: Client) -> str:
    try:
        return client.answers.create_answer(model="small", messages=[], headers={"Prefer": "code=429"}).id
    except TooManyRequests as error:
        return str(error)
    except StatusError as error:
        return str(error.status)
