"""/media/moments/<secret>/<rendering>-<size>.webp: asked again every time which rendering the person gets now. Any other is not there."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from backend.accounts.models import User
from backend.accounts.rules import person
from backend.common import media
from backend.common.errors import RefusedError
from backend.moments.queries import photos
from backend.moments.rules import Rendering

NAME = re.compile(r"(clear|[0-9a-f]{16})-(?:320|1080|2048)\.webp")
SECRET = re.compile(r"[0-9a-f]{32}")


@require_safe
def photo(request: HttpRequest, secret: str, name: str) -> HttpResponse:
    return answer(request, secret, name, photos.rendering_for)


def answer(request: HttpRequest, secret: str, name: str, seen_by: Callable[[User, str], Rendering | None]) -> HttpResponse:
    asked = NAME.fullmatch(name) if SECRET.fullmatch(secret) else None
    try:
        seen = seen_by(person(request), secret) if asked else None
    except RefusedError:
        seen = None
    if seen is None or asked is None or asked[1] != seen.key:
        return media.nothing_here()
    return media.sent(request, f"moments/{secret[:2]}/{secret}/{name}")
