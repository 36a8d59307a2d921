"""Who comes: people, and the places that organisations hold for theirs."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from backend.volunteering.models.events import Shift
from backend.volunteering.models.people import Organisation


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
    coming_at = models.DateTimeField(null=True, blank=True, help_text="When he said that he still comes.")
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
