"""Old state + live frames = fresh state, whatever people do and whatever the network does to the frames."""

import datetime as dt
import itertools
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from backend.attendance.due import due
from backend.attendance.services import day, door
from backend.attendance.services import leave as leave_services
from backend.attendance.services.door import Recorded, Tap
from backend.common import clock
from backend.common.errors import NotFoundError, RefusedError
from backend.homes.models import Area, Home, OpeningException
from backend.people.models import Placement, Relative
from backend.people.services import DayIn, accept, edit_member, invite, unbind
from notifications.delivery import queue
from notifications.ids import uuid7
from notifications.inbox import receipts
from notifications.live.hub import hub
from notifications.models import Notice, PushSubscription
from notifications.wire.outcome import Outcome
from tests.faults.phone_model import BoardPhone, InboxPhone, differences
from tests.support.cast import member, person, post
from tests.support.passing import pass_by
from tests.support.phone import Phone
from tests.support.push_phone import Phone as PushPhone

pytestmark = pytest.mark.faults

EIGHT = dt.datetime(2026, 3, 4, 0, 0, tzinfo=dt.UTC)  # 08:00 in Jiaxing, a Wednesday
NUMBERS = itertools.count(1)
SENT, GONE = Outcome(state="sent"), Outcome(state="gone", error="410", ends_target=True)
which = st.integers(min_value=0, max_value=10_000)


class Now:
    """An event loop that does at once what it is asked to do soon."""

    def call_soon_threadsafe(self, call: Callable[..., None], *arguments: Any) -> None:
        call(*arguments)


class Door(RuleBasedStateMachine):
    """Two teachers, four members, one of whom leaves for good, three relatives, one of whom may come and go."""

    def __init__(self) -> None:
        super().__init__()
        self.time = time_machine.travel(EIGHT, tick=False)
        self.clock = self.time.start()
        self.home = Home.objects.create(name="家园", area=Area.objects.create(name="区"), phone="1", closes_at=dt.time(23, 59))
        self.teacher, self.mother, self.father, self.aunt = (person(f"+861390{next(NUMBERS):07d}", "") for _ in range(4))
        post(self.teacher, self.home, "陆老师")
        self.members = [member(self.home, name) for name in ("沈志强", "周小芳", "吴晓东", "陈丽华")]
        self.comes: dict[int, dt.time | None] = {one.pk: dt.time(8, 30) for one in self.members}
        self.opens = True
        for user, of in ((self.mother, 0), (self.father, 0), (self.father, 1)):
            self._bind(user, of)
        self.inboxes = [InboxPhone(user.pk, Phone(user)) for user in (self.mother, self.father, self.aunt)]
        self.boards = [BoardPhone(self.teacher.pk, self.home.pk, Phone(self.teacher)) for _ in range(2)]
        self.taps: list[tuple[Tap, Recorded]] = []
        self.queue: list[Tap] = []
        self.leaves: list[uuid.UUID] = []

    @property
    def phones(self) -> list[InboxPhone | BoardPhone]:
        return [*self.inboxes, *self.boards]

    def _bind(self, user: Any, of: int) -> None:
        invited = invite(member_id=self.members[of].pk, relation="家属", can_sign=False, by=self.teacher)
        accept(token=invited.url.rpartition("/")[2], by=user)

    def _tap(self, tap: Tap) -> None:
        """Who has left for good, and was not in the house that day, is refused."""
        with suppress(NotFoundError):
            self.taps.append((tap, door.record_tap(tap, by=self.teacher)))

    # -- what people do

    @rule(who=which, kind=st.sampled_from(["arrived", "departed"]))
    def tap(self, who: int, kind: str) -> None:
        self._tap(Tap(id=uuid7(), member=self.members[who % 4].pk, kind=kind, occurred_at=clock.now()))

    @rule(who=which, kind=st.sampled_from(["arrived", "departed"]))
    def tap_offline(self, who: int, kind: str) -> None:
        self.queue.append(Tap(id=uuid7(), member=self.members[who % 3].pk, kind=kind, occurred_at=clock.now()))

    @precondition(lambda self: self.queue)
    @rule(at=which)
    def upload(self, at: int) -> None:
        self._tap(self.queue.pop(at % len(self.queue)))

    @precondition(lambda self: self.taps)
    @rule(at=which)
    def replay(self, at: int) -> None:
        tap, before = self.taps[at % len(self.taps)]
        again = door.record_tap(tap, by=self.teacher)
        assert again.repeat
        assert again.event.pk == before.event.pk

    @precondition(lambda self: self.taps)
    @rule(at=which)
    def undo(self, at: int) -> None:
        tap, _ = self.taps[at % len(self.taps)]
        if tap.kind != "void":
            self._tap(Tap(id=uuid7(), member=tap.member, kind="void", occurred_at=clock.now(), corrects=tap.id))

    @rule(who=which)
    def leave(self, who: int) -> None:
        try:
            given, _ = leave_services.ask_leave(leave_id=uuid7(), member_id=self.members[who % 3].pk, day=clock.today(), by=self.teacher)
        except RefusedError:
            return
        self.leaves.append(given.pk)

    @precondition(lambda self: self.leaves)
    @rule()
    def come_after_all(self) -> None:
        leave_services.withdraw_leave(leave_id=self.leaves.pop(), by=self.teacher)

    @rule(who=which, hours=st.sampled_from([(7, 15), (9, 16), (22, 23), ()]))
    def change_week(self, who: int, hours: tuple[int, ...]) -> None:
        """As of today: at other times, or not on this day any more."""
        one = self.members[who % 3]
        week = [DayIn(clock.today().weekday(), *map(dt.time, hours))] if hours else []
        edit_member(member_id=one.pk, pattern=week, by=self.teacher)
        self.comes[one.pk] = dt.time(hours[0]) if hours else None

    @rule(who=which, name=st.sampled_from(["小强", "阿芳"]))
    def rename(self, who: int, name: str) -> None:
        edit_member(member_id=self.members[who % 3].pk, short_name=name, by=self.teacher)

    @rule(opens=st.booleans())
    def close_or_open(self, opens: bool) -> None:
        OpeningException.objects.update_or_create(home=self.home, date=clock.today(), defaults={"opens": opens})
        self.opens = opens

    @rule()
    def leave_for_good(self) -> None:
        Placement.objects.filter(member=self.members[3]).update(ends_on=clock.today())
        self.comes[self.members[3].pk] = None

    @rule()
    def scheduler(self) -> None:
        """It comes by every few seconds."""
        pass_by(due, clock.now())

    @rule(minutes=st.sampled_from([1, 5, 20]))
    def time_passes(self, minutes: int) -> None:
        if clock.local(clock.now()).hour < 22:
            self.clock.shift(dt.timedelta(minutes=minutes))
            day.mark_missing(self.home)

    @rule(user=which)
    def looks(self, user: int) -> None:
        """Everything in an inbox is confirmed as seen."""
        inbox = self.inboxes[user % 3]
        marks = [receipts.Mark(pk, inbox.user_id, "seen") for pk in Notice.objects.filter(inbox=inbox.user_id).values_list("pk", flat=True)]
        receipts.store(marks)

    @rule(of=st.integers(0, 2))
    def bind(self, of: int) -> None:
        if not Relative.objects.filter(user=self.aunt, member=self.members[of], ended_at=None).exists():
            self._bind(self.aunt, of)

    @rule(of=st.integers(0, 2))
    def unbind(self, of: int) -> None:
        bound = Relative.objects.filter(user=self.aunt, member=self.members[of], ended_at=None).first()
        if bound:
            unbind(relative_id=bound.pk, by=self.teacher)

    @rule(user=which)
    def subscribe(self, user: int) -> None:
        phone = PushPhone(endpoint=f"https://fcm.googleapis.com/{uuid.uuid4()}")
        assert self.inboxes[user % 3].phone.post("/api/push/subscriptions", phone.subscription).status_code == 201

    @rule(user=which)
    def push(self, user: int) -> None:
        """What waits is sent; of one person's phones their push service says that they are gone."""
        reader, owner = self.inboxes[user % 3].user_id, uuid.uuid4()
        attempts = queue.store_and_lease(owner=owner, results=[], limit=100)
        results = [queue.Result(attempt=attempt, outcome=GONE if attempt.notice.inbox_id == reader else SENT) for attempt in attempts]
        queue.store_and_lease(owner=owner, results=results, limit=0)
        assert not PushSubscription.objects.filter(user=reader, ended_at=None, deliveries__state="gone").exists()

    # -- what the network does

    @rule(phone=which, at=which)
    def deliver(self, phone: int, at: int) -> None:
        """Any of the frames under way, not always the first."""
        one = self.phones[phone % 5]
        if one.network.flying:
            one.receive(one.network.flying.pop(at % len(one.network.flying)))

    @rule(phone=which, at=which)
    def drop(self, phone: int, at: int) -> None:
        one = self.phones[phone % 5]
        if one.network.flying:
            one.network.flying.pop(at % len(one.network.flying))
            one.missed = True

    @rule(phone=which)
    def wait(self, phone: int) -> None:
        self.phones[phone % 5].gap_is_old()

    @rule(phone=which)
    def reconnect(self, phone: int) -> None:
        self.phones[phone % 5].reconnect()

    # -- what must hold

    @invariant()
    def who_is_cut_off_hears_nothing(self) -> None:
        for one in self.phones:
            if one.network.code:
                one.reconnect()

    def teardown(self) -> None:
        try:
            self.scheduler()
            for one in self.phones:
                self._settle(one)
            for inbox in self.inboxes:
                fresh = inbox.fresh()
                assert list(fresh) == list(range(1, len(fresh) + 1)), "numbers have gaps"
                assert differences(inbox.items, fresh) == []
            for board in self.boards:
                rev, tiles, counts, opens = board.read()
                assert (board.rev, board.counts, board.opens, opens) == (rev, counts, opens, self.opens)
                assert differences(board.tiles, tiles) == []
                self._check_hours(tiles)
        finally:
            for one in self.phones:
                one.network.hang_up()
            self.time.stop()

    def _check_hours(self, tiles: dict[int, dict[str, Any]]) -> None:
        """Nobody is waited for at another time than their week says now."""
        for key, tile in tiles.items():
            comes, shown = self.comes[key] if self.opens else None, tile["expected_at"]
            if tile["event"] is None:
                assert (shown and dt.datetime.fromisoformat(shown)) == (comes and clock.at(clock.today(), comes))
                assert tile["state"] != "waiting" or comes

    @staticmethod
    def _settle(one: InboxPhone | BoardPhone) -> None:
        """What is under way arrives. Only who lost the very last frames needs the next heartbeat to find out."""
        for frame in sorted(one.network.flying, key=lambda frame: frame.get("seq", frame.get("rev", 0))):
            one.receive(frame)
        one.gap_is_old()
        if one.missed:
            one.reconnect()


@pytest.fixture
def live() -> Iterator[None]:
    hub.start(Now())  # type: ignore[arg-type] # all that the hub uses of a loop
    yield
    hub.stop()


@pytest.mark.django_db(transaction=True)
def test_old_state_plus_frames_is_fresh_state(live: None) -> None:
    run_state_machine_as_test(
        Door,
        settings=settings(
            max_examples=40,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
            # A database stands behind it: shrinking would take minutes and the steps are printed anyway.
            phases=[Phase.explicit, Phase.generate],
        ),
    )
