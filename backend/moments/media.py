"""/media/moments/<secret>/<rendering>-<size>.webp: asked anew every time which rendering the person gets now. Any other is not there."""

import re

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from backend.accounts.rules import person
from backend.common import media
from backend.common.errors import RefusedError
from backend.moments.queries import sight

NAME = re.compile(r"(clear|[0-9a-f]{16})-(?:320|1080|2048)\.webp")
SECRET = re.compile(r"[0-9a-f]{32}")


@require_safe
def photo(request: HttpRequest, secret: str, name: str) -> HttpResponse:
    asked = NAME.fullmatch(name) if SECRET.fullmatch(secret) else None
    if asked is None or asked[1] != _rendering(request, secret):
        return media.nothing_here()
    return media.sent(request, f"moments/{secret[:2]}/{secret}/{name}")


def _rendering(request: HttpRequest, secret: str) -> str | None:
    try:
        seen = sight(person(request), secret)
    except RefusedError:
        return None
    return seen.key if seen else None
