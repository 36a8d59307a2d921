"""A past visit with all that it left behind, and today's, to which people come: for the matrix, as world.py is."""

import datetime as dt
import uuid
from typing import Any

from backend.common import clock
from backend.homes.models import Home
from backend.moments.models import Photo, Post
from backend.overview.services import thank
from backend.records.models import Honour, OfflineCheckIn
from backend.records.services import certificates, corrections
from backend.volunteers.models import Organisation
from tests.records.day import code_at, coming, counted, visit
from tests.support.cast import Cast


def served_world(cast: Cast, home: Home, organisation: int) -> dict[str, Any]:
    """What the matrix's templates may name. Each Home's visit was on a day of its own, so nobody's certificate counts both."""
    guest, day = cast.volunteer, clock.today() - dt.timedelta(days=1 if home == cast.sunshine else 2)
    party = Organisation.objects.get(pk=organisation)
    past, today = visit(cast, home=home, on=day), visit(cast, home=home, begins="08:30")
    record, led = counted(coming(past, guest, organisation=party)), counted(coming(past, None, "钱丽", organisation=party))
    correction = corrections.ask_correction(correction_id=uuid.uuid4(), record_id=led.pk, pairs=[], reason="签错人了", by=cast.coordinator)
    coming(today, guest)
    expected = coming(today, None, "钱丽", organisation=party)
    now = clock.now()
    claim = OfflineCheckIn.objects.create(event=today.event, signup=expected, kind="in", at=now, sent_at=now, sent_by=cast.stranger)
    certificate = certificates.issue(certificate_id=uuid.uuid4(), first=day, last=day, organisation_id=None, by=guest)
    thanked = visit(cast, "有相册的一次", home=home, on=day, begins="13:00", ends="15:00")
    counted(coming(thanked, guest))
    album = Post.objects.get(home=home, photos__in=Photo.objects.filter(tags=None))
    thank(event_id=thanked.event_id, text="谢谢大家", post=album.pk, by=album.author.user)
    return {
        "thanked_visit": thanked.event_id,
        "visit": today.event_id,
        "past_visit": past.event_id,
        "door_code": code_at(today.event, now),
        "led_signup": expected.pk,
        "claim": claim.pk,
        "record": record.pk,
        "correction": correction.pk,
        "honour": Honour.objects.create(record=led, title="季度之星", given_on=day, given_by=cast.manager).pk,
        "certificate": certificate.pk,
        "number": certificate.number,
        "seal": certificate.sealed,
    }
