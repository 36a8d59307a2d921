"""A volunteer's own facts and papers."""

from django.conf import settings
from django.db import models

from backend.homes.models import Home


class Skill(models.TextChoices):
    HAIRCUT = "haircut", "理发"
    CLINIC = "clinic", "义诊"
    MUSIC = "music", "乐器"
    LAW = "law", "法律"
    CRAFT = "craft", "手工"
    FARMING = "farming", "种植"
    SPORT = "sport", "运动"
    TEACHING = "teaching", "讲课"


class VolunteerProfile(models.Model):
    """Given once. The real name stands on certificates; nothing of an ID card is asked for."""

    class AgeGroup(models.TextChoices):
        CHILD = "child", "14 岁以下"
        TEEN = "teen", "14–17 岁"
        ADULT = "adult", "18–59 岁"
        SENIOR = "senior", "60 岁以上"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="volunteer")
    name = models.CharField("真实姓名", max_length=40)
    age_group = models.CharField(max_length=6, choices=AgeGroup.choices)
    skills = models.JSONField(default=list, blank=True, help_text="Values of Skill.")
    agreed_at = models.DateTimeField(help_text="To confidentiality and to taking no photos.")
    created_at = models.DateTimeField()

    @property
    def least_age(self) -> int:
        return {"child": 0, "teen": 14, "adult": 18, "senior": 60}[self.age_group]


class Credential(models.Model):
    """A paper that some shifts ask for. Staff of the Home it is shown to look at it; no number of it is kept."""

    class Kind(models.TextChoices):
        MEDICAL = "medical", "医护证"
        HAIRDRESSER = "hairdresser", "美发师证"
        LAWYER = "lawyer", "律师证"
        FIRST_AID = "first_aid", "急救证"
        COUNSELOR = "counselor", "心理咨询师证"

    class State(models.TextChoices):
        SHOWN = "shown", "等老师核对"
        CHECKED = "checked", "已核对"
        REFUSED = "refused", "没有通过"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="credentials")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    valid_until = models.DateField()
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="+", help_text="Whose staff look at it.")
    state = models.CharField(max_length=8, choices=State.choices, default=State.SHOWN)
    reason = models.CharField(max_length=60, blank=True)
    shown_at = models.DateTimeField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
