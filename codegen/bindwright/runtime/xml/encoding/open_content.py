"""Names of elements that are keys: of maps, and of members without a name."""

from __future__ import annotations

from bindwright.runtime.xml.scalars.escape import encode_name
from bindwright.runtime.xml.tree.names import is_ncname, split_name


def map_name(key: str, inherited: str) -> tuple[str, str | None]:
    """A key as an element's name, and the namespace that it names, None where it names none.

    The inverse of `open_content.key_of`: an expanded name is one only where reading gives it back as such.
    """
    if key[:1] == "{" and "}" in key:
        namespace, local = split_name(key)
        if namespace != inherited and is_ncname(local):
            return local, namespace
    return encode_name(key), None
