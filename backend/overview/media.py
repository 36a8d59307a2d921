"""/media/visits/<event>/<secret>/<rendering>-<size>.webp: a photo of a visit's album, asked again every time as a guest may see it now."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from backend.moments.media import answer
from backend.overview.queries import visit_sight


@require_safe
def visit_photo(request: HttpRequest, event_id: uuid.UUID, secret: str, name: str) -> HttpResponse:
    return answer(request, secret, name, lambda user, folder: visit_sight(user, event_id, folder))
