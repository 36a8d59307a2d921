"""Requests: wishes of a Home, and visits that organisations propose."""

import uuid

from django.conf import settings
from django.db import models

from backend.homes.models import Home
from backend.visits.models.events import ServiceEvent
from backend.volunteers.models import Organisation


class Wish(models.Model):
    """微心愿: a need without a date. An organisation claims it, and the Home fixes the date with it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="wishes")
    title = models.CharField(max_length=40)
    text = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=9, choices=ServiceEvent.Kind.choices)
    people = models.PositiveSmallIntegerField(default=1, help_text="How many are wished for.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="wishes")
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)
    suggestion = models.CharField(max_length=100, blank=True, help_text="When the organisation could come, in its words.")
    event = models.OneToOneField(ServiceEvent, null=True, blank=True, on_delete=models.PROTECT, related_name="wish")

    @property
    def state(self) -> str:
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.event_id is not None:
            return "fixed"
        return "open" if self.organisation_id is None else "claimed"


class Proposal(models.Model):
    """A visit that an organisation proposes. The Home accepts, proposes another time, or declines with a reason."""

    class State(models.TextChoices):
        SENT = "sent", "等家园答复"
        MOVED = "moved", "家园建议改时间"
        ACCEPTED = "accepted", "已接受"
        DECLINED = "declined", "已婉拒"
        WITHDRAWN = "withdrawn", "已撤回"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="proposals")
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=9, choices=ServiceEvent.Kind.choices)
    title = models.CharField(max_length=40)
    text = models.CharField(max_length=300, blank=True)
    people = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.SENT)
    reason = models.CharField(max_length=100, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    event = models.OneToOneField(ServiceEvent, null=True, blank=True, on_delete=models.PROTECT, related_name="proposal")
