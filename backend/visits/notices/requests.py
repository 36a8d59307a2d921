"""Notices of wishes and proposals: what one side asked, and what the other answered."""

from collections.abc import Sequence

from backend.accounts.notices import Batch
from backend.common import dates
from backend.homes.topics import staff_thread
from backend.visits.models import Proposal, Wish
from backend.volunteers.notices.letters import Content, coordinators_of, letters, staff_of
from notifications.sender import Letter


def wish_letters(batch: Batch) -> Sequence[Letter]:
    """Claimed: to the Home's staff. Fixed: to the organisation."""
    wish = Wish.objects.select_related("home", "organisation", "event").filter(pk=batch.params["wish"]).first()
    if wish is None or wish.state != batch.params["state"] or wish.organisation is None:
        return []
    tag, link = f"wish-{wish.pk}", f"/service/wishes/{wish.pk}"
    if wish.event is None:
        said = f"他们说：{wish.suggestion}。" if wish.suggestion else ""
        content = Content(
            kind="wish", tag=tag, title=f"{wish.organisation.name}认领了：{wish.title}", body=f"{said}请定个日子。", link=link
        )
        thread = staff_thread(wish.home_id)
        return letters(batch, staff_of(wish.home_id), content, thread=thread, wish=str(wish.pk))
    body = f"{dates.day_and_span(wish.event.starts_at, wish.event.ends_at)}，已为你们留好名额，请填名字。"
    content = Content(kind="wish", tag=tag, title=f"{wish.home.name}定好日子了：{wish.title}", body=body, link=f"/service/{wish.event_id}")
    return letters(batch, coordinators_of(wish.organisation_id or 0), content, wish=str(wish.pk))


def proposal_letters(batch: Batch) -> Sequence[Letter]:
    """Sent or agreed to: to the Home's staff. Answered: to the organisation."""
    proposal = (
        Proposal.objects.select_related("home", "organisation").filter(pk=batch.params["proposal"], state=batch.params["state"]).first()
    )
    if proposal is None:
        return []
    to_home = bool(batch.params["to_home"])
    title, body = _proposed(proposal, to_home=to_home)
    content = Content(kind="proposal", tag=f"proposal-{proposal.pk}", title=title, body=body, link=f"/service/proposals/{proposal.pk}")
    if to_home:
        thread = staff_thread(proposal.home_id)
        return letters(batch, staff_of(proposal.home_id), content, thread=thread, proposal=str(proposal.pk))
    return letters(batch, coordinators_of(proposal.organisation_id), content, proposal=str(proposal.pk))


def _proposed(proposal: Proposal, *, to_home: bool) -> tuple[str, str]:
    time = dates.day_and_span(proposal.starts_at, proposal.ends_at)
    who, home = proposal.organisation.name, proposal.home.name
    why = f"{proposal.reason}。" if proposal.reason else ""
    return {
        "sent": (f"{who}想来：{proposal.title}", f"{time}，{proposal.people} 人。请答复。"),
        "moved": (f"{home}建议改个时间：{proposal.title}", f"改到{time}。{why}请答复。"),
        "accepted": (f"{who if to_home else home}同意了：{proposal.title}", f"{time}，{proposal.people} 个名额已留好。"),
        "declined": (f"{home}这次不方便：{proposal.title}", why),
        "withdrawn": (f"{who}不来了：{proposal.title}", time),
    }[proposal.state]
