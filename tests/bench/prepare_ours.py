"""`python -m tests.bench.prepare_ours FILE`: the town in our tables, its Homes open today, one push subscription a phone."""

import datetime as dt
import os
import sys
from pathlib import Path

import django
from django.core.management import call_command

os.environ["DJANGO_SETTINGS_MODULE"] = "backend.settings"
django.setup()

# Models can be imported only now.
from backend.accounts.models import Device, User
from backend.common import clock
from backend.homes.models import Area, Home, OpeningException, StaffPost
from backend.people.models import Member, Placement, Relative, WeeklyPattern
from notifications.models import PushSubscription
from tests.bench import town
from tests.bench.sessions import sign_in

SINCE = dt.date(2024, 3, 1)
BATCH = 500


def users(phones: range) -> list[User]:
    now = clock.now()
    return User.objects.bulk_create(
        (User(phone=f"+86{phone}", name="", password="!", joined_at=now, confirmed_at=now, seen_at=now) for phone in phones),
        batch_size=BATCH,
    )


def signed_in(people: list[User]) -> dict[int, str]:
    cookies, now = sign_in(people), clock.now()
    keys = {user: cookie.split(";")[0].partition("=")[2] for user, cookie in cookies.items()}
    Device.objects.bulk_create(
        (Device(user_id=user, session_key=key, label="安卓手机", created_at=now, seen_at=now) for user, key in keys.items()),
        batch_size=BATCH,
    )
    return cookies


def homes() -> list[Home]:
    area = Area.objects.create(name="嘉兴市")
    made = Home.objects.bulk_create(
        Home(name=f"第{n}家园", area=area, phone="0573-80000000", closes_at=dt.time(23, 59)) for n in range(town.HOMES)
    )
    today = clock.today()
    OpeningException.objects.bulk_create(
        OpeningException(home=home, date=today + dt.timedelta(days=shift), opens=True) for home in made for shift in (-1, 0, 1)
    )
    return made


def members(of: list[Home]) -> list[tuple[Member, Home]]:
    now = clock.now()
    made = Member.objects.bulk_create(
        (Member(name=f"成员{n}", short_name=f"{n}", created_at=now) for n in range(town.MEMBERS)), batch_size=BATCH
    )
    placed = [(member, of[n % len(of)]) for n, member in enumerate(made)]
    Placement.objects.bulk_create((Placement(member=member, home=home, starts_on=SINCE) for member, home in placed), batch_size=BATCH)
    times = {"arrives_at": dt.time(8, 30), "departs_at": dt.time(16, 30)}
    WeeklyPattern.objects.bulk_create(
        (WeeklyPattern(member=each, weekday=day, **times) for each in made for day in range(7)), batch_size=BATCH
    )
    return placed


def main(out: Path) -> None:
    call_command("migrate", verbosity=0)
    now, open_homes = clock.now(), homes()
    placed = members(open_homes)
    staff = users(range(13900000000, 13900000000 + town.HOMES))
    people = users(range(13700000000, 13700000000 + town.MEMBERS * town.RELATIVES))
    StaffPost.objects.bulk_create(
        StaffPost(user=user, home=home, role="carer", title="老师", starts_on=SINCE) for user, home in zip(staff, open_homes, strict=True)
    )
    bound = {member.pk: people[n * town.RELATIVES : (n + 1) * town.RELATIVES] for n, (member, _) in enumerate(placed)}
    Relative.objects.bulk_create(
        (Relative(user=user, member_id=member, relation="家属", since=now) for member, readers in bound.items() for user in readers),
        batch_size=BATCH,
    )
    PushSubscription.objects.bulk_create(
        (
            PushSubscription(user=user, endpoint=f"https://fcm.googleapis.com/{user.pk}", p256dh="p", auth="a", created_at=now)
            for user in people
        ),
        batch_size=BATCH,
    )
    town.Town(
        homes=[home.pk for home in open_homes],
        members=[(member.pk, home.pk) for member, home in placed],
        readers={member: [user.pk for user in readers] for member, readers in bound.items()},
        staff=dict(zip([home.pk for home in open_homes], signed_in(staff).values(), strict=True)),
        phones=signed_in(people),
    ).save(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
