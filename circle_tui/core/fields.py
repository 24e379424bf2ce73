"""Kinds of fields: words (and whose they are), names, ids, moments.

Invariant: the definition of a value declares the kind of each text and time field, once. What the
codec, forgetting and the leads' wall do with a field follows from its kind.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, inspect, structs

from circle_tui.core.errors import CircleError
from circle_tui.core.ids import CommitmentId, ContractId, MeetingId, MemberId

KIND = "kind"
"""The key for a field's kind, in the extra metadata of its type."""

OWNER = "owner"
"""The key for the kind of owner whose id a field has, in the extra metadata of its type."""

MOMENT = "moment"
WALL_TIME = "wall time"
DAY = "day"
LENGTH = "length"
"""Kinds that follow from a type alone: aware and naive `datetime`, `date`, `timedelta`."""

Moment = Annotated[datetime, Meta(tz=True)]
"""An aware moment, kept in UTC."""

Id = Annotated[str, Meta(extra={KIND: "id"})]
"""An identifier: never empty, and without characters that cannot be shown."""

IdOfMember = Annotated[MemberId, Meta(extra={KIND: "id"})]
IdOfMeeting = Annotated[MeetingId, Meta(extra={KIND: "id"})]
IdOfCommitment = Annotated[CommitmentId, Meta(extra={KIND: "id"})]
IdOfContract = Annotated[ContractId, Meta(extra={KIND: "id"})]
"""Ids like any other, of which a type checker knows what they are of."""

IdOrNone = Annotated[str, Meta(extra={KIND: "id or none"})]
"""An id, or the empty text where there is none yet."""

MEMBER = "member"
"""The kind of the ids of whoever takes part in a live meeting."""

IdOfParticipant = Annotated[MemberId, Meta(extra={KIND: MEMBER})]
"""The id of somebody who takes part in a live meeting."""

OwnerId = Annotated[MemberId, Meta(extra={KIND: "id", OWNER: "member"})]
"""The id of the member to whom the value belongs: it goes when they are forgotten."""

AuthorId = Annotated[MemberId, Meta(extra={KIND: "id", OWNER: "author"})]
"""The id of the author of the words in a value about somebody else.

Forgetting the author deletes only these words."""

OwnedCommitment = Annotated[CommitmentId, Meta(extra={KIND: "id", OWNER: "commitment"})]
"""The id of the commitment that the value is about; the value belongs to that one's owner."""

Name = Annotated[str, Meta(extra={KIND: "name"})]
"""The name of a circle or a member: personal, but not words that anybody said."""

Due = Annotated[str, Meta(extra={KIND: "due"})]
"""When a commitment comes up: "next" for the next meeting, or an ISO date."""

FractionText = Annotated[str, Meta(extra={KIND: "share"})]
"""A fraction from 0 to 1 as reduced text: "0", "2/3", "1"."""

Code = Annotated[str, Meta(extra={KIND: "code"})]
"""One of the texts that the program knows, as a time zone. It is checked where it is read."""

Words = Annotated[str, Meta(extra={KIND: "words"})]
"""What one member said or typed. Its value names an owner, and forgetting them deletes it."""

SharedWords = Annotated[str, Meta(extra={KIND: "shared words"})]
"""What the circle said or typed as a whole. It stays when a member is forgotten."""

WORDS_KINDS = frozenset({"words", "shared words"})

Change = Callable[[Any], Any]


def kind_of(info: inspect.Type) -> str | None:
    """The kind of a field, by its type; None for a type without a kind."""
    match info:
        case inspect.Metadata(extra=extra):
            kind: str | None = (extra or {}).get(KIND)
            return kind
        case inspect.DateTimeType(tz=True):
            return MOMENT
        case inspect.DateTimeType():
            return WALL_TIME
        case inspect.DateType():
            return DAY
        case inspect.TimeDeltaType():
            return LENGTH
    return None


class Changer:
    """Changes the fields of values by their kinds.

    `kinds` has a function for each kind to change; it takes the content of a field and returns the
    new content. A call raises what these functions raise; `FieldError` then names the outermost
    field.
    """

    def __init__(self, kinds: Mapping[str, Change]) -> None:
        self._kinds = kinds
        self._of_struct: dict[object, Change | None] = {}
        """How to change a value of a type; None where nothing in it changes."""

    def __call__(self, value: Any) -> Any:
        """The value with its fields changed; the same object if nothing changed."""
        shape = type(value)
        if shape not in self._of_struct:
            info = inspect.type_info(shape)
            assert isinstance(info, inspect.StructType)
            self._of_struct[shape] = self._compile_struct(info)
        change = self._of_struct[shape]
        return value if change is None else change(value)

    def _compile_struct(self, info: inspect.StructType) -> Change | None:
        found = [(field.name, self._compile(field.type)) for field in info.fields]
        fields = [(name, change) for name, change in found if change is not None]
        if not fields:
            return None

        def change_struct(value: Any) -> Any:
            changes = {}
            for name, change in fields:
                before = getattr(value, name)
                if before is None:
                    continue
                try:
                    after = change(before)
                except FieldError as error:
                    error.field = name
                    raise
                if after is not before:
                    changes[name] = after
            return structs.replace(value, **changes) if changes else value

        return change_struct

    def _compile(self, info: inspect.Type) -> Change | None:
        kind = kind_of(info)
        if kind is not None:
            return self._kinds.get(kind)
        match info:
            case inspect.Metadata(type=inner):
                return self._compile(inner)
            case inspect.StructType(cls=shape):
                # What is known of it here isn't asked for again: that takes most of the time.
                if shape not in self._of_struct:
                    self._of_struct[shape] = self._compile_struct(info)
                # Calls `self`, because the value may be of a subclass of the field's type.
                return self if self._of_struct[shape] is not None else None
            case inspect.VarTupleType(item_type=item):
                return _for_each(self._compile(item))
            case inspect.TupleType(item_types=items):
                return _for_each(self._compile(items[0]))
            case inspect.DictType(key_type=keys, value_type=values):
                return _for_entries(self._compile(keys), self._compile(values))
            case inspect.UnionType(types=types):
                return next(filter(None, map(self._compile, types)), None)
        return None


class FieldError(CircleError):
    """A field's content does not fit its kind; `field` is its name in the outermost value."""

    field: str | None = None

    def __str__(self) -> str:
        return f"The field “{self.field}” holds something else than it should."


def _for_each(change: Change | None) -> Change | None:
    if change is None:
        return None

    def change_each(before: tuple[Any, ...]) -> tuple[Any, ...]:
        after = tuple(map(change, before))
        return before if all(map(_is, after, before)) else after

    return change_each


def _is(one: object, other: object) -> bool:
    return one is other


def _for_entries(change_key: Change | None, change_value: Change | None) -> Change | None:
    if change_key is None and change_value is None:
        return None

    def change_entries(before: dict[Any, Any]) -> dict[Any, Any]:
        after = {
            key if change_key is None else change_key(key): (
                value if change_value is None else change_value(value)
            )
            for key, value in before.items()
        }
        same = all(map(_is, after, before)) and all(map(_is, after.values(), before.values()))
        return before if same and len(after) == len(before) else after

    return change_entries
