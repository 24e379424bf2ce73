"""The kinds of fields that values have: whose words they hold, names, ids, moments.

Invariant: a field of text or time says what it holds in its value's own definition, once. The
codec reads and cleans each field by its kind.
"""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

KIND = "kind"
"""The key, in the extra metadata of a field's type, of the kinds below."""

Moment = Annotated[datetime, Meta(tz=True)]
"""An aware moment, kept in UTC."""

Id = Annotated[str, Meta(extra={KIND: "id"})]
"""What tells one thing from another: never empty, never anything that cannot be shown."""

Name = Annotated[str, Meta(extra={KIND: "name"})]
"""What a circle or a member is called: personal, but nothing that anybody said."""

Due = Annotated[str, Meta(extra={KIND: "due"})]
"""When a commitment comes up: "next" for the next meeting, or an ISO date."""

Words = Annotated[str, Meta(extra={KIND: "words"})]
"""What people said or typed."""
