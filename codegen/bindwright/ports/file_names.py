"""Names of a kit's files, from names of a document, which may be of any length."""

from __future__ import annotations

LONGEST = 80
"""Characters of a name before its ending: folders and numbers go beside it in what file systems take."""


def free_name(stem: str, taken: set[str]) -> str:
    """The stem, cut and numbered where it must be; unique also where file systems do not tell cases apart.

    The name is added to ``taken``, which has names in small letters.
    """
    name = stem = stem[:LONGEST]
    number = 1
    while name.lower() in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name.lower())
    return name
