"""Everything that may be sent has a greatest size: no work grows with what somebody sends."""

import re
from collections.abc import Iterator
from typing import Any

from backend.api import api

SCHEMA = api.get_openapi_schema()
SHAPES: dict[str, Any] = SCHEMA["components"]["schemas"]
# Pydantic reads these no further than they make sense.
SHORT = {"uuid", "date", "date-time", "time", "binary"}


def inputs() -> Iterator[tuple[str, dict[str, Any]]]:
    for operations in SCHEMA["paths"].values():
        for operation in operations.values():
            name = operation["operationId"]
            for parameter in operation.get("parameters", ()):
                yield f"{name}?{parameter['name']}", parameter["schema"]
            for content in operation.get("requestBody", {}).get("content", {}).values():
                yield name, content["schema"]


def without_bounds(where: str, shape: dict[str, Any], seen: frozenset[str] = frozenset()) -> Iterator[str]:
    if "$ref" in shape:
        name = shape["$ref"].rpartition("/")[2]
        if name not in seen:
            yield from without_bounds(name, SHAPES[name], seen | {name})
        return
    for kind in ("anyOf", "oneOf", "allOf"):
        for each in shape.get(kind, ()):
            yield from without_bounds(where, each, seen)
    for name, each in shape.get("properties", {}).items():
        yield from without_bounds(f"{where}.{name}", each, seen)
    if isinstance(shape.get("additionalProperties"), dict):
        yield f"{where}: any number of keys"
    if shape.get("type") == "array":
        yield from () if "maxItems" in shape else [f"{where}: any number of items"]
        yield from without_bounds(f"{where}[]", shape["items"], seen)
    if not {"enum", "const"} & shape.keys() and not BOUNDED[shape.get("type", "object")](shape):
        yield f"{where}: {shape['type']}"


def is_short(shape: dict[str, Any]) -> bool:
    return "maxLength" in shape or shape.get("format") in SHORT or ("pattern" in shape and not re.search(r"[*+]|,\}", shape["pattern"]))


def is_small(shape: dict[str, Any]) -> bool:
    return bool({"maximum", "exclusiveMaximum"} & shape.keys()) and bool({"minimum", "exclusiveMinimum"} & shape.keys())


BOUNDED = {"string": is_short, "integer": is_small, "number": is_small} | dict.fromkeys(
    ("object", "array", "boolean", "null"), lambda _: True
)


def test_every_input_has_a_greatest_size() -> None:
    assert sorted({each for where, shape in inputs() for each in without_bounds(where, shape)}) == []


def test_an_input_without_bounds_is_noticed() -> None:
    shape = {"properties": {"rows": {"type": "array", "items": {"type": "string"}}, "n": {"type": "integer", "minimum": 0}}}
    assert list(without_bounds("thing", shape)) == ["thing.rows: any number of items", "thing.rows[]: string", "thing.n: integer"]
