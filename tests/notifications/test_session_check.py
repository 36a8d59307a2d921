"""Whose rights ended without a word is found by asking again."""

import asyncio
from functools import partial

import pytest

from notifications.live.hub import hub
from notifications.live.session_check import SessionCheck
from notifications.threads import Background
from tests.notifications.conftest import make_people
from tests.notifications.sockets import House, run
from tests.support import post_sender

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_ended_session_and_other_topics_close_the_socket_and_nothing_else_does() -> None:
    teacher, mother = make_people(2)
    post_sender.topics[teacher.pk] = ["home:1"]

    async def story(here: House) -> None:
        check = partial(SessionCheck(hub).check, Background("session check", here.threads, asyncio.Event()))
        await check()
        tablet, phone = await here.greeted(teacher.pk, session="tablet"), await here.greeted(teacher.pk, session="phone")
        mothers, asking = await here.greeted(mother.pk, session="mothers"), here.client(teacher.pk, session="asking")
        await check()
        assert {each.code for each in here.clients} == {None}
        post_sender.ended_sessions.add("tablet")
        await check()
        assert await tablet.closed() == 4401
        assert {phone.code, mothers.code, asking.code} == {None}
        post_sender.topics[teacher.pk] = []
        await check()
        assert await phone.closed() == 4401
        assert {mothers.code, asking.code} == {None}

    run(story)
