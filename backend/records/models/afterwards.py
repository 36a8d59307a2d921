"""What is said after a visit: thanks, thumbs, feedback."""

from django.conf import settings
from django.db import models

from backend.people.models import Member
from backend.visits.models import ServiceEvent, Signup


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
