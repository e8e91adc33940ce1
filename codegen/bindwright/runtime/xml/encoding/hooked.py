"""Writing types that users' hooks write, as elements with attributes and children."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from attrs import evolve

from bindwright.runtime.xml.encoding.code import WriterSource
from bindwright.runtime.xml.encoding.elements import contracts, element, open_tag, space_of, typed_attribute
from bindwright.runtime.xml.encoding.namespaces import Env
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.scalars.escape import escape_text, illegal
from bindwright.runtime.xml.scalars.hooks import WriteHook, hook_text, hooks


def write_hooked(
    src: WriterSource, place: XmlPlace, env: Env, value: str, name: str | None, typed: str | None
) -> str:
    hook = hooks().write.get(place.shape.type)
    if hook is None:
        return element(src, evolve(place, hooked=False), env, value, name=name, typed=typed)
    tag, scope, _ = open_tag(src, place, env, (*space_of(typed), *contracts(place)), name=name)
    typed_attribute(src, tag, scope, typed)
    parts, variable = src.name("h"), src.bind("hook", _parts(hook))
    src.line(f"{parts} = {variable}({value})")
    return f"<{tag.text(src.style)}{{{parts}[0]}}>{{{parts}[1]}}</{tag.name}>"


_split = re.compile(r"<x([^>]*+)>(.*)</x>", re.DOTALL).fullmatch


def _parts(hook: WriteHook) -> Callable[[Any], tuple[str, str]]:
    """What a hook makes of a value, as attributes and content."""

    def parts(value: Any) -> tuple[str, str]:
        result = hook(value)
        if not isinstance(result, dict):
            return "", escape_text(hook_text(result))
        import xmltodict  # which imports urllib.request, and so http.client and ssl

        match = _split(str(xmltodict.unparse({"x": result}, full_document=False)))
        if match is None or illegal(match[0]) is not None:
            raise ValueError(f"a hook for {type(value).__name__} gave what XML 1.0 cannot carry")
        return match[1], match[2]

    return parts
