"""Counting rules: how a city counts hours."""

from django.conf import settings
from django.db import models

from backend.homes.models import Area


class CityRules(models.Model):
    """How a city counts hours, and in whose name it certifies them. No row: the defaults of hours.Rules."""

    area = models.OneToOneField(Area, on_delete=models.CASCADE, primary_key=True, related_name="service_rules")
    issuer = models.CharField("出具单位", max_length=40)
    rules = models.JSONField(help_text="What hours.rules_from_data reads.")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
