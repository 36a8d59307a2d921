"""A volunteer's own facts and papers."""

import datetime as dt
from collections.abc import Sequence

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.common.found import one
from backend.common.text import clean
from backend.common.verb import verb
from backend.homes.models import Home
from backend.homes.rules import staff_homes
from backend.volunteers.models import Credential, VolunteerProfile
from backend.volunteers.services.announcements import announce

LONGEST_VALID = dt.timedelta(days=366 * 30)


@verb
def keep_profile(*, name: str, age_group: str, skills: Sequence[str], agree: bool, by: User) -> VolunteerProfile:
    """Given once; name and skills may be mended later."""
    if not agree:
        raise InvalidError("请先读一读保密和不拍照的约定，同意了再报名。", fields={"agree": "请先同意。"})
    name = clean(name, name="name", longest=40, least=2)
    now = clock.now()
    profile = VolunteerProfile.objects.filter(user=by).first() or VolunteerProfile(user=by, agreed_at=now, created_at=now)
    profile.name, profile.age_group, profile.skills = name, age_group, sorted(set(skills))
    profile.save()
    return profile


@verb
def show_credential(*, kind: str, valid_until: dt.date, home_id: int, by: User) -> Credential:
    """To the staff of a Home, who look at the paper itself."""
    home = one(Home.objects.filter(pk=home_id))
    if not clock.today() <= valid_until <= clock.today() + LONGEST_VALID:
        raise InvalidError("请填证件上的有效期，已经过期的不能用。", fields={"valid_until": "请填有效期。"})
    if Credential.objects.filter(user=by, kind=kind, state=Credential.State.SHOWN).exists():
        raise ConflictError("这张证正等着老师核对，请带上证件到家园。", code="shown")
    return Credential.objects.create(user=by, kind=kind, valid_until=valid_until, home=home, shown_at=clock.now())


@verb
def withdraw_credential(*, credential_id: int, by: User) -> None:
    if not Credential.objects.filter(pk=credential_id, user=by).delete()[0]:
        raise NotFoundError


@verb
def check_credential(*, credential_id: int, accepted: bool, reason: str, by: User) -> Credential:
    """Staff have seen the paper."""
    found = Credential.objects.select_for_update(no_key=True, of=("self",)).filter(pk=credential_id, home__in=staff_homes(by))
    credential = found.first()
    if credential is None or credential.user_id == by.pk:
        raise NotFoundError
    if not accepted and not reason.strip():
        raise InvalidError("请写一句为什么没有通过。", fields={"reason": "请写一句原因。"})
    credential.state = Credential.State.CHECKED if accepted else Credential.State.REFUSED
    credential.reason = clean(reason, name="reason", longest=60)
    credential.checked_by, credential.checked_at = by, clock.now()
    credential.save(update_fields=["state", "reason", "checked_by", "checked_at"])
    announce("credential", credential=credential.pk, state=credential.state)
    return credential
