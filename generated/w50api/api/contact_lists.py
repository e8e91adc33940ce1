"""Contact lists and their import jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from bindwright.runtime import at
from bindwright.runtime.http import (
    AsyncResource,
    CallOptions,
    Content,
    Operation,
    Parameter,
    Poll,
    Resource,
    Response,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from bindwright.runtime.http import views as _views

    from ..models import ImportJob


class ContactLists(Resource):
    """Contact lists and their import jobs."""

    with_raw_response: _Views[_views.Raw]
    with_streaming_response: _Views[_views.Stream]

    def get_import_job(
        self,
        contact_list_id: int,
        import_job_id: int,
        **options: Unpack[CallOptions],
    ) -> ImportJob:
        """Check the status of an Import Job belonging to a specific ContactList

        Args:
            contact_list_id: ContactList Id
            import_job_id: Import Job Id
        """
        return self._call(
            _GET_IMPORT_JOB,
            {"contactListId": contact_list_id, "importJobId": import_job_id},
            options=options,
        )

    def wait_for_import_job(
        self,
        contact_list_id: int,
        import_job_id: int,
        *,
        interval: float | None = None,
        max_wait: float | None = None,
        progress: Callable[[ImportJob], object] | None = None,
        **options: Unpack[CallOptions],
    ) -> ImportJob:
        """Repeat `get_import_job` until its state says done.

        Args:
            interval: Seconds between two looks; otherwise as the document says.
            max_wait: Seconds until `WaitTimeout`; otherwise as the document says.
            progress: Called with every state.
        """
        return self._wait(
            _GET_IMPORT_JOB,
            {"contactListId": contact_list_id, "importJobId": import_job_id},
            options=options,
            interval=interval,
            max_wait=max_wait,
            progress=progress,
        )

    def run_import_job(
        self,
        contact_list_id: int,
        import_job_id: int,
        *,
        custom_events: list[str] | None = None,
        **options: Unpack[CallOptions],
    ) -> ImportJob:
        """Run an ImportJob for a specific ContactList, to start the batch
        Insert/Update process

        This Endpoint supports executing Custom Events after it Inserts/Updates
        Contacts.

        Args:
            contact_list_id: ContactList Id
            import_job_id: Import Job Id
            custom_events: Names of Custom Events to execute with the contacts that have
                been successfully inserted/updated via this
                call, for example `SendWelcomeEmail,SendEventInvite`.
                The names are percent-encoded, the commas between them are not; without
                names the parameter is left out.
        """
        return self._call(
            _RUN_IMPORT_JOB,
            {
                "contactListId": contact_list_id,
                "importJobId": import_job_id,
                "customevents": custom_events,
            },
            options=options,
        )


class AsyncContactLists(AsyncResource):
    """Contact lists and their import jobs."""

    with_raw_response: _AsyncViews[_views.Raw]
    with_streaming_response: _AsyncViews[_views.Stream]

    async def get_import_job(
        self,
        contact_list_id: int,
        import_job_id: int,
        **options: Unpack[CallOptions],
    ) -> ImportJob:
        """Check the status of an Import Job belonging to a specific ContactList

        Args:
            contact_list_id: ContactList Id
            import_job_id: Import Job Id
        """
        return await self._call(
            _GET_IMPORT_JOB,
            {"contactListId": contact_list_id, "importJobId": import_job_id},
            options=options,
        )

    async def wait_for_import_job(
        self,
        contact_list_id: int,
        import_job_id: int,
        *,
        interval: float | None = None,
        max_wait: float | None = None,
        progress: Callable[[ImportJob], object] | None = None,
        **options: Unpack[CallOptions],
    ) -> ImportJob:
        """Repeat `get_import_job` until its state says done.

        Args:
            interval: Seconds between two looks; otherwise as the document says.
            max_wait: Seconds until `WaitTimeout`; otherwise as the document says.
            progress: Called with every state.
        """
        return await self._wait(
            _GET_IMPORT_JOB,
            {"contactListId": contact_list_id, "importJobId": import_job_id},
            options=options,
            interval=interval,
            max_wait=max_wait,
            progress=progress,
        )

    async def run_import_job(
        self,
        contact_list_id: int,
        import_job_id: int,
        *,
        custom_events: list[str] | None = None,
        **options: Unpack[CallOptions],
    ) -> ImportJob:
        """Run an ImportJob for a specific ContactList, to start the batch
        Insert/Update process

        This Endpoint supports executing Custom Events after it Inserts/Updates
        Contacts.

        Args:
            contact_list_id: ContactList Id
            import_job_id: Import Job Id
            custom_events: Names of Custom Events to execute with the contacts that have
                been successfully inserted/updated via this
                call, for example `SendWelcomeEmail,SendEventInvite`.
                The names are percent-encoded, the commas between them are not; without
                names the parameter is left out.
        """
        return await self._call(
            _RUN_IMPORT_JOB,
            {
                "contactListId": contact_list_id,
                "importJobId": import_job_id,
                "customevents": custom_events,
            },
            options=options,
        )


if TYPE_CHECKING:

    class _Views(_views.Views[_views.Mode]):
        get_import_job = _views.View(ContactLists.get_import_job)
        run_import_job = _views.View(ContactLists.run_import_job)

    class _AsyncViews(_views.Views[_views.Mode]):
        get_import_job = _views.AsyncView(AsyncContactLists.get_import_job)
        run_import_job = _views.AsyncView(AsyncContactLists.run_import_job)


_GET_IMPORT_JOB = Operation(
    id="contact_lists.get_import_job",
    method="GET",
    path="/contactLists/{contactListId}/import/{importJobId}",
    parameters=(
        Parameter(
            name="contactListId",
            location="path",
            type="int",
            wire=at(format="int32"),
            required=True,
        ),
        Parameter(
            name="importJobId",
            location="path",
            type="int",
            wire=at(format="int32"),
            required=True,
        ),
    ),
    responses=(
        Response(
            status="200",
            description="The Import Job was retrieved and returned successfully",
            content=(
                Content(media_type="application/json", type="ImportJob"),
                Content(media_type="text/json", type="ImportJob"),
                Content(media_type="application/csp-report", type="ImportJob"),
                Content(media_type="application/xml", type="ImportJob"),
                Content(media_type="text/xml", type="ImportJob"),
            ),
        ),
        Response(
            status="401",
            description="Request has been denied as it lacks valid Authentication credentials.",
        ),
        Response(
            status="403",
            description="The user does not have the relevant permissions to perform this action.",
        ),
        Response(
            status="404",
            description="The specified Contactlist or ImportJob were not found.",
        ),
        Response(
            status="500",
            description="An error occurred while processing this request.",
        ),
    ),
    poll=Poll(
        state="/ProgressPercent",
        done=(100,),
        progress="/ProgressPercent",
        interval=1.0,
        timeout=600.0,
    ),
)
_RUN_IMPORT_JOB = Operation(
    id="contact_lists.run_import_job",
    method="POST",
    path="/contactLists/{contactListId}/import/{importJobId}/run",
    parameters=(
        Parameter(
            name="contactListId",
            location="path",
            type="int",
            wire=at(format="int32"),
            required=True,
        ),
        Parameter(
            name="importJobId",
            location="path",
            type="int",
            wire=at(format="int32"),
            required=True,
        ),
        Parameter(
            name="customevents",
            location="query",
            type="list[str]",
            explode=False,
        ),
    ),
    responses=(
        Response(
            status="200",
            description="The Import Job was kicked-off successfully.",
            content=(
                Content(media_type="application/json", type="ImportJob"),
                Content(media_type="text/json", type="ImportJob"),
                Content(media_type="application/csp-report", type="ImportJob"),
                Content(media_type="application/xml", type="ImportJob"),
                Content(media_type="text/xml", type="ImportJob"),
            ),
        ),
        Response(
            status="401",
            description="Request has been denied as it lacks valid Authentication credentials.",
        ),
        Response(
            status="403",
            description="The user does not have the relevant permissions to perform this action.",
        ),
        Response(
            status="404",
            description="The specified Contactlist or ImportJob were not found.",
        ),
        Response(
            status="500",
            description="An error occurred while processing this request.",
        ),
    ),
)
