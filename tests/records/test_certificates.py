"""志愿服务记录证明: issued at once, checked by anybody, revoked when it no longer holds."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine

from backend.accounts.models import User
from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.common.keys import b64, unb64
from backend.homes.models import Area, Home
from backend.records import seal
from backend.records.models import Certificate, ServiceRecord
from backend.records.queries import certificates as certificates_queries
from backend.records.services import certificates, honours
from backend.volunteers.services import profiles
from tests.attendance.door import DAY, at
from tests.records.day import branch, coming, served, visit, volunteer
from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")

YEAR = {"first": dt.date(2026, 1, 1), "last": DAY}


@pytest.fixture
def record(cast: Cast, morning: time_machine.Traveller) -> ServiceRecord:
    """徐明 was there from 9:02 to 11:28. It is the evening."""
    volunteer(cast.volunteer)
    made = served(coming(visit(cast), cast.volunteer), "09:02", "11:28")
    morning.move_to(at("18:00"))
    return made


def issued(by: User, **more: Any) -> Certificate:
    return certificates.issue(**{"certificate_id": uuid.uuid4(), "organisation_id": None, **YEAR, **more}, by=by)


def test_it_states_what_the_decree_asks_for(cast: Cast, record: ServiceRecord) -> None:
    honours.give_honour(record_id=record.pk, title="季度之星", by=cast.manager)
    training = served(coming(visit(cast, "陪护培训", kind="training", on=dt.date(2026, 3, 2)), cast.volunteer), on=dt.date(2026, 3, 2))
    assert training.minutes == 150
    body = {"id": str(uuid.uuid4()), "first": "2026-01-01", "last": "2026-03-04"}
    phone = Phone(cast.volunteer)
    answers = [phone.post("/api/certificates", body) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    page = answers[0].json()
    assert page == answers[1].json() == phone.get(f"/api/certificates/{body['id']}").json()
    said = page["statement"]
    assert (said["subject"], said["name"], said["minutes"], said["times"], said["homes"]) == ("person", "徐明", 296, 2, 1)
    assert (said["issuer"], said["issued_on"]) == ("嘉兴市残疾人之家（幸福驿站）", "2026-03-04")
    assert [(row["date"], row["title"], row["kind"], row["home"], row["minutes"]) for row in said["services"]] == [
        ("2026-03-04", "周六义诊", "义诊", "阳光家园", 146)
    ]
    assert [row["title"] for row in said["trainings"]] == ["陪护培训"]
    assert said["honours"] == [{"date": "2026-03-04", "title": "季度之星", "home": "阳光家园", "name": ""}]
    assert page["qr"].startswith("<svg")
    assert page["address"].startswith("http://127.0.0.1:8000/verify#")
    assert [row["number"] for row in phone.get("/api/certificates").json()] == [said["number"]]


def test_hours_served_under_another_name_say_so(cast: Cast, record: ServiceRecord) -> None:
    """Names may be mended; somebody else's hours are not had for it."""
    honours.give_honour(record_id=record.pk, title="季度之星", by=cast.manager)
    profiles.keep_profile(name="王书记", age_group="adult", skills=[], agree=True, by=cast.volunteer)
    said = issued(cast.volunteer).statement
    assert (said["name"], said["services"][0]["name"], said["honours"][0]["name"]) == ("王书记", "徐明", "徐明")


def test_anybody_checks_the_qr(cast: Cast, record: ServiceRecord) -> None:
    certificate = issued(cast.volunteer)
    found = Phone().post("/api/certificates/verify", {"seal": seal.address(certificate.sealed)}).json()
    assert (found["state"], found["statement"]["minutes"], found["statement"]["name"]) == ("valid", 146, "徐明")
    keys = Phone().get("/api/certificates/keys").json()["keys"]
    said = seal.open_seal(certificate.sealed, keys)
    assert said is not None
    assert (said.number, said.minutes, said.name) == (certificate.number, 146, "徐明")


def test_it_fails_when_one_digit_is_changed(cast: Cast, record: ServiceRecord) -> None:
    """In the QR, or in the rows that the server keeps."""
    certificate = issued(cast.volunteer)
    payload, signature = certificate.sealed.split(".")
    changed = b64((unb64(payload) or b"").replace(b"146", b"946"))
    assert changed != payload
    assert certificates_queries.verified(f"{changed}.{signature}").state == "forged"
    certificate.statement["services"][0]["minutes"] = 147
    certificate.save()
    assert certificates_queries.verified(certificate.sealed).state == "unknown"


def test_with_the_number_alone_one_learns_whether_it_holds_and_half_a_name(cast: Cast, record: ServiceRecord) -> None:
    certificate = issued(cast.volunteer)
    found = Phone().get(f"/api/certificates/number/{certificate.number.lower()}").json()
    assert (found["state"], found["name"], found["minutes"]) == ("valid", "徐*", 146)
    assert Phone().get("/api/certificates/number/26-00000-00000").status_code == 404
    assert Phone().get("/api/certificates/number/26-00000%0000000").status_code == 422


def test_revoked_it_says_so_to_everybody(cast: Cast, record: ServiceRecord) -> None:
    certificate = issued(cast.volunteer)
    answer = Phone(cast.manager).post(f"/api/certificates/number/{certificate.number}/revocation", {"reason": "冒用他人名义"})
    assert answer.status_code == 204
    certificates.revoke_certificate(number=certificate.number, reason="再说一次", by=cast.officer)
    number = Phone().get(f"/api/certificates/number/{certificate.number}").json()
    seal = certificates_queries.verified(certificate.sealed)
    assert (number["state"], number["reason"]) == (seal.state, seal.reason) == ("revoked", "冒用他人名义")
    assert Phone(cast.volunteer).get("/api/certificates").json()[0]["reason"] == "冒用他人名义"


def test_only_a_manager_of_a_home_that_was_visited_or_the_officer_revokes(cast: Cast, record: ServiceRecord) -> None:
    certificate = issued(cast.volunteer)
    for user in (cast.volunteer, cast.carer, cast.autumn_carer, cast.coordinator):
        with pytest.raises(NotFoundError):
            certificates.revoke_certificate(number=certificate.number, reason="不对", by=user)
    with pytest.raises(InvalidError, match="2 到 60"):
        certificates.revoke_certificate(number=certificate.number, reason=" ", by=cast.manager)


def test_one_for_a_whole_organisation_lists_its_people(cast: Cast, morning: time_machine.Traveller) -> None:
    shift, party = visit(cast), branch(cast, members=(cast.volunteer,))
    served(coming(shift, cast.volunteer, organisation=party))
    served(coming(shift, cast.coordinator, "赵立新", organisation=party))
    served(coming(shift, cast.stranger, "孙海峰"))
    morning.move_to(at("18:00"))
    said = issued(cast.coordinator, organisation_id=party.pk).statement
    assert (said["subject"], said["name"], said["people"], said["times"], said["minutes"]) == ("organisation", "供电所党支部", 2, 2, 300)
    assert sorted(row["name"] for row in said["services"]) == ["徐明", "赵立新"]
    with pytest.raises(NotFoundError):
        issued(cast.volunteer, organisation_id=party.pk)


def test_what_did_not_count_stands_on_none(cast: Cast, record: ServiceRecord) -> None:
    yesterday = dt.date(2026, 3, 3)
    served(coming(visit(cast, "走得早", on=yesterday), cast.volunteer), left="09:30", on=yesterday)
    assert [row["title"] for row in issued(cast.volunteer).statement["services"]] == ["周六义诊"]
    with pytest.raises(ConflictError, match="还没有计入的服务时长"):
        issued(cast.volunteer, first=yesterday, last=yesterday)


def test_it_needs_a_real_name_and_a_time_that_has_been(cast: Cast, record: ServiceRecord) -> None:
    with pytest.raises(ConflictError, match="真实姓名"):
        served_stranger = served(coming(record.signup.shift, cast.stranger, "孙海峰"))
        issued(cast.stranger, last=served_stranger.date)
    for first, last in ((DAY, DAY + dt.timedelta(days=1)), (DAY, DAY - dt.timedelta(days=1)), (dt.date(2020, 1, 1), DAY)):
        with pytest.raises(InvalidError, match="三年以内"):
            issued(cast.volunteer, first=first, last=last)


def test_a_used_id_is_refused(cast: Cast, record: ServiceRecord) -> None:
    made = issued(cast.volunteer)
    with pytest.raises(ConflictError, match="编号已经用过"):
        issued(cast.volunteer, certificate_id=made.pk, first=DAY)


def test_nobody_opens_another_persons(cast: Cast, record: ServiceRecord) -> None:
    made = issued(cast.volunteer)
    for user in (cast.stranger, cast.manager, cast.officer, cast.coordinator):
        assert Phone(user).get(f"/api/certificates/{made.pk}").status_code == 404
        assert Phone(user).get("/api/certificates").json() == []


def test_the_city_says_how_it_counts_and_who_certifies(cast: Cast, morning: time_machine.Traveller) -> None:
    phone = Phone(cast.officer)
    rules = phone.get("/api/service-rules").json()
    assert (rules["area"], rules["least_percent"], rules["meals"]) == ("嘉兴市", 60, [{"start": "11:30:00", "end": "12:30:00"}])
    assert (rules["since"], rules["changes"]) == (None, True)
    stricter = {**rules, "issuer": "嘉兴市残疾人联合会", "least_percent": 90, "meals": []}
    assert phone.put("/api/service-rules", stricter).json() == {**stricter, "since": "2026-03-03T23:55:00Z"}
    volunteer(cast.volunteer)
    assert served(coming(visit(cast), cast.volunteer), "09:00", "11:00").minutes == 0
    made = served(coming(visit(cast, "农活", begins="12:00", ends="14:00"), cast.volunteer), "12:00", "14:00")
    assert (made.minutes, made.rules["least_percent"]) == (120, 90)
    morning.move_to(at("18:00"))
    assert issued(cast.volunteer).statement["issuer"] == "嘉兴市残疾人联合会"
    assert Phone(cast.manager).put("/api/service-rules", stricter).status_code == 404
    overlapping = [{"start": "11:00", "end": "12:00"}, {"start": "11:30", "end": "12:30"}]
    wrong = {"meals": overlapping}, {"issuer": "   "}, {"issuer": "市残联\0"}
    assert [phone.put("/api/service-rules", {**stricter, **each}).status_code for each in wrong] == [422] * 3
    assert phone.get("/api/service-rules").json()["issuer"] == "嘉兴市残疾人联合会"


def test_the_homes_of_another_city_have_their_own_rules(cast: Cast) -> None:
    Phone(cast.officer).put("/api/service-rules", {**_rules(cast), "least_percent": 90})
    elsewhere = Home.objects.create(name="远方家园", area=Area.objects.create(name="湖州市"), phone="0571-1")
    assert served(coming(visit(cast, home=elsewhere), cast.volunteer), "09:00", "11:00").minutes == 120


def _rules(cast: Cast) -> dict[str, Any]:
    found: dict[str, Any] = Phone(cast.officer).get("/api/service-rules").json()
    return found


def test_everybody_reads_how_hours_are_counted_and_nobody_else_changes_it(cast: Cast) -> None:
    Phone(cast.officer).put("/api/service-rules", {**_rules(cast), "least_percent": 90})
    elsewhere = Home.objects.create(name="远方家园", area=Area.objects.create(name="湖州市"), phone="0571-1")
    phone = Phone(cast.volunteer)
    here = phone.get(f"/api/service-rules?home={cast.sunshine.pk}").json()
    assert (here["area"], here["least_percent"], here["changes"]) == ("嘉兴市", 90, False)
    assert phone.get(f"/api/service-rules?home={elsewhere.pk}").json()["least_percent"] == 60
    assert phone.get("/api/service-rules").json()["area"] == "嘉兴市"
    served(coming(visit(cast, home=elsewhere), cast.volunteer))
    assert phone.get("/api/service-rules").json()["area"] == "湖州市"
    assert phone.get("/api/service-rules?home=999999").status_code == 404
