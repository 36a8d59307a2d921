"""After the answer is made: that a person was here is written down; whoever is no longer signed in keeps nothing."""

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponseBase

from backend.accounts import rules, services
from backend.common import clock
from backend.common.sqlite import busy_timeout

# Seconds. Where the lock is held for longer, the next request notes it as well.
NOTE = 0.2


def seen(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        answer = get_response(request)
        # A request that never looked at its session (the app's files) costs no query here either.
        if request.session.accessed:
            with suppress(Error):  # a full disk, a long lock or a database that is away costs the note, not the answer
                write_down(request, answer)
        return answer

    return middleware


def write_down(request: HttpRequest, answer: HttpResponseBase) -> None:
    if rules.signed_in(request) is not None:
        note(request)
    elif request.COOKIES.get(settings.SESSION_COOKIE_NAME) and request.session.is_empty():
        # Signed out, by this request or from elsewhere: its cookie goes with this answer, and faces and boards with it.
        # The cache only: what a tablet has not sent yet lies in its storage.
        answer.headers["Clear-Site-Data"] = '"cache"'


def note(request: HttpRequest) -> None:
    device = rules.device_of(request)
    if device is None or device.held_at is not None or clock.now() - device.seen_at < rules.SEEN_EVERY:
        return
    with busy_timeout(NOTE):
        services.note_visit(device=device, session=request.session)
