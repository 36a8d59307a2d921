"""Corrections: other times than were tapped."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from backend.records.models.records import ServiceRecord


class Correction(models.Model):
    """Somebody asks for other times than were tapped, and says why. With a yes they hold; the taps stay as they are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, help_text="Made by the phone; a repeat is recognised by it.")
    record = models.ForeignKey(ServiceRecord, on_delete=models.PROTECT, related_name="corrections")
    pairs = models.JSONField(help_text="Pairs of moments, in and out.")
    reason = models.CharField(max_length=100)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(default=False)
    answer = models.CharField(max_length=100, blank=True, help_text="Why not.")
    minutes_before = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record"], condition=Q(answered_at=None), name="one_open_correction")]

    @property
    def state(self) -> str:
        """waiting, accepted, refused or withdrawn: nobody answers their own, so whoever ended their own took it back."""
        if self.answered_at is None:
            return "waiting"
        if self.accepted:
            return "accepted"
        return "withdrawn" if self.answered_by_id == self.asked_by_id else "refused"
