"""Certificates over HTTP."""

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Path, Router, Status

from backend.accounts.auth import OurPages
from backend.accounts.rules import person
from backend.records.queries import certificates as queries
from backend.records.schemas.certificates import (
    ByNumber,
    CertificateIn,
    CertificateKeys,
    CertificatePage,
    CertificateRow,
    Number,
    RevokeIn,
    SealIn,
    Verified,
)
from backend.records.services import certificates as services

router = Router()


@router.get("/certificates", response=list[CertificateRow], operation_id="certificates")
def my_certificates(request: HttpRequest) -> Any:
    """Mine, and those of the organisations that I coordinate."""
    return [queries.CertificateCard(row=each) for each in queries.own(person(request))[:200]]


@router.post("/certificates", response={201: CertificatePage}, operation_id="issue_certificate")
def issue_certificate(request: HttpRequest, data: CertificateIn) -> Any:
    """At once, and for nothing."""
    me = person(request)
    made = services.issue(certificate_id=data.id, first=data.first, last=data.last, organisation_id=data.organisation, by=me)
    return Status(201, queries.own_certificate(me, made.pk))


@router.get("/certificates/keys", response=CertificateKeys, auth=None, operation_id="certificate_keys")
def certificate_keys(request: HttpRequest) -> Any:
    """Public: with these a phone checks a seal without a network."""
    del request
    return {"keys": queries.public_keys()}


@router.get("/certificates/number/{number}", response=ByNumber, auth=None, operation_id="certificate_by_number")
def certificate_by_number(request: HttpRequest, number: Path[Number]) -> Any:
    """Public: does the certificate with this number still hold?"""
    del request
    return queries.by_number(number)


@router.post("/certificates/verify", response=Verified, auth=OurPages(), operation_id="verify_certificate")
def verify_certificate(request: HttpRequest, data: SealIn) -> Any:
    """Public: what the scanned seal says, and whether it is genuine and still holds."""
    del request
    return queries.verified(data.seal)


@router.get("/certificates/{certificate_id}", response=CertificatePage, operation_id="certificate")
def certificate(request: HttpRequest, certificate_id: Path[uuid.UUID]) -> Any:
    """The page to print."""
    return queries.own_certificate(person(request), certificate_id)


@router.post("/certificates/number/{number}/revocation", response={204: None}, operation_id="revoke_certificate")
def revoke_certificate(request: HttpRequest, number: Path[Number], data: RevokeIn) -> Any:
    """By the manager of a Home that it counts, or the officer."""
    services.revoke_certificate(number=number, reason=data.reason, by=person(request))
    return Status(204, None)
