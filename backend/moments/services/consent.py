"""An answer to the question who may see a member, and what follows for the photos."""

from backend.accounts.models import User
from backend.common.verb import verb
from backend.moments.models import Photo
from backend.people import consent
from backend.people.models import Consent


@verb
def give_consent(*, member_id: int, key: str, audience: str, yes: bool, seen: str, by: User, on_paper: bool = False) -> Consent:
    """Holds at once for all old photos, too. Which blurred renderings they need now is worked out right after, also of those that are
    being developed at this moment.
    """
    given = consent.answer(member_id=member_id, key=key, audience=audience, yes=yes, seen=seen, on_paper=on_paper, by=by)
    Photo.objects.filter(tags__member=member_id).update(stale=True)
    return given
