"""Documents of the shapes in ``shapes.openapi.yaml``: answers as servers send them, and values that are written anew."""

from __future__ import annotations

import base64
import datetime as dt
import random
import re
from typing import Any

_START = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def blobs(count: int) -> bytes:
    """A container's blobs as Azure lists them: a byte order mark, a declaration, empty elements, times as HTTP has them."""
    source = random.Random(11)
    items = "".join(_blob(number, source) for number in range(count))
    return (
        '\ufeff<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="https://example.net/"'
        ' ContainerName="backups"><Prefix>day/</Prefix><MaxResults>5000</MaxResults>'
        f"<Blobs>{items}</Blobs><NextMarker /></EnumerationResults>"
    ).encode()


def _blob(number: int, source: random.Random) -> str:
    moment = _START + dt.timedelta(seconds=source.randrange(10**7))
    digest = base64.b64encode(source.randbytes(16)).decode()
    metadata = f"<Metadata><owner>team-{number % 7}</owner><job>{source.randrange(10**6)}</job></Metadata>"
    return (
        f"<Blob><Name>day/{number:05}/part-{source.randrange(10**9)}.parquet</Name><Properties>"
        f"<Creation-Time>{moment:%a, %d %b %Y %H:%M:%S} GMT</Creation-Time>"
        f"<Last-Modified>{moment:%a, %d %b %Y %H:%M:%S} GMT</Last-Modified><Etag>0x{source.getrandbits(60):015X}</Etag>"
        f"<Content-Length>{source.randrange(10**9)}</Content-Length><Content-Type>application/octet-stream</Content-Type>"
        f"<Content-Encoding /><Content-Language /><Content-MD5>{digest}</Content-MD5><Cache-Control />"
        "<Content-Disposition /><BlobType>BlockBlob</BlobType><AccessTier>Hot</AccessTier>"
        "<AccessTierInferred>true</AccessTierInferred><LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState>"
        f"<ServerEncrypted>true</ServerEncrypted></Properties>{metadata if number % 3 else '<Metadata />'}</Blob>"
    )


def messages(count: int) -> bytes:
    """Messages as Amazon SQS delivers them: JSON in the body, whose quotation marks are escaped."""
    source = random.Random(12)
    items = "".join(_message(number, source) for number in range(count))
    return (
        '<?xml version="1.0"?><ReceiveMessageResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/">'
        f"<ReceiveMessageResult>{items}</ReceiveMessageResult><ResponseMetadata>"
        f"<RequestId>{_uuid(source)}</RequestId></ResponseMetadata></ReceiveMessageResponse>"
    ).encode()


def _message(number: int, source: random.Random) -> str:
    body = f"{{&quot;order&quot;:{source.randrange(10**6)},&quot;state&quot;:&quot;paid &amp; sent&quot;,&quot;n&quot;:{number}}}"
    facts = {
        "SenderId": f"AIDA{source.getrandbits(64):X}", "ApproximateFirstReceiveTimestamp": str(1_764_000_000_000 + number),
        "ApproximateReceiveCount": str(1 + number % 3), "SentTimestamp": str(1_763_000_000_000 + number),
    }  # fmt: skip
    attributes = "".join(
        f"<Attribute><Name>{name}</Name><Value>{value}</Value></Attribute>" for name, value in facts.items()
    )
    return (
        f"<Message><MessageId>{_uuid(source)}</MessageId>"
        f"<ReceiptHandle>{base64.b64encode(source.randbytes(90)).decode()}</ReceiptHandle>"
        f"<MD5OfBody>{source.getrandbits(128):032x}</MD5OfBody><Body>{body}</Body>{attributes}</Message>"
    )


def _uuid(source: random.Random) -> str:
    return re.sub("^(.{8})(.{4})(.{4})(.{4})", r"\1-\2-\3-\4-", f"{source.getrandbits(128):032x}")


def _moment(source: random.Random) -> str:
    return f"{_START + dt.timedelta(seconds=source.randrange(10**7)):%Y-%m-%dT%H:%M:%SZ}"


def issues(count: int) -> dict[str, Any]:
    """A page of issues as GitHub has them."""
    source = random.Random(13)
    return {"issues": [_issue(number, source) for number in range(count)]}


def _user(number: int) -> dict[str, Any]:
    return {
        "login": f"user-{number}", "id": 10_000 + number, "avatar_url": f"https://avatars.example.com/u/{10_000 + number}?v=4",
        "html_url": f"https://example.com/user-{number}", "type": "User", "site_admin": False,
    }  # fmt: skip


def _issue(number: int, source: random.Random) -> dict[str, Any]:
    labels = [
        {
            "id": 208_045_946 + index, "name": f"area: {index}", "color": f"{source.getrandbits(24):06x}", "default": index == 0,
            "description": None if index else "Something isn't working",
        }
        for index in range(number % 4)
    ]  # fmt: skip
    is_closed = number % 3 == 0
    return {
        "id": 1_000_000_000 + source.randrange(10**9), "node_id": f"I_kw{source.getrandbits(64):X}",
        "url": f"https://api.example.com/repos/o/r/issues/{number}", "html_url": f"https://example.com/o/r/issues/{number}",
        "number": number, "state": "closed" if is_closed else "open", "state_reason": "completed" if is_closed else None,
        "title": f"The reader stops at \"{source.randrange(1000)}\" & says nothing",
        "body": f"### What happens\n\nWith `x < {number}` it stops.\n\n* first\n* second\n" * (1 + number % 3), "user": _user(number % 17),
        "labels": labels, "assignees": [_user(index) for index in range(number % 3)],
        "milestone": None if number % 2 else {"number": 3, "title": "v3.0", "due_on": _moment(source)},
        "locked": False, "comments": source.randrange(40), "author_association": ("MEMBER", "NONE", "CONTRIBUTOR")[number % 3],
        "reactions": {"+1": source.randrange(9), "-1": 0, "total_count": source.randrange(9)},
        "closed_at": _moment(source) if is_closed else None, "created_at": _moment(source), "updated_at": _moment(source),
    }  # fmt: skip


def tree(width: int, depth: int) -> dict[str, Any]:
    """A tree of folders and files: so many of each in a folder, down to a depth."""
    return {"root": _folder(width, depth, random.Random(14))}


def _folder(width: int, depth: int, source: random.Random) -> dict[str, Any]:
    children = [_file(source) for _ in range(width)]
    if depth:
        children += [_folder(width, depth - 1, source) for _ in range(width)]
    return {"kind": "folder", "name": f"folder-{source.randrange(10**6)}", "children": children}


def _file(source: random.Random) -> dict[str, Any]:
    tags = ["a", "b"][: source.randrange(3)]
    return {
        "kind": "file", "name": f"file-{source.randrange(10**6)}.txt", "size": source.randrange(10**7),
        "modified": _moment(source), "executable": source.random() < 0.2, **({"tags": tags} if tags else {}),
    }  # fmt: skip


def table(rows: int) -> dict[str, Any]:
    """Rows of a hundred columns, of which the first five are always there and the others mostly."""
    source = random.Random(15)
    return {"rows": [_row(source) for _ in range(rows)]}


def _row(source: random.Random) -> dict[str, Any]:
    values = {
        0: lambda: f"value {source.randrange(10**6)}", 1: lambda: source.randrange(10**6),
        2: lambda: source.randrange(10**6) / 100, 3: lambda: source.random() < 0.5, 4: lambda: _moment(source),
    }  # fmt: skip
    return {
        f"c{number:02}": values[number % 5]() for number in range(100) if number < 5 or source.random() < 0.9
    }
