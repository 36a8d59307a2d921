"""Organisations and who belongs to them."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Organisation(models.Model):
    """党组织、单位、学校 …: may hold places for its people once a Home or the officer has verified it."""

    class Kind(models.TextChoices):
        PARTY = "party", "党组织"
        TEAM = "team", "志愿团队"
        COMPANY = "company", "企业"
        SCHOOL = "school", "学校"
        SOCIETY = "society", "社会组织"

    name = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    link_version = models.PositiveIntegerField(default=0, help_text="The joining link of another version opens nothing.")
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    @property
    def verified(self) -> bool:
        return self.verified_at is not None


class OrganisationMembership(models.Model):
    """Ended by `ended_at`; who joins again gets a new row."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", "负责人"
        MEMBER = "member", "成员"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="organisation_memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=11, choices=Role.choices, default=Role.MEMBER)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], condition=Q(ended_at__isnull=True), name="member_once")]
