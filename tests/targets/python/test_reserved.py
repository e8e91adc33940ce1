"""The lists of reserved words cover what the runtime offers where generated names stand beside it."""

from __future__ import annotations

from bindwright.runtime import Model
from bindwright.runtime.http import (
    AsyncClient,
    AsyncResource,
    CallOptions,
    ClientOptions,
    Resource,
    SyncClient,
)
from bindwright.targets.python.naming import reserved


def public(cls: type) -> set[str]:
    return {name for name in dir(cls) if not name.startswith("_")}


def test_parameters_keep_clear_of_call_options() -> None:
    assert set(CallOptions.__annotations__) <= reserved.PARAMETERS


def test_schemes_keep_clear_of_client_options() -> None:
    assert set(ClientOptions.__annotations__) <= reserved.SCHEMES


def test_groups_keep_clear_of_clients() -> None:
    assert public(SyncClient) | public(AsyncClient) <= reserved.GROUPS


def test_methods_keep_clear_of_resources() -> None:
    assert public(Resource) | public(AsyncResource) <= reserved.METHODS


def test_fields_keep_clear_of_models() -> None:
    assert public(Model) <= reserved.FIELDS


def test_packages_export_what_callers_need() -> None:
    from bindwright import runtime
    from bindwright.runtime import http
    from bindwright.targets.python import package_files

    exported = {*package_files._FROM_HTTP, *package_files._FROM_RUNTIME}
    for module, names in ((http, package_files._FROM_HTTP), (runtime, package_files._FROM_RUNTIME)):
        assert set(names) <= set(module.__all__)
        for name in module.__all__:
            thing = getattr(module, name)
            if isinstance(thing, type) and issubclass(thing, BaseException):
                assert name in exported
