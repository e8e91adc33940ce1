"""Names that stay: with the lock, nothing that is added, removed or moved renames anything else."""

from __future__ import annotations

import json
import keyword
from typing import Any

import pytest
from bindwright.ir import lower
from bindwright.ir import model as ir
from bindwright.ir.serialize import dumps
from bindwright.ir.serialize import loads as read_ir
from bindwright.openapi import loads
from bindwright.targets.python import Output, PythonOptions, emit
from bindwright.targets.python.naming.plan import plan_names
from bindwright.targets.typescript import TypeScriptOptions
from bindwright.targets.typescript import emit as emit_typescript
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NAMES = st.one_of(
    st.sampled_from(
        [
            "pet",
            "Pet",
            "PET",
            "pet-name",
            "petName",
            "pet_name",
            "PetName",
            "@type",
            "type",
            "$type",
            "_id",
            "id",
            "ID",
            "Id",
            "1st",
            "+1",
            "-1",
            "class",
            "self",
            "_",
            "list",
            "date",
            "field",
            "Any",
            "Model",
            "List",
            "__init__",
            "con",
            "CON",
            "aux",
            "../../x",
            "a.b",
            "a/b",
            "a-b",
            "ab",
            "aB",
            "A_B",
            "",
            " ",
            "a b",
            "naïve",
            "宠物",
            "名前",
            "x" * 300,
            "K",
            "ﬁx",
            "𱍐a",
        ]
    ),
    st.text(max_size=12),
)


def api_of(schemas: dict[str, list[str]], operations: list[str] = (), members: list[str] = ()) -> ir.Api:  # type: ignore[assignment]
    api = ir.Api(info=ir.Info(title="t", version="1"))
    api.types["string"] = ir.Scalar(id="string", base="string")
    for name, properties in schemas.items():
        id_ = f"#/components/schemas/{name}"
        api.types[id_] = ir.Object(id=id_, name=name, properties=[
            ir.Property(name=property_name, use=ir.Use(type="string"), declared_in=id_) for property_name in properties
        ])  # fmt: skip
        inline = f"{id_}/properties/kind"
        api.types[inline] = ir.Enum(id=inline, owner=id_, context=(name, "kind"), base="string",
                                     members=[ir.EnumMember(value=value) for value in members or ["a", "b"]])  # fmt: skip
    for operation_id in operations:
        api.operations.append(ir.Operation(
            id=f"GET /{operation_id}", method="get", path=f"/{operation_id}", operation_id=operation_id, tags=[operation_id[:2]],
            parameters=[ir.Parameter(name=operation_id, location="query", use=ir.Use(type="string")),
                        ir.Parameter(name=operation_id, location="header", use=ir.Use(type="string"))],
        ))  # fmt: skip
    return api


def names_of(api: ir.Api, lock: dict[str, Any] | None = None) -> tuple[dict[Any, str], dict[str, Any]]:
    """Every public name by what it names, and the lock."""
    plan = plan_names(api, "shop", {}, lock or {})
    public_names: dict[Any, str] = {("class", key): name for key, name in plan.classes.items()}
    public_names |= {("module", key): name for key, name in plan.modules.items()}
    public_names |= {
        ("field", key, wire_name): name
        for key, names in plan.fields.items()
        for wire_name, name in names.items()
    }
    for key, members in plan.members.items():
        type_ = api.types[key]
        assert isinstance(type_, ir.Enum)
        public_names |= {
            ("member", key, member.value): name for member, name in zip(type_.members, members, strict=True)
        }
    for group in plan.groups:
        public_names |= {("tag", group.tag, at): getattr(group, at) for at in ("attribute", "cls", "module")}
    for key, call in plan.calls.items():
        public_names["method", key] = call.method
        public_names |= {("argument", key, argument): name for argument, name in call.arguments.items()}
    return public_names, json.loads(json.dumps(plan.lock))


SCHEMAS = st.dictionaries(NAMES, st.lists(NAMES, max_size=6, unique=True), max_size=5)
LISTS = st.lists(NAMES.filter(bool), max_size=6, unique=True)
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@SETTINGS
@given(SCHEMAS, LISTS, LISTS, SCHEMAS, LISTS, LISTS, st.randoms())
def test_additions_removals_and_reordering_rename_nothing(
    schemas: Any,
    operations: Any,
    members: Any,
    more: Any,
    more_operations: Any,
    more_members: Any,
    random: Any,
) -> None:
    before, lock = names_of(api_of(schemas, operations, members))
    kept = {key: value for key, value in schemas.items() if random.random() < 0.8}
    changed = {
        key: list(dict.fromkeys([*value, *more.get(key, ())])) for key, value in {**more, **kept}.items()
    }
    for value in changed.values():
        random.shuffle(value)
    items = list(changed.items())
    random.shuffle(items)
    calls = list(dict.fromkeys([*more_operations, *operations]))
    after, _ = names_of(api_of(dict(items), calls, list(dict.fromkeys([*more_members, *members]))), lock)
    for key, name in before.items():
        assert after.get(key, name) == name


@SETTINGS
@given(SCHEMAS, LISTS, LISTS, st.randoms())
def test_order_plays_no_part_even_without_a_lock(
    schemas: Any, operations: Any, members: Any, random: Any
) -> None:
    first, _ = names_of(api_of(schemas, operations, members))
    items = [
        (key, random.sample(value, len(value)))
        for key, value in random.sample(list(schemas.items()), len(schemas))
    ]
    second, _ = names_of(
        api_of(dict(items), random.sample(operations, len(operations)), random.sample(members, len(members)))
    )
    assert first == second


@SETTINGS
@given(SCHEMAS, LISTS, LISTS)
def test_names_are_identifiers_and_differ(schemas: Any, operations: Any, members: Any) -> None:
    api = api_of(schemas, operations, members)
    names, _ = names_of(api)
    scopes: dict[Any, list[str]] = {}
    for key, name in names.items():
        assert name.isidentifier()
        assert not keyword.iskeyword(name)
        assert name[0] != "_"
        assert len(name) <= 130
        if key[0] != "module":
            scope = (
                key[:2]
                if key[0] in ("field", "member", "argument")
                else key[0]
                if key[0] != "tag"
                else key[::2]
            )
            scopes.setdefault(scope, []).append(name)
    for key, siblings in scopes.items():
        if key != "method":
            assert len(set(siblings)) == len(siblings), key


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        (["@type", "type"], ["at_type", "type"]),
        (["+1", "-1"], ["plus_1", "minus_1"]),
        (["self", "class", "_", "1st", ""], ["self_", "class_", "underscore", "field_1st", "empty"]),
        (["ID", "id", "Id"], ["id_upper", "id", "id_capital"]),
        (["contactListId", "HTTPServer", "userIDs", "OAuthToken", "OAuth2"], ["contact_list_id", "http_server", "user_ids", "oauth_token", "oauth2"]),
        (["list", "date", "field", "Any"], ["list", "date", "field", "any"]),
        (["foo bar", "foo-bar", "fooBar"], ["foo_bar", "foo_dash_bar", "foo_bar_mixed"]),
    ],
)  # fmt: skip
def test_fields(properties: list[str], expected: list[str]) -> None:
    plan = plan_names(api_of({"Pet": properties}), "shop", {}, {})
    fields = plan.fields["#/components/schemas/Pet"]
    assert [fields[name] for name in properties] == expected


def test_inline_types_are_named_by_where_they_stand() -> None:
    plan = plan_names(api_of({"Pet": []}), "shop", {}, {})
    assert plan.classes["#/components/schemas/Pet/properties/kind"] == "PetKind"


def test_overrides() -> None:
    api = api_of({"Pet": ["tag"]}, ["listPets"])
    overrides = {"#/components/schemas/Pet": "Animal", "#/components/schemas/Pet/properties/tag": "label",
                 "GET /listPets": "every_pet", "GET /listPets query listPets": "which", "tag li": "animals"}  # fmt: skip
    plan = plan_names(api, "shop", overrides, {})
    assert plan.classes["#/components/schemas/Pet"] == "Animal"
    assert plan.fields["#/components/schemas/Pet"] == {"tag": "label"}
    assert plan.calls["GET /listPets"].method == "every_pet"
    assert plan.calls["GET /listPets"].arguments["query:listPets"] == "which"
    assert plan.groups[0].attribute == "animals"


def test_one_added_property_touches_one_file() -> None:
    before = _emit(api_of({"Pet": ["tag"], "Shop": ["name"]}, ["listPets"]), {})
    after = _emit(api_of({"Pet": ["tag", "weight"], "Shop": ["name"]}, ["listPets"]), before.names)
    assert [path for path in after.files if after.files[path] != before.files.get(path)] == [
        "shop/models/pet.py"
    ]


def test_a_lock_that_says_nonsense_does_no_harm() -> None:
    lock = {"classes": {"#/components/schemas/Pet": "import os"}, "fields": {"#/components/schemas/Pet": {"tag": "1; x"}},
            "modules": 7, "operations": ["x"], "members": None, "arguments": {"GET /listPets": "?"}}  # fmt: skip
    assert not _emit(api_of({"Pet": ["tag"]}, ["listPets"]), lock).diagnostics
    sections = list(_emit(api_of({"Pet": ["tag"]}, ["listPets"], ["a"]), {}).names)
    for section in [*sections, "aliases", "operation_ids", "format"]:
        for nonsense in (7, "x", ["x"], None, {"#/components/schemas/Pet": 7, "GET /listPets": {"query:listPets": 7}},
                         {"classes": 7, "fields": {"#/components/schemas/Pet": [7]}, "members": 7, "operations": [7]}):  # fmt: skip
            assert not _emit(
                api_of({"Pet": ["tag"]}, ["listPets"], ["a"]), {"format": 2, section: nonsense}
            ).diagnostics


def _emit(api: ir.Api, lock: dict[str, Any]) -> Output:
    return emit(api, PythonOptions(package="shop"), lock)


def test_a_schema_called_like_what_the_package_of_models_calls() -> None:
    api = ir.Api(info=ir.Info(title="t", version="1"))
    for name in ("getattr", "globals", "AttributeError"):
        key = f"#/components/schemas/{name}"
        api.types[key] = ir.Object(id=key, name=name)
    plan = plan_names(api, "shop", {}, {})
    assert sorted(plan.modules.values()) == ["attribute_error", "getattr_", "globals_"]
    assert "AttributeError_" in plan.classes.values()


def test_text_and_number_of_one_spelling_are_two_members() -> None:
    api = ir.Api(info=ir.Info(title="t", version="1"))
    members = [ir.EnumMember(value=value) for value in (1, "1", "a")]
    api.types["e"] = ir.Enum(id="e", base="mixed", members=members)
    names = plan_names(api, "shop", {}, {}).members["e"]
    assert len(set(names)) == 3


def test_a_dotted_id_is_called_by_what_stands_behind_its_tag() -> None:
    def called(operation_id: str, tag: str = "users") -> str:
        operation = ir.Operation(id="GET /a", method="get", path="/a", operation_id=operation_id, tags=[tag])
        api = ir.Api(info=ir.Info(title="t", version="1"), operations=[operation])
        return plan_names(api, "shop", {}, {}).calls["GET /a"].method

    assert called("mail.users.drafts.list") == "drafts_list"
    assert called("users.drafts.list") == "drafts_list"
    assert called("mail.drafts.list") == "mail_drafts_list"
    assert called("get_users_list") == "get_users_list"


def test_modules_of_operations_keep_the_words_apart() -> None:
    api = ir.Api(info=ir.Info(title="t", version="1"))
    api.types["a"] = ir.Object(id="a", context=("mail.users.get", "Body"))
    assert plan_names(api, "shop", {}, {}).modules["a"] == "mail_users_get"


def test_operations_without_ids_have_modules_of_their_own() -> None:
    api = ir.Api(info=ir.Info(title="t", version="1"))
    for path, segments in (("/orders/{id}", ("orders", "id")), ("/pets", ("pets",))):
        key = f"#/paths/{path.replace('/', '~1')}/get/responses/200/content/application~1json/schema"
        api.types[key] = ir.Object(id=key, context=(" ".join(["get", *segments]), "response"))
    assert list(plan_names(api, "shop", {}, {}).modules.values()) == ["get_orders_id", "get_pets"]


def test_an_inline_enumeration_of_a_component_has_a_number_before_a_mark() -> None:
    """``Tier`` names an enumeration that may be null, and a component has the name that it would get."""
    enumeration = {"type": "string", "enum": ["a", "b"]}
    schemas = {"Tier": {"anyOf": [enumeration, {"type": "null"}]}, "TierEnum": enumeration}
    document = {"openapi": "3.1.1", "info": {"title": "Case", "version": "1"}, "paths": {}}
    text = json.dumps(document | {"components": {"schemas": schemas}})
    names = emit(lower(loads(text)), PythonOptions(package="tier_case")).names["classes"]
    assert sorted(names.values()) == ["Tier", "TierEnum", "TierEnum2"]


_MEDIA_TYPES = (
    "application/json",
    "application/xml",
    "application/vnd.stations.v2+json",
    "text/event-stream",
)


def _stations(operation_id: str, media_types: tuple[str, ...]) -> ir.Api:
    """An answer that each media type describes otherwise."""
    described = "{schema: {type: object, properties: {'%s': {type: object, properties: {a: {}}}}}}"
    contents = ", ".join(f"{media}: {described % media.rpartition('/')[2][0]}" for media in media_types)
    return lower(
        loads(
            "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {/stations: {get: "
            f"{{operationId: {operation_id}, responses: {{'200': {{description: ok, content: {{{contents}}}}}}}}}}}}}"
        )
    )


@pytest.mark.parametrize("operation_id", ["listStations", "list-stations"])
@pytest.mark.parametrize("media_types", [_MEDIA_TYPES, _MEDIA_TYPES[::-1]])
def test_what_media_types_describe_otherwise_is_called_after_them(
    operation_id: str, media_types: tuple[str, ...]
) -> None:
    """Whichever the document has first, and from the IR's JSON, too."""
    wanted = {
        f"ListStations{word}Response{member}"
        for word, member in (("", "J"), ("Xml", "X"), ("StationsV2", "V"), ("Events", "E"))
        for member in ("", member)
    }
    api = _stations(operation_id, media_types)
    options = PythonOptions(package="t")
    for form in (api, read_ir(dumps(api))):
        assert set(emit(form, options).names["classes"].values()) == wanted
    types = set(emit_typescript(api, TypeScriptOptions(package="t")).names["types"].values())
    assert types >= wanted


def test_a_media_type_that_comes_later_renames_nothing() -> None:
    only_xml = emit(_stations("list", _MEDIA_TYPES[1:2]), PythonOptions(package="t")).names
    assert set(only_xml["classes"].values()) == {"ListResponse", "ListResponseX"}
    both = emit(_stations("list", _MEDIA_TYPES[:2]), PythonOptions(package="t"), only_xml).names["classes"]
    assert only_xml["classes"].items() <= both.items()
