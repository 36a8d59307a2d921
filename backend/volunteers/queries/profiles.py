"""A volunteer's own facts, and the papers that wait for a look."""

from dataclasses import dataclass

from backend.accounts.models import User
from backend.common.rows import Row
from backend.homes.models import Home
from backend.volunteers.models import Credential, VolunteerProfile


@dataclass(frozen=True, kw_only=True)
class Profile(Row[VolunteerProfile]):
    credentials: list[Credential]


@dataclass(frozen=True)
class Paper:
    credential: Credential
    name: str


def profile(user: User) -> Profile | None:
    found = VolunteerProfile.objects.filter(user=user).first()
    if found is None:
        return None
    return Profile(row=found, credentials=list(Credential.objects.filter(user=user).select_related("home").order_by("-id")))


def papers_to_check(home: Home) -> list[Paper]:
    """Shown to this Home, newest first, with the name that stands on them."""
    rows = Credential.objects.filter(home=home, state=Credential.State.SHOWN).select_related("user__volunteer", "home").order_by("-id")
    return [Paper(row, row.user.volunteer.name if hasattr(row.user, "volunteer") else row.user.name) for row in rows]
