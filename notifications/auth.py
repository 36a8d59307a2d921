"""Who may confirm a notice: whoever is signed in, or a phone that shows the token it was sent with the notice."""

import json
from typing import Any

from django.http import HttpRequest

from notifications import conf
from notifications.wire import receipt_tokens


def receipt_auth(request: HttpRequest) -> Any:
    """The token opens this one notice: no session, and no CSRF, for there is nothing a forged page could know.

    Anything else goes the project's own way (`settings.NOTIFICATIONS["AUTH"]`), CSRF included.
    """
    return _token(request) or conf.session_auth()(request)


def _token(request: HttpRequest) -> receipt_tokens.ReceiptToken | None:
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    text = given.get("token") if isinstance(given, dict) else None
    return receipt_tokens.read(text) if isinstance(text, str) else None
