"""Who of the demo agreed to be seen by whom, asked over the last months as a Home would ask."""

import datetime as dt

from backend.accounts.models import User
from backend.common import clock
from backend.homes.models import Home
from backend.moments.services import give_consent
from backend.people.consent import wording
from backend.people.models import Consent, Member, Relative
from backend.people.queries import members_of
from backend.people.services import show_name

Key, Audience = Consent.Key, Consent.Audience
# When the tablet went round, and the letters home; who thought it over later.
ASKED, SIGNED, RETHOUGHT = dt.timedelta(days=75), dt.timedelta(days=72), dt.timedelta(days=20)
ONE_APART = dt.timedelta(minutes=9)
# 阳光家园: by families, on paper, by the member's own wish, not asked yet; and those who changed their minds.
FAMILY_ONLY = frozenset({"周小芳", "钱秀英", "褚雅琴"})
ON_PAPER = frozenset({"陈水根", "屠阿妹", "杨林根"})
OWN_NO = frozenset({"戴跃进"})
NOT_ASKED = frozenset({"曹关荣", "鲁月琴"})
TAKEN_BACK = frozenset({"吴晓东"})
KNOWN_BY_NAME = frozenset({"沈志强", "陆建国", "张美华", "何小红", "俞春燕", "顾明华"})
# So many more also agreed to volunteers; every so-manieth to the public.
OPEN_TO_VOLUNTEERS, OPEN_TO_ALL = 3, 8


def tell_consents(home: Home, teacher: User) -> None:
    now = clock.now()
    for index, member in enumerate(members_of(home).order_by("pk")):
        if member.name in NOT_ASKED:
            continue
        later = ONE_APART * index
        with clock.moved_to(now - ASKED + later):
            _ask(member, index, teacher)
        with clock.moved_to(now - SIGNED + later):
            _sign(member, index, teacher)
        if member.name in TAKEN_BACK:
            with clock.moved_to(now - RETHOUGHT):
                _answer(member, Key.GUARDIAN, Audience.HOME, yes=False, by=_guardian(member) or teacher)


def _ask(member: Member, index: int, teacher: User) -> None:
    """His own answer, on the tablet."""
    for audience in _audiences(index):
        _answer(member, Key.SELF, audience, yes=member.name not in OWN_NO or audience == Audience.FAMILY, by=teacher)


def _sign(member: Member, index: int, teacher: User) -> None:
    guardian = None if member.name in ON_PAPER else _guardian(member)
    for audience in _audiences(index):
        yes = member.name not in FAMILY_ONLY or audience == Audience.FAMILY
        _answer(member, Key.GUARDIAN, audience, yes=yes, by=guardian or teacher, on_paper=guardian is None)


def _audiences(index: int) -> list[str]:
    more = [Audience.VOLUNTEERS] if index % OPEN_TO_VOLUNTEERS == 0 else []
    return [Audience.FAMILY, Audience.HOME, *more, *([Audience.PUBLIC] if index % OPEN_TO_ALL == 0 else [])]


def _guardian(member: Member) -> User | None:
    link = Relative.objects.filter(member=member, can_sign=True, ended_at=None).select_related("user").first()
    return link.user if link else None


def _answer(member: Member, key: str, audience: str, *, yes: bool, by: User, on_paper: bool = False) -> None:
    seen = wording(member, key, audience)
    give_consent(member_id=member.pk, key=key, audience=audience, yes=yes, seen=seen, on_paper=on_paper, by=by)


def tell_names() -> None:
    """Some families do not mind being known to each other."""
    for link in Relative.objects.filter(member__name__in=KNOWN_BY_NAME, ended_at=None).select_related("user"):
        show_name(relative_id=link.pk, shows_name=True, by=link.user)
