"""What a certificate says, and what anybody may learn of it."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from backend.accounts.models import User
from backend.common import clock
from backend.common.found import one
from backend.common.qr import svg
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


def own_certificate(user: User, certificate_id: uuid.UUID) -> dict[str, Any]:
    """The page to print."""
    certificate = one(own(user).filter(pk=certificate_id))
    address = seal.address(certificate.sealed)
    return {**row(certificate), "statement": certificate.statement, "address": address, "qr": svg(address)}


def row(certificate: Certificate) -> dict[str, Any]:
    said = certificate.statement
    return {
        "id": certificate.pk,
        **{
            name: said[name] for name in ("number", "subject", "name", "first", "last", "minutes", "times", "people", "issuer", "issued_on")
        },
        **revocation(certificate),
    }


def revocation(certificate: Certificate) -> dict[str, Any]:
    return {"revoked_at": certificate.revoked_at, "reason": certificate.reason}


def public_keys() -> list[str]:
    """Every key that ever sealed one, and the one of today."""
    used = Certificate.objects.order_by().values_list("public_key", flat=True).distinct()
    return sorted({*used, seal.key().public})


def by_number(number: str) -> dict[str, Any]:
    """For who has only the number, typed from paper: enough to compare, with the name half covered."""
    certificate = one(Certificate.objects.filter(number=number.strip().upper()), NO_SUCH)
    found = {key: value for key, value in row(certificate).items() if key != "id"}
    covered = found["name"] if found["subject"] == "organisation" else f"{found['name'][:1]}{'*' * (len(found['name']) - 1)}"
    return {**found, "name": covered, "state": state(certificate)}


def verified(text: str) -> dict[str, Any]:
    """For who has the QR: genuine or not, what it says, and whether it still holds."""
    said = seal.open_seal(text, public_keys())
    if said is None:
        return {"state": "forged", "statement": None, "revoked_at": None, "reason": ""}
    certificate = Certificate.objects.filter(number=said.number).first()
    if certificate is None or seal.digest(details(certificate.statement)) != said.digest:
        return {"state": "unknown", "statement": None, "revoked_at": None, "reason": ""}
    return {"state": state(certificate), "statement": certificate.statement, **revocation(certificate)}


def state(certificate: Certificate) -> str:
    return "revoked" if certificate.revoked_at else "valid"
