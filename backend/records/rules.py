"""Whose records somebody sees, and until when they may be corrected. Nothing here writes."""

import datetime as dt

from django.db.models import Q, QuerySet

from backend.accounts.models import User
from backend.common import clock
from backend.homes.rules import staff_homes
from backend.records import hours
from backend.records.models import Correction, ServiceRecord
from backend.volunteers.rules import coordinated_organisations


def visible_records(user: User) -> QuerySet[ServiceRecord]:
    """One's own, those of one's organisation's people as its coordinator, those of one's Home as staff."""
    return ServiceRecord.objects.filter(Q(user=user) | Q(organisation__in=coordinated_organisations(user)) | Q(home__in=staff_homes(user)))


def correctable_until(record: ServiceRecord) -> dt.date:
    return record.date + dt.timedelta(days=hours.rules_from_data(record.rules).corrected_within)


def not_correctable(record: ServiceRecord) -> str:
    """Why nobody may ask for other times of it today, as a sentence; nothing when one may."""
    if clock.now() < record.signup.shift.ends_at:
        return "活动还没有结束，先签到签退，结束后再看要不要更正。"
    if clock.today() > correctable_until(record):
        return f"更正要在活动后 {hours.rules_from_data(record.rules).corrected_within} 天内申请，这一次已经过了。"
    return ""


def is_own(correction: Correction, user: User) -> bool:
    """They asked for it, or it is about them: somebody else answers."""
    return user.pk in {correction.asked_by_id, correction.record.user_id}
