"""Middleware that forbids caching: an answer is one person's, and a Home's tablet is used by many."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


def no_store(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Stands behind WhiteNoise, so the app's own files do not come here. Answers that say for themselves how to be kept are left alone."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        answer = get_response(request)
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    return middleware
