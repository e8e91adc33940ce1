"""A small generated-looking package, made in memory: ``shop`` with its ``models``."""

from __future__ import annotations

import sys
import types
from typing import Any

from attrs import define, field
from bindwright.runtime import Model, root, wire
from bindwright.runtime.http import (
    ApiSpec,
    AsyncClient,
    AsyncResource,
    Content,
    Hooks,
    Operation,
    Parameter,
    Resource,
    Response,
    SecurityScheme,
    SyncClient,
)

models = types.ModuleType("shop_in_memory.models")
package = types.ModuleType("shop_in_memory")
package.__path__ = []
package.models = models  # type: ignore[attr-defined]
sys.modules |= {"shop_in_memory": package, "shop_in_memory.models": models}


@define(kw_only=True)
class Pet(Model):
    """An animal."""

    __wire__ = root("Pet")

    name: str = field(metadata=wire("Name"))
    age: int | None = field(default=None, metadata=wire("Age"))


@define(kw_only=True)
class Problem(Model):
    """What went wrong."""

    __wire__ = root("Problem")

    code: str = field(metadata=wire("code"))


for _model in (Pet, Problem):
    _model.__module__ = models.__name__
    setattr(models, _model.__name__, _model)


def body(type_: str | None, *media_types: str, **facts: Any) -> tuple[Content, ...]:
    """Contents of one type in several media types."""
    names = media_types or ("application/json", "application/xml")
    return tuple(Content(media_type=media_type, type=type_, **facts) for media_type in names)


RESPONSES = (
    Response(status="200", content=body("Pet")),
    Response(status="404", description="No such pet", content=body("Problem")),
    Response(status="503", description="Busy"),
)
GET = Operation(
    id="pets.get",
    method="GET",
    path="/pets/{petId}",
    parameters=(
        Parameter(name="petId", location="path", type="int", required=True),
        Parameter(name="events", location="query", type="list[str]", explode=False),
        Parameter(name="X-Trace", location="header"),
    ),
    responses=RESPONSES,
)
POST = Operation(
    id="pets.add", method="POST", path="/pets", body=body("Pet"), body_required=True, responses=RESPONSES
)
RUN = Operation(id="pets.run", method="POST", path="/run", responses=RESPONSES)


def operation(method: str = "GET", path: str = "/x", **facts: Any) -> Operation:
    """An operation whose answer is free-form."""
    responses = facts.pop("responses", (Response(status="200", content=body("Any")),))
    return Operation(id="shop.x", method=method, path=path, responses=responses, **facts)


def scheme(name: str, kind: str, **facts: Any) -> SecurityScheme:
    """A security scheme."""
    return SecurityScheme(name=name, kind=kind, **facts)


def client(base_url: str | None, *schemes: SecurityScheme, security: Any = None, **options: Any) -> Resource:
    """The resource of a fresh sync client; without ``security`` all schemes are needed together."""
    return Resource(_class(SyncClient, schemes, security)(base_url, **options))


def async_client(
    base_url: str | None, *schemes: SecurityScheme, security: Any = None, **options: Any
) -> AsyncResource:
    """As `client`."""
    return AsyncResource(_class(AsyncClient, schemes, security)(base_url, **options))


def _class(base: Any, schemes: Any, security: Any) -> Any:
    needs = security if security is not None else (tuple((scheme.name, ()) for scheme in schemes),)
    spec = ApiSpec(package="shop_in_memory", version="1", schemes=schemes, security=needs)
    return type("Client", (base,), {"_api": spec})


def call(
    resource: Resource, operation: Operation, arguments: Any = None, body: Any = None, **options: Any
) -> Any:
    """What a generated method does."""
    more = {} if body is None else {"body": body}
    return resource._call(operation, arguments or {}, **more, options=options)  # type: ignore[arg-type]


async def acall(
    resource: AsyncResource, operation: Operation, arguments: Any = None, body: Any = None, **options: Any
) -> Any:
    """As `call`."""
    more = {} if body is None else {"body": body}
    return await resource._call(operation, arguments or {}, **more, options=options)  # type: ignore[arg-type]


POST_ANY = operation("POST", "/pets", body=body("Pet"))


def counting(calls: list[Any]) -> Hooks:
    """Hooks that note every attempt."""
    return Hooks(on_request=calls.append)
