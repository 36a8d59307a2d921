"""What the day, the records and the certificates tell whom: nobody else's name or phone, and no member's surname."""

import pytest

from backend.accounts.models import User
from backend.common import clock
from backend.records.models import Feedback, MemberOpinion
from backend.visits.models import Shift
from tests.matrix import OPERATIONS
from tests.records.day import coming, counted
from tests.support.cast import Cast
from tests.support.phone import Phone
from tests.test_matrix import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

SURNAME, PHONE, NAME, WORDS = "欧阳金丝雀", "+8613900000077", "上官志愿者", "太吵了的金丝雀"
MINE = (
    "check-ins",
    "{visit}/day",
    "afterwards",
    "/album",
    "/opinions",
    "/visits",
    "service-records",
    "certificates",
    "visit-balance",
    "visitors",
    "corrections",
    "door-codes",
)


@pytest.fixture
def world(cast: Cast) -> World:
    """Somebody else came to both visits, with an opinion of their own."""
    made = World(cast, "sunshine")
    made.member.name = SURNAME
    made.member.save()
    other = User.objects.with_phone(PHONE, name=NAME, joined_at=clock.now())
    past, today = (Shift.objects.filter(event=made.values[visit]).get() for visit in ("past_visit", "visit"))
    record = counted(coming(past, other, NAME))
    Feedback.objects.create(signup=record.signup, again=False, text=WORDS, said_at=clock.now())
    MemberOpinion.objects.create(event=past.event, member=made.member, liked=True, said_at=clock.now())
    coming(today, other, NAME)
    return made


@pytest.mark.parametrize("who", ["volunteer", "coordinator", "stranger", "mother", "charlie", "officer"])
def test_nobody_reads_of_another_volunteer(world: World, cast: Cast, who: str) -> None:
    """An officer's table of a Home is the one list of names that leaves it."""
    phone = Phone(getattr(cast, who))
    rows = [row for row in OPERATIONS if row.path.startswith("GET ") and any(part in row.path for part in MINE)]
    assert len(rows) > 12
    for row in rows:
        if who == "officer" and row.operation == "service_table":
            continue
        text = phone.get(world.fill(row.path).removeprefix("GET ")).content.decode(errors="replace")
        assert [canary for canary in (SURNAME, PHONE[3:], NAME, WORDS) if canary in text] == [], row.operation


def test_staff_read_names_and_words_and_never_a_phone(world: World, cast: Cast) -> None:
    phone = Phone(cast.carer)
    day = phone.get(f"/api/service-events/{world.values['visit']}/day").content.decode()
    after = phone.get(f"/api/service-events/{world.values['past_visit']}/afterwards").content.decode()
    assert NAME in day
    assert WORDS in after
    assert PHONE[3:] not in day + after
