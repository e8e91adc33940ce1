"""Names of the schema's types: the contract's where there is one, else the document's words."""

from __future__ import annotations

import re

from bindwright.ir.model import AnyType
from bindwright.standards.xml_names import encode_name


class TypeNames:
    """Hands out a name of its own to each content, per namespace."""

    def __init__(self) -> None:
        self._taken: dict[tuple[str, str], str] = {}

    def reserve(self, namespace: str, name: str, content: str) -> str:
        """The name for a content: the wanted one, with a number behind it where another content has it."""
        number = 1
        while True:
            candidate = name if number == 1 else f"{name}{number}"
            owner = self._taken.setdefault((namespace, candidate), content)
            if owner == content:
                return candidate
            number += 1


def words_of(type_: AnyType | None, content: str) -> str:
    """A name from what the document calls the type; from its id where it calls it nothing."""
    if type_ is not None and type_.name is not None:
        return encode_name(type_.name)
    words = list(type_.context) if type_ is not None else []
    words = words or re.findall(r"[A-Za-z0-9]+", content)[-3:]
    text = "".join(word[:1].upper() + word[1:] for part in words for word in re.findall(r"\w+", part))
    return encode_name(text or "Type")
