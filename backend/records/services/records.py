"""Records of service: what the taps make of everybody who was expected."""

import uuid
from collections.abc import Sequence

from backend.common import clock
from backend.common.verb import verb
from backend.records import hours
from backend.records.models import EventDay, ServiceRecord
from backend.records.queries import checkins, corrections, counting_rules, other_visits
from backend.records.queries.counting_rules import CountingRules
from backend.records.queries.other_visits import OtherVisits
from backend.records.services import certificates
from backend.visits.models import ServiceEvent, Signup
from backend.volunteers.services.announcements import announce

CORRECTED = "记录更正了"


def write_records(signups: Sequence[Signup]) -> list[ServiceRecord]:
    """Of one person's places in an event, from what was tapped until now. With the event's day locked."""
    city = counting_rules.rules_of(signups[0].shift.event.home)
    taps = checkins.taps_of_signups(signups)
    return [_write(signup, taps, city) for signup in signups]


def _write(signup: Signup, taps: Sequence[hours.Tap], city: CountingRules) -> ServiceRecord:
    event = signup.shift.event
    record = ServiceRecord.objects.select_for_update(no_key=True).filter(signup=signup).first()
    corrected = record.corrections.filter(accepted=True).order_by("-answered_at", "pk").first() if record else None
    if corrected is not None:
        taps = corrections.corrected_taps(corrected)
    beside = other_visits.by_signup([signup]).get(signup.pk, OtherVisits())
    times = checkins.times_of(signup)
    # Other rules hold for what is counted from then on; what was counted keeps its own, whatever is corrected later.
    rules = hours.rules_from_data(record.rules) if record else city.rules
    # A later visit of the day has been counted by then and stays as it is.
    earlier = beside.earlier + (beside.later if corrected else 0)
    found = hours.count_hours(taps, times, rules, earlier=earlier, elsewhere=beside.elsewhere)
    facts = {
        "event": event,
        "home": event.home,
        "user": signup.user,
        "organisation": signup.organisation,
        "name": signup.name,
        "date": clock.local_date(times.starts_at),
        "planned": hours.planned_minutes(times, rules),
        "minutes": found.minutes,
        "reason": f"经申请更正：{found.reason}" if corrected else found.reason,
        "late": found.late,
        "early": found.early,
        "no_show": found.no_show,
        "spans": [[each.start.isoformat(), each.end.isoformat()] for each in found.spans],
        "rules": hours.as_data(rules),
        "made_at": clock.now(),
    }
    if record is not None and record.minutes != found.minutes:
        for certificate in record.certificates.filter(revoked_at=None):
            certificates.revoke(certificate, reason=CORRECTED, by=None)
    return ServiceRecord.objects.update_or_create(signup=signup, defaults=facts)[0]


def lock_day(event: ServiceEvent) -> EventDay:
    EventDay.objects.get_or_create(event=event)
    return EventDay.objects.select_for_update(no_key=True).get(pk=event.pk)


@verb
def finalise_event(*, event_id: uuid.UUID) -> None:
    """Once nobody can sign out any more, everybody who was expected has a record, and is told."""
    event = ServiceEvent.objects.select_related("home").get(pk=event_id)
    day, now = lock_day(event), clock.now()
    closes = event.ends_at + counting_rules.rules_of(event.home).rules.closes_after * hours.MINUTE
    if day.finalised_at is not None or event.cancelled_at is not None or now < closes:
        return
    signups = checkins.confirmed().filter(shift__event=event).select_related("shift__event__home").order_by("shift__starts_at", "id")
    everybody: dict[object, list[Signup]] = {}
    for signup in signups:
        everybody.setdefault(signup.user_id or signup.pk, []).append(signup)
    for places in everybody.values():
        write_records(places)
    day.finalised_at = now
    day.save(update_fields=["finalised_at"])
    if everybody:
        announce("record", service=str(event.pk))
