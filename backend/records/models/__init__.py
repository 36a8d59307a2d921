"""What a visit leaves behind: taps, records of service, certificates, thanks."""

from backend.records.models.afterwards import Feedback, MemberOpinion, Thanks
from backend.records.models.certificates import Certificate
from backend.records.models.checkins import CheckIn, EventDay, OfflineCheckIn, TapKind
from backend.records.models.corrections import Correction
from backend.records.models.counting_rules import CityRules
from backend.records.models.honours import Honour
from backend.records.models.records import ServiceRecord

__all__ = [
    "Certificate",
    "CheckIn",
    "CityRules",
    "Correction",
    "EventDay",
    "Feedback",
    "Honour",
    "MemberOpinion",
    "OfflineCheckIn",
    "ServiceRecord",
    "TapKind",
    "Thanks",
]
