"""What the demo's visits left behind: taps, records, thanks, certificates; and one that is going on now."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from backend.accounts.models import User
from backend.common import clock
from backend.demo.times import rounded
from backend.homes.models import Area, Home, StaffPost
from backend.moments.models import Post
from backend.overview.services import thank
from backend.people.queries import members_of
from backend.records.hours import DEFAULT, Kind, as_data
from backend.records.models import CityRules, ServiceRecord
from backend.records.services import afterwards, certificates, checkins, corrections, honours, records
from backend.visits.models import ServiceEvent, Signup
from backend.visits.services import events
from backend.visits.services import signups as signups_services
from backend.visits.services.event_plans import EventPlan, ShiftPlan
from backend.volunteers.models import Organisation

MINUTE = dt.timedelta(minutes=1)
# Who came and went: minutes after the beginning, and before the end. Others did not come.
TAPS = {"徐明": (2, 1), "赵卫东": (0, 0), "钱丽": (6, 3)}
THANKS = "谢谢大家陪我们散步，走累了一起看船。下次还来！"
SAID = {"徐明": "大家记住了我的名字，很开心。", "赵卫东": "下次可以多来两个人，帮忙推轮椅。"}
SINCE, STILL = 40 * MINUTE, 80 * MINUTE


@transaction.atomic
def tell_served() -> None:
    """Once, after the visits themselves have been told."""
    if ServiceRecord.objects.exists():
        return
    teacher = StaffPost.objects.filter(home__name="阳光家园").select_related("user").order_by("id")[0].user
    _city(teacher)
    for event in ServiceEvent.objects.filter(home__name="阳光家园", ends_at__lt=clock.now()).order_by("starts_at", "pk"):
        _came_and_went(event, teacher)
        _honoured_and_asked(event)
    branch = Organisation.objects.get(name="供电所党支部")
    _going_on(branch, teacher)
    volunteer, coordinator = User.objects.get(phone="+8613800000004"), branch.created_by
    year = {"first": clock.today() - dt.timedelta(days=60), "last": clock.today()}
    if ServiceRecord.objects.filter(user=volunteer, minutes__gt=0).exists():
        certificates.issue(certificate_id=uuid.uuid4(), organisation_id=None, by=volunteer, **year)
    if ServiceRecord.objects.filter(organisation=branch, minutes__gt=0).exists():
        certificates.issue(certificate_id=uuid.uuid4(), organisation_id=branch.pk, by=coordinator, **year)


def _city(teacher: User) -> None:
    city = Area.objects.get(name="嘉兴市", parent=None)
    facts = {"issuer": "嘉兴市残疾人联合会", "rules": as_data(DEFAULT), "changed_by": teacher, "changed_at": clock.now()}
    CityRules.objects.get_or_create(area=city, defaults=facts)


def _came_and_went(event: ServiceEvent, teacher: User) -> None:
    people = Signup.objects.filter(shift__event=event, status="confirmed", name__in=TAPS).select_related("user").order_by("name", "pk")
    for signup in people:
        after, before = TAPS[signup.name]
        _tap(event, [signup], "in", event.starts_at + after * MINUTE, teacher)
        _tap(event, [signup], "out", event.ends_at - before * MINUTE, teacher)
    with clock.moved_to(event.ends_at + 2 * 60 * MINUTE):
        records.finalise_event(event_id=event.pk)
        for index, member in enumerate(members_of(event.home)[:9]):
            afterwards.say_opinion(event_id=event.pk, member_id=member.pk, liked=index != 6, by=teacher)  # noqa: PLR2004 - one did not like it
        thank(event_id=event.pk, text=THANKS, post=None, by=teacher)
        for user in [signup.user for signup in people if signup.user and signup.name in SAID]:
            afterwards.give_feedback(event_id=event.pk, again=True, text=SAID[user.name], by=user)
    # The photos came a few days later.
    album = Post.objects.filter(home=event.home, taken_back_at=None, text__contains="志愿者陪着").first()
    if album is not None:
        thank(event_id=event.pk, text=THANKS, post=album.pk, by=teacher)


def _honoured_and_asked(event: ServiceEvent) -> None:
    """One was praised; one says that they were there, and the manager has yet to answer."""
    manager = StaffPost.objects.select_related("user").get(home=event.home, role=StaffPost.Role.MANAGER).user
    for record in ServiceRecord.objects.filter(event=event, name="徐明"):
        honours.give_honour(record_id=record.pk, title="暖心陪伴", by=manager)
    for record in ServiceRecord.objects.filter(event=event, name="顾晓燕").select_related("user"):
        if record.user is not None:
            pairs = [(event.starts_at + 5 * MINUTE, event.ends_at - 10 * MINUTE)]
            corrections.ask_correction(
                correction_id=uuid.uuid4(), record_id=record.pk, pairs=pairs, reason="来了，忘了签到，陆老师看见我的", by=record.user
            )


def _going_on(branch: Organisation, teacher: User) -> None:
    """Since a while, and for a while yet: two are in the house, one is late."""
    now = rounded(clock.now())
    starts_at, home = now - SINCE, Home.objects.get(name="阳光家园")
    plan = EventPlan(
        title="手工车间帮帮忙",
        kind="company",
        therapy="work",
        place="手工车间",
        starts_at=starts_at,
        ends_at=now + STILL,
        bring="请穿平底鞋；不拍照；叫名字不叫病。",
        shifts=[ShiftPlan(title="包装小夜灯", capacity=3)],
    )
    with clock.moved_to(starts_at - dt.timedelta(days=2)):
        event = events.plan_event(event_id=uuid.uuid4(), home_id=home.pk, plan=plan, by=teacher).event
        shift = events.open_event(event_id=event.pk, by=teacher).shifts.get()
        signups = [
            signups_services.sign_up(
                signup_id=uuid.uuid4(), event_id=event.pk, shift_id=shift.pk, organisation_id=branch.pk, by=membership.user
            ).signup
            for membership in branch.memberships.select_related("user").order_by("id")
        ]
    _tap(event, signups[:-1], "in", starts_at + MINUTE, teacher)


def _tap(event: ServiceEvent, signups: Sequence[Signup], kind: Kind, at: dt.datetime, teacher: User) -> None:
    with clock.moved_to(at):
        checkins.check_in_people(event_id=event.pk, kind=kind, taps=[(uuid.uuid4(), signup.pk) for signup in signups], by=teacher)
