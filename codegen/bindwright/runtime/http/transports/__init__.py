"""What moves bytes: urllib3 for sync clients, httpx2 for async ones.

A transport has ``send(request, deadline)``, which gives a reply with ``status``, ``headers`` (`Headers`),
``read()`` (the rest of the body), ``chunks()`` (an iterator over it) and ``close()``, and ``close()`` of
its own; for async clients they are coroutines, ``aclose`` among them. Bodies are as on the wire, content
codings included. Whatever goes wrong is a `HttpError`.
"""
