"""The covenant: its clauses, its review date, its signatures.

Invariant: a signature takes two keys by the one who signs, themselves and s. Who has not signed
is seen, in the same words whoever it is, and nothing more is made of it.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core import dates
from circle_tui.core.circle import covenant
from circle_tui.core.circle.state import CircleState, Clause, Covenant
from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.keys import BY_SEAT, UP_DOWN
from circle_tui.tui.screens.old_between import OldCircleScreen
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.lines import Headline
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views.view import Row

_LABELS = {
    Clause.PURPOSE: "What we are here for",
    Clause.RHYTHM: "How often",
    Clause.MISSED: "When somebody misses a meeting",
    Clause.BOUNDARIES: "Our boundaries",
}
_CLAUSES = tuple(Clause)
_NONE = (
    "This circle has no covenant yet. It says in a few sentences what you are here for, how often "
    "you meet, what you do when somebody misses a meeting, and where the boundaries are. "
    "It carries a day on which you look at it again, and each of you signs it."
)


class Signer(NamedTuple):
    """Somebody on the covenant; `seat` is their number at a meeting, if one expects them."""

    member: str
    name: str
    seat: int | None
    row: Row


class CovenantScreen(OldCircleScreen):
    """What the circle agreed on, and who has signed it."""

    CSS_PATH = "covenant.tcss"
    TITLE_LINE = "covenant"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "write", "Write one"),
        Binding("e,enter", "edit", "Change", key_display="e"),
        Binding("d", "review", "Review date"),
        Binding("s", "sign", "Sign"),
        Binding("h", "earlier", "Earlier versions"),
        *UP_DOWN,
        *BY_SEAT,
    ]

    def __init__(self, opened: CircleService) -> None:
        super().__init__(opened)
        self._at = 0
        self._earlier: int | None = None
        """Which earlier version is looked at, by its place; None for the present one."""

    def body(self) -> Iterator[Widget]:
        with Card(id="covenant"):
            yield Static(Content(_NONE), id="no-covenant")
            for clause in _CLAUSES:
                yield Static(id=f"label-{clause}", classes="clause-label")
                yield Static(id=f"clause-{clause}", classes="clause")
            yield Static(id="covenant-review")
            yield Rows(id="signers")
        yield Prompt()

    # What there is to show

    @property
    def _today(self) -> date:
        return self.opened.circle.day(self.opened.now)

    def _shown(self) -> Covenant | None:
        history = self.opened.state
        return history.covenant if self._earlier is None else history.covenants[self._earlier]

    def _signers(self) -> tuple[Signer, ...]:
        shown = self._shown()
        if shown is None:
            return ()
        return _signers(self.opened.state, shown, self._today, present=self._earlier is None)

    def _chosen(self) -> Signer | None:
        """The member whom the cursor is on; None where it is on a clause."""
        signers, at = self._signers(), self._at - len(_CLAUSES)
        return signers[at] if self._earlier is None and 0 <= at < len(signers) else None

    def present(self, history: CircleState) -> None:
        self._earlier = None
        self.query_one(Prompt).stop()
        self._at = min(self._at, len(_CLAUSES) + len(self._signers()) - 1)
        self._show()

    def _show(self) -> None:
        """Show the version that is looked at, and the cursor where it is."""
        shown, signers = self._shown(), self._signers()
        for widget in self.query("#covenant > *"):
            widget.display = (widget.id == "no-covenant") is (shown is None)
        if shown is None:
            return
        circle = self.opened.circle
        written = dates.spoken_day(circle.day(shown.written), self._today)
        self.query_one(Headline).show(
            (circle.name, self.TITLE_LINE, f"version {shown.version}, written {written}")
        )
        at = self._at if self._earlier is None else None
        for place, clause in enumerate(_CLAUSES):
            words = shown.clauses.get(clause) or "Nothing is said of this yet."
            current = place == at
            label = Content(f"{'›' if current else ' '} {_LABELS[clause]}")
            self.query_one(f"#label-{clause}", Static).update(label)
            self.query_one(f"#clause-{clause}", Static).update(Content(words))
            for each in (f"#label-{clause}", f"#clause-{clause}"):
                self.query_one(each).set_class(current, "-current")
        self.query_one("#covenant-review", Static).update(self._review(shown))
        rows = self.query_one("#signers", Rows)
        cursor = None if at is None or at < len(_CLAUSES) else at - len(_CLAUSES)
        rows.show(tuple(each.row for each in signers), cursor=cursor)
        self.call_after_refresh(self._scroll)

    def _review(self, shown: Covenant) -> Content:
        if shown.review is None:
            return Content("  No review date yet.")
        day = dates.spoken_day(shown.review, self._today)
        if self._earlier is not None:
            return Content(f"  To be looked at again on {day}.")
        if covenant.review_due(self.opened.state, self._today):
            return Content.styled(f"  Review was set for {day}: it is due.", "bold $primary")
        return Content(f"  We look at it again on {day}.")

    def _scroll(self) -> None:
        """Bring into view what the cursor is on."""
        card = self.query_one(Card)
        if self._earlier is not None or self._at == 0:
            card.scroll_home(animate=False)
        elif self._at < len(_CLAUSES):
            clause = _CLAUSES[self._at]
            label, words = self.query_one(f"#label-{clause}"), self.query_one(f"#clause-{clause}")
            both = label.virtual_region.union(words.virtual_region)
            card.scroll_to_region(both, animate=False)
        else:
            rows = self.query_one("#signers").virtual_region
            line = Region(rows.x, rows.y + self._at - len(_CLAUSES), rows.width, 1)
            card.scroll_to_region(line, animate=False)

    def line(self, history: CircleState) -> str:
        present, chosen = history.covenant, self._chosen()
        if self.asking:
            return "Enter takes what is typed, esc leaves it."
        if present is None:
            return "w writes a first one, yours to change."
        if self._earlier is not None:
            further = "h goes further back, " if self._earlier else "This was the first: h or "
            return f"{further}esc goes to the present version."
        if present.review is None:
            return "d sets the day to look at it again; then it can be signed."
        if covenant.review_due(history, self._today):
            return "Talk it over: what still holds? Then d sets the next day."
        if chosen is not None and chosen.member not in present.signatures:
            return f"s is {chosen.name}'s signature, and nobody else's to give."
        if covenant.unsigned(history):
            return "Choose yourself by your number, or ↑ ↓, then sign with s."
        return "Everybody has signed. Any clause can be changed at any time."

    # Typing

    def ask(self, question: str, typed: Callable[[str], object], value: str = "") -> None:
        super().ask(question, typed, value)
        # The field takes rows away from what it is about.
        self.call_after_refresh(self._scroll)

    def action_back(self) -> None:
        """Out of the field, back to the present version, or home."""
        if self.asking or self._earlier is not None:
            self.refresh_history()
        else:
            self.go_back()

    # Keys

    def action_write(self) -> None:
        """Write a first covenant, as usual in the circle's format."""
        self.amend(covenant.write)

    def action_edit(self) -> None:
        """Ask for other words for the chosen clause."""
        present = self.opened.state.covenant
        if present is not None and self._at < len(_CLAUSES):
            clause = _CLAUSES[self._at]
            self.ask(
                f"{_LABELS[clause]}, in one or two sentences:",
                lambda words: self.amend(covenant.change, clause, words),
                present.clauses.get(clause, ""),
            )

    def action_review(self) -> None:
        """Ask for the day on which the covenant is looked at again."""
        usual = covenant.usual_review(self.opened.circle, self.opened.now)
        self.ask(
            "When do you look at it again?",
            lambda typed: self.amend(covenant.set_review, typed),
            f"{usual.day} {usual:%B %Y}",
        )

    def action_sign(self) -> None:
        """Sign, as the chosen member."""
        if (chosen := self._chosen()) is not None:
            self.amend(covenant.sign, chosen.member)

    def action_earlier(self) -> None:
        """Look at the version before; from the first one, at the present again."""
        before = len(self.opened.state.covenants) - 1 if self._earlier is None else self._earlier
        self._earlier = before - 1 if before else None
        self._show()
        self.rest()
        self.refresh_bindings()

    def action_move(self, by: int) -> None:
        """Choose another clause or member; an earlier version is only read."""
        if self._earlier is not None:
            self.query_one(Card).scroll_relative(y=by, animate=False)
            return
        self._choose((self._at + by) % (len(_CLAUSES) + len(self._signers())))

    def action_mark_seat(self, seat: int) -> None:
        """Choose a member by seat."""
        seats = [each.seat for each in self._signers()]
        if seat in seats:
            self._choose(len(_CLAUSES) + seats.index(seat))
        else:
            self.say_no_seat(seat)

    def _choose(self, at: int) -> None:
        self._at = at
        self.saying.clear()
        self._show()
        self.rest()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is not there yet cannot be changed, and earlier versions never can."""
        history = self.opened.state
        if action == "write":
            return history.covenant is None and not self.asking
        if action == "move":
            return history.covenant is not None and not self.asking
        if action in {"edit", "review", "sign", "mark_seat"}:
            if history.covenant is None or self._earlier is not None or self.asking:
                return False
            return None if self.why_not(action) else True
        if action == "earlier":
            return len(history.covenants) > 1 and not self.asking
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> str | None:
        chosen = self._chosen()
        if action == "edit" and chosen is not None:
            return "Choose a clause with ↑ ↓ to change it."
        if action == "sign":
            return self.opened.why_not(covenant.sign, chosen.member if chosen else None)
        return super().why_not(action)


def _signers(
    history: CircleState, shown: Covenant, today: date, *, present: bool
) -> tuple[Signer, ...]:
    """Who signed it, and for the present version also who has not, in seat order."""
    seats = {member.id: seat for seat, member in enumerate(history.active, 1)}
    found = []
    for member in history.circle.members:
        at = shown.signatures.get(member.id)
        if at is None and not (present and member.left is None):
            continue
        seat = seats.get(member.id) if present else None
        name = f"{seat or ' '} {member.name}" if present else member.name
        if at is None:
            row = Row("○", name, "not signed")
        else:
            day = dates.spoken_day(history.circle.day(at), today)
            row = Row("●", name, f"signed {day}")
        found.append(Signer(member.id, member.name, seat, row))
    return tuple(found)
