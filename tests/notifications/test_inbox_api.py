"""A person reads their own inbox by number, by page and by conversation, and nobody else's."""

import uuid
from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries

from backend.accounts.models import User
from notifications import outbox
from notifications.models import Inbox, Notice, Preference
from tests.notifications.conftest import letter, send, tell
from tests.support import post_sender
from tests.support.phone import Phone

People = Callable[[int], list[User]]


def numbers(page: dict[str, list[dict[str, int]]]) -> list[int]:
    return [item["seq"] for item in page["items"]]


def test_the_inbox_is_read_by_number(reader: User) -> None:
    for _ in range(5):
        send(letter(reader.pk))
    phone = Phone(reader)
    page = phone.get("/api/notices").json()
    assert numbers(page) == [1, 2, 3, 4, 5]
    assert (page["oldest"], page["latest"], page["epoch"]) == (1, 5, Inbox.objects.get().epoch)
    assert numbers(phone.get("/api/notices?after=2&limit=2").json()) == [3, 4]
    assert numbers(phone.get("/api/notices?before=4&limit=2").json()) == [2, 3]
    assert numbers(phone.get("/api/notices?after=5").json()) == []


def test_a_notice_has_everything_the_phone_shows(reader: User) -> None:
    [notice] = tell([reader], data={"member": 7})
    phone = Phone(reader)
    phone.post(f"/api/notices/{notice.pk}/replies", {"kind": "ack"})
    [item] = phone.get("/api/notices").json()["items"]
    assert item.pop("at")
    assert item.pop("created_at")
    assert item.pop("delivered_at") == item.pop("seen_at")
    assert item == {
        "seq": 1,
        "id": str(notice.pk),
        "kind": "arrived",
        "event": str(notice.event),
        "thread": "member:1:1",
        "tag": notice.tag,
        "title": "志强 08:12 已到阳光家园",
        "body": "陆老师在门口接到",
        "link": "/c/1",
        "urgent": True,
        "data": {"member": 7},
        "replies": ["ack"],
    }


def test_withheld_notices_are_a_number(reader: User) -> None:
    tell([reader])
    outbox.withhold(user_id=reader.pk, thread="member:1:1")
    assert Phone(reader).get("/api/notices").json()["items"] == [{"seq": 1, "withheld": True}]
    assert Phone(reader).get("/api/notices/threads").json() == []


def test_an_inbox_without_letters_is_empty(reader: User) -> None:
    assert Phone(reader).get("/api/notices").json() == {"epoch": "", "oldest": 1, "latest": 0, "items": []}


def test_conversations_have_their_newest_notice_and_the_number_of_unread(reader: User) -> None:
    for thread, title in (("a", "1"), ("b", "2"), ("a", "3")):
        send(letter(reader.pk, thread=thread, title=title))
    phone = Phone(reader)
    assert [(each["thread"], each["unread"], each["latest"]["title"]) for each in phone.get("/api/notices/threads").json()] == [
        ("a", 2, "3"),
        ("b", 1, "2"),
    ]
    assert phone.post("/api/notices/seen", {"upto": 3, "thread": "a"}).status_code == 204
    assert [(each["thread"], each["unread"]) for each in phone.get("/api/notices/threads").json()] == [("a", 0), ("b", 1)]
    assert numbers(phone.get("/api/notices?thread=a").json()) == [1, 3]


@pytest.mark.parametrize("count", [1, 34])
def test_the_number_of_queries_is_fixed(reader: User, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(count):
        send(letter(reader.pk, thread=f"thread-{number}"))
    phone = Phone(reader)
    phone.get("/api/notices")
    with django_assert_num_queries(6):  # session, person, device; inbox, notices, replies
        phone.get("/api/notices?limit=200")
    with django_assert_num_queries(6):  # session, person, device; newest, replies, unread
        phone.get("/api/notices/threads")


@pytest.mark.parametrize(
    "query", ["after=-1", "after=x", "limit=0", "limit=201", "before=99999999999999999999", "thread=%00", "thread=" + "x" * 81]
)
def test_nonsense_is_invalid(reader: User, query: str) -> None:
    assert Phone(reader).get(f"/api/notices?{query}").status_code == 422


def test_without_signing_in_there_is_nothing(db: None) -> None:
    for path in ("/api/notices", "/api/notices/threads", "/api/notices/preferences", "/api/push", "/api/push/subscriptions"):
        assert Phone().get(path).status_code == 401


def test_one_persons_inbox_is_not_anothers(people: People) -> None:
    mother, stranger = people(2)
    [notice] = tell([mother])
    phone = Phone(stranger)
    assert phone.get("/api/notices").json()["items"] == []
    for path, body in (("receipts", {"state": "seen"}), ("receipts", {"state": "told"}), ("replies", {"kind": "ack"})):
        assert phone.post(f"/api/notices/{notice.pk}/{path}", body).status_code == 404
        assert phone.post(f"/api/notices/{uuid.uuid4()}/{path}", body).status_code == 404
    notice.refresh_from_db()
    assert (notice.seen_at, notice.told_at) == (None, None)


def test_an_answer_is_one_of_the_fixed_ones(reader: User) -> None:
    [notice] = tell([reader])
    phone = Phone(reader)
    assert phone.post(f"/api/notices/{notice.pk}/replies", {"kind": "i_pick_up"}).status_code == 201
    assert phone.post(f"/api/notices/{notice.pk}/replies", {"kind": "hello there"}).status_code == 422
    assert post_sender.replies == [(notice.event, "i_pick_up", reader.pk)]


def test_preferences_are_kept_per_person(people: People) -> None:
    one, two = people(2)
    phone = Phone(one)
    assert phone.get("/api/notices/preferences").json() == []
    rows = [{"kind": "leave", "push": False}, {"kind": "reply", "push": True}]
    assert phone.put("/api/notices/preferences", rows).json() == rows
    assert phone.put("/api/notices/preferences", [{"kind": "leave", "push": True}]).json() == [{"kind": "leave", "push": True}, rows[1]]
    assert Phone(two).get("/api/notices/preferences").json() == []
    assert phone.put("/api/notices/preferences", [{"kind": "<script>", "push": True}]).status_code == 422
    assert Preference.objects.count() == 2


def test_nobody_keeps_more_preferences_than_there_can_be_kinds(reader: User) -> None:
    phone = Phone(reader)
    rows = [{"kind": f"kind_{letter}", "push": False} for letter in "abcdefghijklmnopqrstuvwxyz"]
    more = [{"kind": f"more_{letter}", "push": False} for letter in "abcdefghijklmno"]
    assert phone.put("/api/notices/preferences", rows).status_code == 200
    refused = phone.put("/api/notices/preferences", more)
    assert (refused.status_code, refused.json()["code"]) == (422, "too_many_kinds")
    assert phone.get("/api/notices/preferences").json() == rows
    assert phone.put("/api/notices/preferences", more[:14] + rows[:1]).status_code == 200


def test_the_homes_manager_says_that_they_rang(people: People) -> None:
    mother, teacher = people(2)
    post_sender.topics[teacher.pk] = ["home:1"]
    post_sender.topics[mother.pk] = ["home:1"]
    [notice] = tell([mother])
    assert Phone(mother).post(f"/api/notices/{notice.pk}/receipts", {"state": "told"}).status_code == 404
    assert Phone(teacher).post(f"/api/notices/{notice.pk}/receipts", {"state": "told"}).status_code == 204
    assert Notice.objects.get().told_by_id == teacher.pk


def test_seen_beyond_the_numbers_is_no_error(reader: User) -> None:
    assert Phone(reader).post("/api/notices/seen", {"upto": 2**63 - 1}).status_code == 204
    assert Phone(reader).post("/api/notices/seen", {"upto": 2**63}).status_code == 422
    assert Phone(reader).post("/api/notices/seen", {"upto": 1, "thread": "a\x00"}).status_code == 422
