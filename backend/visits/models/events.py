"""Events with their shifts."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from backend.activities.models import Therapy
from backend.common import clock
from backend.homes.models import Home, StaffPost
from backend.volunteers.models import Credential, Skill


class ServiceEvent(models.Model):
    class Kind(models.TextChoices):
        COMPANY = "company", "陪伴"
        CLINIC = "clinic", "义诊"
        HAIRCUT = "haircut", "理发"
        FARMING = "farming", "农活"
        SHOW = "show", "演出"
        PARTY_DAY = "party_day", "党日"
        OPEN_DAY = "open_day", "开放日"
        TRAINING = "training", "培训"
        OTHER = "other", "其他"

    class Audience(models.TextChoices):
        OPEN = "open", "所有志愿者"
        ORGANISATIONS = "organisations", "党组织和单位"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, help_text="Made by the phone; a repeat is recognised by it.")
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="service_events")
    title = models.CharField(max_length=40)
    kind = models.CharField(max_length=9, choices=Kind.choices)
    therapy = models.CharField(max_length=10, choices=Therapy.choices, blank=True)
    place = models.CharField(max_length=60, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    text = models.CharField(max_length=600, blank=True)
    bring = models.CharField(max_length=200, blank=True, help_text="What to bring and wear.")
    cover = models.CharField(max_length=20, blank=True, help_text="The name of a drawn picture; blank: its kind's.")
    picture = models.CharField(
        max_length=80, blank=True, help_text="Path of the re-encoded cover below MEDIA_ROOT, in place of the drawn one."
    )
    contact = models.ForeignKey(StaffPost, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    minimum = models.PositiveSmallIntegerField(default=1, help_text="With fewer people it does not take place.")
    maximum = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Its shifts together hold no more.")
    audience = models.CharField(max_length=13, choices=Audience.choices, default=Audience.OPEN)
    signup_opens_at = models.DateTimeField(null=True, blank=True, help_text="Null: as soon as it is open.")
    signup_closes_at = models.DateTimeField()
    cancel_until = models.DateTimeField(help_text="Until then one tap cancels, later a reason is asked for.")
    opened_at = models.DateTimeField(null=True, blank=True, help_text="Null: a draft.")
    closed_at = models.DateTimeField(null=True, blank=True, help_text="Closed by hand before its time.")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=60, blank=True, help_text="Why it was cancelled.")
    counted_at = models.DateTimeField(null=True, blank=True, help_text="When, names being closed, it was seen whether enough come.")
    sequence = models.PositiveIntegerField(default=0, help_text="Grows with every change, for the phones' calendars.")
    touched_at = models.DateTimeField()
    copy_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="service_event_ends_after_start")]
        indexes = [
            models.Index(fields=["starts_at"], name="service_event_start"),
            models.Index(fields=["home", "starts_at"], name="visits"),
            models.Index(fields=["picture"], name="covers"),
        ]

    @property
    def state(self) -> str:
        """draft, open, full, closed, running, done or cancelled: time itself moves it on. `full` asks the shifts."""
        now = clock.now()
        if self.cancelled_at is not None:
            return "cancelled"
        if self.opened_at is None:
            return "draft"
        if now >= self.ends_at:
            return "done"
        if now >= self.starts_at:
            return "running"
        if self.closed_at is not None or now >= self.signup_closes_at:
            return "closed"
        return "full" if all(shift.free < 1 for shift in self.shifts.all()) else "open"

    @property
    def takes_names(self) -> bool:
        """Whether one may sign up now: also when it is full, to wait."""
        now = clock.now()
        opened = self.opened_at is not None and (self.signup_opens_at is None or self.signup_opens_at <= now)
        return opened and self.cancelled_at is None and self.closed_at is None and now < self.signup_closes_at


class Shift(models.Model):
    """岗位. Its row is locked first by whatever gives, takes or offers its places; the counts are that verb's to keep."""

    event = models.ForeignKey(ServiceEvent, on_delete=models.CASCADE, related_name="shifts")
    title = models.CharField(max_length=20)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField()
    skill = models.CharField(max_length=8, choices=Skill.choices, blank=True)
    credential = models.CharField(max_length=12, choices=Credential.Kind.choices, blank=True)
    minimum_age = models.PositiveSmallIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0, help_text="Places of confirmed people and those held by groups.")
    offered = models.PositiveIntegerField(default=0, help_text="Places that somebody from the waitlist is being asked about.")
    waiting = models.PositiveIntegerField(default=0, help_text="Entries on the waitlist that have no offer.")
    waitlist_due_at = models.DateTimeField(null=True, blank=True, help_text="When time itself next does something to its waitlist.")
    reminders = models.PositiveSmallIntegerField(default=0, help_text="How many of the two have gone out.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(taken__lte=F("capacity") - F("offered")), name="never_a_place_too_many"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_start"),
        ]
        indexes = [
            models.Index(fields=["starts_at"], name="shift_start"),
            models.Index(fields=["waitlist_due_at"], condition=Q(waitlist_due_at__isnull=False), name="shift_waitlist_due"),
        ]

    @property
    def free(self) -> int:
        return self.capacity - self.taken - self.offered
