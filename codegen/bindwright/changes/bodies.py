"""Bodies of requests and responses, and the headers of responses."""

from __future__ import annotations

from bindwright.changes.findings import UNTYPED, Context, Direction
from bindwright.changes.walk import Format, Walk, shown, type_of
from bindwright.changes.xml_nodes import compare_roots
from bindwright.ir.model import Api, Content, Object, Operation, Parameter, Part, Response
from bindwright.standards.media_types import kind_of


def compare_body(
    walk: Walk, old: Operation, new: Operation, contexts: list[Context], direction: Direction
) -> None:
    """Compare the bodies that are sent."""
    # What a webhook brings is sent by the server, and in no signature.
    site = f"{old.id} body" if direction == "request" else UNTYPED
    if old.body is None or new.body is None:
        if old.body is not None:
            walk.findings.add("body-removed", f"{old.id} body", contexts, site=site)
        elif new.body is not None:
            kind = "body-required" if new.body.required else "body-added"
            walk.findings.add(kind, f"{old.id} body", contexts, site=site)
        return
    if old.body.required != new.body.required:
        kind = "body-required" if new.body.required else "body-optional"
        walk.findings.add(kind, f"{old.id} body", contexts, site=site)
    compare_contents(walk, old.body.contents, new.body.contents, f"{old.id} body", old.id, direction, site)


def compare_contents(
    walk: Walk,
    old: list[Content],
    new: list[Content],
    element: str,
    operation: str,
    direction: Direction,
    site: str,
) -> None:
    """Compare the media types of one body."""
    before = {_plain(content.media_type): content for content in old}
    after = {_plain(content.media_type): content for content in new}
    for media_type, content in before.items():
        form = _format(media_type)
        other = after.get(media_type)
        if other is None:
            _report_media(walk, "removed", media_type, f"{element} {media_type}", operation, direction, site)
            continue
        for context in _contexts(walk, form, before, operation, direction, site):
            _compare_content(walk, content, other, f"{element} {media_type}", context)
    for media_type in after.keys() - before.keys():
        _report_media(walk, "added", media_type, f"{element} {media_type}", operation, direction, site)


def _contexts(
    walk: Walk,
    form: Format | None,
    contents: dict[str, Content],
    operation: str,
    direction: Direction,
    site: str,
) -> list[Context]:
    """The formats in which a content is judged: its own, and one that the API has but this body lacks: types are
    shared, and the next operation sends them so."""
    if form is None:  # a form, a text: its values are text whatever others speak, as those of parameters
        return [Context(operation, direction, each, text=True, sites=(site,)) for each in walk.formats]
    present = {_format(media_type) for media_type in contents}
    formats = [form, *(other for other in walk.formats if other not in present)]
    return [Context(operation, direction, each, sites=(site,)) for each in formats]


def _report_media(
    walk: Walk, how: str, media_type: str, element: str, operation: str, direction: Direction, site: str
) -> None:
    form = _format(media_type)
    contexts = [Context(operation, direction, each) for each in ([form] if form else ("json", "xml"))]
    walk.findings.add(f"media-{form or 'other'}-{how}", element, contexts, media_type, site=site)


def _plain(media_type: str) -> str:
    """A media type as others spell it, too: names have no case (RFC 9110, 8.3.1), and UTF-8 is what is meant without a
    charset."""
    name, *parameters = [part.strip() for part in media_type.split(";")]
    kept = [
        part for part in parameters if part.lower().replace('"', "") not in ("charset=utf-8", "charset=utf8")
    ]
    return "; ".join([name.lower(), *kept])


def _format(media_type: str) -> Format | None:
    kind = kind_of(media_type)
    if kind in ("jsonl", "json-seq", "sse"):
        return "json"
    return kind if kind in ("json", "xml") else None


def _compare_content(walk: Walk, old: Content, new: Content, element: str, context: Context) -> None:
    if old.use is not None and new.use is not None:
        walk.uses(old.use, new.use, element, context)
    elif _is_document(old) and _is_document(new):
        if old.use is None and new.use is not None:
            walk.findings.add("type-narrowed", element, context, None, shown(walk.new, new.use))
        elif old.use is not None and new.use is None:
            walk.findings.add("type-widened", element, context, shown(walk.old, old.use))
    if old.item_use is not None and new.item_use is not None:
        walk.uses(old.item_use, new.item_use, f"{element}[]", context)
    if context.format == "xml" and old.root is not None and new.root is not None:
        compare_roots(walk, old.root, new.root, element, context)
    _compare_parts(walk, old, new, element, context)


def _is_document(content: Content) -> bool:
    """Whether a body is one value of JSON or XML, which a schema may describe."""
    return content.kind in ("json", "xml") and content.item_use is None


def _compare_parts(walk: Walk, old: Content, new: Content, element: str, context: Context) -> None:
    """How the members of a form are written, as far as the document says it."""
    before, after = ({part.name: part for part in content.parts} for content in (old, new))
    still = _members(walk.old, old) & _members(walk.new, new)
    for name in [each for each in dict.fromkeys([*before, *after]) if each in still]:
        part, other = before.get(name, Part(name=name)), after.get(name, Part(name=name))
        what = f"{element} {name}"
        if part.content_type != other.content_type:
            walk.findings.add("part-content-type", what, context, part.content_type, other.content_type)
        style, now = (part.style, part.explode), (other.style, other.explode)
        if style != now:
            walk.findings.add("part-style", what, context, *(_style(each) for each in (style, now)))
        if part.inner_separators != other.inner_separators:
            inner = (" ".join(map(repr, each.inner_separators)) or "JSON" for each in (part, other))
            walk.findings.add("part-style", what, context, *inner)
        headers = {header.name.lower(): header for header in part.headers}
        for header in other.headers:
            if header.required and header.name.lower() not in headers:
                walk.findings.add("part-header-required", f"{what} header {header.name}", context)


def _members(api: Api, content: Content) -> set[str]:
    type_ = type_of(api, content.use) if content.use is not None else None
    return {member.name for member in type_.properties} if isinstance(type_, Object) else set()


def _style(style: tuple[str | None, bool | None]) -> str:
    return f"{style[0] or 'form'}, {'exploded' if style[1] else 'not exploded'}"


def compare_responses(walk: Walk, old: Operation, new: Operation, direction: Direction) -> None:
    """Compare what is answered."""
    sites = (f"{old.id} returns",) if direction == "response" else ()
    contexts = [Context(old.id, direction, form, sites=sites) for form in walk.formats]
    before = {response.status: response for response in old.responses}
    after = {response.status: response for response in new.responses}
    removed = [status for status in before if status not in after]
    added = [status for status in after if status not in before]
    gone, come = [s for s in removed if s[0] == "2"], [s for s in added if s[0] == "2"]
    if len(gone) == len(come) == 1:
        if come[0] == "2XX":
            walk.findings.add("status-success-added", f"{old.id} 2XX", contexts, gone[0], come[0])
        elif gone[0] != "2XX":
            walk.findings.add("status-changed", f"{old.id} {gone[0]}", contexts, gone[0], come[0])
        _compare_response(walk, old, before[gone[0]], after[come[0]], contexts, direction)
        removed.remove(gone[0])
        added.remove(come[0])
    for statuses, how in ((removed, "removed"), (added, "added")):
        for status in statuses:
            kind = f"status-{'success' if status[0] == '2' else 'error'}-{how}"
            walk.findings.add(kind, f"{old.id} {status}", contexts, status)
    for status, response in before.items():
        if status in after:
            _compare_response(walk, old, response, after[status], contexts, direction)


def _compare_response(
    walk: Walk,
    operation: Operation,
    old: Response,
    new: Response,
    contexts: list[Context],
    direction: Direction,
) -> None:
    element = f"{operation.id} {old.status}"
    if old.contents and not new.contents:
        walk.findings.add("response-no-body", element, contexts)
    elif new.contents and not old.contents:
        walk.findings.add("response-body-added", element, contexts)
    else:
        compare_contents(
            walk,
            old.contents,
            new.contents,
            element,
            operation.id,
            direction,
            _site(operation, old.status, direction),
        )
    _compare_headers(walk, element, old, new, contexts)


def _site(operation: Operation, status: str, direction: Direction) -> str:
    """What a body of an answer is to callers: what the method returns, or what an error holds."""
    succeeds = status[:1] == "2" or not any(each.status[:1] == "2" for each in operation.responses)
    return f"{operation.id} returns" if succeeds and direction == "response" else UNTYPED


def _compare_headers(walk: Walk, element: str, old: Response, new: Response, contexts: list[Context]) -> None:
    after: dict[str, Parameter] = {header.name.lower(): header for header in new.headers}
    for header in old.headers:
        other = after.pop(header.name.lower(), None)
        name = f"{element} header {header.name}"
        if other is None:
            kind = "response-header-removed" if header.required else "response-header-gone"
            walk.findings.add(kind, name, contexts, header.name)
            continue
        if header.required and not other.required:
            walk.findings.add("response-header-optional", name, contexts)
        for context in contexts:
            walk.uses(header.use, other.use, name, context._replace(text=True))
    for header in after.values():
        walk.findings.add(
            "response-header-added", f"{element} header {header.name}", contexts, None, header.name
        )
