"""Nested documents: pages of orders as our models write them, the same as others may, and a bucket's listing."""

from __future__ import annotations

import random
import re

from lxml import etree


def listing(count: int) -> bytes:
    """A bucket's listing as Amazon sends it: a declaration, a namespace, ``&quot;`` in every item, no time twice."""
    source = random.Random(7)
    items = "".join(
        f"<Contents><Key>folder/{number:05}/file-{source.randrange(10**9)}.bin</Key>"
        f"<LastModified>2026-11-{1 + number % 28:02}T{number % 24:02}:{number % 60:02}:{source.randrange(60):02}.000Z"
        f"</LastModified><ETag>&quot;{source.getrandbits(128):032x}&quot;</ETag><Size>{source.randrange(10**7)}</Size>"
        "<StorageClass>STANDARD</StorageClass></Contents>"
        for number in range(count)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
        f"<Name>b</Name><Prefix>folder/</Prefix><KeyCount>{count}</KeyCount><MaxKeys>1000</MaxKeys>"
        f"<IsTruncated>false</IsTruncated>{items}</ListBucketResult>"
    ).encode()


def plain(data: bytes) -> bytes:
    """Orders without namespaces, for peers."""
    return re.sub(rb' xmlns="[^"]*"', b"", data)


def deviating(data: bytes) -> dict[str, bytes]:
    """A page of orders as other servers may write it."""
    text = data.decode()
    half = len(text) // 2
    second = text[half:]
    return {
        "another order of members": _reordered(data, lambda children: children.reverse()),
        "an order of its own in each": _reordered(data, random.Random(3).shuffle),
        "a prefix": re.sub(r"<(/?)(\w)", r"<\1o:\2", text).replace("xmlns=", "xmlns:o=").encode(),
        "comments": text.replace("<placed>", "<!-- placed --><placed>").encode(),
        "unknown elements": text.replace("<placed>", "<region>eu</region><placed>").encode(),
        "UTF-16": ('<?xml version="1.0" encoding="utf-16"?>' + text).encode("utf-16"),
        "ISO 8859-1": ('<?xml version="1.0" encoding="iso-8859-1"?>' + text.replace("Road", "Straße")).encode("latin-1"),
        "indented": etree.tostring(etree.fromstring(data), pretty_print=True),
        "one comment": (text[:half] + second.replace("<line", "<!-- here --><line", 1)).encode(),
        "one unknown element": (text[:half] + second.replace("</line>", "<extra>1</extra></line>", 1)).encode(),
        "one price with an exponent": (text[:half] + re.sub("<price>[^<]*", "<price>1.5e3", second, count=1)).encode(),
    }  # fmt: skip


def _reordered(data: bytes, change: object) -> bytes:
    root = etree.fromstring(data)
    for name in ("order", "customer", "address", "line"):
        for node in root.iter(f"{{*}}{name}"):
            children = list(node)
            change(children)  # type: ignore[operator]
            node[:] = children
    return etree.tostring(root)
