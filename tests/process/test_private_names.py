"""What we use of libraries below their public interface is still there (backend/process/README.md says why we do)."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from autobahn.twisted import websocket
from autobahn.websocket import protocol
from daphne.http_protocol import WebRequest
from daphne.server import Server
from daphne.ws_protocol import WebSocketProtocol
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.db import connection
from django.db.models.query import get_related_populators
from twisted.internet.tcp import Connection
from twisted.web.http import HTTPChannel

from backend.accounts.models import Device


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (Connection.writeSomeData, ["self", "data"]),
        (WebRequest.gotLength, ["self", "length"]),
        (WebRequest.handleContentChunk, ["self", "data"]),
        (WebRequest.requestReceived, ["self", "command", "path", "version"]),
        (WebRequest.process, ["self"]),
        (WebSocketProtocol.serverClose, ["self", "code"]),
        (WebSocketProtocol.sendData, ["self", "data", "sync", "chopsize"]),
        (WebSocketProtocol.sendCloseFrame, ["self", "code", "reasonUtf8", "isReply"]),
        (Server.create_application, ["self", "protocol", "scope"]),
        (Server.kill_all_applications, ["self"]),
        (Server.listen_success, ["self", "port"]),
        (ASGIHandler.load_middleware, ["self", "is_async"]),
        (ASGIHandler.read_body, ["self", "receive"]),
        (ASGIHandler.create_request, ["self", "scope", "body_file"]),
        (ASGIHandler.send_response, ["self", "response", "send"]),
        (get_script_prefix, ["scope"]),
        (get_related_populators, ["klass_info", "select", "db"]),
    ],
    ids=lambda value: getattr(value, "__qualname__", None),
)
def test_a_function_takes_what_we_give_it(function: Callable[..., Any], arguments: list[str]) -> None:
    assert list(inspect.signature(function).parameters)[: len(arguments)] == arguments


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (Connection, "dataBuffer"),
        (HTTPChannel, "requestFactory"),
        (ASGIHandler, "chunk_size"),
        (WebSocketProtocol, "STATE_OPEN"),
    ],
    ids=str,
)
def test_a_class_has_the_attribute(owner: type, name: str) -> None:
    assert hasattr(owner, name)


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (Connection, "_tempDataLen"),
        (HTTPChannel, "requests"),
        (Server, "http_factory"),
        (Server, "ws_factory"),
        (Server, "connections"),
        (Server, "listening_addresses"),
        (WebSocketProtocol, "is_closed"),
        (WebSocketProtocol, "send_queue"),
    ],
    ids=str,
)
def test_an_instance_is_given_the_attribute(owner: type, name: str) -> None:
    """Set in one of its classes' methods: an upgrade that renames it no longer says `self.name =`."""
    written = "".join(inspect.getsource(each) for each in owner.__mro__ if each is not object)
    assert f"self.{name} =" in written or f"{name} = " in written


def test_daphne_keeps_the_application_with_its_connection() -> None:
    assert '["application_instance"]' in inspect.getsource(Server)


def test_autobahn_describes_with_what_we_silence() -> None:
    assert {"hltype", "hlval", "pformat"} <= vars(protocol).keys()
    assert {"hltype", "hlval"} <= vars(websocket).keys()


@pytest.mark.django_db
def test_a_query_can_be_compiled_once() -> None:
    compiler = Device.objects.select_related("user").query.get_compiler(using=connection.alias)
    compiler.as_sql()
    assert compiler.klass_info
    assert {"model", "select_fields", "related_klass_infos"} <= compiler.klass_info.keys()
    assert isinstance(compiler.get_converters([each[0] for each in compiler.select]), dict)
