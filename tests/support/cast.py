"""The people of the demo, in a small form, straight from models. Who each one is tells what they must and must not see."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from backend.accounts.models import User
from backend.common import clock
from backend.homes.models import Area, Home, OfficerPost, StaffPost
from backend.people.models import Member, Placement, Relative, WeeklyPattern

SINCE = dt.date(2024, 1, 1)
WORKDAYS = range(5)


@dataclass(frozen=True, kw_only=True)
class Cast:
    city: Area
    sunshine: Home  # 阳光家园: everything happens here
    autumn: Home  # 秋阳家园: the other Home, from which nothing of 阳光家园 may be seen

    mother: User  # 李秀珍: guardian of 志强, sees 志强 only
    sister: User  # 沈秋月: the second relative of 志强
    carer: User  # 陆老师, PIN 0002
    colleague: User  # 何老师: second carer at 阳光家园, without a PIN
    manager: User  # 王院长, PIN 0003
    volunteer: User  # 徐明
    coordinator: User  # 赵书记 of 供电所党支部
    officer: User  # 市残联: all Homes of the city
    father: User  # 周建华: father of 小芳, sees 小芳 only
    charlie: User  # 金凤英: mother at 秋阳家园, must see nothing of 阳光家园
    autumn_carer: User  # 钱老师: staff of 秋阳家园, must see nothing of 阳光家园
    stranger: User  # signed in, without any role

    carer_post: StaffPost
    colleague_post: StaffPost
    manager_post: StaffPost
    autumn_post: StaffPost

    zhiqiang: Member  # 沈志强: mother and sister
    xiaofang: Member  # 周小芳: goes home alone by bus
    xiaodong: Member  # 吴晓东: nobody of the family has the app yet
    lihua: Member  # 陈丽华: comes on Mondays only
    charlie_member: Member  # 金小海 of 秋阳家园

    mother_link: Relative
    sister_link: Relative
    father_link: Relative
    charlie_link: Relative


def person(phone: str, name: str) -> User:
    moment = clock.now()
    return User.objects.with_phone(phone, name=name, joined_at=moment, confirmed_at=moment, seen_at=moment)


def post(user: User, home: Home, title: str, *, role: str = "carer", pin: str = "") -> StaffPost:
    return StaffPost.objects.create(user=user, home=home, role=role, title=title, pin=make_password(pin) if pin else "", starts_on=SINCE)


def member(home: Home, name: str, *, weekdays: Sequence[int] = WORKDAYS) -> Member:
    """Due 08:30 to 16:30. The lock-screen name leaves out the surname."""
    made = Member.objects.create(name=name, short_name=name[1:], colour=ord(name[-1]) % 8, created_at=clock.now())
    Placement.objects.create(member=made, home=home, starts_on=SINCE)
    WeeklyPattern.objects.bulk_create(
        WeeklyPattern(member=made, weekday=day, arrives_at=dt.time(8, 30), departs_at=dt.time(16, 30)) for day in weekdays
    )
    return made


def relative(user: User, of: Member, relation: str, *, can_sign: bool = False) -> Relative:
    return Relative.objects.create(user=user, member=of, relation=relation, can_sign=can_sign, since=clock.now())


def make_cast() -> Cast:
    city = Area.objects.create(name="嘉兴市")
    sunshine = Home.objects.create(name="阳光家园", area=Area.objects.create(name="南湖区", parent=city), phone="0573-82000001")
    autumn = Home.objects.create(name="秋阳家园", area=Area.objects.create(name="海盐县", parent=city), phone="0573-86000001")
    mother, father, charlie = person("+8613800000001", "李秀珍"), person("+8613800000007", "周建华"), person("+8613800000008", "金凤英")
    carer, manager, colleague = person("+8613800000002", "陆敏"), person("+8613800000003", "王建国"), person("+8613800000012", "何静")
    sister, autumn_carer = person("+8613800000011", "沈秋月"), person("+8613800000013", "钱丽")
    officer = person("+8613800000006", "市残联")
    OfficerPost.objects.create(user=officer, area=city, starts_on=SINCE)
    zhiqiang, xiaofang, charlie_member = member(sunshine, "沈志强"), member(sunshine, "周小芳"), member(autumn, "金小海")
    return Cast(
        city=city,
        sunshine=sunshine,
        autumn=autumn,
        mother=mother,
        sister=sister,
        carer=carer,
        colleague=colleague,
        manager=manager,
        volunteer=person("+8613800000004", "徐明"),
        coordinator=person("+8613800000005", "赵立新"),
        officer=officer,
        father=father,
        charlie=charlie,
        autumn_carer=autumn_carer,
        stranger=person("+8613800000014", ""),
        carer_post=post(carer, sunshine, "陆老师", pin="0002"),
        colleague_post=post(colleague, sunshine, "何老师"),
        manager_post=post(manager, sunshine, "王院长", role="manager", pin="0003"),
        autumn_post=post(autumn_carer, autumn, "钱老师", pin="0013"),
        zhiqiang=zhiqiang,
        xiaofang=xiaofang,
        xiaodong=member(sunshine, "吴晓东"),
        lihua=member(sunshine, "陈丽华", weekdays=[0]),
        charlie_member=charlie_member,
        mother_link=relative(mother, zhiqiang, "母亲", can_sign=True),
        sister_link=relative(sister, zhiqiang, "姐姐"),
        father_link=relative(father, xiaofang, "父亲", can_sign=True),
        charlie_link=relative(charlie, charlie_member, "母亲", can_sign=True),
    )
