from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Unpack, overload

from bindwright.runtime import UNSET, Unset
from bindwright.runtime.http import (
    AsyncResource,
    CallOptions,
    Content,
    Operation,
    Pagination,
    Parameter,
    Poll,
    Resource,
    Response,
    with_members,
)
from typing_extensions import deprecated

if TYPE_CHECKING:
    from collections.abc import Callable

    from bindwright.runtime.http import AsyncPages, FormParts, Page
    from bindwright.runtime.http import views as _views

    from ..dicts import PetDict
    from ..models import Pet, PutPhotoBody, Status


class Pets(Resource):
    with_raw_response: _Views[_views.Raw]
    with_streaming_response: _Views[_views.Stream]

    def list_pets(
        self,
        *,
        after: str | None = None,
        status: Literal["available", "sold"] | Status | None = None,
        **options: Unpack[CallOptions],
    ) -> Page[Pet]:
        """``GET /pets``"""
        return self._page(
            _LIST_PETS,
            {"after": after, "status": status},
            options=options,
        )

    @overload
    def add_pet(self, body: Pet | PetDict, **options: Unpack[CallOptions]) -> Pet: ...
    @overload
    def add_pet(self, **members: Unpack[_PetKeywords]) -> Pet: ...
    def add_pet(self, body: Pet | PetDict | Unset = UNSET, **options: Any) -> Pet:
        """``POST /pets``"""
        return self._call(_ADD_PET, {}, **with_members(body, options))

    def get_pet(self, pet_id: int, **options: Unpack[CallOptions]) -> Pet:
        """``GET /pets/{petId}``"""
        return self._call(_GET_PET, {"petId": pet_id}, options=options)

    def wait_for_pet(
        self,
        pet_id: int,
        *,
        interval: float | None = None,
        max_wait: float | None = None,
        progress: Callable[[Pet], object] | None = None,
        **options: Unpack[CallOptions],
    ) -> Pet:
        """Repeat `get_pet` until its state says done.

        Args:
            interval: Seconds between two looks; otherwise as the document says.
            max_wait: Seconds until `WaitTimeout`; otherwise as the document says.
            progress: Called with every state.
        """
        return self._wait(
            _GET_PET,
            {"petId": pet_id},
            options=options,
            interval=interval,
            max_wait=max_wait,
            progress=progress,
        )

    @deprecated("PUT /pets/{petId}/photo is deprecated.")
    def put_photo(
        self,
        pet_id: int,
        body: PutPhotoBody | FormParts | None = None,
        **options: Unpack[CallOptions],
    ) -> None:
        """``PUT /pets/{petId}/photo``

        Deprecated.
        """
        self._call(_PUT_PHOTO, {"petId": pet_id}, body=body, options=options)


class AsyncPets(AsyncResource):
    with_raw_response: _AsyncViews[_views.Raw]
    with_streaming_response: _AsyncViews[_views.Stream]

    def list_pets(
        self,
        *,
        after: str | None = None,
        status: Literal["available", "sold"] | Status | None = None,
        **options: Unpack[CallOptions],
    ) -> AsyncPages[Pet]:
        """``GET /pets``"""
        return self._page(
            _LIST_PETS,
            {"after": after, "status": status},
            options=options,
        )

    @overload
    async def add_pet(
        self,
        body: Pet | PetDict,
        **options: Unpack[CallOptions],
    ) -> Pet: ...
    @overload
    async def add_pet(self, **members: Unpack[_PetKeywords]) -> Pet: ...
    async def add_pet(self, body: Pet | PetDict | Unset = UNSET, **options: Any) -> Pet:
        """``POST /pets``"""
        return await self._call(_ADD_PET, {}, **with_members(body, options))

    async def get_pet(self, pet_id: int, **options: Unpack[CallOptions]) -> Pet:
        """``GET /pets/{petId}``"""
        return await self._call(_GET_PET, {"petId": pet_id}, options=options)

    async def wait_for_pet(
        self,
        pet_id: int,
        *,
        interval: float | None = None,
        max_wait: float | None = None,
        progress: Callable[[Pet], object] | None = None,
        **options: Unpack[CallOptions],
    ) -> Pet:
        """Repeat `get_pet` until its state says done.

        Args:
            interval: Seconds between two looks; otherwise as the document says.
            max_wait: Seconds until `WaitTimeout`; otherwise as the document says.
            progress: Called with every state.
        """
        return await self._wait(
            _GET_PET,
            {"petId": pet_id},
            options=options,
            interval=interval,
            max_wait=max_wait,
            progress=progress,
        )

    @deprecated("PUT /pets/{petId}/photo is deprecated.")
    async def put_photo(
        self,
        pet_id: int,
        body: PutPhotoBody | FormParts | None = None,
        **options: Unpack[CallOptions],
    ) -> None:
        """``PUT /pets/{petId}/photo``

        Deprecated.
        """
        await self._call(_PUT_PHOTO, {"petId": pet_id}, body=body, options=options)


if TYPE_CHECKING:

    class _PetKeywords(PetDict, CallOptions): ...


if TYPE_CHECKING:

    def _keywords_of_add_pet(**members: Unpack[_PetKeywords]) -> None: ...

    class _Views(_views.Views[_views.Mode]):
        list_pets = _views.View(Pets.list_pets)
        add_pet = _views.FormsView(Pets.add_pet, _keywords_of_add_pet)
        get_pet = _views.View(Pets.get_pet)
        put_photo = _views.View(Pets.put_photo)

    class _AsyncViews(_views.Views[_views.Mode]):
        list_pets = _views.AsyncView(AsyncPets.list_pets)
        add_pet = _views.AsyncFormsView(AsyncPets.add_pet, _keywords_of_add_pet)
        get_pet = _views.AsyncView(AsyncPets.get_pet)
        put_photo = _views.AsyncView(AsyncPets.put_photo)


_LIST_PETS = Operation(
    id="pets.list_pets",
    method="GET",
    path="/pets",
    parameters=(
        Parameter(name="after", location="query"),
        Parameter(name="status", location="query", type="Status"),
    ),
    responses=(
        Response(
            status="200",
            description="A page.",
            content=(Content(media_type="application/json", type="ListPetsResponse"),),
        ),
    ),
    pagination=Pagination(
        style="cursor",
        items="/items",
        parameter="after",
        next="/next",
    ),
)
_ADD_PET = Operation(
    id="pets.add_pet",
    method="POST",
    path="/pets",
    body=(
        Content(media_type="application/json", type="Pet"),
        Content(media_type="application/xml", type="Pet"),
    ),
    body_required=True,
    responses=(
        Response(
            status="201",
            description="The pet.",
            content=(
                Content(media_type="application/json", type="Pet"),
                Content(media_type="application/xml", type="Pet"),
            ),
        ),
        Response(
            status="409",
            description="There already",
            content=(Content(media_type="application/json", type="Problem"),),
        ),
    ),
)
_GET_PET = Operation(
    id="pets.get_pet",
    method="GET",
    path="/pets/{petId}",
    parameters=(Parameter(name="petId", location="path", type="int", required=True),),
    responses=(
        Response(
            status="200",
            description="One",
            content=(Content(media_type="application/json", type="Pet"),),
        ),
    ),
    poll=Poll(state="/status", done=("sold",), interval=0.01),
)
_PUT_PHOTO = Operation(
    id="pets.put_photo",
    method="PUT",
    path="/pets/{petId}/photo",
    parameters=(Parameter(name="petId", location="path", type="int", required=True),),
    body=(Content(media_type="multipart/form-data", type="PutPhotoBody"),),
    responses=(Response(status="204", description="Kept"),),
    deprecated=True,
)
