"""Words found inside running text: the lookup `zh`, the same on every database.

`field__zh="执行 渑池"` holds where the text contains every word. Chinese has no spaces between words, so a word may
stand anywhere; capital and small, narrow and wide letters and digits are the same; %, _ and the like are plain text.

Behind the texts of `Indexed` PostgreSQL has an index over pairs of characters (`index_pairs`, for migrations): the
search of two characters is read from the index alone, a longer word is looked for where all its pairs stand. SQLite,
and PostgreSQL with SEARCH_INDEX=off, look through the texts.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from string import ascii_letters, ascii_uppercase, digits
from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection, migrations, models, transaction
from django.db.models import CharField, F, Lookup, TextField
from django.db.models.expressions import Func

SHORTEST = 2  # characters: one character stands in nearly every text
# Wide letters and digits, and the narrow ones that they stand for; signs stay as they are typed.
_NARROW = {ord(char) + 0xFEE0: ord(char) for char in ascii_letters + digits}
_WIDE = {narrow: wide for wide, narrow in _NARROW.items()}
_SMALL = {ord(capital): ord(capital.lower()) for capital in ascii_uppercase}
_LARGE = {small: capital for capital, small in _SMALL.items()}
_FOLDED = {wide: _SMALL.get(narrow, narrow) for wide, narrow in _NARROW.items()} | _SMALL
# Between two words; also the dot within names written by sound, which keyboards give in many forms.
_BETWEEN = re.compile(r"[\s·•・‧∙⋅]+")
_LETTER = re.compile("[a-z]")


def folded(text: str) -> str:
    """The text as it is compared, character by character as long as before: small and narrow."""
    return text.translate(_FOLDED)


def words_of(text: str) -> list[str]:
    """The words that are looked for, folded, each once."""
    return list(dict.fromkeys(filter(None, _BETWEEN.split(folded(text)))))


def is_enough(text: str) -> bool:
    """Whether one of the words is long enough to be looked for in a whole province."""
    return any(len(word) >= SHORTEST for word in words_of(text))


class Joined(Func):
    """Several columns as one text, in which words may stand here and there; no word runs over from one to the next."""

    arg_joiner = " || ' ' || "  # written out: an index would not know a parameter again
    template = "(%(expressions)s)"
    output_field = TextField()

    def __init__(self, *columns: Any, **extra: Any) -> None:
        super().__init__(*(F(column) if isinstance(column, str) else column for column in columns), **extra)


class Indexed(Joined):
    """The same, of columns that have an index over their pairs (`index_pairs`)."""


@CharField.register_lookup
@TextField.register_lookup
class Contains(Lookup):
    """`zh`: contains every word; no word is contained everywhere."""

    lookup_name = "zh"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Looks through the text."""
        text, given = self.process_lhs(compiler, connection)
        tests = [_either(_holds(text, form, connection) for form in forms) for forms in self._words()]
        sql, values = _all(tests)
        return sql, [one for value in values for one in (*given, value)]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Asks the index first, where there is one; what it cannot decide is looked for in the texts that it found."""
        if not (isinstance(self.lhs, Indexed) and settings.SEARCH_INDEX):
            return self.as_sql(compiler, connection)
        text, _given = self.process_lhs(compiler, connection)
        return _all([_either(_all(_indexed(text, form, connection)) for form in forms) for forms in self._words()])

    def _words(self) -> list[list[str]]:
        """For each word the forms in which it may be written."""
        # No text holds these, and PostgreSQL would break off at them.
        if "\0" in self.rhs or any("\ud800" <= char <= "\udfff" for char in self.rhs):
            raise EmptyResultSet
        words = words_of(self.rhs)
        if not words:
            raise FullResultSet
        return [_forms(word) for word in words]


def _forms(word: str) -> list[str]:
    """Narrow and small; and all wide, in small and in capital letters."""
    return list(dict.fromkeys((word, word.translate(_WIDE), word.translate(_LARGE).translate(_WIDE))))


Test = tuple[str, list[Any]]


def _holds(text: str, word: str, connection: Any) -> Test:
    if connection.vendor == "postgresql":
        # Faster than LIKE in long texts. As on SQLite only the letters A to Z have a small form.
        text = f'{text} COLLATE "C"'
        text = f"lower({text})" if _LETTER.search(word) else text
        return f"strpos({text}, %s) > 0", [word]
    pattern = re.sub(r"([\\%_])", r"\\\1", word)
    return rf"{text} LIKE %s ESCAPE '\'", [f"%{pattern}%"]


def _indexed(text: str, word: str, connection: Any) -> Iterator[Test]:
    """By the index; of a word of two characters it knows everything."""
    if len(word) >= SHORTEST:
        yield f"zh_pairs({text}) @> %s::bigint[]", [[pair_of(*pair) for pair in pairwise(word)]]
    if len(word) != SHORTEST:
        yield _holds(text, word, connection)


def _all(tests: Iterable[Test]) -> Test:
    return _joined(" AND ", tests)


def _either(tests: Iterable[Test]) -> Test:
    return _joined(" OR ", tests)


def _joined(between: str, tests: Iterable[Test]) -> Test:
    parts = list(tests)
    sql = between.join(sql for sql, _values in parts)
    return f"({sql})" if len(parts) > 1 else sql, [value for _sql, values in parts for value in values]


def pair_of(first: str, second: str) -> int:
    """Two characters as one number, as `zh_pairs` makes it in the database."""
    return ord(first) << 21 | ord(second)


# The last one: it would take longer to translate a query than to answer it.
NOT_WHILE_SEARCHING = ("enable_seqscan", "enable_indexscan", "enable_nestloop", "jit")


@contextmanager
def by_index() -> Iterator[None]:
    """Keeps PostgreSQL to the indexes while rows are looked for.

    It takes a word that stands nearly everywhere for a reason to read tables from one end, and would compute the pairs
    of every row on its way, which takes a hundred times as long.
    """
    if connection.vendor != "postgresql" or not settings.SEARCH_INDEX:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("".join(f"SET LOCAL {what} = off;" for what in NOT_WHILE_SEARCHING))
        yield


# --- For migrations ---

# Numbers, because they sort alike under every collation. The cost keeps the planner from computing it row by row.
MAKE_PAIRS = """
    CREATE OR REPLACE FUNCTION zh_pairs(text) RETURNS bigint[] LANGUAGE sql IMMUTABLE STRICT COST 10000 AS $$
        SELECT array_agg(ascii(a)::bigint << 21 | ascii(b))
        FROM (SELECT lower($1 COLLATE "C") AS t) small,
            unnest(string_to_array(t, NULL), string_to_array(substr(t, 2), NULL)) AS pairs (a, b)
        WHERE b IS NOT NULL
    $$
"""


def _is_indexed(schema_editor: Any) -> bool:
    return schema_editor.connection.vendor == "postgresql" and settings.SEARCH_INDEX


def pairs_function() -> migrations.RunPython:
    """Makes the function behind the indexes; a function of our own, because extensions need rights of the server."""

    def make(apps: Any, schema_editor: Any) -> None:
        if _is_indexed(schema_editor):
            schema_editor.execute(MAKE_PAIRS)

    def drop(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("DROP FUNCTION IF EXISTS zh_pairs(text)")

    return migrations.RunPython(make, drop)


def index_pairs(app: str, model: str, name: str, *columns: str) -> migrations.RunPython:
    """Indexes the pairs of these columns of a model, joined as `Indexed` joins them."""

    def make(apps: Any, schema_editor: Any) -> None:
        if _is_indexed(schema_editor):
            schema_editor.execute(index_sql(apps.get_model(app, model), name, columns))

    def drop(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")

    return migrations.RunPython(make, drop)


def stored_unpacked(app: str, model: str, column: str) -> migrations.RunPython:
    """PostgreSQL keeps the texts of this column as they are from now on, and packs none; the rest stays readable."""

    def set_to(storage: str) -> Any:
        def alter(apps: Any, schema_editor: Any) -> None:
            if _is_indexed(schema_editor):
                table = schema_editor.quote_name(apps.get_model(app, model)._meta.db_table)
                schema_editor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE {storage}")

        return alter

    return migrations.RunPython(set_to("EXTERNAL"), set_to("EXTENDED"))


def index_sql(model: type[models.Model], name: str, columns: Iterable[str]) -> str:
    quote = connection.ops.quote_name
    fields: list[Any] = [model._meta.get_field(column) for column in columns]
    text = Joined.arg_joiner.join(quote(field.column) for field in fields)
    return f"CREATE INDEX {name} ON {quote(model._meta.db_table)} USING gin (zh_pairs({text}))"
