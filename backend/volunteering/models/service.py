"""The day itself and what remains of it: taps in and out, records of service, certificates, thanks."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from backend.homes.models import Area, Home
from backend.people.models import Member
from backend.volunteering.models.events import ServiceEvent
from backend.volunteering.models.people import Organisation
from backend.volunteering.models.signups import Signup


class CityRules(models.Model):
    """How a city counts hours, and in whose name it certifies them. No row: the defaults of hours.Profile."""

    area = models.OneToOneField(Area, on_delete=models.CASCADE, primary_key=True, related_name="service_rules")
    issuer = models.CharField("出具单位", max_length=40)
    profile = models.JSONField(help_text="What hours.profile_of reads.")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()


class Daybook(models.Model):
    """One row per event: locked first by every verb of its day, so that a person's taps take turns."""

    event = models.OneToOneField(ServiceEvent, on_delete=models.CASCADE, primary_key=True, related_name="daybook")
    settled_at = models.DateTimeField(null=True, blank=True, help_text="When everybody who was expected had a record.")


class TapKind(models.TextChoices):
    IN = "in", "签到"
    OUT = "out", "签退"


class CheckIn(models.Model):
    """One tap in or out. Never changed, never deleted; a mistake is corrected beside it."""

    class Way(models.TextChoices):
        CODE = "code", "扫码"
        COORDINATOR = "coordinator", "负责人代签"
        STAFF = "staff", "老师代签"
        CLAIM = "claim", "断网补传，老师确认"

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


class Claim(models.Model):
    """A tap made without a network: it waits for the coordinator's or the staff's yes, and becomes a CheckIn by it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, help_text="Made by the phone; a repeat is recognised by it.")
    event = models.ForeignKey(ServiceEvent, on_delete=models.PROTECT, related_name="claims")
    signup = models.ForeignKey(Signup, on_delete=models.PROTECT, related_name="claims")
    kind = models.CharField(max_length=3, choices=TapKind.choices)
    at = models.DateTimeField(help_text="When the code that was scanned had been shown.")
    claimed_at = models.DateTimeField()
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["event"], condition=Q(answered_at=None), name="open_claims")]


class ServiceRecord(models.Model):
    """What one person's coming made: the taps under the rules of that day. Made anew with every tap until the event is settled."""

    signup = models.OneToOneField(Signup, on_delete=models.PROTECT, related_name="record")
    event = models.ForeignKey(ServiceEvent, on_delete=models.PROTECT, related_name="records")
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="service_records")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="service_records")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="service_records")
    name = models.CharField(max_length=40)
    date = models.DateField(help_text="The Home's local day.")
    planned = models.PositiveSmallIntegerField(help_text="Minutes.")
    minutes = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    late = models.PositiveSmallIntegerField(default=0)
    early = models.PositiveSmallIntegerField(default=0)
    no_show = models.BooleanField(default=False)
    spans = models.JSONField(default=list, help_text="What counted: pairs of moments.")
    profile = models.JSONField(help_text="The rules that it was counted by.")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["user", "date"], name="records_of_a_person"),
            models.Index(fields=["organisation", "date"], name="records_of_an_organisation"),
            models.Index(fields=["home", "date"], name="records_of_a_home"),
        ]


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
        """waiting, accepted, refused or withdrawn: nobody answers his own, so who ended it himself took it back."""
        if self.answered_at is None:
            return "waiting"
        if self.accepted:
            return "accepted"
        return "withdrawn" if self.answered_by_id == self.asked_by_id else "refused"


class Honour(models.Model):
    """表彰: given for a visit; stands on the certificate."""

    record = models.ForeignKey(ServiceRecord, on_delete=models.PROTECT, related_name="honours")
    title = models.CharField(max_length=40)
    given_on = models.DateField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Certificate(models.Model):
    """志愿服务记录证明 as it was issued: what it says never changes, but it can be revoked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, help_text="Made by the phone; a repeat is recognised by it.")
    number = models.CharField(max_length=16, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="certificates")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates")
    first = models.DateField()
    last = models.DateField()
    statement: "models.JSONField[Any, Any]" = models.JSONField(help_text="All that it says.")
    sealed = models.TextField(help_text="What its QR holds.")
    public_key = models.CharField(max_length=43, help_text="Checks the seal, also after the server got another key.")
    records = models.ManyToManyField(ServiceRecord, related_name="certificates")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=60, blank=True, help_text="Why it was revoked.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(user__isnull=True) | Q(organisation__isnull=True), name="of_one_person_or_organisation"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="certificate_ends_after_start"),
        ]


class Thanks(models.Model):
    """A Home's thanks to all who came, with the visit's album if there is one."""

    event = models.OneToOneField(ServiceEvent, on_delete=models.CASCADE, primary_key=True, related_name="thanks")
    text = models.CharField(max_length=200)
    post = models.UUIDField(null=True, blank=True, help_text="The album's post of the visit; who may see its photos is the album's matter.")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()


class MemberOpinion(models.Model):
    """A member's own 👍 or 👎 about a visit. Volunteers see the numbers only."""

    event = models.ForeignKey(ServiceEvent, on_delete=models.CASCADE, related_name="opinions")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="opinions")
    liked = models.BooleanField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "member"], name="one_opinion")]


class Feedback(models.Model):
    """What a volunteer says of a visit; the Home reads it."""

    signup = models.OneToOneField(Signup, on_delete=models.CASCADE, primary_key=True, related_name="feedback")
    again = models.BooleanField(help_text="Would come again.")
    text = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField()
