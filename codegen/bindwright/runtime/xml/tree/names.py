"""Names: the one place where expanded names are put together and taken apart, and where names are written.

An expanded name is ``{namespace}local``, or ``local`` alone in no namespace (James Clark's notation, lxml's).
A namespace name is an opaque string (Namespaces in XML 1.0, 2.1): braces may stand in it, and so may anything
that looks like markup. A local part is an NCName and holds no brace, so the last brace ends the namespace.
"""

from __future__ import annotations

from functools import lru_cache

from bindwright.standards.xml_names import is_ncname

__all__ = ["expanded", "is_ncname", "local", "split_name", "written_name"]


def expanded(namespace: str, name: str) -> str:
    """``{namespace}name``, or the name alone."""
    return f"{{{namespace}}}{name}" if namespace else name


def split_name(name: str) -> tuple[str, str]:
    """The namespace of an expanded name (``""`` for none) and its local part."""
    if name[:1] != "{":
        return "", name
    # Not at the first brace: what follows it would go out as a name, and be markup.
    namespace, _, local_part = name[1:].rpartition("}")
    return namespace, local_part


def local(name: str) -> str:
    """The local part of an expanded name."""
    return name.rpartition("}")[2]


@lru_cache(maxsize=4096)
def written_name(prefix: str, local_part: str) -> str:
    """A name as it stands in a tag.

    Raises:
        ValueError: one of its parts is no NCName.
    """
    if not is_ncname(local_part) or (prefix and not is_ncname(prefix)):
        raise ValueError(f"{f'{prefix}:{local_part}' if prefix else local_part!r} is no name of XML")
    return f"{prefix}:{local_part}" if prefix else local_part
