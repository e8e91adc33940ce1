"""Free-form values as elements, in the conventions that `decoding.free_content` reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bindwright.runtime.xml.encoding.namespaces import Env, Style
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.scalars.escape import escape_attribute, escape_text, namespace_value
from bindwright.runtime.xml.tree.free_order import in_order
from bindwright.runtime.xml.tree.names import written_name


class FreeValueError(ValueError):
    """A free-form value that XML has no form for, with the names of the elements to it."""

    def __init__(self, reason: str, path: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.path = path


def free_writer(place: XmlPlace, env: Env, style: Style) -> Callable[..., str]:
    """Writes a free-form value under the place's name."""
    namespace, default = place.namespace, env.scope.default
    prefix = None if namespace == default else env.scope.find(namespace)
    declared = namespace != default and prefix is None
    if place.prefix and namespace:
        prefix, declared = place.prefix, env.scope.bound(place.prefix) != namespace

    def write(value: Any, depth: int, passed: tuple[str, ...], *name: str) -> str:
        local = name[0] if name else place.name
        mark = prefix if isinstance(prefix, str) else (passed[prefix] if isinstance(prefix, int) else "")
        known = frozenset(
            bound if isinstance(bound, str) else passed[bound] for _, bound in env.scope.prefixes
        )
        declaration = ""
        if declared:
            declaration = f' xmlns{":" if mark else ""}{mark}="{namespace_value(namespace)}"'
            known = known | {mark}
        tag = written_name(mark, local)
        if value == {} and not declaration:
            return f"<{tag}{style.close}"
        if isinstance(value, list) and not value:
            raise FreeValueError("an empty list has no elements", (local,))
        return "".join(
            free_element(tag, item, known, declaration)
            for item in (value if isinstance(value, list) else [value])
        )

    return write


LIST_FOR_ONE = "a list of free-form values stands for several elements, where there is one"


def single(value: Any) -> Any:
    """A free-form value that is a document, or an item of a list.

    Raises:
        FreeValueError: it is a list, which would be several roots, or read as several items.
    """
    if isinstance(value, list) and value:
        raise FreeValueError(LIST_FOR_ONE)
    return value


def free_document(value: Any) -> str:
    """A whole document: a dictionary with one key, the root's name.

    Raises:
        FreeValueError: it is none, or holds what XML has no form for.
    """
    if not isinstance(value, dict) or len(value) != 1:
        raise FreeValueError("a dictionary with one key, the root's name, belongs here")
    ((name, root),) = value.items()
    return free_element(_checked(name, root, frozenset()), root, frozenset())


def free_element(tag: str, value: Any, known: frozenset[str], declaration: str = "") -> str:
    """An element of a name that is checked already.

    Args:
        tag: its name as it stands in the tag.
        value: None, a scalar, or a dictionary.
        known: prefixes that are declared around it.
        declaration: the declaration of its own name, where it needs one.

    Raises:
        FreeValueError: something has no form in XML, or would be read back as something else.
    """
    try:
        if not isinstance(value, dict):
            return f"<{tag}{declaration}>{escape_text(_text(value))}</{tag}>"
        known |= {key[7:] for key in value if isinstance(key, str) and key.startswith("@xmlns:")}
        attributes = "".join(_attributes(value, known, declaration))
        content = "".join(_children(value, known))
    except FreeValueError as error:
        raise FreeValueError(str(error), (tag, *error.path)) from None
    except (TypeError, ValueError) as error:
        raise FreeValueError(str(error), (tag,)) from None
    return f"<{tag}{declaration}{attributes}>{content}</{tag}>"


def _attributes(value: dict[str, Any], known: frozenset[str], declaration: str) -> Iterator[str]:
    for key, item in value.items():
        if not isinstance(key, str) or not key.startswith("@") or item is None:
            continue
        if declaration.startswith(f' {key[1:]}="'):
            continue  # the element's own name settles it
        if key == "@xmlns" or key.startswith("@xmlns:"):
            name = "xmlns" if key == "@xmlns" else written_name("xmlns", key[7:])
            if not item and name != "xmlns":
                raise FreeValueError(f"{key[1:]} stands for no namespace")  # Namespaces in XML 1.0, 2.2
        else:
            name = _name(key[1:], known)
        yield f' {name}="{escape_attribute(_text(item))}"'


def _children(value: dict[str, Any], known: frozenset[str]) -> Iterator[str]:
    ordered = in_order(value)
    if ordered is not None:
        for key, item in ordered:
            yield (
                escape_text(item) if key == "#text" else free_element(_checked(key, item, known), item, known)
            )
        return
    for key, item in value.items():
        if not isinstance(key, str):
            raise FreeValueError(f"{key!r} is no name")
        if key[:1] == "@" or key == "#text":
            continue
        if isinstance(item, (list, tuple)):
            if not item:
                raise FreeValueError("an empty list has no elements", (key,))
            for part in item:
                yield free_element(_checked(key, part, known), part, known)
        else:
            yield free_element(_checked(key, item, known), item, known)
    if "#text" in value:
        yield escape_text(_text(value["#text"]))


def _checked(key: str, value: Any, known: frozenset[str]) -> str:
    own = value if isinstance(value, dict) else {}
    return _name(
        key, known | {name[7:] for name in own if isinstance(name, str) and name.startswith("@xmlns:")}
    )


def _name(text: str, known: frozenset[str]) -> str:
    prefix, colon, local = text.rpartition(":")
    name = written_name(prefix, local)
    if colon and (not prefix or (prefix not in known and prefix != "xml")):
        raise FreeValueError(f"the prefix of {text!r} is not declared")
    return name


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no free-form value")
