"""What frameworks put round the names of functions to make operation ids of them."""

from __future__ import annotations

import re

_CONTROLLER = re.compile(r"[A-Za-z][A-Za-z0-9]*Controller_(?=.)")


def short_operation_id(operation_id: str, path: str, method: str) -> str:
    """The name of the function, where a framework's own rule made the id.

    FastAPI: ``read_item_items__item_id__get`` of ``read_item``, the path with ``_`` for all that is no letter, and the
    method. NestJS: ``PetsController_findAll`` of ``findAll``.
    """
    suffix = re.sub(r"\W", "_", path) + "_" + method.lower()
    if operation_id.endswith(suffix) and len(operation_id) > len(suffix):
        return operation_id.removesuffix(suffix)
    return _CONTROLLER.sub("", operation_id, count=1) if _CONTROLLER.match(operation_id) else operation_id
