"""The waitlist (候补): who waits for a shift, what was offered, and every decision with what it was made of."""

from django.db import models
from django.db.models import Q

from backend.visits.models.bookings import GroupBooking
from backend.visits.models.events import Shift
from backend.visits.models.signups import Signup


class WaitlistEntry(models.Model):
    """A person or a group in a shift's line. The line's order is that of the ids: entries are made under the shift's lock."""

    class State(models.TextChoices):
        WAITING = "waiting"
        OFFERED = "offered"
        PLACED = "placed"
        GONE = "gone"  # left, declined, let an offer pass, or the shift began

    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="entries")
    signup = models.OneToOneField(Signup, null=True, blank=True, on_delete=models.CASCADE, related_name="entry")
    booking = models.OneToOneField(GroupBooking, null=True, blank=True, on_delete=models.CASCADE, related_name="entry")
    places = models.PositiveSmallIntegerField()
    minimum = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    passes = models.PositiveSmallIntegerField(default=0, help_text="How often an offer has gone past it.")
    holds = models.PositiveSmallIntegerField(default=0, help_text="How often places were held for it.")
    held_until = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(signup__isnull=True) ^ Q(booking__isnull=True), name="a_person_or_a_group"),
            models.CheckConstraint(condition=Q(passes__lte=3), name="passed_at_most_three_times"),
        ]
        indexes = [models.Index(fields=["shift", "id"], condition=Q(state="waiting"), name="waitlist_line")]


class Offer(models.Model):
    """Places kept for one entry until it says yes, or the time is up."""

    class State(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        EXPIRED = "expired"

    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="offers")
    entry = models.ForeignKey(WaitlistEntry, on_delete=models.CASCADE, related_name="offers")
    places = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry"], condition=Q(state="open"), name="one_open_offer")]


class DecisionLog(models.Model):
    """One round of decisions: what the line looked like, and what followed from it. Deciding again gives the same."""

    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="decisions")
    at = models.DateTimeField()
    state = models.JSONField(help_text="The input of waitlist.decide.")
    decisions = models.JSONField(help_text="Its output, each with its sentence.")
