"""The whole city: 85 Homes, 2,881 members, about 7,500 relatives. Written in bulk; the days are told by the real verbs."""

from collections.abc import Iterator
from itertools import count
from random import Random

from django.db import transaction

from backend.accounts.models import User
from backend.common import clock
from backend.demo.cast import ARRIVES, CLOSES, COUNTIES, DEPARTS, STARTED
from backend.demo.names import Names
from backend.homes.models import Area, Home, Operator, StaffPost
from backend.people.models import Member, Placement, Relative, WeeklyPattern

HOMES, MEMBERS = 85, 2_881
# Of a hundred members so many have a father and a sibling in the app beside the mother: 2.7 relatives each.
FATHERS, SIBLINGS = 92, 78
FIRST = "运河 善美 海昌 平湖 银杏 幸福 春晖 向日葵 和风 康乐 同心 暖阳 梧桐 南湖 秀水 钱塘 紫藤 百花 麦香 清泉".split()
LAST = ("之家", "暖心之家", "爱心工场", "家园", "人家")


@transaction.atomic
def make_city() -> None:
    """Fills up to 85 Homes and 2,881 members."""
    random = Random(85)  # noqa: S311 - a demo's chance
    homes = _homes(HOMES - Home.objects.count())
    wanted = MEMBERS - Member.objects.count()
    numbers = count(1)
    per_home, more = divmod(wanted, len(homes))
    for index, home in enumerate(homes):
        names = Names(home.pk)  # no two of one Home share a name
        _staff(home, numbers, names)
        members = _members(home, per_home + (index < more), names)
        _relatives(members, numbers, names, random)


def _homes(missing: int) -> list[Home]:
    areas = {area.name: area for area in Area.objects.filter(parent__isnull=False)}
    operators = Operator.objects.bulk_create(Operator(name=f"嘉兴第{number}助残服务社") for number in range(1, missing + 1))
    titles = [first + last for last in LAST for first in FIRST]
    return Home.objects.bulk_create(
        Home(
            name=titles[index],
            area=areas[COUNTIES[index % len(COUNTIES)]],
            operator=operator,
            phone=f"0573-{83000000 + index}",
            address=f"{COUNTIES[index % len(COUNTIES)]}助残路 {index + 1} 号",
            closes_at=CLOSES,
        )
        for index, operator in enumerate(operators)
    )


def _users(names: list[str], numbers: Iterator[int]) -> list[User]:
    now = clock.now()
    people = [User(phone=f"+86139{next(numbers):08d}", name=name, joined_at=now, confirmed_at=now, seen_at=now) for name in names]
    for user in people:
        user.set_unusable_password()
    return User.objects.bulk_create(people)


def _staff(home: Home, numbers: Iterator[int], names: Names) -> None:
    manager, carer = _users([names.father("王"), names.mother()], numbers)
    StaffPost.objects.bulk_create(
        [
            StaffPost(user=carer, home=home, role=StaffPost.Role.CARER, title=f"{carer.name[0]}老师", starts_on=STARTED),
            StaffPost(user=manager, home=home, role=StaffPost.Role.MANAGER, title=f"{manager.name[0]}院长", starts_on=STARTED),
        ]
    )


def _members(home: Home, number: int, names: Names) -> list[Member]:
    now = clock.now()
    drawn = [names.member() for _ in range(number)]
    members = Member.objects.bulk_create(
        Member(name=name, short_name=name[1:], colour=index % 8, created_at=now) for index, name in enumerate(drawn)
    )
    Placement.objects.bulk_create(Placement(member=member, home=home, starts_on=STARTED) for member in members)
    WeeklyPattern.objects.bulk_create(
        WeeklyPattern(member=member, weekday=weekday, arrives_at=ARRIVES, departs_at=DEPARTS) for member in members for weekday in range(5)
    )
    return members


def _relatives(members: list[Member], numbers: Iterator[int], names: Names, random: Random) -> None:
    links: list[tuple[Member, str, str]] = []
    for member in members:
        links.append((member, "妈妈", names.mother()))
        if random.randrange(100) < FATHERS:
            links.append((member, "爸爸", names.father(member.name)))
        if random.randrange(100) < SIBLINGS:
            links.append((member, random.choice(("哥哥", "姐姐", "弟弟", "妹妹")), names.sibling(member.name)))
    users = _users([name for _, _, name in links], numbers)
    now = clock.now()
    Relative.objects.bulk_create(
        Relative(user=user, member=member, relation=relation, can_sign=relation == "妈妈", since=now)
        for user, (member, relation, _) in zip(users, links, strict=True)
    )
