"""Tablets whose clocks are wrong: no time in the future is shown, the order stays, and skew is told."""

import datetime as dt

import pytest

from tests.support.api_client import FATHER, TEACHER, stamp
from tests.support.running import SignIn
from tests.support.server import Server
from tests.support.tablet import Tablet

pytestmark = pytest.mark.faults

UTC = dt.UTC
OFF = {
    "two hours behind": dt.timedelta(hours=-2),
    "two hours ahead": dt.timedelta(hours=2),
    "in 1970": dt.datetime(1970, 1, 1, tzinfo=UTC) - dt.datetime.now(UTC),
}


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


@pytest.mark.parametrize("off", OFF.values(), ids=OFF)
def test_a_wrong_clock_is_reckoned_right(server: Server, sign_in: SignIn, off: dt.timedelta) -> None:
    """Ten taps half a minute apart by the tablet's own clock, uploaded at once."""
    tablet = Tablet(sign_in(TEACHER))
    members = [tile["id"] for tile in tablet.board()["members"]][:10]
    now = dt.datetime.now(UTC)
    for number, member in enumerate(members):
        at = now + off - dt.timedelta(seconds=30 * (10 - number))
        body = tablet.tap(member, "departed" if number % 2 else "arrived", occurred_at=stamp(at))
        answer = tablet.person.post("/api/attendance/events", {**body, "sent_at": stamp(dt.datetime.now(UTC) + off)})
        assert answer.status == 201
        told = answer.json()
        assert told["skewed"] is True
        assert abs(moment(told["occurred_at"]) - (at - off)) < dt.timedelta(seconds=5)
        assert moment(told["occurred_at"]) <= moment(told["recorded_at"])
    rows = server.store.rows("SELECT device_seq FROM attendance_attendanceevent WHERE device IS NOT NULL ORDER BY occurred_at, device_seq")
    assert [row[0] for row in rows] == list(range(1, 11))


def test_a_clock_that_jumps_between_taps_does_not_change_their_order(server: Server, sign_in: SignIn) -> None:
    tablet = Tablet(sign_in(TEACHER))
    members = [tile["id"] for tile in tablet.board()["members"]][:6]
    now = dt.datetime.now(UTC) - dt.timedelta(minutes=10)
    for number, member in enumerate(members):
        jump = dt.timedelta(minutes=-45) if number == 3 else dt.timedelta()
        body = tablet.tap(member, "arrived", occurred_at=stamp(now + dt.timedelta(seconds=10 * number) + jump))
        assert tablet.person.post("/api/attendance/events", {**body, "sent_at": stamp()}).status == 201
    rows = server.store.rows("SELECT device_seq FROM attendance_attendanceevent WHERE device IS NOT NULL ORDER BY occurred_at, device_seq")
    assert [row[0] for row in rows] == list(range(1, 7))


def test_a_tap_from_the_future_is_never_shown_so(server: Server, sign_in: SignIn) -> None:
    """Without `sent_at` nothing is known of the clock; the future is impossible all the same."""
    teacher, father = sign_in(TEACHER), sign_in(FATHER)
    member = father.me()["relatives"][0]["member"]["id"]
    answer = teacher.tap(member, "departed", at=stamp(dt.datetime.now(UTC) + dt.timedelta(hours=3))).json()
    assert moment(answer["occurred_at"]) <= moment(answer["recorded_at"])
    assert answer["skewed"] is True
    day = father.get(f"/api/members/{member}/day").json()
    assert moment(day["since"]) <= dt.datetime.now(UTC)
