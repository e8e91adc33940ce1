"""Overlays: corrections to a document that its users cannot edit (OpenAPI Overlay Specification 1.0.0, 1.1.0).

A description that somebody else keeps is often wrong in a few places: a binary body described as XML, a
missing ``xml`` object, an error that is not listed. An overlay says so beside the document, so that
both can be updated apart.
"""

from __future__ import annotations

import os
from typing import Any

from msgspec import Struct

from bindwright.openapi.changed_places import ChangedPlaces
from bindwright.openapi.diagnostics.model import Diagnostics, Place
from bindwright.openapi.diagnostics.syntax_errors import Refused
from bindwright.openapi.references.file_table import Files
from bindwright.openapi.text.files import SourceFile
from bindwright.standards.json_pointer import escape

_ACTION_KEYS = {"target", "description", "update", "remove", "copy"}


class Overlay(Struct):
    """One overlay being applied to the root document."""

    name: str
    diagnostics: Diagnostics
    changed: ChangedPlaces
    copies: bool = False
    """Whether it is of version 1.1, which has ``copy`` and replaces single values."""

    def place(self, pointer: str) -> Place:
        """A place in the overlay."""
        return Place(file=self.name, pointer=pointer)

    def wrong(self, pointer: str, message: str, remedy: str = "") -> None:
        """Record what is wrong with the overlay itself."""
        self.diagnostics.add("error", "overlay", message, Place(file=self.name, pointer=pointer), remedy)


def apply_overlays(files: Files, root: SourceFile) -> ChangedPlaces | None:
    """Apply `LoadOptions.overlays` to the root document in place, in their order (Overlay 1.0.0, 4.4).

    Gives where what they changed is written.
    """
    if not files.options.overlays or not root.readable or not isinstance(root.value, dict):
        return None
    changed = ChangedPlaces()
    root.value = _unshared(root.value)
    for path in files.options.overlays:
        try:
            file = files.add(os.path.abspath(path))
        except Refused as error:
            files.diagnostics.add("error", error.code, error.message, Place(), error.remedy)
            continue
        if file.readable:
            root.refs |= file.refs  # they are references of the document now, not of the overlay
            file.refs = set()
            _apply(Overlay(file.name, files.diagnostics, changed), file.value, root.value)
    return changed


def _unshared(value: Any) -> Any:
    """A copy without nodes that stand in two places (YAML aliases): an update changes one of them only."""
    if isinstance(value, dict):
        return {key: _unshared(item) for key, item in value.items()}
    return [_unshared(item) for item in value] if isinstance(value, list) else value


def _apply(overlay: Overlay, content: Any, root: dict[str, Any]) -> None:
    if not isinstance(content, dict) or not str(content.get("overlay", "")).startswith("1."):
        overlay.wrong("", "this is no overlay of version 1", "start it with `overlay: 1.1.0`")
        return
    overlay.copies = not str(content["overlay"]).startswith("1.0")
    actions = content.get("actions")
    if not isinstance(actions, list) or not actions:
        overlay.wrong("/actions", "an overlay needs a list of actions", "each has a `target` and an `update`")
        return
    for index, action in enumerate(actions):
        _act(overlay, f"/actions/{index}", action, root)


def _act(overlay: Overlay, pointer: str, action: Any, root: dict[str, Any]) -> None:
    if not isinstance(action, dict) or not isinstance(action.get("target"), str):
        overlay.wrong(pointer, "an action needs a `target`, a JSONPath", "for example `$.info`")
        return
    _check_keys(overlay, pointer, action)
    nodes = _nodes(overlay, f"{pointer}/target", action["target"], root)
    if nodes is None:
        return
    if not nodes:
        place = Place(file=overlay.name, pointer=f"{pointer}/target")
        message = f"nothing in the document is at {action['target']}"
        overlay.diagnostics.add(
            "warning", "overlay-unused", message, place, "remove the action, or correct it"
        )
    keyword, value = _new_value(overlay, pointer, action, root)
    for node in reversed(nodes):  # from the back, so that removing items of a list moves none of the others
        if action.get("remove") is True:
            _remove(overlay, pointer, root, node.location)
        elif keyword:
            _update(overlay, f"{pointer}/{keyword}", root, node, value)


def _check_keys(overlay: Overlay, pointer: str, action: dict[str, Any]) -> None:
    for key in action.keys() - _ACTION_KEYS:
        if not str(key).startswith("x-"):
            overlay.wrong(
                f"{pointer}/{key}", f"an action has no `{key}`", "it has `update`, `remove` or `copy`"
            )
    if "copy" in action and not overlay.copies:
        remedy = "say `overlay: 1.1.0` at the top of the overlay"
        overlay.wrong(f"{pointer}/copy", "`copy` is of Overlay 1.1", remedy)
    if action.keys() <= {"target", "description"}:
        place = Place(file=overlay.name, pointer=pointer)
        remedy = "add `update`, `remove` or `copy`"
        overlay.diagnostics.add("warning", "overlay-unused", "an action that changes nothing", place, remedy)


def _new_value(
    overlay: Overlay, pointer: str, action: dict[str, Any], root: dict[str, Any]
) -> tuple[str, Any]:
    """The keyword and the value that the targets are merged with; no keyword where there is none.

    ``remove`` wins over ``update``, and ``update`` over ``copy`` (Overlay 1.1.0, Action Object).
    """
    if action.get("remove") is True or ("update" not in action and "copy" not in action):
        return "", None
    if "update" in action:
        return "update", action["update"]
    if not overlay.copies:
        return "", None
    place = f"{pointer}/copy"
    if not isinstance(action["copy"], str):
        overlay.wrong(place, "`copy` is a JSONPath", "for example `$.components.schemas.Pet`")
        return "", None
    sources = _nodes(overlay, place, action["copy"], root)
    if sources is None:
        return "", None
    if len(sources) != 1:
        overlay.wrong(place, f"`copy` selects {len(sources)} nodes", "name the path to one node")
        return "", None
    # A copy taken before anything changes: the source may stand inside of the target, or around it.
    return "copy", _unshared(sources[0].value)


def _nodes(overlay: Overlay, pointer: str, query: str, root: dict[str, Any]) -> Any:
    import jsonpath_rfc9535  # not before it is needed: it takes 50 ms

    if not query:  # the library's own error has no text where there is no query
        overlay.wrong(pointer, "not a JSONPath: it is empty", "RFC 9535 describes them")
        return None
    try:
        return list(jsonpath_rfc9535.find(query, root))
    except jsonpath_rfc9535.JSONPathError as error:
        reason = str(error).partition("\n")[0]
        overlay.wrong(pointer, f"not a JSONPath: {reason}", "RFC 9535 describes them")
    except (
        ArithmeticError,
        ValueError,
    ) as error:  # a number that is none: the library lets Python's errors out
        overlay.wrong(pointer, f"not a JSONPath: {error}", "RFC 9535 describes them")
    except RecursionError:
        overlay.wrong(
            pointer, "the document is nested too deeply for this JSONPath", "name the path to the place"
        )
    return None


def _remove(overlay: Overlay, pointer: str, root: dict[str, Any], location: tuple[int | str, ...]) -> None:
    if not location:
        overlay.wrong(pointer, "the whole document cannot be removed", "target a part of it")
        return
    holder = _holder(root, location)
    overlay.changed.remove(holder, location[-1])
    del holder[location[-1]]


def _update(overlay: Overlay, pointer: str, root: dict[str, Any], node: Any, value: Any) -> None:
    target = node.value
    if isinstance(target, list):
        # An entry to append; what is copied from an array are its entries.
        copied = pointer.endswith("/copy") and isinstance(value, list)
        items = _unshared(value) if copied else [_unshared(value)]
        overlay.changed.extend(target, [overlay.place(pointer)] * len(items))
        target.extend(items)
    elif isinstance(target, dict) and isinstance(value, dict):
        _merge(overlay, pointer, target, value)
    elif overlay.copies and not isinstance(target, dict) and not isinstance(value, dict | list):
        holder, step = _holder(root, node.location), node.location[-1]
        if isinstance(holder, list):
            overlay.changed.put_item(holder, step, overlay.place(pointer))
        else:
            overlay.changed.put(holder, step, overlay.place(pointer))
        holder[step] = value
    else:
        message = "an update needs an object or array as its target and an object as its value"
        overlay.wrong(pointer, message, "target the object around the value")


def _holder(root: dict[str, Any], location: tuple[int | str, ...]) -> Any:
    """The object or array that a location, which is not the root's, stands in."""
    holder: Any = root
    for step in location[:-1]:
        holder = holder[step]
    return holder


def _merge(overlay: Overlay, pointer: str, target: dict[str, Any], update: dict[str, Any]) -> None:
    for key, value in update.items():
        old, place = target.get(key), f"{pointer}/{escape(str(key))}"
        if isinstance(old, dict) and isinstance(value, dict):
            _merge(overlay, place, old, value)
        elif isinstance(old, list) and isinstance(value, list):
            overlay.changed.extend(old, [overlay.place(f"{place}/{index}") for index in range(len(value))])
            old.extend(_unshared(value))
        else:
            overlay.changed.put(target, key, overlay.place(place))
            target[key] = _unshared(value)
