"""The demo's day is always today, at midnight and on Sunday too."""

import datetime as dt

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import Count
from pytest_django import Settings

from backend import scheduler
from backend.accounts.models import User
from backend.activities.models import Participation, Session, Therapy
from backend.attendance.models import AttendanceEvent, DayStatus
from backend.attendance.queries import counts
from backend.common import clock
from backend.demo.cast import make_cast
from backend.demo.city import make_city
from backend.demo.today import IN_FULL
from backend.homes.models import Home
from backend.moments.models import Post
from backend.overview.queries import VisitAlbum, visit_album
from backend.people.models import Member, Placement, Relative
from backend.records.models import Certificate, Correction, ServiceRecord
from backend.records.queries import afterwards, certificates, checkins, visit_history
from backend.visits.models import GroupBooking, ServiceEvent, Shift, Wish
from backend.visits.queries import signups
from tests.attendance.door import DAY, at
from tests.support.cast import Cast
from tests.support.passing import pass_by

pytestmark = pytest.mark.django_db
SECONDS = dt.timedelta(seconds=27, microseconds=300)
# What a person reads as a time that somebody set; taps at the door come when they come.
PLANNED = (
    DayStatus.objects.values_list("expected_at", "departs_at"),
    Post.objects.values_list("created_at"),
    Session.objects.values_list("starts_at", "ends_at"),
    ServiceEvent.objects.values_list("starts_at", "ends_at", "signup_closes_at", "cancel_until"),
    Shift.objects.values_list("starts_at", "ends_at"),
    GroupBooking.objects.values_list("names_due_at"),
)


def time_passes() -> None:
    """Twice around: what one app does, another may see only in the next round."""
    for due in (*scheduler.DUE, *scheduler.DUE):
        pass_by(due, clock.now())


@pytest.fixture
def demo(settings: Settings) -> None:
    settings.DEMO = True


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    "moment", [at("00:02"), at("08:33") + SECONDS, at("23:58"), at("10:00", dt.date(2026, 3, 8)), at("13:37", dt.date(2026, 2, 17))]
)
def test_the_three_homes_are_in_the_middle_of_a_morning_planned_in_steps_of_five_minutes(moment: dt.datetime) -> None:
    with time_machine.travel(moment, tick=False):
        call_command("demo")
        sunshine = Home.objects.get(name="阳光家园")
        assert counts([sunshine.pk], clock.today())[sunshine.pk] == {
            "expected": 34,
            "present": 26,
            "waiting": 4,
            "leave": 3,
            "missing": 1,
            "departed": 0,
        }
        assert set(AttendanceEvent.objects.values_list("date", flat=True)) == {clock.today()}
        assert not AttendanceEvent.objects.filter(occurred_at__gt=clock.now()).exists()
    for times in PLANNED:
        found = [time for row in times.all() for time in row if time is not None]
        assert found
        assert not [str(time) for time in found if time.minute % 5 or time.second or time.microsecond]


@pytest.mark.usefixtures("demo")
def test_the_cast_is_there_and_plays_its_parts() -> None:
    with time_machine.travel(at("09:00"), tick=False):
        call_command("demo")
    phones = set(User.objects.values_list("phone", flat=True))
    assert {f"+861380000000{number}" for number in range(1, 9)} <= phones
    states = dict(DayStatus.objects.filter(home__name="阳光家园").values_list("member__name", "state"))
    assert (states["沈志强"], states["周小芳"], states["吴晓东"], states["王丽娟"]) == ("waiting", "present", "missing", "leave")
    assert Member.objects.count() == 104


@pytest.mark.usefixtures("demo")
def test_last_weeks_this_weeks_and_next_weeks_sessions_are_of_all_five_therapies() -> None:
    with time_machine.travel(at("09:00"), tick=False):
        call_command("demo")
        assert [session.state for session in Session.objects.filter(date=clock.today())].count("now") == 3
        took_part = Participation.objects.filter(session__date=clock.today())
        came = DayStatus.objects.filter(date=clock.today(), arrived_at__isnull=False)
        assert took_part.exists()
        assert not took_part.exclude(member__in=came.values("member")).exists()
    monday = DAY - dt.timedelta(days=DAY.weekday())
    for home in Home.objects.all():
        for week in (-1, 0, 1):
            first = monday + dt.timedelta(weeks=week)
            found = Session.objects.filter(home=home, date__range=(first, first + dt.timedelta(days=6)))
            assert set(found.values_list("activity__therapy", flat=True)) == set(Therapy)
            assert found.filter(participations=None).exists() == (week > -1)
    assert Session.objects.filter(baskets=2, result="大丰收").exists()


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("moment", [at("09:00"), at("23:50", dt.date(2026, 3, 6)), at("10:00", dt.date(2026, 3, 8))])
def test_visits_lie_in_the_next_three_weeks_and_people_wait_behind_a_class(moment: dt.datetime) -> None:
    with time_machine.travel(moment, tick=False):
        for _ in range(2):
            call_command("demo")
        time_passes()
        ahead = ServiceEvent.objects.filter(starts_at__gt=clock.now())
        assert ahead.filter(starts_at__lt=clock.now() + dt.timedelta(weeks=4)).count() == 6
        assert {event.state for event in ServiceEvent.objects.all()} == {"open", "running", "done"}
        me = User.objects.get(phone="+8613800000004")
        shown = signups.signups(me, past=False, after=0).items
        assert [(each.row.status, each.position) for each in shown] == [("confirmed", None), ("waitlisted", 2)]
        assert shown[1].explanation.startswith("前面是向阳小学 6 人一组，空出 1 个名额坐不下，已为他们留到")
        booking = GroupBooking.objects.get(organisation__name="供电所党支部")
        assert (booking.held, booking.named) == (5, 3)
        assert Wish.objects.count() == 4
        assert list(ServiceEvent.objects.exclude(picture="").values_list("title", flat=True)) == ["菜园除草浇水"]


@pytest.mark.usefixtures("demo")
def test_a_past_visit_has_its_records_and_certificates_and_somebody_is_in_the_house() -> None:
    with time_machine.travel(at("09:00"), tick=False):
        for _ in range(2):
            call_command("demo")
        time_passes()
        lately = ServiceRecord.objects.filter(date__gt=clock.today() - dt.timedelta(days=20))
        assert dict(lately.values_list("name", "minutes")) == {"徐明": 117, "赵卫东": 120, "钱丽": 111, "顾晓燕": 0}
        found = {each.statement["name"]: certificates.verified(each.sealed).state for each in Certificate.objects.all()}
        assert found == {"徐明": "valid", "供电所党支部": "valid"}
        past = ServiceEvent.objects.get(title="秋日陪伴散步")
        remains = afterwards.afterwards(User.objects.get(phone="+8613800000002"), past.pk)
        assert (remains.liked, remains.disliked, len(remains.feedback)) == (8, 1, 2)
        assert visit_album(User.objects.get(phone="+8613800000004"), past.pk) == VisitAlbum(photos=[], hidden=0, developing=True)
        assert [each["title"] for each in Certificate.objects.get(user__isnull=False).statement["honours"]] == ["暖心陪伴"]
        assert Correction.objects.get().state == "waiting"
        (visit,) = checkins.visitors(Home.objects.filter(name="阳光家园"))[Home.objects.get(name="阳光家园").pk]
        assert visit.parties == [checkins.Party("供电所党支部", expected=3, here=2, came=2)]


@pytest.mark.usefixtures("demo")
def test_a_year_of_visits_lies_behind_them_and_one_home_waits_in_vain() -> None:
    with time_machine.travel(at("09:00"), tick=False):
        for _ in range(2):
            call_command("demo")
        weighed = visit_history.visit_balance(User.objects.get(phone="+8613800000006"))
        assert {home.row.name: [quarter.visits for quarter in home.quarters] for home in weighed} == {
            "阳光家园": [1, 2, 2, 2],
            "秋阳家园": [1, 0, 1, 0],
            "禾欣家园": [0, 0, 0, 0],
        }


@pytest.mark.usefixtures("demo")
def test_nothing_is_told_twice_and_while_it_runs_each_day_is_told_anew_a_saturday_too() -> None:
    with time_machine.travel(at("17:00", dt.date(2026, 3, 6)), tick=False):
        call_command("demo")
        events, sessions, posts = AttendanceEvent.objects.count(), Session.objects.count(), Post.objects.count()
        call_command("demo")
        time_passes()
        assert (AttendanceEvent.objects.count(), Session.objects.count(), Post.objects.count()) == (events, sessions, posts)
    with time_machine.travel(at("00:05", dt.date(2026, 3, 7)), tick=False):
        time_passes()
        sunshine = Home.objects.get(name="阳光家园")
        numbers = counts([sunshine.pk], clock.today())[sunshine.pk]
    assert (numbers["expected"], numbers["present"], numbers["missing"]) == (34, 26, 1)
    assert AttendanceEvent.objects.count() == 2 * events


@pytest.mark.usefixtures("demo")
def test_every_day_has_a_running_session_and_fresh_posts_a_weekend_too_and_the_album_grows_no_longer() -> None:
    friday = dt.date(2026, 3, 6)
    with time_machine.travel(at("17:00", friday), tick=False):
        call_command("demo")
    posts = Post.objects.filter(taken_back_at=None)
    texts = sorted(posts.values_list("text", flat=True))
    for ahead in (1, 2, 3):
        day = friday + dt.timedelta(days=ahead)
        with time_machine.travel(at("00:05", day), tick=False):
            for _ in range(2):
                time_passes()
            running = Session.objects.filter(starts_at__lte=clock.now(), ends_at__gt=clock.now())
            assert sorted(running.values_list("home__name", flat=True)) == sorted(IN_FULL)
            lately = posts.filter(created_at__range=(at("00:00", day - dt.timedelta(days=1)), clock.now()))
            assert set(lately.values_list("home__name", flat=True)) == IN_FULL
            assert lately.filter(home__name="阳光家园", created_at__gte=at("00:00", day)).exists()
            assert sorted(posts.values_list("text", flat=True)) == texts


def test_the_city_has_as_many_homes_members_and_relatives_as_jiaxing() -> None:
    make_cast()
    make_city()
    assert (Home.objects.count(), Member.objects.count()) == (85, 2_881)
    assert 7_300 <= Relative.objects.count() <= 7_700
    assert not Home.objects.filter(staff_posts=None).exists()
    sizes = Placement.objects.values_list("home").annotate(members=Count("id"))
    assert {size for _, size in sizes} == {29, 33, 34, 41}


@pytest.mark.parametrize("demo", [True, False])
def test_nothing_is_made_up_outside_the_demo_or_for_other_peoples_homes(cast: Cast, settings: Settings, demo: bool) -> None:
    settings.DEMO = demo
    if demo:
        User.objects.filter(pk=cast.mother.pk).update(phone="+8613900000001")
    time_passes()
    assert not AttendanceEvent.objects.exists()


def test_without_demo_it_is_refused(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo")
