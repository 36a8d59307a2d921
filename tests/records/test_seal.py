"""The seal on a certificate: made with the server's own key, checked by anybody, broken by one changed digit."""

import dataclasses
import datetime as dt
import stat
from pathlib import Path
from typing import Any

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from backend.common.keys import b64, unb64
from backend.records import seal
from tests.attendance.door import DAY

STATEMENT = seal.Statement(
    number="26-7KQ2M-9XD4T",
    subject="person",
    name="徐明",
    minutes=1050,
    times=8,
    people=1,
    first=dt.date(2026, 1, 1),
    last=DAY,
    issuer="嘉兴市残疾人联合会",
    issued_on=DAY,
    digest=seal.digest([["阳光家园", "2026-03-01", 150]]),
)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> seal.Key:
    return seal.Key(tmp_path_factory.mktemp("keys") / "certificate.pem")


def test_who_has_the_public_key_reads_what_was_signed(key: seal.Key) -> None:
    assert seal.open_seal(key.sign(STATEMENT), [key.public]) == STATEMENT
    assert seal.open_seal(seal.address(key.sign(STATEMENT)), ["AAAA", key.public]) == STATEMENT


def test_not_one_character_of_it_can_be_changed(key: seal.Key) -> None:
    """Not even the last bits of base64, which spell the same bytes."""
    text = key.sign(STATEMENT)
    for n, own in enumerate(text):
        for other in "aB3_-.=":
            if other != own:
                assert seal.open_seal(text[:n] + other + text[n + 1 :], [key.public]) is None, (n, other)


@pytest.mark.parametrize("changed", [field.name for field in dataclasses.fields(seal.Statement)])
def test_no_signature_fits_another_statement(key: seal.Key, changed: str) -> None:
    own = getattr(STATEMENT, changed)
    other = own + dt.timedelta(days=1) if isinstance(own, dt.date) else own + 1 if isinstance(own, int) else own[:-1] + "9"
    changes: dict[str, Any] = {changed: other}
    forged = key.sign(dataclasses.replace(STATEMENT, **changes)).split(".")[0]
    assert seal.open_seal(f"{forged}.{key.sign(STATEMENT).split('.')[1]}", [key.public]) is None


@pytest.mark.parametrize("text", ["", ".", "a.b", "....", "W10.", "#", "王.明", "=.=", "A" * 5000])
def test_rubbish_is_no_certificate(key: seal.Key, text: str) -> None:
    assert seal.open_seal(text, [key.public]) is None


def test_another_servers_key_proves_nothing(key: seal.Key, tmp_path: Path) -> None:
    assert seal.open_seal(seal.Key(tmp_path / "other.pem").sign(STATEMENT), [key.public]) is None


def test_the_key_is_made_once_for_this_user_only_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "data" / "certificate.pem"
    first = seal.Key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert seal.Key(path).public == first.public
    assert [each.name for each in path.parent.iterdir()] == ["certificate.pem"]


def test_the_settings_say_where_it_lies(settings: Settings, tmp_path: Path) -> None:
    settings.CERTIFICATE_KEY_FILE = tmp_path / "k.pem"
    assert seal.key().public == seal.Key(tmp_path / "k.pem").public


def test_the_same_content_has_the_same_bytes_however_it_was_typed() -> None:
    assert seal.canonical({"b": 1, "a": "é"}) == seal.canonical({"a": "e\u0301", "b": 1}) == '{"a":"é","b":1}'.encode()
    assert seal.digest([1]) != seal.digest([2])


def test_a_qr_holds_it_with_the_longest_names(key: seal.Key) -> None:
    longest = dataclasses.replace(STATEMENT, name="名" * 40, issuer="单" * 40)
    address = seal.address(key.sign(longest))
    assert int(segno.make(address, error="m").version) <= 20
    assert int(segno.make(seal.address(key.sign(STATEMENT)), error="m").version) <= 14


def test_a_number_is_read_from_paper_without_doubt() -> None:
    found = {seal.new_number(DAY) for _ in range(200)}
    assert len(found) == 200
    assert all(each.startswith("26-") and not set(each) & set("ILOUilou") for each in found)


@given(st.binary(max_size=9))
def test_bytes_have_one_spelling(data: bytes) -> None:
    assert unb64(b64(data)) == data
