"""What a certificate says, and what anybody may learn of it."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from backend.accounts.models import User
from backend.common import clock
from backend.common.found import one
from backend.common.qr import svg
from backend.common.rows import Row
from backend.records import seal
from backend.records.models import Certificate, ServiceRecord
from backend.records.queries import counting_rules
from backend.visits.models import ServiceEvent
from backend.volunteers.models import Organisation
from backend.volunteers.rules import coordinated_organisations

NO_SUCH = "没有这个编号的证明，请核对编号，或扫证明上的码。"


def countable(rows: QuerySet[ServiceRecord]) -> QuerySet[ServiceRecord]:
    """With all that a certificate says of them."""
    found = rows.filter(minutes__gt=0).select_related("event", "home", "signup__shift")
    return found.prefetch_related("honours").order_by("date", "signup__shift__starts_at", "name", "id")


def statement(
    records: Sequence[ServiceRecord], *, name: str, organisation: Organisation | None, first: dt.date, last: dt.date, number: str
) -> dict[str, Any]:
    """What 民政部令 67 号 asks for: volunteer, service, training and honours if any, issuer, date."""
    services = [_service(record, heading=name) for record in records]
    return {
        "number": number,
        "subject": "organisation" if organisation else "person",
        "name": name,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "minutes": sum((record.minutes for record in records), start=0),
        "times": len(records),
        "people": len({record.user_id or record.name for record in records}),
        "homes": len({record.home_id for record in records}),
        "services": [service for service, record in zip(services, records, strict=True) if not _is_training(record)],
        "trainings": [service for service, record in zip(services, records, strict=True) if _is_training(record)],
        "honours": [
            {
                "date": honour.given_on.isoformat(),
                "title": honour.title,
                "home": record.home.name,
                "name": _name(record, heading=name),
            }
            for record in records
            for honour in record.honours.all()
        ],
        "issuer": counting_rules.rules_of(records[-1].home).issuer,
        "issued_on": clock.today().isoformat(),
    }


def details(said: dict[str, Any]) -> list[Any]:
    """The rows that the seal's digest stands for."""
    return [said["services"], said["trainings"], said["honours"]]


def _is_training(record: ServiceRecord) -> bool:
    return record.event.kind == ServiceEvent.Kind.TRAINING


def _service(record: ServiceRecord, *, heading: str) -> dict[str, Any]:
    return {
        "date": record.date.isoformat(),
        "title": record.event.title,
        "kind": record.event.get_kind_display(),
        "shift": record.signup.shift.title,
        "home": record.home.name,
        "minutes": record.minutes,
        "name": _name(record, heading=heading),
    }


def _name(record: ServiceRecord, *, heading: str) -> str:
    """As they signed up, unless that is the name above: whoever has another name by now does not leave the old one behind."""
    return "" if record.name == heading else record.name


def own(user: User) -> QuerySet[Certificate]:
    """One's own, and those of the organisations that one coordinates."""
    return Certificate.objects.filter(Q(user=user) | Q(organisation__in=coordinated_organisations(user))).order_by("-issued_at", "id")


@dataclass(frozen=True, kw_only=True)
class CertificateCard(Row[Certificate]):
    """What stands on it, and whether it holds."""

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            said = self.row.statement
            return said[name] if name in said else getattr(self.row, name)


@dataclass(frozen=True, kw_only=True)
class CertificatePage(CertificateCard):
    address: str
    qr: str


@dataclass(frozen=True, kw_only=True)
class ByNumber(CertificateCard):
    name: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Verified:
    state: str
    statement: dict[str, Any] | None = None
    revoked_at: dt.datetime | None = None
    reason: str = ""


def own_certificate(user: User, certificate_id: uuid.UUID) -> CertificatePage:
    """The page to print."""
    certificate = one(own(user).filter(pk=certificate_id))
    address = seal.address(certificate.sealed)
    return CertificatePage(row=certificate, address=address, qr=svg(address))


def public_keys() -> list[str]:
    """Every key that ever sealed one, and the one of today."""
    used = Certificate.objects.order_by().values_list("public_key", flat=True).distinct()
    return sorted({*used, seal.key().public})


def by_number(number: str) -> ByNumber:
    """For who has only the number, typed from paper: enough to compare, with the name half covered."""
    certificate = one(Certificate.objects.filter(number=number.strip().upper()), NO_SUCH)
    name = certificate.statement["name"]
    covered = name if certificate.statement["subject"] == "organisation" else f"{name[:1]}{'*' * (len(name) - 1)}"
    return ByNumber(row=certificate, name=covered, state=state(certificate))


def verified(text: str) -> Verified:
    """For who has the QR: genuine or not, what it says, and whether it still holds."""
    said = seal.open_seal(text, public_keys())
    if said is None:
        return Verified(state="forged")
    found = Certificate.objects.filter(number=said.number).first()
    if found is None or seal.digest(details(found.statement)) != said.digest:
        return Verified(state="unknown")
    return Verified(state=state(found), statement=found.statement, revoked_at=found.revoked_at, reason=found.reason)


def state(certificate: Certificate) -> str:
    return "revoked" if certificate.revoked_at else "valid"
