"""The door: what staff tapped, once, for ever; and the day's state that follows from it."""

from django.conf import settings
from django.db import models

from backend.homes.models import Home, StaffPost
from backend.people.models import Member


class AttendanceEvent(models.Model):
    """Append-only. A mistake is corrected by a further event (`void`) that names it."""

    class Kind(models.TextChoices):
        ARRIVED = "arrived"
        DEPARTED = "departed"
        VOID = "void"

    class Mode(models.TextChoices):
        RELATIVE = "relative", "家属来接"
        ALONE = "alone", "自己回家"
        SHUTTLE = "shuttle", "坐班车"
        OTHER = "other", "其他人来接"

    id = models.UUIDField(primary_key=True, help_text="UUIDv7 made by the tablet; a repeat is recognised by it.")
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="attendance_events")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="attendance_events")
    date = models.DateField(help_text="The local day it belongs to.")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    mode = models.CharField(max_length=8, choices=Mode.choices, blank=True)
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="voids")
    occurred_at = models.DateTimeField(help_text="When it happened, after the tablet's clock was set right.")
    claimed_at = models.DateTimeField(help_text="What the tablet said.")
    recorded_at = models.DateTimeField(help_text="When the server got it.")
    sent_at = models.DateTimeField(null=True, blank=True, help_text="The tablet's clock at upload.")
    skewed = models.BooleanField(default=False, help_text="The tablet's clock was wrong; occurred_at is our reckoning.")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(StaffPost, on_delete=models.PROTECT, related_name="+", help_text="Who stood at the door.")
    device = models.UUIDField(null=True, blank=True)
    device_seq = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["member", "date"], name="event_member_day"),
            models.Index(fields=["home", "date"], name="event_home_day"),
            models.Index(fields=["device", "device_seq"], name="event_device_order"),
        ]


class Board(models.Model):
    """One row per Home: locked first by every verb at its door, so two tablets take turns."""

    home = models.OneToOneField(Home, on_delete=models.CASCADE, primary_key=True, related_name="board")
    opened_on = models.DateField(null=True, blank=True, help_text="The last day whose rows were laid out.")
    opens = models.BooleanField(default=True, help_text="Whether the Home opened that day, as known when they were.")
    closed_on = models.DateField(null=True, blank=True, help_text="The last day that was closed.")


class DayStatus(models.Model):
    """A member's day as the board and the family see it: kept in the transaction of the event that changed it."""

    class State(models.TextChoices):
        WAITING = "waiting", "待到"
        PRESENT = "present", "已到"
        LEAVE = "leave", "请假"
        MISSING = "missing", "未到"
        DEPARTED = "departed", "已离开"

    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="day_statuses")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="day_statuses")
    date = models.DateField()
    expected_at = models.DateTimeField(null=True, blank=True, help_text="When they are due; null: not today.")
    departs_at = models.DateTimeField(null=True, blank=True, help_text="When they usually go home.")
    changes = models.PositiveIntegerField(default=0, help_text="The member's, when the row was laid out.")
    state = models.CharField(max_length=8, choices=State.choices, blank=True, help_text="Blank: not due and did not come.")
    event = models.ForeignKey(
        AttendanceEvent, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="The event the state stands on."
    )
    since = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    leave = models.ForeignKey(
        "Leave", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="The leave that holds."
    )
    news = models.UUIDField(null=True, blank=True, help_text="The event the family was last written to about.")
    notice = models.CharField(max_length=10, blank=True, help_text="How that news fares: sent, delivered, seen, told, unreached.")
    reply = models.CharField(max_length=24, blank=True, help_text="The family's latest one-tap answer to it.")
    closed_open = models.BooleanField(default=False, help_text="The day was closed without a sign-out: an open item.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "date"], name="one_status_a_day")]
        indexes = [
            models.Index(fields=["home", "date"], name="status_home_day"),
            models.Index(fields=["home"], condition=models.Q(closed_open=True), name="status_open_items"),
            models.Index(fields=["expected_at"], condition=models.Q(state="waiting"), name="status_to_miss"),
            models.Index(fields=["news"], condition=models.Q(news__isnull=False), name="status_news"),
        ]


class Leave(models.Model):
    """今天请假. The full leave feature builds on this row."""

    id = models.UUIDField(primary_key=True)
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="leaves")
    date = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "date"], condition=models.Q(withdrawn_at__isnull=True), name="one_leave_a_day")
        ]
