"""Check-ins: the day of an event, with its taps in and out."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from backend.visits.models import ServiceEvent, Signup


class EventDay(models.Model):
    """One row per event: locked first by every verb of its day, so that a person's taps take turns."""

    event = models.OneToOneField(ServiceEvent, on_delete=models.CASCADE, primary_key=True, related_name="day")
    finalised_at = models.DateTimeField(null=True, blank=True, help_text="When everybody who was expected had a record.")


class TapKind(models.TextChoices):
    IN = "in", "签到"
    OUT = "out", "签退"


class CheckIn(models.Model):
    """One tap in or out. Never changed, never deleted; a mistake is corrected beside it."""

    class Way(models.TextChoices):
        CODE = "code", "扫码"
        COORDINATOR = "coordinator", "负责人代签"
        STAFF = "staff", "老师代签"
        OFFLINE = "offline", "断网补传，老师确认"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, help_text="Made by the phone; a repeat is recognised by it.")
    event = models.ForeignKey(ServiceEvent, on_delete=models.PROTECT, related_name="check_ins")
    signup = models.ForeignKey(Signup, on_delete=models.PROTECT, related_name="check_ins")
    kind = models.CharField(max_length=3, choices=TapKind.choices)
    way = models.CharField(max_length=11, choices=Way.choices)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["event", "at"], name="check_ins_of_a_day")]


class OfflineCheckIn(models.Model):
    """A tap made without a network: it waits for the coordinator's or the staff's yes, and becomes a CheckIn by it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, help_text="Made by the phone; a repeat is recognised by it.")
    event = models.ForeignKey(ServiceEvent, on_delete=models.PROTECT, related_name="offline_check_ins")
    signup = models.ForeignKey(Signup, on_delete=models.PROTECT, related_name="offline_check_ins")
    kind = models.CharField(max_length=3, choices=TapKind.choices)
    at = models.DateTimeField(help_text="When the code that was scanned had been shown.")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["event"], condition=Q(answered_at=None), name="open_offline_check_ins")]
