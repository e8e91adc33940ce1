"""``x-pagination`` is checked, and pages are told by their signs and by nothing less."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright.ir import LowerOptions, lower

from tests.ir import driver
from tests.ir.driver import api_of

ITEM = "{type: object, properties: {id: {type: string}, tags: {type: array, items: {type: string}}}}"
LIST = f"{{type: array, items: {ITEM}}}"


def document(parameters: str, schema: str, extra: str = "", method: str = "get", headers: str = "") -> str:
    body = ""
    if method == "post":
        body, parameters = f"requestBody: {{content: {{application/json: {{schema: {parameters}}}}}}}, ", ""
    listed = ", ".join(f"{{name: {name}, in: query, schema: {facts}}}" for name, facts in pairs(parameters))
    return f"""
paths:
  /things:
    {method}: {{operationId: listThings, parameters: [{listed}], {body}{extra}
      responses: {{'200': {{description: d, {headers} content: {{application/json: {{schema: {schema}}}}}}}}}}}
"""


def pairs(parameters: str) -> list[tuple[str, str]]:
    described = []
    for part in parameters.split():
        name, _, facts = part.partition("=")
        described.append(
            (name, "{type: string}" if not facts else f"{{type: integer, {facts.replace('=', ': ')}}}")
        )
    return described


def pagination_of(*arguments: Any, **facts: Any) -> Any:
    return api_of(document(*arguments, **facts)).operations[0].pagination


def answer(**members: str) -> str:
    return (
        "{type: object, properties: {"
        + ", ".join(f"{name}: {schema}" for name, schema in members.items())
        + "}}"
    )


TEXT = "{type: string}"
FLAG = "{type: boolean}"
URL = "{type: string, format: uri}"
NUMBER = "{type: integer}"
LINK = "headers: {Link: {schema: {type: string}}},"

SIGNS = {
    "Google": (("pageToken pageSize", answer(files=LIST, nextPageToken=TEXT)),
               {"style": "cursor", "parameter": "pageToken", "next": "/nextPageToken", "items": "/files"}),
    "AWS, query": (("NextToken", answer(Jobs=LIST, NextToken=TEXT)),
                   {"style": "cursor", "parameter": "NextToken", "next": "/NextToken", "items": "/Jobs"}),
    "Kubernetes": (("limit continue", answer(items=LIST, metadata=answer(**{"continue": TEXT}))),
                   {"style": "cursor", "parameter": "continue", "size_parameter": "limit",
                    "next": "/metadata/continue", "items": "/items"}),
    "Django": (("limit offset", answer(count=NUMBER, next=TEXT, previous=TEXT, results=LIST)),
               {"style": "next", "next": "/next", "items": "/results"}),
    "Stripe": (("starting_after limit", answer(has_more=FLAG, data=LIST)),
               {"style": "last", "parameter": "starting_after", "next": "/id", "items": "/data", "more": "/has_more"}),
    "Stripe, both ways": (("starting_after ending_before limit", answer(has_more=FLAG, data=LIST)),
                          {"style": "last", "parameter": "starting_after", "next": "/id", "items": "/data",
                           "more": "/has_more", "back": "ending_before"}),
    "OpenAI": (("after limit", answer(has_more=FLAG, data=LIST, last_id=TEXT, first_id=TEXT)),
               {"style": "cursor", "parameter": "after", "next": "/last_id", "items": "/data", "more": "/has_more"}),
    "Anthropic": (("after_id before_id limit", answer(has_more=FLAG, data=LIST, last_id=TEXT, first_id=TEXT)),
                  {"style": "cursor", "parameter": "after_id", "next": "/last_id", "items": "/data",
                   "more": "/has_more", "back": "before_id", "previous": "/first_id"}),
    "HubSpot": (("after limit", answer(results=LIST, paging=answer(next=answer(after=TEXT, link=TEXT)))),
                {"style": "cursor", "parameter": "after", "next": "/paging/next/after", "items": "/results"}),
    "Zoom": (("next_page_token page_size", answer(meetings=LIST, next_page_token=TEXT)),
             {"style": "cursor", "parameter": "next_page_token", "next": "/next_page_token", "items": "/meetings"}),
    "AWS, one name": (("Marker", answer(Clusters=LIST, Marker=TEXT)),
                      {"style": "cursor", "parameter": "Marker", "next": "/Marker", "items": "/Clusters"}),
    "AWS, the marker told again": (("Marker", answer(Clusters=LIST, Marker=TEXT, NextMarker=TEXT)),
                                   {"style": "cursor", "parameter": "Marker", "next": "/NextMarker",
                                    "items": "/Clusters"}),
    "a URL that says so": (("x", answer(next=URL, previous=URL, results=LIST)),
                           {"style": "next", "next": "/next", "items": "/results"}),
    "page": (("page=default=1 per_page", answer(total=NUMBER, things=LIST)),
             {"style": "page", "parameter": "page", "first": 1, "items": "/things", "total": "/total",
              "size_parameter": "per_page"}),
    "page from 0": (("page=minimum=0 size", answer(totalCount=NUMBER, things=LIST)),
                    {"style": "page", "parameter": "page", "first": 0, "items": "/things", "total": "/totalCount",
                     "size_parameter": "size"}),
    "offset": (("offset limit", answer(total=NUMBER, things=LIST)),
               {"style": "offset", "parameter": "offset", "items": "/things", "total": "/total",
                "size_parameter": "limit"}),
    "Twilio": (("PageSize Page PageToken", answer(things=LIST, meta=answer(next_page_url=TEXT, previous_page_url=TEXT,
                                                                           key=TEXT, page_size=NUMBER))),
               {"style": "next", "next": "/meta/next_page_url", "items": "/things"}),
    "Laravel": (("x", answer(data=LIST, next_page_url=TEXT, prev_page_url=TEXT, path=TEXT)),
                {"style": "next", "next": "/next_page_url", "items": "/data"}),
    "JSON:API": (("x", answer(data=LIST, links=answer(first=TEXT, last=TEXT, prev=TEXT, next=TEXT))),
                 {"style": "next", "next": "/links/next", "items": "/data"}),
    "Slack": (("cursor limit", answer(ok=FLAG, channels=LIST, response_metadata=answer(next_cursor=TEXT))),
              {"style": "cursor", "parameter": "cursor", "next": "/response_metadata/next_cursor",
               "items": "/channels"}),
    "Notion": (("start_cursor page_size", answer(has_more=FLAG, results=LIST, next_cursor=TEXT)),
               {"style": "cursor", "parameter": "start_cursor", "next": "/next_cursor", "items": "/results"}),
    "Box": (("marker limit", answer(entries=LIST, next_marker=TEXT)),
            {"style": "cursor", "parameter": "marker", "next": "/next_marker", "items": "/entries"}),
    "a URL beside the list": (("x", answer(pets=LIST, next=URL)), {"style": "next", "next": "/next", "items": "/pets"}),
    "a URL and what a page is": (("x", answer(value=LIST, count=NUMBER, self=URL, nextLink=URL)),
                                 {"style": "next", "next": "/nextLink", "items": "/value"}),
    "a URL, because nothing takes a token": (("", answer(pets=LIST, next=TEXT)),
                                             {"style": "next", "next": "/next", "items": "/pets"}),
    "one level down": (("x", answer(data=answer(pets=LIST, total=NUMBER), paging=answer(next=URL, previous=URL))),
                       {"style": "next", "next": "/paging/next", "items": "/data/pets"}),
    "links beside the list": (("x", answer(data=LIST, links=answer(self=URL, next=URL))),
                              {"style": "next", "next": "/links/next", "items": "/data"}),
}  # fmt: skip


@pytest.mark.parametrize("name", SIGNS)
def test_signs(name: str) -> None:
    arguments, expected = SIGNS[name]
    assert pagination_of(*arguments) == expected


def test_signs_beside_the_body() -> None:
    assert pagination_of("page", LIST, headers=LINK) == {"style": "link"}
    assert pagination_of("per_page", answer(total_count=NUMBER, items=LIST), headers=LINK) == {
        "style": "link",
        "items": "/items",
    }
    azure = "x-ms-pageable: {nextLinkName: nextLink},"
    assert pagination_of("top", answer(value=LIST, nextLink=TEXT), azure) == {
        "style": "next", "next": "/nextLink", "items": "/value",
    }  # fmt: skip
    google = pagination_of(
        "pageToken", answer(jobs=LIST, unreachable="{type: array, items: {type: string}}", nextPageToken=TEXT)
    )
    assert google["items"] == "/jobs"
    token_in_body = pagination_of(
        answer(NextToken=TEXT, Max=NUMBER), answer(Jobs=LIST, NextToken=TEXT), method="post"
    )
    assert token_in_body == {
        "style": "cursor", "parameter": "$request.body#/NextToken", "next": "/NextToken", "items": "/Jobs",
    }  # fmt: skip


UNLIKE = {
    "what could not be reached alone": (
        "pageToken",
        answer(items="{type: object, additionalProperties: {}}", unreachables=LIST, nextPageToken=TEXT),
        "",
    ),
    "one page": ("x", answer(value=LIST, nextLink=TEXT), "x-ms-pageable: {nextLinkName: null},"),
    "a count, of whatever": ("offset limit", answer(count=NUMBER, things=LIST), ""),
    "an object for a name": (
        "x",
        answer(value=LIST, nextLink=TEXT),
        "x-ms-pageable: {nextLinkName: {a: b}},",
    ),
    "a list for a name": ("x", answer(value=LIST, nextLink=TEXT), "x-ms-pageable: {itemName: [value]},"),
    "two lists": ("pageToken", answer(files=LIST, folders=LIST, nextPageToken=TEXT), ""),
    "no parameter": ("q", answer(files=LIST, nextPageToken=TEXT), ""),
    "no token": ("pageToken", answer(files=LIST), ""),
    "a number that begins anywhere": ("page per_page", answer(total=NUMBER, things=LIST), ""),
    "no total": ("page=default=1 per_page", answer(things=LIST), ""),
    "a list alone": ("page=default=1 per_page", LIST, ""),
    "items without id": (
        "starting_after",
        answer(has_more=FLAG, data="{type: array, items: {type: string}}"),
        "",
    ),
    "a URL of the next page alone": ("x", answer(data=LIST, next_page_url=TEXT), ""),
    "a chapter with the next one": ("x", answer(paragraphs=LIST, title=TEXT, next=URL), ""),
    "what is next may be a token": ("x", answer(pets=LIST, next=TEXT), ""),
    "two lists, one of them one level down": ("x", answer(pets=LIST, more=answer(dogs=LIST), next=URL), ""),
    "a chapter one level down": ("x", answer(chapter=answer(paragraphs=LIST, title=TEXT), next=URL), ""),
    "two URLs of what is next": ("x", answer(pets=LIST, next=URL, nextPage=URL), ""),
    "neighbours that are no links": ("x", answer(data=LIST, next=TEXT, prev=TEXT), ""),
    "neighbours that may be tokens": ("payload", answer(results=LIST, next=TEXT, previous=TEXT), ""),
    "the argument of another operation": (
        "x",
        answer(value=LIST, nextLink=TEXT),
        "x-ms-pageable: {nextLinkName: nextLink, operationName: listNext},",
    ),
    "links to objects": (
        "x",
        answer(data=LIST, links=answer(next=answer(href=TEXT), prev=answer(href=TEXT))),
        "",
    ),
    "a cursor that is a number": ("cursor", answer(users=LIST, next_cursor=NUMBER), ""),
    "a cursor that nothing takes": ("page", answer(users=LIST, next_cursor=TEXT), ""),
    "told not to": ("pageToken", answer(files=LIST, nextPageToken=TEXT), "x-pagination: false,"),
}


@pytest.mark.parametrize("name", UNLIKE)
def test_what_lacks_a_sign_is_not_paged(name: str) -> None:
    assert pagination_of(*UNLIKE[name]) in (None, False)


@pytest.mark.parametrize(
    ("schema", "headers"),
    [
        (answer(next=URL, previous=URL, results=LIST), ""),
        (answer(data=LIST, next_page_url=TEXT, prev_page_url=TEXT), ""),
        (answer(pets=LIST, next=URL), ""),
        (LIST, LINK),
    ],
)
def test_a_url_does_not_hold_what_a_body_asks_for(schema: str, headers: str) -> None:
    query = answer(q=TEXT, page=NUMBER)
    assert pagination_of(query, schema, method="post", headers=headers) is None


def test_a_setting_says_no() -> None:
    arguments, _ = SIGNS["Google"]
    assert api_of(document(*arguments), infer_pagination=False).operations[0].pagination is None


def checked(extension: str) -> tuple[Any, list[str]]:
    schema = answer(things=LIST, next=TEXT, has_more=FLAG)
    loaded = driver.document(document("cursor page=default=1 limit", schema, f"x-pagination: {extension},"))
    api = lower(loaded, options=LowerOptions())
    messages = [item.message for item in loaded.diagnostics.items if item.code == "invalid-pagination"]
    return api.operations[0].pagination, messages


GOOD = [
    "{style: cursor, parameter: cursor, next: /next, items: /things, more: /has_more}",
    "{style: last, parameter: cursor, next: /id, items: /things}",
    '{style: next, next: "$response.header.X-Next"}',
    "{style: page, parameter: page, sizeParameter: limit, items: '$response.body#/things'}",
]
BAD = {
    "{style: pages}": "style 'pages'",
    "{style: cursor, parameter: cursor}": "needs `next`",
    "{style: offset}": "needs `parameter`",
    "{style: cursor, parameter: cursr, next: /next}": "no parameter 'cursr'",
    "{style: cursor, parameter: cursor, next: /nxt}": "the answer has no /nxt",
    "{style: link, items: /thing}": "the answer has no /thing",
    "{style: last, parameter: cursor, next: /uid, items: /things}": "the answer has no /uid",
    "{style: page, parameter: page, size-parameter: size}": "no parameter 'size'",
    "{style: cursor, parameter: cursor, next: /next, back: before}": "no parameter 'before'",
    "{style: cursor, parameter: cursor, next: /next, back: limit, previous: /prev}": "the answer has no /prev",
    "{style: cursor, parameter: '$request.body#/cursor', next: /next}": "the body has no /cursor",
    "5": "not an object",
}


@pytest.mark.parametrize("extension", GOOD)
def test_what_fits_is_taken(extension: str) -> None:
    pagination, messages = checked(extension)
    assert messages == []
    assert isinstance(pagination, dict)
    if pagination["style"] == "page":
        assert pagination["first"] == 1


@pytest.mark.parametrize("extension", BAD)
def test_what_does_not_is_told(extension: str) -> None:
    pagination, messages = checked(extension)
    assert BAD[extension] in messages[0]
    assert not isinstance(pagination, dict) or pagination.get("style") == "pages"
