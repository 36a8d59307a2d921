"""Records of service: what one person's coming made."""

from django.conf import settings
from django.db import models

from backend.homes.models import Home
from backend.visits.models import ServiceEvent, Signup
from backend.volunteers.models import Organisation


class ServiceRecord(models.Model):
    """What one person's coming made: the taps under the rules of that day. Made again with every tap until the event is finalised."""

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
    rules = models.JSONField(help_text="The rules that it was counted by.")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["user", "date"], name="records_of_a_person"),
            models.Index(fields=["organisation", "date"], name="records_of_an_organisation"),
            models.Index(fields=["home", "date"], name="records_of_a_home"),
        ]
