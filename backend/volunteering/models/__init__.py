"""Volunteers and organisations, what a Home needs, who comes, and who waits."""

from backend.volunteering.models.events import BlackoutDay, HomeQuiet, Proposal, ServiceEvent, Shift, Wish
from backend.volunteering.models.people import Credential, Organisation, OrganisationMembership, Skill, VolunteerProfile
from backend.volunteering.models.signups import GroupBooking, Signup
from backend.volunteering.models.waitlist import DecisionLog, Offer, WaitlistEntry

__all__ = [
    "BlackoutDay",
    "Credential",
    "DecisionLog",
    "GroupBooking",
    "HomeQuiet",
    "Offer",
    "Organisation",
    "OrganisationMembership",
    "Proposal",
    "ServiceEvent",
    "Shift",
    "Signup",
    "Skill",
    "VolunteerProfile",
    "WaitlistEntry",
    "Wish",
]
