"""The codes on the Home's tablet over HTTP."""

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Path, Router

from backend.accounts.rules import person
from backend.common import clock
from backend.common.qr import svg
from backend.visits.door_codes import codes_to_show
from backend.visits.rules import staffed_event
from backend.visits.schemas.door_codes import DoorCodes

router = Router()


@router.get("/service-events/{event_id}/door-codes", response=DoorCodes, operation_id="door_codes")
def door_codes(request: HttpRequest, event_id: Path[uuid.UUID]) -> Any:
    """For the Home's tablet: the QR of now, and those of the next ten minutes."""
    event, now = staffed_event(person(request), event_id), clock.now()
    codes = [
        {
            "address": code.address,
            "digits": code.digits,
            "qr": svg(code.address),
            "shown_from": code.shown_from,
            "shown_until": code.shown_until,
        }
        for code in codes_to_show(event.pk, now)
    ]
    return {"event": event.pk, "title": event.title, "now": now, "codes": codes}
