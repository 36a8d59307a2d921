"""The secret address of a person's calendar."""

from django.conf import settings

from backend.accounts.models import User
from backend.activities.models import CalendarFeed
from backend.activities.rules import seal_of
from backend.common import clock, tokens
from backend.common.verb import verb


@verb
def open_feed(*, by: User) -> str:
    """A new address, shown this once; an older one opens nothing any more."""
    owner = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    close_feed(by=by)
    token = tokens.new_token()
    CalendarFeed.objects.create(user=by, token_hash=tokens.hash_token(token), seal=seal_of(owner), created_at=clock.now())
    return f"{settings.PUBLIC_URL}/calendar/{token}.ics"


def close_feed(*, by: User) -> None:
    """A second time does nothing."""
    CalendarFeed.objects.filter(user=by, revoked_at=None).update(revoked_at=clock.now())
