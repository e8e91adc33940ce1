"""Schema documents as one schema of libxml2, and documents that are wrong on purpose."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from bindwright.ir import lower
from bindwright.ir.model import Api
from bindwright.openapi import load
from lxml import etree

from tests.lowering import lowered

FACTS = Path(__file__).parents[2] / "datacontract" / "facts"
XS = "http://www.w3.org/2001/XMLSchema"
VECTORS: dict[str, dict[str, Any]] = {
    vector["case"]: vector for vector in map(json.loads, (FACTS / "public.jsonl").read_text().splitlines())
}
ODD = {"OddNamespace", "OddNamespace2"}
"""Types whose namespaces libxml2's parser refuses as no URIs."""


def compiled(files: dict[str, bytes], folder: Path) -> etree.XMLSchema:
    """All documents together, as a validator has them that is given each."""
    driver = etree.Element(f"{{{XS}}}schema", nsmap={"xs": XS}, targetNamespace="urn:driver")
    for name, data in files.items():
        (folder / name).write_bytes(data)
        imported = etree.SubElement(driver, f"{{{XS}}}import", schemaLocation=(folder / name).as_uri())
        if namespace := etree.fromstring(data).get("targetNamespace"):
            imported.set("namespace", namespace)
    return etree.XMLSchema(driver)


def dotnet(*, without_odd: bool) -> Api:
    """The API of .NET's vectors; `without_odd`: what libxml2 can read of it."""
    if not without_odd:
        return lower(load(str(FACTS / "datacontract.openapi.yaml")))
    document = yaml.safe_load((FACTS / "datacontract.openapi.yaml").read_text())
    schemas = document["components"]["schemas"]
    for name in ODD:
        del schemas[name]
    document["paths"] = {}
    return lowered(document)


def wrong_documents() -> Iterator[tuple[str, bytes]]:
    """Documents with one fault each that .NET's reader refuses, or reads as something else."""
    job = VECTORS["importjob.all-set"]["xml_utf8writer"]
    members = re.findall(r"<(\w+)>([^<]*)</\1>", job)
    for name, text in members:
        element = f"<{name}>{text}</{name}>"
        yield f"{name} twice", job.replace(element, element + element).encode()
        yield f"{name} misspelt", job.replace(f"{name}>", f"{name.lower()}X>").encode()
        if name != "CurrentStatus":
            yield f"{name} is a word", job.replace(element, f"<{name}>word</{name}>").encode()
            yield f"{name} is empty", job.replace(element, f"<{name}/>").encode()
    for (name, text), (following, next_text) in pairwise(members):
        pair = f"<{name}>{text}</{name}>", f"<{following}>{next_text}</{following}>"
        yield f"{following} before {name}", job.replace("".join(pair), "".join(reversed(pair))).encode()
    yield "another root", job.replace("ImportJob", "ImportJobX").encode()
    yield "another namespace", job.replace("W50API.Models.DTO", "W50API.Models").encode()
    yield "an unknown element", job.replace("<Id>", "<Extra/><Id>").encode()
    yield "an unknown attribute", job.replace("<ImportJob ", '<ImportJob extra="1" ').encode()
    yield "text between members", job.replace("<Id>", "text<Id>").encode()
    scalars = VECTORS["scalars.typical"]["xml_utf8writer"]
    yield "nil where no null is", re.sub(r">true</(\w+)>", r' i:nil="true"></\1>', scalars, count=1).encode()
    yield (
        "an unknown value of an enum",
        b'<JobState xmlns="http://schemas.datacontract.org/2004/07/W50API.Models.DTO">Odd</JobState>',
    )
    for case, text, replacement in (
        ("scalars.typical", "true", "True"), ("enum.flags-combined", "Email Push", "Email Fax"),
        ("maps.labels", "Key>", "key>"), ("inherit.email-as-base", "EmailCampaign", "Campaign2"),
        ("contract.order-full", "<line>", "<row>"),
    ):  # fmt: skip
        document = VECTORS[case]["xml_utf8writer"]
        assert text in document, case
        yield (
            f"{case}: {replacement}",
            document.replace(text, replacement)
            .replace("</line>", "</row>" if replacement == "<row>" else "</line>")
            .encode(),
        )
