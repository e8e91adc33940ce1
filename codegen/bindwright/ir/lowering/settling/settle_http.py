"""HTTP, settled: kinds of contents, what security is asked for, and on which sides types and members are sent."""

from __future__ import annotations

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.operations.contents import is_positional, kind_of_content
from bindwright.ir.model import Object
from bindwright.ir.paging import settle_paging_and_polling
from bindwright.ir.reachability import sides
from bindwright.ir.walks import contents_of, operations_of


def settle_http(context: Lowering) -> None:
    """Set what follows for operations, types and members."""
    api = context.api
    for operation in operations_of(api):
        for content in contents_of(operation):
            content.kind = kind_of_content(context, content)
            content.positional = is_positional(context, content)
        settle_paging_and_polling(operation)
        operation.requirements = api.security if operation.security is None else operation.security
    reached = context.sides or sides(api)
    for type_ in context.types.values():
        sent, received = type_.id in reached["request"], type_.id in reached["response"]
        if sent != received:
            type_.side = "request" if sent else "response"
        for property_ in type_.properties if isinstance(type_, Object) else ():
            if property_.use.read_only != property_.use.write_only:
                property_.side = "response" if property_.use.read_only else "request"
