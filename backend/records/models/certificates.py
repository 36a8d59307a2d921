"""Certificates of service."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from backend.records.models.records import ServiceRecord
from backend.volunteers.models import Organisation


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
