"""Revocation: when rights end, what was on its way stops, and what was shown is shown no more."""

from django.db import transaction
from django.utils import timezone

from notifications.channels import live
from notifications.models import Delivery, Inbox, Notice, new_epoch


def disconnect(user_id: int) -> None:
    """Close the person's sockets on commit. Whoever is still signed in comes back, with the topics of now."""
    transaction.on_commit(lambda: live.post([live.sign_out(user_id)]), robust=True)


@transaction.atomic
def withhold(*, user_id: int, thread: str) -> int:
    """Leave the person's notices of this conversation their numbers and nothing else; end waiting deliveries.

    A new epoch makes the person's phones read afresh, so what they had kept is gone as well.
    """
    own = Notice.objects.filter(inbox_id=user_id, thread=thread, withheld_at__isnull=True).order_by("pk")
    held = list(own.select_for_update(no_key=True).values_list("pk", flat=True))
    waiting = Delivery.objects.filter(notice__inbox_id=user_id, notice__thread=thread, state=Delivery.State.WAITING)
    waiting.update(state=Delivery.State.GONE, error="withheld", lease_owner=None, lease_until=None)
    Notice.objects.filter(inbox_id=user_id, thread=thread, withheld_at__isnull=True).update(withheld_at=timezone.now(), climb_at=None)
    Inbox.objects.filter(user_id=user_id).update(epoch=new_epoch())
    disconnect(user_id)
    return len(held)


def renew_epochs() -> None:
    """Make every phone read afresh after a restore, as numbers may be given out again."""
    for inbox in Inbox.objects.order_by("user_id").only("user_id").iterator():
        Inbox.objects.filter(pk=inbox.pk).update(epoch=new_epoch())
