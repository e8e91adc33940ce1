"""A match over the alternatives is complete."""

from typing import assert_never

from assistant.models import ImagePart, Part, TextPart


def text(part: Part) -> str:
    match part:
        case TextPart(text=text):
            return text
        case ImagePart(url=url):
            return url
        case _:
            assert_never(part)
