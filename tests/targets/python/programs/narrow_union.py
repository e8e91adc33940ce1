"""The constant of each alternative tells which it is."""

from assistant.models import Answer


def text(answer: Answer) -> str:
    words: list[str] = []
    for part in answer.parts or []:
        if part.type == "text":
            words.append(part.text)
        else:
            words.append(part.url)
    return " ".join(words)
