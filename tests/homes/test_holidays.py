"""The officer of the city keeps the table of holidays."""

import datetime as dt

import pytest

from backend.homes.models import Holiday, OfficerPost
from tests.support.cast import SINCE, Cast
from tests.support.phone import Phone

URL = "/api/holidays/2027-10-01"
NATIONAL_DAY = {"name": "国庆节", "works": False}


def test_the_officer_writes_reads_and_takes_back_a_day(cast: Cast) -> None:
    officer = Phone(cast.officer)
    assert officer.put(URL, NATIONAL_DAY).json() == {"date": "2027-10-01", **NATIONAL_DAY}
    assert officer.put(URL, {"name": "照常上班", "works": True}).status_code == 200
    assert officer.get("/api/holidays?year=2027").json() == [{"date": "2027-10-01", "name": "照常上班", "works": True}]
    assert officer.get("/api/holidays?year=2026").json() == []
    assert officer.delete(URL).status_code == 204
    assert not Holiday.objects.exists()


def test_a_day_that_is_not_in_the_table_cannot_be_taken_out(cast: Cast) -> None:
    assert Phone(cast.officer).delete(URL).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"name": "", "works": False},
        {"name": "  ", "works": False},
        {"name": "国庆\u0000", "works": False},
        {"name": "节" * 41, "works": False},
        {"works": False},
    ],
)
def test_a_day_needs_a_name(cast: Cast, body: dict[str, object]) -> None:
    assert Phone(cast.officer).put(URL, body).status_code == 422


@pytest.mark.parametrize("who", ["mother", "carer", "manager", "volunteer", "stranger"])
def test_nobody_else_sees_that_there_is_one(cast: Cast, who: str) -> None:
    phone = Phone(getattr(cast, who))
    answers = phone.put(URL, NATIONAL_DAY), phone.delete(URL), phone.get("/api/holidays?year=2026")
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert not Holiday.objects.exists()


def test_an_officer_of_a_county_does_not_decide_for_the_city(cast: Cast) -> None:
    OfficerPost.objects.create(user=cast.stranger, area=cast.sunshine.area, starts_on=SINCE)
    assert Phone(cast.stranger).put(URL, NATIONAL_DAY).status_code == 404


def test_a_post_that_has_ended_gives_nothing(cast: Cast) -> None:
    OfficerPost.objects.update(ends_on=dt.date(2025, 1, 1))
    assert Phone(cast.officer).put(URL, NATIONAL_DAY).status_code == 404
