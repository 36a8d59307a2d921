"""Sign-ups: who comes."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from backend.visits.models.bookings import GroupBooking
from backend.visits.models.events import Shift
from backend.volunteers.models import Organisation


class Signup(models.Model):
    """One person for a shift, with companions or in a group's seat. `user` is null where a coordinator only wrote a name."""

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", "已确认"
        WAITLISTED = "waitlisted", "候补中"
        OFFERED = "offered", "等您确认"
        CANCELLED = "cancelled", "已取消"
        LAPSED = "lapsed", "没有排上"

    ACTIVE = (Status.CONFIRMED, Status.WAITLISTED, Status.OFFERED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, help_text="Made by the phone; a repeat is recognised by it.")
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="signups")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="signups")
    name = models.CharField(max_length=40, help_text="The real name, as it was given then.")
    booking = models.ForeignKey(GroupBooking, null=True, blank=True, on_delete=models.PROTECT, related_name="signups")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="signups")
    companions = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status.choices)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    coming_at = models.DateTimeField(null=True, blank=True, help_text="When they said that they still come.")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=60, blank=True, help_text="Why it was cancelled late.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "shift"],
                condition=Q(status__in=("confirmed", "waitlisted", "offered"), user__isnull=False),
                name="signed_up_once",
            ),
        ]

    @property
    def places(self) -> int:
        return 1 + self.companions

    @property
    def minimum(self) -> int:
        """All come, or none."""
        return self.places
