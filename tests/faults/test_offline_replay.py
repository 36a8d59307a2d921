"""A tablet that was offline for a morning: two hundred taps, sent twice, in any order, one of them nonsense."""

import datetime as dt
import random
import threading

import pytest

from tests.support.api_client import TEACHER, stamp
from tests.support.running import SignIn
from tests.support.server import Server
from tests.support.tablet import Tablet

pytestmark = pytest.mark.faults


def test_two_hundred_offline_taps_arrive_once_each(server: Server, sign_in: SignIn) -> None:
    chance = random.Random(200)  # noqa: S311 - the same shuffle every time
    tablet = Tablet(sign_in(TEACHER))
    members = [each["id"] for each in tablet.board()["members"]][:25]
    start = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=30)
    taps = [
        tablet.tap(members[n % 25], "departed" if n // 25 % 2 else "arrived", occurred_at=stamp(start + dt.timedelta(seconds=5 * n)))
        for n in range(200)
    ]
    taps[56]["corrects"] = taps[0]["id"]  # only a void may name another

    sent = [*taps, *taps]
    chance.shuffle(sent)
    helpers = [Tablet(sign_in(TEACHER)) for _ in range(4)]
    statuses: list[tuple[str, int]] = []

    def upload(helper: Tablet, share: list[dict[str, object]]) -> None:
        statuses.extend((str(body["id"]), helper.send(body).status) for body in share)

    threads = [threading.Thread(target=upload, args=(helper, sent[number::4])) for number, helper in enumerate(helpers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    by_tap = {tap["id"]: sorted(status for id_, status in statuses if id_ == tap["id"]) for tap in taps}
    assert by_tap.pop(taps[56]["id"]) == [422, 422]
    assert set(map(tuple, by_tap.values())) == {(200, 201)}
    query = "SELECT device_seq FROM attendance_attendanceevent WHERE device IS NOT NULL ORDER BY occurred_at, device_seq"
    assert [seq for (seq,) in server.store.rows(query)] == [n for n in range(1, 201) if n != 57]
