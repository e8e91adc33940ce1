"""``root(…)``: what a named type says as the root of a document."""

from __future__ import annotations

from bindwright.ir import model as ir
from bindwright.standards.xml_names import encode_name
from bindwright.targets.python.models.model_context import ModelContext
from bindwright.targets.python.models.type_expressions import scalar_type
from bindwright.targets.python.syntax.code import Code, string
from bindwright.targets.python.syntax.layout import Bracketed, Expr, call, dict_, flat, keyword, lay, tuple_
from bindwright.targets.python.syntax.module import Imports, RecordedImports


def root(models: ModelContext, type_: ir.AnyType, imports: Imports) -> Bracketed:
    """``root(…)`` of a type; each root has a name, the type's own where the document gives none."""
    class_name = models.plan.classes[type_.id]
    explicit = (type_.xml.name if type_.xml else None) or models.unnamed_roots.get(type_.id) or None
    explicit = explicit or _contract_name(models, type_)
    if explicit == class_name and type_.id in models.unnamed_roots:
        explicit = None
    facts = [*_names(models, type_), *_also_read(models, type_), *_facts(models, type_, imports)]
    if facts and explicit is None and type_.name in (None, class_name) and _names_itself(models, type_):
        return call(imports.import_("root"), *facts)  # the class tells the name of its roots
    own = encode_name("") if type_.name == "" else type_.name  # an element has a name, a key may be empty
    return call(imports.import_("root"), string(explicit or own or class_name), *facts)


def _names_itself(models: ModelContext, type_: ir.AnyType) -> bool:
    """Whether the name of the class is that of its roots where nothing says so: in .NET's profile contracts do."""
    return type_.profile != "datacontract" and models.typer.is_nominal(type_)


def _contract_name(models: ModelContext, type_: ir.AnyType) -> str | None:
    """What an inline class is called in ``xsi:type``, where that is not as the class is."""
    content = models.api.xml.get(type_.id) if type_.name is None else None
    if not isinstance(content, ir.XmlObject) or content.contract is None:
        return None
    return content.contract.name if content.contract.name != models.plan.classes[type_.id] else None


def _names(models: ModelContext, type_: ir.AnyType) -> list[Expr]:
    """What the name names, where the runtime's rule for hand-written models (all, unless it is the class's) is wrong."""
    if type_.id in models.unnamed_roots or (
        _contract_name(models, type_) and not (type_.xml and type_.xml.name)
    ):
        return [Code('names="nothing"')]
    if not models.api.xml or type_.name is None or not models.typer.is_nominal(type_):
        return []
    if type_.profile == "datacontract":  # there members name all elements
        return []
    explicit, class_name = type_.xml.name if type_.xml else None, models.plan.classes[type_.id]
    if explicit is None:
        return [] if type_.name == class_name else [Code('names="root"')]
    return [Code('names="everywhere"')] if explicit == class_name else []


def _also_read(models: ModelContext, type_: ir.AnyType) -> list[Expr]:
    """The other names that elements of members are read by."""
    names = models.other_names.get(type_.id)
    if not names:
        return []
    return [
        keyword(Code("also_read"), dict_([(string(name), string(names[name])) for name in sorted(names)]))
    ]


def root_statement(models: ModelContext, type_: ir.AnyType, imports: Imports) -> Code:
    """``__wire__ = root(…)`` in the body of a class."""
    return Code(f"    __wire__ = {lay(root(models, type_, imports), 4, 15)}")


def needs_root(models: ModelContext, type_: ir.Object | ir.Enum) -> bool:
    """Whether an object or enumeration says more than what its class tells already."""
    name = (type_.xml.name if type_.xml else None) or type_.name
    if _names(models, type_) or models.other_names.get(type_.id):
        return True
    return name not in (None, models.plan.classes[type_.id]) or bool(_facts(models, type_, RecordedImports()))


def _facts(models: ModelContext, type_: ir.AnyType, imports: Imports) -> list[Expr]:
    arguments: list[Expr] = []
    if type_.xml is not None:
        for fact in ("namespace", "prefix"):
            if (text := getattr(type_.xml, fact)) is not None:
                arguments.append(Code(f"{fact}={string(text)}"))
    if type_.nullable and type_.profile != "datacontract":  # whose documents may all be null
        arguments.append(Code("nullable=True"))
    if type_.profile != "openapi":
        arguments.append(Code(f"profile={string(type_.profile)}"))
    if isinstance(type_, ir.Object):
        arguments += _object(models, type_, imports)
    elif isinstance(type_, (ir.Array, ir.Map, ir.Union)):
        arguments += models.facts.inside(type_, imports)
        if isinstance(type_, ir.Map) and type_.entries is not None:
            arguments.append(keyword(Code("entries"), models.facts.entries(type_.entries, imports)))
    elif isinstance(type_, ir.Enum):
        arguments += models.facts.inside(type_, imports)
    elif isinstance(type_, ir.Scalar) and (format_ := type_.format or type_.content_encoding):
        arguments.append(Code(f"format={string(format_)}"))
        if type_.base == "string" and scalar_type("string", format_, type_.content_encoding) == "Decimal":
            arguments.append(Code("quoted=True"))
    if checks := models.facts.checks(None, type_, imports):
        arguments.append(keyword(Code("checks"), checks))
    arguments += models.facts.asserts(None, type_)
    return arguments


def _object(models: ModelContext, type_: ir.Object, imports: Imports) -> list[Expr]:
    arguments: list[Expr] = []
    if isinstance(type_.member_order, list):
        arguments.append(keyword(Code("member_order"), tuple_(string(name) for name in type_.member_order)))
    elif type_.member_order is not None and not (
        type_.profile == "datacontract" and type_.member_order == "alphabetical"
    ):
        arguments.append(Code(f"member_order={string(type_.member_order)}"))
    if type_.known:
        texts = [models.typer.type(type_id, named=True).text for type_id in type_.known]
        arguments.append(keyword(Code("known"), tuple_(string(text) for text in texts)))
    if type_.reference is not None:
        reference = (type_.reference.id, type_.reference.ref, type_.reference.attribute)
        arguments.append(keyword(Code("reference"), tuple_(string(text) for text in reference)))
    if derived := models.derived.get(type_.id):
        names = (models.typer.type(type_id, named=True).text for type_id in derived)
        arguments.append(keyword(Code("derived"), tuple_(string(name) for name in names)))
    if type_.closed:
        arguments.append(Code("closed=True"))
        if type_.pattern_additional:
            patterns = (string(pattern) for pattern, _ in type_.pattern_additional)
            arguments.append(keyword(Code("patterns"), tuple_(patterns)))
    arguments += models.facts.names(type_, imports)
    if additional_uses(type_):
        arguments.append(Code(f"additional={string(models.plan.additional[type_.id])}"))
        arguments += _further(models, type_, imports)
    if type_.discriminator:
        arguments.append(keyword(Code("choice"), models.facts.choice(type_, imports)))
    return arguments


def _further(models: ModelContext, type_: ir.Object, imports: Imports) -> list[Expr]:
    """What tells the values of members beyond the named ones: facts of all, or by their names."""
    named = list(type_.pattern_additional)
    if type_.additional is not None:
        named.append(("", type_.additional))
    texts = [models.typer.use(use, named=True).text for _, use in named]
    facts = {flat(models.facts.at(use, RecordedImports())) for _, use in named}
    if len(facts) == 1 and len(set(texts)) == 1:
        return models.facts.nested("values", named[0][1], imports)
    entries = (
        tuple_([string(pattern), string(text), models.facts.at(use, imports)])
        for (pattern, use), text in zip(named, texts, strict=True)
    )
    return [keyword(Code("by_name"), tuple_(entries))]


def additional_uses(type_: ir.Object) -> list[ir.Use]:
    """What members beyond the named ones may be: as the patterns of their names say, or as all others."""
    uses = [use for _, use in type_.pattern_additional]
    if type_.additional is not None:
        uses.append(type_.additional)
    return list({use.type: use for use in uses}.values())
