"""Who takes part in reading and writing XML: each library with the model that its own manual would have one write."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, make_dataclass
from pathlib import Path
from typing import Any

from bench.wire.xml_documents import DATES, DOCUMENT, INTS, NAMES, NAMESPACE, XSI

ROOT = Path(__file__).parents[2]


@dataclass
class Contestant:
    """How one library reads and writes a job, and reads a list; ``get`` gives a member as text."""

    decode: Callable[[bytes], Any]
    encode: Callable[[Any], bytes] | None = None
    many: Callable[[bytes], Any] | None = None
    get: Callable[[Any, str], str] = lambda job, name: str(getattr(job, name))
    extra: dict[str, Callable[[], Any]] = field(default_factory=dict)


def spelled(value: Any) -> str:
    """A value as the page spells it, in as many digits as the library kept."""
    if isinstance(value, dt.datetime):
        return getattr(value, "text", None) or value.isoformat()
    return str(value)


def ours() -> Contestant:
    sys.path.insert(0, str(ROOT / "generated"))
    from bindwright.runtime import xml
    from bindwright.runtime.shapes import members_of
    from w50api.models import ImportJob

    attributes = {member.json: member.attribute for member in members_of(ImportJob)}
    slow = xml.Settings(speculate=False)
    return Contestant(
        lambda data: xml.decode(data, ImportJob), xml.encode, lambda data: xml.decode(data, list[ImportJob]),
        lambda job, name: spelled(getattr(job, attributes[name])),
        {"full": lambda: xml.decode(DOCUMENT, ImportJob, settings=slow)},
    )  # fmt: skip


def by_hand() -> Contestant:
    import attrs
    from lxml import etree

    job = attrs.make_class("Job", {name: attrs.field() for name in NAMES}, kw_only=True, slots=True)
    convert = {
        f"{{{NAMESPACE}}}{name}": (
            name,
            int if name in INTS else dt.datetime.fromisoformat if name in DATES else str,
        )
        for name in NAMES
    }

    def read_job(node: Any) -> Any:
        values = {}
        for child in node:
            name, read = convert[child.tag]
            values[name] = None if child.get(f"{{{XSI}}}nil") == "true" else read(child.text or "")
        return job(**values)

    return Contestant(
        lambda data: read_job(etree.fromstring(data)), None, lambda data: [read_job(node) for node in etree.fromstring(data)],
        lambda value, name: spelled(getattr(value, name)),
    )  # fmt: skip


def with_xsdata() -> Contestant:
    from xsdata.formats.dataclass.context import XmlContext
    from xsdata.formats.dataclass.parsers import XmlParser
    from xsdata.formats.dataclass.parsers.handlers import LxmlEventHandler
    from xsdata.formats.dataclass.serializers import XmlSerializer
    from xsdata.formats.dataclass.serializers.config import SerializerConfig
    from xsdata.models.datatype import XmlDateTime

    def member(name: str) -> tuple[str, Any, Any]:
        kind = int if name in INTS else XmlDateTime if name in DATES else str
        facts = {"name": name, "type": "Element", "namespace": NAMESPACE, "nillable": True}
        return name, kind | None, field(default=None, metadata=facts)

    meta = type("Meta", (), {"name": "ImportJob", "namespace": NAMESPACE})
    job = make_dataclass("ImportJob", [member(name) for name in NAMES], namespace={"Meta": meta})
    job.__module__ = __name__
    facts = {"name": "ImportJob", "type": "Element", "namespace": NAMESPACE}
    list_meta = type("Meta", (), {"name": "ArrayOfImportJob", "namespace": NAMESPACE})
    jobs = make_dataclass(
        "Jobs",
        [("items", list[job], field(default_factory=list, metadata=facts))],
        namespace={"Meta": list_meta},
    )
    context = XmlContext()
    parser = XmlParser(context=context, handler=LxmlEventHandler)
    serializer = XmlSerializer(context=context, config=SerializerConfig(xml_declaration=False))
    return Contestant(
        lambda data: parser.from_bytes(data, job),
        lambda value: serializer.render(value, ns_map={None: NAMESPACE, "i": XSI}).encode(),
        lambda data: parser.from_bytes(data, jobs).items,
    )


def with_pydantic_xml() -> Contestant:
    import pydantic_xml
    from pydantic import create_model

    space = {"": NAMESPACE, "i": XSI}
    fields: dict[str, Any] = {
        name: (
            int if name in INTS else (dt.datetime if name in DATES else str) | None,
            pydantic_xml.element(tag=name),
        )
        for name in NAMES
    }
    base = type("Base", (pydantic_xml.BaseXmlModel,), {"__module__": __name__}, tag="ImportJob", nsmap=space)
    job = create_model(
        "ImportJob", __base__=base, __cls_kwargs__={"tag": "ImportJob", "nsmap": space}, **fields
    )
    jobs = create_model(
        "Jobs", __base__=base, __cls_kwargs__={"tag": "ArrayOfImportJob", "nsmap": space},
        items=(list[job], pydantic_xml.element(tag="ImportJob")),
    )  # fmt: skip
    return Contestant(
        job.from_xml, lambda value: value.to_xml(), lambda data: jobs.from_xml(data).items,
        lambda value, name: spelled(getattr(value, name)),
    )  # fmt: skip


def with_polyxml() -> Contestant:
    import polyxml

    def member(name: str) -> tuple[str, Any, Any]:
        kind = int if name in INTS else str
        return name, kind, field(metadata={"name": name, "type": "Element", "namespace": NAMESPACE})

    meta = type("Meta", (), {"name": "ImportJob", "namespace": NAMESPACE})
    job = make_dataclass("ImportJob", [member(name) for name in NAMES], namespace={"Meta": meta})
    facts = {"name": "ImportJob", "type": "Element", "namespace": NAMESPACE}
    list_meta = type("Meta", (), {"name": "ArrayOfImportJob", "namespace": NAMESPACE})
    jobs = make_dataclass(
        "Jobs",
        [("items", list[job], field(default_factory=list, metadata=facts))],
        namespace={"Meta": list_meta},
    )
    return Contestant(
        lambda data: polyxml.deserialize(data, job), polyxml.serialize,
        lambda data: polyxml.deserialize(data, jobs).items,
    )  # fmt: skip


def untyped(parse: Callable[..., Any], unparse: Callable[..., Any]) -> Contestant:
    return Contestant(
        parse, lambda value: unparse(value, full_document=False).encode(),
        lambda data: parse(data)["ArrayOfImportJob"]["ImportJob"],
        lambda value, name: (value.get("ImportJob") or value)[name] if "ImportJob" in value else value[name],
    )  # fmt: skip


def contestants() -> dict[str, Contestant]:
    """Everyone whose library is there."""
    import xmltodict

    contestants_ = {"bindwright": ours(), "lxml by hand": by_hand()}
    makers: dict[str, Callable[[], Contestant]] = {
        "xsdata": with_xsdata, "pydantic-xml": with_pydantic_xml, "polyxml (dates as text)": with_polyxml,
        "xmltodict (untyped)": lambda: untyped(xmltodict.parse, xmltodict.unparse), "xmltodict-rs (untyped)": with_rs,
    }  # fmt: skip
    for name, make in makers.items():
        try:
            contestants_[name] = make()
        except ImportError as error:
            print(f"  without {name}: {error}")
    return contestants_


def with_rs() -> Contestant:
    import xmltodict_rs

    return untyped(xmltodict_rs.parse, xmltodict_rs.unparse)
