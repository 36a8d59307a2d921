"""Honours for a visit."""

from django.conf import settings
from django.db import models

from backend.records.models.records import ServiceRecord


class Honour(models.Model):
    """表彰: given for a visit; stands on the certificate."""

    record = models.ForeignKey(ServiceRecord, on_delete=models.PROTECT, related_name="honours")
    title = models.CharField(max_length=40)
    given_on = models.DateField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
