"""Who is connected here hears what is meant for them; who was signed out while connecting stays out."""

import time

from notifications.live.hub import Hub
from tests.notifications.listener import Listener


def test_each_listener_hears_what_is_meant_for_them_until_they_leave() -> None:
    hub = Hub()
    phone, tablet, other = Listener(1), Listener(1), Listener(2)
    for each in (phone, tablet, other):
        hub.join(each)
    hub.listen(tablet, ["home:1"])
    hub.arrive([("user", 1, "for one"), ("topic", "home:1", "for the home"), ("user", 3, "for nobody"), ("topic", "home:2", "nothing")])
    assert (phone.texts, tablet.texts, other.texts) == (["for one"], ["for one", "for the home"], [])
    for each in (phone, tablet, other):
        hub.leave(each)
    assert (hub.users, hub.topics, hub.all_sockets()) == ({}, {}, [])


def test_who_asked_before_their_sockets_were_closed_is_closed_when_they_come() -> None:
    hub = Hub()
    before = time.monotonic()
    hub.arrive([("close", 1, 4401)])
    late, new, other, unasked = Listener(1), Listener(1), Listener(2), Listener(1)
    hub.join(late, asked_at=before)
    hub.join(new, asked_at=time.monotonic())
    hub.join(other, asked_at=before)
    hub.join(unasked)
    assert [each.code for each in (late, new, other, unasked)] == [4401, None, None, None]


def test_the_thirteenth_phone_of_a_person_closes_the_one_that_was_there_longest() -> None:
    hub = Hub()
    phones, other = [Listener(1) for _ in range(14)], Listener(2)
    for each in (*phones[:12], other):
        hub.join(each)
    assert {each.code for each in phones} == {None}
    for each in phones[12:]:
        hub.join(each)
    assert [each.code for each in phones] == [4409, 4409] + [None] * 12
    hub.arrive([("user", 1, "news")])
    assert [len(each.texts) for each in (*phones, other)] == [0, 0] + [1] * 12 + [0]
    for each in (*phones, other):
        hub.leave(each)
    assert hub.users == {}


def test_what_is_posted_without_anybody_listening_is_dropped() -> None:
    hub = Hub()
    hub.post([("user", 1, "nobody")])
    passed_on: list[object] = []
    hub.pass_on = passed_on.extend
    hub.post([("user", 1, "elsewhere")])
    assert (passed_on, hub.listening) == ([("user", 1, "elsewhere")], False)
