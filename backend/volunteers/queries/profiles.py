"""A volunteer's own facts, and the papers that wait for a look."""

from typing import Any

from backend.accounts.models import User
from backend.homes.models import Home
from backend.volunteers.models import Credential, VolunteerProfile


def profile(user: User) -> dict[str, Any] | None:
    found = VolunteerProfile.objects.filter(user=user).first()
    if found is None:
        return None
    papers = list(Credential.objects.filter(user=user).select_related("home").order_by("-id"))
    names = ["name", "age_group", "skills", "agreed_at"]
    return {name: getattr(found, name) for name in names} | {"credentials": papers}


def papers_to_check(home: Home) -> list[dict[str, Any]]:
    """Shown to this Home, newest first, with the name that stands on them."""
    rows = Credential.objects.filter(home=home, state=Credential.State.SHOWN).select_related("user__volunteer", "home").order_by("-id")
    return [{"credential": row, "name": row.user.volunteer.name if hasattr(row.user, "volunteer") else row.user.name} for row in rows]
