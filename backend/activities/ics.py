"""Sessions as a file that phones' calendars read (RFC 5545)."""

import datetime as dt
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, Timezone

from backend.activities.queries import feed as feed_queries
from backend.activities.queries.feed import Entry
from backend.common import clock
from backend.common.etag import not_modified

TYPE = "text/calendar; charset=utf-8"
# How often a phone should ask again: today's changes are told by a notice anyway.
ASK_AGAIN = dt.timedelta(hours=1)


def _zone() -> Timezone:
    zone = Timezone.from_tzid(clock.HOME_ZONE.key, first_date=dt.date(2020, 1, 1))
    zone.pop("COMMENT")  # it has had no summer time since 1991, so it does not end in 2038 as the library's remark says
    return zone


ZONE = _zone()


def calendar_file(entries: Sequence[Entry], *, name: str = "五疗日历") -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//yizhan//calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", clock.HOME_ZONE.key)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add_component(ZONE)
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"session-{entry.session}@{urlsplit(settings.PUBLIC_URL).hostname}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.touched_at)
    event.add("last-modified", entry.touched_at)
    event.add("dtstart", clock.local(entry.starts_at))
    event.add("dtend", clock.local(entry.ends_at))
    event.add("summary", f"已取消 {entry.title}" if entry.cancelled else entry.title)
    event.add("location", entry.place)
    event.add("description", entry.words)
    event.add("categories", [entry.therapy])
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("url", f"{settings.PUBLIC_URL}/calendar/{entry.session}")
    return event


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """/calendar/<token>.ics: whoever holds the address; phones ask without a session."""
    owner = feed_queries.owner_of(token)
    if owner is None:
        return HttpResponse("没有这个日历，请在幸福驿站里重新订阅。", status=404, content_type="text/plain; charset=utf-8")
    entries = feed_queries.feed(owner)
    answer = HttpResponse(content_type=TYPE)
    if not_modified(request, answer, entries) is None:
        answer.content = calendar_file(entries)
    else:
        answer.status_code = 304
    return answer
