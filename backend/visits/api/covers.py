"""Covers of events over HTTP."""

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from backend.accounts.rules import person
from backend.common import uploads
from backend.visits.queries import events
from backend.visits.schemas.events import ServiceEventOut
from backend.visits.services import covers as services

router = Router()


@router.put("/service-events/{event_id}/cover", response=ServiceEventOut, operation_id="set_cover", openapi_extra=uploads.PHOTO)
def set_cover(request: HttpRequest, event_id: uuid.UUID) -> Any:
    """The photo itself as the body: JPEG, PNG, WebP or HEIC, up to 20 MB. It may show no member."""
    me = person(request)
    with uploads.for_now(request) as photo:
        services.set_cover(event_id=event_id, source=photo, by=me)
    return events.event(me, event_id)


@router.delete("/service-events/{event_id}/cover", response={204: None}, operation_id="remove_cover")
def remove_cover(request: HttpRequest, event_id: uuid.UUID) -> Any:
    """Back to the drawn one."""
    services.remove_cover(event_id=event_id, by=person(request))
    return Status(204, None)
