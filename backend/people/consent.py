"""肖像同意: the questions as they are asked, and the answers."""

from dataclasses import dataclass

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.common.found import one, require
from backend.common.rows import Row
from backend.common.verb import verb
from backend.homes.models import StaffPost
from backend.people.models import Consent, Member, Relative
from backend.people.rules import Consents, consents, may_sign, members_of_staff, visible_members

Key = Consent.Key
Audience = Consent.Audience

# As the member is asked on the tablet: plain words, one thing at a time.
ASKED = {
    Audience.FAMILY: "你的照片，可以给你家里人看吗？",
    Audience.HOME: "你的照片，可以给家园里别人的家人看吗？",
    Audience.VOLUNTEERS: "你的照片，可以给来帮忙的志愿者看吗？",
    Audience.PUBLIC: "你的照片，可以给外面的人看吗？",
}
# As the guardian signs it.
SIGNED = {
    Audience.FAMILY: "我同意家园把{name}的照片给自己家人看。",
    Audience.HOME: "我同意家园把{name}的照片给本家园其他家庭看。",
    Audience.VOLUNTEERS: "我同意家园把{name}的照片给来服务的志愿者看。",
    Audience.PUBLIC: "我同意家园公开{name}的照片，比如用在宣传栏和公众号。",
}
SHOWN_OF_HISTORY = 100
NOT_GUARDIAN = "只有监护人能改照片同意，请让监护人在自己的手机上选，或请老师记下纸上的签字。"


def wording(member: Member, key: str, audience: str) -> str:
    audience = Audience(audience)
    return ASKED[audience] if key == Key.SELF else SIGNED[audience].format(name=member.short_name)


@dataclass(frozen=True, kw_only=True)
class ConsentKey:
    yes: bool | None
    wording: str


@dataclass(frozen=True, kw_only=True)
class Question:
    audience: str
    allowed: bool
    own: ConsentKey
    guardian: ConsentKey


@dataclass(frozen=True, kw_only=True)
class Line(Row[Consent]):
    by: str


@dataclass(frozen=True, kw_only=True)
class Shown:
    member: Member
    asks: bool
    signs: bool
    audiences: list[Question]
    history: list[Line]


def shown(user: User, member_id: int) -> Shown:
    """What holds, what was said, and the sentences to ask with; for the family and the staff."""
    member = one(visible_members(user).filter(pk=member_id))
    holds = consents([member.pk])
    return Shown(
        member=member,
        asks=members_of_staff(user).filter(pk=member.pk).exists(),
        signs=may_sign(user, member.pk),
        audiences=[_question(holds, member, audience) for audience in Audience.values],
        history=_history(member),
    )


def _question(holds: Consents, member: Member, audience: str) -> Question:
    own, guardian = (
        ConsentKey(yes=holds.said(member.pk, audience, key), wording=wording(member, key, audience)) for key in (Key.SELF, Key.GUARDIAN)
    )
    return Question(audience=audience, allowed=holds.allows(member.pk, audience), own=own, guardian=guardian)


def _history(member: Member) -> list[Line]:
    """Newest first, each with who gave it as the family knows them: 母亲, 陆老师."""
    rows = list(Consent.objects.filter(member=member).order_by("-pk")[:SHOWN_OF_HISTORY])
    relations = dict(Relative.objects.filter(member=member).order_by("pk").values_list("user", "relation"))
    titles = dict(StaffPost.objects.filter(user__in=[row.given_by_id for row in rows]).order_by("pk").values_list("user", "title"))
    return [
        Line(row=row, by=(relations if row.key == Key.GUARDIAN and not row.on_paper else titles).get(row.given_by_id, "")) for row in rows
    ]


@verb
def answer(*, member_id: int, key: str, audience: str, yes: bool, seen: str, on_paper: bool, by: User) -> Consent:
    """A further answer, which holds from now on. `seen`: the sentence on the screen. The same again by the same person adds nothing."""
    member = _asked_member(member_id, key=key, on_paper=on_paper, by=by)
    if seen != wording(member, key, audience):
        raise ConflictError("问题的说法刚刚改了，请再看一遍再选。", code="reworded")
    newest = Consent.objects.filter(member=member, key=key, audience=audience).order_by("-pk").first()
    facts = {"yes": yes, "wording": seen, "given_by_id": by.pk, "on_paper": on_paper}
    if newest is not None and all(getattr(newest, name) == value for name, value in facts.items()):
        return newest
    return Consent.objects.create(member=member, key=key, audience=audience, at=clock.now(), **facts)


def _asked_member(member_id: int, *, key: str, on_paper: bool, by: User) -> Member:
    """The member, until the commit: answers follow each other."""
    require(visible_members(by).filter(pk=member_id))
    if key == Key.SELF and on_paper:
        raise InvalidError("本人的意思请用平板问，不用纸。", fields={"on_paper": "只用于监护人。"})
    staff = key == Key.SELF or on_paper
    if staff and not members_of_staff(by).filter(pk=member_id).exists():
        raise NotFoundError("请老师用平板问本人，或记下纸上的签字。")
    if not staff and not may_sign(by, member_id):
        raise NotFoundError(NOT_GUARDIAN)
    return Member.objects.select_for_update(no_key=True).get(pk=member_id)
