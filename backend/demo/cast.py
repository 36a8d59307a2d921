"""The cast of the documents and their three Homes."""

import datetime as dt
from dataclasses import dataclass

from backend.accounts.models import User
from backend.common import clock
from backend.demo.names import Names
from backend.demo.photos import portrait
from backend.homes.models import Area, Home, OfficerPost, Operator, StaffPost
from backend.homes.services import seed_holidays, set_pin
from backend.people.models import Member, Placement, Relative, WeeklyPattern

STARTED = dt.date(2024, 3, 1)
ARRIVES, DEPARTS = dt.time(8, 30), dt.time(16, 30)
COUNTIES = ("南湖区", "秀洲区", "嘉善县", "海盐县", "海宁市", "平湖市", "桐乡市")
# The demo's day must not close while somebody looks at it.
CLOSES = dt.time(23, 59)

SUNSHINE = (
    "沈志强 周小芳 陆建国 王丽娟 吴晓东 张美华 徐国平 朱文彬 钱秀英 许志明 何小红 潘伟民 "
    "陈水根 俞春燕 顾明华 姚玉珍 杨林根 褚雅琴 盛金荣 马丽萍 蒋海峰 屠阿妹 戴跃进 钟菊芳 "
    "费卫东 高彩娥 倪庆生 谢林妹 范春林 汤建英 曹关荣 鲁月琴 胡俊杰 方慧芬"
).split()


@dataclass(frozen=True)
class HomePlan:
    name: str
    county: str
    phone: str
    address: str
    operator: str


PLANS = (
    HomePlan("阳光家园", "南湖区", "0573-82000001", "南湖区凌公塘路 18 号", "嘉兴阳光助残服务中心"),
    HomePlan("秋阳家园", "海盐县", "0573-86000002", "海盐县秦山路 6 号", "海盐秋阳工艺品厂"),
    HomePlan("禾欣家园", "桐乡市", "0573-88000003", "桐乡市庆丰南路 120 号", "桐乡禾欣农业合作社"),
)


def person(number: int, name: str) -> User:
    """138 0000 000N of the documents, as somebody who has signed in before."""
    now = clock.now()
    return User.objects.with_phone(f"+86138{number:08d}", name=name, joined_at=now, confirmed_at=now, seen_at=now)


def is_loaded() -> bool:
    return User.objects.filter(phone="+8613800000001").exists()


def make_areas() -> dict[str, Area]:
    city = Area.objects.create(name="嘉兴市")
    return {"嘉兴市": city} | {name: Area.objects.create(name=name, parent=city) for name in COUNTIES}


def make_home(plan: HomePlan, areas: dict[str, Area]) -> Home:
    operator = Operator.objects.create(name=plan.operator)
    return Home.objects.create(
        name=plan.name, area=areas[plan.county], operator=operator, phone=plan.phone, address=plan.address, closes_at=CLOSES
    )


def make_member(name: str, home: Home, colour: int) -> Member:
    """A member of the Home who comes on weekdays."""
    member = Member.objects.create(name=name, short_name=name[1:], colour=colour % 8, photo=portrait(name), created_at=clock.now())
    Placement.objects.create(member=member, home=home, starts_on=STARTED)
    WeeklyPattern.objects.bulk_create(
        WeeklyPattern(member=member, weekday=weekday, arrives_at=ARRIVES, departs_at=DEPARTS) for weekday in range(5)
    )
    return member


def bind(user: User, member: Member, relation: str, *, can_sign: bool = False) -> Relative:
    return Relative.objects.create(user=user, member=member, relation=relation, can_sign=can_sign, since=clock.now())


def employ(user: User, home: Home, role: str, title: str, pin: str) -> StaffPost:
    post = StaffPost.objects.create(user=user, home=home, role=role, title=title, starts_on=STARTED)
    set_pin(post=post, pin=pin, by=user)
    return post


def make_cast() -> None:
    """Everybody of interface.md's table, and enough others for three believable Homes."""
    seed_holidays()
    areas = make_areas()
    sunshine, autumn, hexin = (make_home(plan, areas) for plan in PLANS)
    names = Names(2026)
    members = {name: make_member(name, sunshine, index) for index, name in enumerate(SUNSHINE)}
    bind(person(1, "李秀珍"), members["沈志强"], "妈妈", can_sign=True)
    employ(person(2, "陆文琴"), sunshine, StaffPost.Role.CARER, "陆老师", "0002")
    employ(person(3, "王国良"), sunshine, StaffPost.Role.MANAGER, "王院长", "0003")
    person(4, "徐明")
    person(5, "赵卫东")
    OfficerPost.objects.create(user=person(6, "孙海燕"), area=areas["嘉兴市"], starts_on=STARTED)
    bind(person(7, "周建华"), members["周小芳"], "爸爸", can_sign=True)
    for index, home in enumerate((autumn, hexin)):
        others = [make_member(names.member(), home, number) for number in range(29 + 12 * index)]
        if home == autumn:
            bind(person(8, "金凤英"), others[0], "妈妈", can_sign=True)
        employ(person(20 + index, names.mother()), home, StaffPost.Role.MANAGER, ("金院长", "沈院长")[index], f"002{index}")
    bind(person(9, "沈志红"), members["沈志强"], "姐姐")
    employ(person(10, "周慧芳"), sunshine, StaffPost.Role.CARER, "周老师", "0010")
    for number, name in enumerate(SUNSHINE[2:], start=100):
        bind(person(number, names.mother()), members[name], "妈妈", can_sign=True)
