"""Group bookings: places of a shift that an organisation holds for its people."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from backend.visits.models.events import Shift
from backend.volunteers.models import Organisation


class GroupBooking(models.Model):
    """Places of a shift that an organisation holds. Its seats are named by sign-ups; those without a name are let go at `names_due_at`."""

    class Status(models.TextChoices):
        HELD = "held", "已占名额"
        WAITLISTED = "waitlisted", "候补中"
        OFFERED = "offered", "等您确认"
        CANCELLED = "cancelled", "已取消"
        LAPSED = "lapsed", "没有排上"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, help_text="Made by the phone; a repeat is recognised by it.")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bookings")
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="bookings")
    places = models.PositiveSmallIntegerField(help_text="Asked for.")
    minimum = models.PositiveSmallIntegerField(help_text="With fewer they would rather not come.")
    status = models.CharField(max_length=10, choices=Status.choices)
    held = models.PositiveSmallIntegerField(default=0)
    named = models.PositiveSmallIntegerField(default=0, help_text="Of those held, with a name.")
    names_due_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0, help_text="How many of the two have gone out.")
    step_at = models.DateTimeField(null=True, blank=True, help_text="The next reminder, or the release of seats without a name.")
    link_version = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(named__lte=F("held")), name="no_name_without_a_seat"),
            models.CheckConstraint(condition=Q(held__lte=F("places")), name="no_more_than_asked_for"),
            models.CheckConstraint(condition=Q(minimum__gte=1, minimum__lte=F("places")), name="minimum_of_the_places"),
        ]
        indexes = [models.Index(fields=["step_at"], condition=Q(step_at__isnull=False), name="booking_to_step")]
