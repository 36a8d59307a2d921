"""Volunteers and organisations, what a Home needs, who comes, and who waits."""

from backend.volunteering.models.events import BlackoutDay, HomeQuiet, Proposal, ServiceEvent, Shift, Wish
from backend.volunteering.models.people import Credential, Organisation, OrganisationMembership, Skill, VolunteerProfile
from backend.volunteering.models.service import (
    Certificate,
    CheckIn,
    CityRules,
    Claim,
    Correction,
    Daybook,
    Feedback,
    Honour,
    MemberOpinion,
    ServiceRecord,
    TapKind,
    Thanks,
)
from backend.volunteering.models.signups import GroupBooking, Signup
from backend.volunteering.models.waitlist import DecisionLog, Offer, WaitlistEntry

__all__ = [
    "BlackoutDay",
    "Certificate",
    "CheckIn",
    "CityRules",
    "Claim",
    "Correction",
    "Credential",
    "Daybook",
    "DecisionLog",
    "Feedback",
    "GroupBooking",
    "HomeQuiet",
    "Honour",
    "MemberOpinion",
    "Offer",
    "Organisation",
    "OrganisationMembership",
    "Proposal",
    "ServiceEvent",
    "ServiceRecord",
    "Shift",
    "Signup",
    "Skill",
    "TapKind",
    "Thanks",
    "VolunteerProfile",
    "WaitlistEntry",
    "Wish",
]
