"""What a Home needs: events with shifts, wishes without a date, visits proposed to it; and its quiet."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from backend.activities.models import Therapy
from backend.common import clock
from backend.homes.models import Home, StaffPost
from backend.volunteering.models.people import Credential, Organisation, Skill


class HomeQuiet(models.Model):
    """One row per Home: locked first by every verb that opens an event, so two never get the same hour."""

    home = models.OneToOneField(Home, on_delete=models.CASCADE, primary_key=True, related_name="quiet")
    visits_a_week = models.PositiveSmallIntegerField(default=3)


class BlackoutDay(models.Model):
    """A day on which the Home receives nobody."""

    home = models.ForeignKey(Home, on_delete=models.CASCADE, related_name="blackout_days")
    date = models.DateField()
    reason = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home", "date"], name="blackout_once")]


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
    settle_at = models.DateTimeField(null=True, blank=True, help_text="When time itself next does something to its waitlist.")
    reminders = models.PositiveSmallIntegerField(default=0, help_text="How many of the two have gone out.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(taken__lte=F("capacity") - F("offered")), name="never_a_place_too_many"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_start"),
        ]
        indexes = [
            models.Index(fields=["starts_at"], name="shift_start"),
            models.Index(fields=["settle_at"], condition=Q(settle_at__isnull=False), name="shift_to_settle"),
        ]

    @property
    def free(self) -> int:
        return self.capacity - self.taken - self.offered


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
