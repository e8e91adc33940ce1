"""AWS Signature Version 4 as a signing hook: the example of a scheme that no document can describe."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from urllib.parse import parse_qsl, quote, urlsplit

from attrs import frozen
from bindwright.runtime.http import Request


@frozen(kw_only=True)
class SigV4:
    """Signs finished requests: ``Client(…, sign=SigV4(…))``."""

    key: str
    secret: str
    region: str = "us-east-1"
    service: str = "s3"

    def __call__(self, request: Request) -> None:
        """Put ``Authorization``, ``x-amz-date`` and ``x-amz-content-sha256`` into the headers."""
        now = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
        known = isinstance(request.body, (bytes, type(None)))
        body = hashlib.sha256(request.body or b"").hexdigest() if known else "UNSIGNED-PAYLOAD"
        url = urlsplit(request.url)
        request.headers |= {"x-amz-date": now, "x-amz-content-sha256": body}
        signed = {"host": url.netloc, "x-amz-content-sha256": body, "x-amz-date": now}
        pairs = sorted(
            (quote(k, safe="~"), quote(v, safe="~")) for k, v in parse_qsl(url.query, keep_blank_values=True)
        )
        canonical = "\n".join(
            [request.method, url.path or "/", "&".join(f"{k}={v}" for k, v in pairs)]
            + [f"{name}:{value}" for name, value in sorted(signed.items())]
            + ["", ";".join(sorted(signed)), body]
        )
        scope = f"{now[:8]}/{self.region}/{self.service}/aws4_request"
        text = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256(canonical.encode()).hexdigest()])
        key = b"AWS4" + self.secret.encode()
        for part in scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        signature = hmac.new(key, text.encode(), "sha256").hexdigest()
        request.headers["Authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={self.key}/{scope}, SignedHeaders={';'.join(sorted(signed))}, "
            f"Signature={signature}"
        )
