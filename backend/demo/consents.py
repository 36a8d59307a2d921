"""Who of the demo agreed to be seen by whom, asked over the last months as a Home would ask."""

import datetime as dt
from collections.abc import Iterator

from backend.accounts.models import User
from backend.common import clock
from backend.homes.models import Home
from backend.moments.services import consent
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
# Every so-manieth was also asked about volunteers, and about everybody.
ABOUT_VOLUNTEERS, ABOUT_ALL = 3, 8


def tell_consents(home: Home, teacher: User) -> None:
    """Most agreed to the other families: their answers are written in bulk. Whoever has a story gives them by the real verb."""
    now = clock.now()
    answers = [
        answer
        for index, member in enumerate(members_of(home).order_by("pk"))
        for answer in _answers(member, index, now=now, teacher=teacher)
        if member.name not in NOT_ASKED
    ]
    own = FAMILY_ONLY | ON_PAPER | OWN_NO | TAKEN_BACK
    Consent.objects.bulk_create(answer for answer in answers if answer.member.name not in own)
    for answer in answers:
        if answer.member.name in own:
            _give(answer)


def _answers(member: Member, index: int, *, now: dt.datetime, teacher: User) -> Iterator[Consent]:
    """The member's own on the tablet; the guardian's on a phone or on paper."""
    link = Relative.objects.filter(member=member, can_sign=True, ended_at=None).select_related("user").first()
    guardian = link.user if link and member.name not in ON_PAPER else None
    for audience in _audiences(member, index):
        family = audience == Audience.FAMILY
        asked = {"member": member, "audience": audience, "wording": wording(member, Key.SELF, audience), "given_by": teacher}
        yield Consent(key=Key.SELF, yes=family or member.name not in OWN_NO, at=now - ASKED + ONE_APART * index, **asked)
        signed = asked | {"wording": wording(member, Key.GUARDIAN, audience), "given_by": guardian or teacher, "on_paper": guardian is None}
        yield Consent(key=Key.GUARDIAN, yes=family or member.name not in FAMILY_ONLY, at=now - SIGNED + ONE_APART * index, **signed)
        if member.name in TAKEN_BACK and audience == Audience.HOME:
            yield Consent(key=Key.GUARDIAN, yes=False, at=now - RETHOUGHT, **signed)


def _audiences(member: Member, index: int) -> list[str]:
    """Of most it was not asked whether their own families may see them: who is silent agrees to that."""
    asked = {
        Audience.FAMILY: member.name in FAMILY_ONLY | OWN_NO,
        Audience.HOME: True,
        Audience.VOLUNTEERS: index % ABOUT_VOLUNTEERS == 0,
        Audience.PUBLIC: index % ABOUT_ALL == 0,
    }
    return [audience for audience, yes in asked.items() if yes]


def _give(answer: Consent) -> None:
    with clock.moved_to(answer.at):
        consent.give_consent(
            member_id=answer.member_id,
            key=answer.key,
            audience=answer.audience,
            yes=answer.yes,
            seen=answer.wording,
            on_paper=answer.on_paper,
            by=answer.given_by,
        )


def tell_names() -> None:
    """Some families do not mind being known to each other."""
    for link in Relative.objects.filter(member__name__in=KNOWN_BY_NAME, ended_at=None).select_related("user"):
        show_name(relative_id=link.pk, shows_name=True, by=link.user)
