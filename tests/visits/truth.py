"""Whether the log of the decisions says the truth: each is carried out by hand on the line that it was made of."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from backend.common.dates import day_and_time as when
from backend.visits.models import DecisionLog, Offer, Shift
from backend.visits.waitlist import MOST_PASSES, Decision, Waiting, Waitlist, decide, to_json, waitlist_from_json


def check_log(shift: Shift) -> list[Decision]:
    """Every decision follows again, its sentence is true, its offer was made, and nobody was overtaken more than three times."""
    overtaken, made = Counter[int](), list[Decision]()
    for row in DecisionLog.objects.filter(shift=shift).order_by("id"):
        line = waitlist_from_json(row.state)
        assert {each.id: each.passes for each in line.waiting} == {each.id: overtaken[each.id] for each in line.waiting}
        decisions = decide(line, row.at)
        assert [to_json(decision) for decision in decisions] == row.decisions
        for decision in decisions:
            overtaken.update(each.id for each in _ahead(line, decision) if decision.kind == "offer")
            line = _carried_out(line, decision)
            assert line.free >= 0
        made += decisions
    assert max(overtaken.values(), default=0) <= MOST_PASSES
    offers = Offer.objects.filter(shift=shift).order_by("id").values_list("entry", "places", "expires_at")
    assert list(offers) == [(each.entry, each.places, each.until) for each in made if each.kind == "offer"]
    return made


def _ahead(line: Waitlist, decision: Decision) -> list[Waiting]:
    """Who stands before the one whom it is about; all, where nobody waits any more."""
    ids = [each.id for each in line.waiting]
    return list(line.waiting[: ids.index(decision.entry)]) if decision.entry in ids else list(line.waiting)


def _carried_out(line: Waitlist, decision: Decision) -> Waitlist:
    if decision.kind == "expire":
        [asked] = [each for each in line.asked if each.id == decision.entry]
        assert decision.sentence == f"{asked.label}没有在{when(asked.expires_at)}前确认，{asked.places} 个名额让给后面。"
        return replace(line, free=line.free + asked.places, asked=[each for each in line.asked if each != asked])
    ahead = _ahead(line, decision)
    one, *behind = line.waiting[len(ahead) :]
    if decision.kind == "offer":
        check_offer_sentence(decision, one, ahead, free=line.free)
        passed = [replace(each, passes=each.passes + 1) for each in ahead]
        return replace(line, free=line.free - decision.places, waiting=[*passed, *behind])
    if decision.kind == "hold":
        said = f"空出 {line.free} 个名额，排在最前的{one.label}坐不下，为他们留到{when(decision.until or line.starts_at)}；"
        assert (ahead, one.minimum > line.free > 0, decision.sentence.startswith(said)) == ([], True, True)
    return line


def check_offer_sentence(decision: Decision, entry: Waiting, ahead: Sequence[Waiting], *, free: int) -> None:
    """It names the places, whom they are offered to and until when, and each who is passed over, with how often by now."""
    said = re.fullmatch(r"空出 (\d+) 个名额，(.*)(先问后面的|按顺序问)(.+)：(\d+) 个，(.+)前确认有效。", decision.sentence)
    assert said is not None
    assert decision.until is not None
    wanted = [str(free), "先问后面的" if ahead else "按顺序问", entry.label, str(decision.places), when(decision.until)]
    assert [said[1], *said.groups()[2:]] == wanted
    assert said[2] == "".join(f"{each.label}坐不下（第 {each.passes + 1} 次让过，最多 {MOST_PASSES} 次），" for each in ahead)
