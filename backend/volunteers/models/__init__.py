"""Who volunteers, and for which organisation."""

from backend.volunteers.models.organisations import Organisation, OrganisationMembership
from backend.volunteers.models.profiles import Credential, Skill, VolunteerProfile

__all__ = [
    "Credential",
    "Organisation",
    "OrganisationMembership",
    "Skill",
    "VolunteerProfile",
]
