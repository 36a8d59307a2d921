"""A queryset compiled to SQL once, for the hottest paths: compiling costs ten times what a look-up by key does."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models.query import get_related_populators

Value = int | str | dt.date | dt.datetime | uuid.UUID
M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, kw_only=True)
class _Compiled:
    sql: str
    # In the statement's order: a value's name, or "" and a constant.
    parameters: list[tuple[str, Any]]
    # By column: what turns the driver's value into Python's.
    converters: list[tuple[int, list[Callable[..., Any]], Any]]
    # For model instances: their columns, and what fills in the related ones.
    model: type[models.Model]
    columns: slice
    attributes: list[str]
    related: list[Any]


class CompiledQuery(Generic[M]):
    """`build` gets a stand-in for each value and answers a query; its SQL then runs with the real values.

    The stand-ins must differ from each other and from every constant in the query. Instances come with what is selected
    along (`select_related`); annotations and prefetches are not for here.
    """

    def __init__(self, build: Callable[..., models.QuerySet[M, Any]], **stand_ins: Value) -> None:
        self._build = build
        self._stand_ins = stand_ins
        self._cache: _Compiled | None = None

    def rows(self, **values: Value) -> list[list[Any]]:
        """What a `values_list` query finds."""
        return self._execute(self._compiled(), values)

    def objects(self, **values: Value) -> list[M]:
        """What a query for model instances finds."""
        built = self._compiled()
        instances: list[Any] = []
        for row in self._execute(built, values):
            instance = built.model.from_db(connection.alias, built.attributes, row[built.columns])
            for populator in built.related:
                populator.populate(row, instance)
            instances.append(instance)
        return instances

    def first(self, **values: Value) -> M | None:
        return next(iter(self.objects(**values)), None)

    def _execute(self, built: _Compiled, values: dict[str, Value]) -> list[list[Any]]:
        with connection.cursor() as cursor:
            cursor.execute(built.sql, [_adapted(values[name]) if name else constant for name, constant in built.parameters])
            rows = [list(row) for row in cursor.fetchall()]
        for row in rows:
            for column, steps, expression in built.converters:
                for step in steps:
                    row[column] = step(row[column], expression, connection)
        return rows

    def _compiled(self) -> _Compiled:
        if self._cache is None:
            self._cache = _compile(self._build(**self._stand_ins).query, {_adapted(value): name for name, value in self._stand_ins.items()})
        return self._cache


def _compile(query: models.sql.Query, names: dict[Any, str]) -> _Compiled:
    compiler = query.get_compiler(using=connection.alias)
    sql, parameters = compiler.as_sql()
    known = compiler.klass_info or {"model": query.model, "select_fields": [0]}
    columns = slice(known["select_fields"][0], known["select_fields"][-1] + 1)
    expressions = [each[0] for each in compiler.select]
    converters = compiler.get_converters(expressions)
    return _Compiled(
        sql=sql,
        parameters=[(names.get(each, ""), each) for each in parameters],
        converters=[(column, steps, expression) for column, (steps, expression) in converters.items()],
        model=known["model"],
        columns=columns,
        attributes=[each.target.attname for each in expressions[columns] if hasattr(each, "target")],
        related=get_related_populators(known, compiler.select, connection.alias),  # type: ignore[call-arg] # the stubs are Django 6's
    )


def _adapted(value: Value) -> Any:
    """As the ORM would hand it to the driver."""
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, dt.date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, uuid.UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
