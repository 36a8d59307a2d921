"""A sign-up as a file that phones' calendars read (RFC 5545)."""

from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from backend.activities.ics import ZONE
from backend.common import clock
from backend.visits.models import Signup


def signup_file(signup: Signup) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//yizhan//service//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add_component(ZONE)
    calendar.add_component(_entry(signup))
    return bytes(calendar.to_ical())


def _entry(signup: Signup) -> Event:
    shift, event = signup.shift, signup.shift.event
    off = event.cancelled_at is not None or signup.status in {Signup.Status.CANCELLED, Signup.Status.LAPSED}
    waits = signup.status != Signup.Status.CONFIRMED
    title = f"{event.home.name}：{event.title}（{shift.title}）"
    entry = Event()
    entry.add("uid", f"signup-{signup.pk}@{urlsplit(settings.PUBLIC_URL).hostname}")
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.touched_at)
    entry.add("dtstart", clock.local(shift.starts_at))
    entry.add("dtend", clock.local(shift.ends_at))
    entry.add("summary", f"已取消 {title}" if off else f"候补 {title}" if waits else title)
    entry.add("location", " ".join(filter(None, (event.home.name, event.home.address, event.place))))
    entry.add("description", "\n".join(filter(None, (event.text, event.bring and f"请带：{event.bring}"))))
    entry.add("status", "CANCELLED" if off else "TENTATIVE" if waits else "CONFIRMED")
    entry.add("url", f"{settings.PUBLIC_URL}/service/mine/{signup.pk}")
    return entry
