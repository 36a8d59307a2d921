"""Who is asked next: the decisions alone, without a database."""

import datetime as dt
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from backend.common import clock
from backend.common.dates import day_and_time as when
from backend.visits.waitlist import (
    LAST_OFFER,
    LONGEST_HOLD,
    LONGEST_OFFER,
    MOST_PASSES,
    Asked,
    Decision,
    Waiting,
    Waitlist,
    decide,
    explain,
    hold_until,
    next_change,
    offer_until,
    to_json,
    waitlist_from_json,
)
from tests.attendance.door import at
from tests.visits.truth import check_offer_sentence

NOW = at("09:00", dt.date(2026, 3, 4))
STARTS = at("09:00", dt.date(2026, 3, 14))


def single(number: int, **more: Any) -> Waiting:
    return Waiting(id=number, label="一位志愿者", places=1, minimum=1, **more)


def group(number: int, places: int, minimum: int = 0, **more: Any) -> Waiting:
    return Waiting(id=number, label=f"向阳小学 {places} 人一组", places=places, minimum=minimum or places, **more)


def line(free: int, *waiting: Waiting, asked: tuple[Asked, ...] = ()) -> Waitlist:
    return Waitlist(starts_at=STARTS, free=free, waiting=waiting, asked=asked)


def short(decisions: list[Decision]) -> list[tuple[Any, ...]]:
    return [(each.kind, each.entry, each.places, *each.past) for each in decisions]


def test_the_head_is_asked_first_and_each_free_place_once() -> None:
    assert short(decide(line(2, single(1), single(2), single(3)), NOW)) == [("offer", 1, 1), ("offer", 2, 1)]
    assert decide(line(0, single(1)), NOW) == decide(line(3), NOW) == []


def test_a_group_gets_what_there_is_if_that_is_enough() -> None:
    assert short(decide(line(4, group(1, 6, 4), single(2)), NOW)) == [("offer", 1, 4)]


def test_for_a_group_that_does_not_fit_places_are_held_then_the_next_who_fits_is_asked() -> None:
    [held] = decide(line(1, group(1, 6), group(2, 2), single(3)), NOW)
    assert (held.kind, held.entry, held.until) == ("hold", 1, NOW + dt.timedelta(hours=48))
    assert held.sentence == "空出 1 个名额，排在最前的向阳小学 6 人一组坐不下，为他们留到3月6日 09:00；过时就先问后面合适的。"
    waiting = (group(1, 6, held_until=held.until), group(2, 2), single(3))
    assert decide(line(1, *waiting), NOW + dt.timedelta(hours=47)) == []
    [offer] = decide(line(1, *waiting), NOW + dt.timedelta(hours=48))
    assert short([offer]) == [("offer", 3, 1, 1, 2)]
    assert offer.sentence == (
        "空出 1 个名额，向阳小学 6 人一组坐不下（第 1 次让过，最多 3 次），向阳小学 2 人一组坐不下（第 1 次让过，最多 3 次），"
        "先问后面的一位志愿者：1 个，3月7日 09:00前确认有效。"
    )


def test_after_three_times_nothing_goes_past_a_group() -> None:
    past = NOW - dt.timedelta(hours=1)
    assert decide(line(1, group(1, 6, passes=MOST_PASSES), single(2)), NOW) == []
    assert decide(line(1, group(1, 6, held_until=past), group(2, 3, passes=MOST_PASSES), single(3)), NOW) == []
    assert short(decide(line(6, group(1, 6, passes=MOST_PASSES), single(2)), NOW)) == [("offer", 1, 6)]


def test_an_offer_that_nobody_took_goes_on_at_once_also_past_the_group_it_was_held_for() -> None:
    asked = Asked(id=9, label="一位志愿者", places=1, expires_at=NOW)
    held = group(1, 6, passes=1, held_until=NOW - dt.timedelta(hours=1))
    decisions = decide(line(0, held, single(2), asked=(asked,)), NOW)
    assert short(decisions) == [("expire", 9, 1), ("offer", 2, 1, 1)]
    assert decisions[0].sentence == "一位志愿者没有在3月4日 09:00前确认，1 个名额让给后面。"


def test_once_the_place_is_taken_the_hold_is_used_up_and_the_next_one_is_new() -> None:
    held = group(1, 6, passes=1, held_until=NOW - dt.timedelta(hours=1))
    [decision] = decide(line(0, held), NOW)
    assert (decision.kind, decision.entry, decision.until) == ("unhold", 1, None)


def test_late_nobody_is_asked_and_when_it_begins_the_line_ends() -> None:
    assert decide(line(1, single(1)), STARTS - LAST_OFFER + dt.timedelta(seconds=1)) == []
    ended = decide(line(1, single(1)), STARTS)
    assert (short(ended), ended[0].sentence) == ([("end", 1, 1)], "活动开始了，一位志愿者这次没有排上。")


@pytest.mark.parametrize(
    ("left", "hold", "offer"),
    [({"days": 20}, 48 * 60, 24 * 60), ({"days": 4}, 24 * 60, 12 * 60), ({"hours": 4}, 60, 30), ({"hours": 1}, 15, 15)],
)
def test_holds_and_offers_shrink_as_the_shift_nears(left: dict[str, int], hold: int, offer: int) -> None:
    now = STARTS + dt.timedelta(hours=6) - dt.timedelta(**left)
    minutes = [(until(now, STARTS + dt.timedelta(hours=6)) - now) / dt.timedelta(minutes=1) for until in (hold_until, offer_until)]
    assert minutes == [hold, offer]


def test_at_night_the_time_to_answer_begins_in_the_morning() -> None:
    night = at("23:00", dt.date(2026, 3, 12))
    assert offer_until(night, STARTS) == at("07:00", dt.date(2026, 3, 13)) + dt.timedelta(hours=26) / 8
    assert offer_until(at("23:00"), at("07:10", dt.date(2026, 3, 5))) == at("00:01:15", dt.date(2026, 3, 5))


def test_what_people_read_while_they_wait() -> None:
    held = NOW + dt.timedelta(hours=11)
    waiting = line(1, group(1, 6, held_until=held), single(2), single(3))
    assert explain(waiting, 2, NOW) == "前面是向阳小学 6 人一组，空出 1 个名额坐不下，已为他们留到3月4日 20:00；过时就先问后面合适的。"
    assert explain(waiting, 1, NOW) == "空出 1 个名额，你们 6 人以上才来，已为你们留到3月4日 20:00；过时就先问后面合适的。"
    full = line(1, group(1, 6, passes=3), single(2))
    assert explain(full, 2, NOW) == "前面是向阳小学 6 人一组，已经让过 3 次，名额都先留给他们；他们坐下或退出后就问后面的。"
    passed = line(0, group(1, 6, passes=2), single(2))
    assert explain(passed, 1, NOW) == "名额坐不下你们，已有 2 次先问了后面的；最多 3 次，之后名额都先留给你们。"
    assert explain(passed, 2, NOW) == "前面还有 1 位（组），有名额空出来就按顺序问您。"
    assert explain(line(0, single(2)), 2, NOW) == "您排在最前，有名额空出来马上问您。"


def test_a_line_comes_back_from_the_log_as_it_was() -> None:
    asked = Asked(id=9, label="一位志愿者", places=1, expires_at=NOW)
    was = line(1, group(1, 6, held_until=NOW), single(2), asked=(asked,))
    back = waitlist_from_json(json.loads(json.dumps(to_json(was))))
    assert to_json(back) == to_json(was)
    assert decide(back, NOW) == decide(was, NOW)


class Shift(RuleBasedStateMachine):
    """People and groups join, take, decline, leave; time passes. Kept by hand here, and compared with what is decided."""

    @initialize(capacity=st.integers(1, 6), crowded=st.booleans())
    def opened(self, capacity: int, crowded: bool) -> None:
        """From empty; or full, with a group in front of others, which is where the rules begin to matter."""
        self.now, self.capacity, self.next = NOW, capacity, 1
        self.seated: dict[int, int] = {}
        self.asked: dict[int, Asked] = {}
        self.waiting: list[Waiting] = []
        # For each that ever joined: how many who came later were asked before it.
        self.overtaken: dict[int, int] = {}
        if crowded:
            self.seated = dict.fromkeys(range(-capacity, 0), 1)
            for places in (min(3, capacity), 1, 2, 1, 1, 1, 1):
                self.join(places=places, minimum=places, alone=places == 1)

    @property
    def free(self) -> int:
        return self.capacity - sum(self.seated.values()) - sum(asked.places for asked in self.asked.values())

    @property
    def line(self) -> Waitlist:
        return Waitlist(starts_at=STARTS, free=self.free, asked=list(self.asked.values()), waiting=list(self.waiting))

    @rule(places=st.integers(1, 6), minimum=st.integers(1, 6), alone=st.booleans())
    def join(self, places: int, minimum: int, alone: bool) -> None:
        places = 1 if alone else min(places, self.capacity)
        made = single(self.next) if places == 1 else group(self.next, places, min(minimum, places))
        self.next += 1
        self.overtaken[made.id] = 0
        self.waiting.append(made)
        self.advance()

    @precondition(lambda self: self.seated)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        del self.seated[data.draw(st.sampled_from(sorted(self.seated)))]
        self.advance()

    @precondition(lambda self: self.seated and self.waiting)
    @rule(data=st.data())
    def a_held_place_goes_on(self, data: st.DataObject) -> None:
        """Somebody gives up, the hold runs out, and whoever is asked says yes or lets the time pass."""
        self.cancel(data=data)
        self.pass_by(hours=data.draw(st.sampled_from([12, 49])))
        if self.asked:
            self.answer(data=data, yes=data.draw(st.booleans()))

    @precondition(lambda self: self.asked)
    @rule(data=st.data(), yes=st.booleans())
    def answer(self, data: st.DataObject, yes: bool) -> None:
        asked = self.asked.pop(data.draw(st.sampled_from(sorted(self.asked))))
        if yes:
            self.seated[asked.id] = asked.places
        self.advance()

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        self.waiting.remove(data.draw(st.sampled_from(self.waiting)))
        self.advance()

    @rule(hours=st.sampled_from([1, 5, 12, 24, 49, 100]))
    def pass_by(self, hours: int) -> None:
        """From one moment at which the clock has something to do to the next, as the scheduler does."""
        until = self.now + dt.timedelta(hours=hours)
        while (moment := next_change(self.line, self.now)) is not None and moment <= until:
            self.now = moment
            self.advance()
        self.now = until
        self.advance()

    def advance(self) -> None:
        before = self.line
        decisions = decide(before, self.now)
        assert decide(waitlist_from_json(json.loads(json.dumps(to_json(before)))), self.now) == decisions
        for decision in decisions:
            getattr(self, f"on_{decision.kind}")(decision)
            assert self.free >= 0
        assert decide(self.line, self.now) == []

    def on_expire(self, decision: Decision) -> None:
        asked = self.asked.pop(decision.entry)
        assert (decision.places, decision.until, asked.expires_at <= self.now) == (asked.places, asked.expires_at, True)
        assert decision.sentence == f"{asked.label}没有在{when(asked.expires_at)}前确认，{asked.places} 个名额让给后面。"

    def on_hold(self, decision: Decision) -> None:
        head = self.waiting[0]
        assert (decision.entry, head.held_until, head.minimum > self.free > 0) == (head.id, None, True)
        assert decision.until is not None
        assert decision.until - self.now <= min(LONGEST_HOLD, (STARTS - self.now) / 4)
        assert decision.sentence.startswith(f"空出 {self.free} 个名额，排在最前的{head.label}坐不下，为他们留到{when(decision.until)}；")
        self.waiting[0] = replace(head, held_until=decision.until)

    def on_unhold(self, decision: Decision) -> None:
        assert (decision.entry, self.free, self.asked) == (self.waiting[0].id, 0, {})
        self.waiting[0] = replace(self.waiting[0], held_until=None)

    def on_offer(self, decision: Decision) -> None:
        place = next(index for index, each in enumerate(self.waiting) if each.id == decision.entry)
        entry, ahead = self.waiting[place], self.waiting[:place]
        assert entry.minimum <= decision.places == min(self.free, entry.places)
        assert list(decision.past) == [each.id for each in ahead]
        assert all(each.minimum > self.free for each in ahead)
        assert not ahead or (ahead[0].held_until is not None and ahead[0].held_until <= self.now)
        assert decision.until is not None
        assert self.now < decision.until <= min(STARTS, clock.calm(self.now) + LONGEST_OFFER)
        check_offer_sentence(decision, entry, ahead, free=self.free)
        for each in ahead:
            self.overtaken[each.id] += 1
        self.waiting = [replace(each, passes=each.passes + 1) for each in ahead] + self.waiting[place + 1 :]
        self.asked[entry.id] = Asked(id=entry.id, label=entry.label, places=decision.places, expires_at=decision.until)

    def on_end(self, decision: Decision) -> None:
        assert (decision.entry, self.now >= STARTS) == (self.waiting[0].id, True)
        self.waiting.pop(0)

    @invariant()
    def nobody_is_overtaken_more_than_three_times(self) -> None:
        assert all(0 <= times <= MOST_PASSES for times in getattr(self, "overtaken", {}).values())

    @invariant()
    def no_place_is_idle_without_a_reason(self) -> None:
        """A free place is held for a group that it does not fit, or nobody it could be offered to is there."""
        if not getattr(self, "waiting", None) or self.now > STARTS - LAST_OFFER or not self.free:
            return
        head, fits = self.waiting[0], [each for each in self.waiting if each.minimum <= self.free]
        before = self.waiting[: self.waiting.index(fits[0])] if fits else []
        held = head.held_until is not None and head.held_until > self.now
        assert held or not fits or any(each.passes == MOST_PASSES for each in before)

    @invariant()
    def a_hold_is_over_when_its_place_is_taken(self) -> None:
        """So that the next free place is held again, and not given past the group at once."""
        full = getattr(self, "waiting", None) and self.free == 0 and not self.asked and self.now <= STARTS - LAST_OFFER
        assert not full or self.waiting[0].held_until is None

    @invariant()
    def what_people_read_names_the_truth(self) -> None:
        for place, each in enumerate(getattr(self, "waiting", [])):
            sentence = explain(self.line, each.id, self.now)
            ahead = re.search(r"前面还有 (\d+) 位", sentence)
            assert ahead is None or int(ahead[1]) == place
            until = re.search(r"留到(.+?)；", sentence)
            assert until is None or until[1] == when(self.waiting[0].held_until or STARTS)


TestShift = Shift.TestCase
TestShift.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
