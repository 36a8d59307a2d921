"""Every address of the system."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path

from backend import health, pwa
from backend.activities.ics import feed
from backend.api import answer, api, busy, openapi
from backend.moments.media import photo
from backend.overview.media import visit_photo
from backend.people.portraits import portrait
from backend.visits.media import cover


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django calls it so
    return answer(request, 403, "csrf", "页面放得太久了，请刷新后再试。")


def failed(request: HttpRequest) -> HttpResponse:
    """What nobody expected, wherever it happened. That the database is away or too slow is no fault of the request."""
    error = sys.exception()
    if isinstance(error, OperationalError | InterfaceError):
        return busy(request, error)
    return answer(request, 500, "failed", "系统出了错，没有记下。请过一会儿再试。")


handler500 = failed
urlpatterns = [
    path("api/openapi.json", openapi),
    path("api/", api.urls),
    path("_allauth/browser/v1/", include("backend.accounts.urls")),
    path("media/portraits/<str:name>", portrait, name="portrait"),
    path("media/covers/<str:name>", cover, name="cover"),
    path("media/moments/<str:secret>/<str:name>", photo, name="photo"),
    path("media/visits/<uuid:event_id>/<str:secret>/<str:name>", visit_photo, name="visit_photo"),
    path("calendar/<str:token>.ics", feed, name="feed"),
    path("livez", health.livez),
    path("readyz", health.readyz),
    re_path(r"^(?!api/|_allauth/|media/|static/|ws)(?P<path>.*)$", pwa.index),
]
