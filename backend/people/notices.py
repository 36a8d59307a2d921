"""The words that members and families get written. Short names only: they stand on lock screens."""

import uuid
from collections.abc import Sequence

from backend.accounts.notices import Batch
from backend.common import clock
from backend.homes.models import Home, StaffPost, running
from backend.homes.topics import staff_thread
from backend.people.models import Relative
from backend.people.queries import readers_of
from backend.people.topics import member_of, member_thread
from notifications.sender import Letter

JOINED = "joined"


def joined_letters(batch: Batch) -> Sequence[Letter]:
    """Who joined, to the other relatives and to the staff: whoever does not know them will ring. To nobody once they were unbound."""
    member_id = member_of(batch.topic)
    relative = (
        Relative.objects.filter(pk=batch.params["relative"], member=member_id, ended_at=None).select_related("user", "member").first()
    )
    home = Home.objects.filter(pk=batch.params["home"]).first()
    if relative is None or home is None:
        return []
    rows = readers_of(relative.member_id).filter(user__gt=batch.after, user__is_active=True).exclude(user=relative.user_id)
    family = [row.user_id for row in rows[: batch.limit]]
    posts = StaffPost.objects.filter(running(clock.today()), home=home, user__gt=batch.after, user__is_active=True)
    staff = posts.exclude(user=relative.user_id).order_by("user").values_list("user", flat=True).distinct()[: batch.limit]
    readers = sorted({*family, *staff})[: batch.limit]
    return [_joined(relative, home, to=reader, event=batch.event, of_family=reader in family) for reader in readers]


def _joined(relative: Relative, home: Home, *, to: int, event: uuid.UUID, of_family: bool) -> Letter:
    member = relative.member
    thread = member_thread(member.pk, home.pk) if of_family else staff_thread(home.pk)
    advice = f"如果不认识，请打电话给{home.name}。" if of_family else "如果不对，请在成员页解除。"
    return Letter(
        to=to,
        kind=JOINED,
        event=event,
        thread=thread,
        tag=f"joined-{relative.pk}",
        title=f"{member.short_name}的{relative.relation}加入了",
        body=f"从现在起也能看到{member.short_name}的到离。{advice}",
        link=f"/chat/{thread}" if of_family else f"/members/{member.pk}",
        at=relative.since,
        data={"member": member.pk, "home": home.pk, "relative": relative.pk},
    )
