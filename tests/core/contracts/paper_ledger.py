"""An independent ledger of one contract, kept as a circle would keep it on paper.

Every act is entered as it happens; before each entry, time limits that have passed are applied. It
shares no code with the rules: no events, no versions, no documents. Shares are plain fractions.
"""

from datetime import datetime, timedelta
from fractions import Fraction

HOURS = timedelta(hours=48)


class Part:
    """The entries about one part after judging was opened."""

    def __init__(self, judge: str | None, opened: datetime) -> None:
        self.judge = judge
        self.limit = opened + HOURS
        self.result: Fraction | None = None
        self.since = opened
        self.final = False
        self.objector: str | None = None
        self.stage = ""
        self.proposed_share: Fraction | None = None
        self.agreed_by: set[str] = set()
        self.third_has_judged = False
        self.tied: frozenset[str] = frozenset()
        self.ties = 0

    def stands(self, result: Fraction, at: datetime, *, final: bool = False) -> None:
        self.result, self.since, self.final, self.limit = result, at, final, at + HOURS
        self.tied = frozenset()


class PaperLedger:
    """One contract, judged in one `way`; `judges` are by the member judged, `helpers` by role."""

    def __init__(
        self,
        way: str,
        people: tuple[str, ...],
        judges: dict[str, str],
        helpers: dict[str, str | None],
        tie: str = "talk over",
    ) -> None:
        self.way, self.judges, self.helpers, self.tie = way, judges, helpers, tie
        self.people = list(people)
        self.version_parties = list(people)
        self.term, self.length = 1, timedelta(days=14)
        self.default = Fraction(1)
        self.signed: set[str] = set()
        self.accepted: set[str] = set()
        self.voters = ("m3", "m4", "m5")
        self.review = datetime(2026, 3, 19).date()  # noqa: DTZ001 - a day
        self.in_force = False
        self.change_waits = False
        self.signed_change: set[str] = set()
        self.accepted_change: set[str] = set()
        self.parts: dict[str, Part] = {}
        self.content: set[str] = set()
        self.letting_go: set[str] = set()
        self.over = False
        self.change_parties = self.version_parties

    # Who has to press a key

    def outside(self) -> set[str]:
        people = self.change_parties if self.change_waits else self.version_parties
        named = {by for of, by in self.judges.items() if of in people}
        named |= {each for each in self.helpers.values() if each is not None}
        if self.way == "talk":
            named = set()
        if self.way == "panel":
            named |= set(self.voters)
        return named - set(self.people)

    # Time

    def pass_time(self, now: datetime) -> None:
        for part in self.parts.values():
            if part.result is None and now > part.limit:
                part.stands(self.default, part.limit)
            if part.result is not None and now > part.limit:
                part.final = True
        self.see_content()

    def see_content(self) -> None:
        for part in self.parts.values():
            free = part.stage == "" or (part.stage == "third" and part.third_has_judged)
            if part.result is not None and free and set(self.people) <= self.content:
                part.final = True

    # The contract's state

    def state(self, now: datetime) -> str:
        if self.over:
            return "ended"
        if not self.in_force:
            return "unsigned" if self.signed or self.accepted else "draft"
        if self.parts:
            if any(each.result is None for each in self.parts.values()):
                return "being judged"
            if all(each.final for each in self.parts.values()):
                return "to look back on"
            if any(each.stage and not each.final for each in self.parts.values()):
                return "contested"
            return "judged"
        if now.date() >= self.review:
            return "due"
        return "being changed" if self.change_waits else "running"

    def not_due(self, now: datetime) -> bool:
        return self.state(now) in {"draft", "unsigned", "running", "being changed"}

    # Acts; each returns whether it is allowed

    def sign(self, now: datetime, who: str) -> bool:
        if who not in self.people or not self.not_due(now):
            return False
        if now.date() >= self.review:
            return False
        keys = self.signed_change if self.change_waits else self.signed
        if who in keys or (self.in_force and not self.change_waits):
            return False
        keys.add(who)
        self.settle()
        return True

    def accept(self, now: datetime, who: str) -> bool:
        if who not in self.outside() or not self.not_due(now):
            return False
        keys = self.accepted_change if self.change_waits else self.accepted
        if who in keys or (self.in_force and not self.change_waits):
            return False
        keys.add(who)
        self.settle()
        return True

    def settle(self) -> None:
        if self.change_waits:
            if set(self.people) <= self.signed_change and self.outside() <= self.accepted_change:
                self.in_force, self.change_waits = True, False
                self.version_parties = self.change_parties
                self.signed, self.accepted = self.signed_change, self.accepted_change
                self.letting_go = set()
        elif self.signed and set(self.people) <= self.signed and self.outside() <= self.accepted:
            self.in_force = True

    def change(self, now: datetime) -> bool:
        if not self.not_due(now):
            return False
        if self.in_force:
            if not self.change_waits or self.signed_change or self.accepted_change:
                self.signed_change, self.accepted_change = set(), set()
            self.change_waits = True
            self.change_parties = list(self.people)
        else:
            self.signed, self.accepted = set(), set()
        return True

    def drop_change(self, now: datetime) -> bool:
        if self.over or not self.in_force or not self.change_waits:
            return False
        self.change_waits = False
        return True

    def step_out(self, now: datetime, who: str) -> bool:
        allowed = self.state(now) in {"running", "being changed", "due"}
        if not allowed or who not in self.people:
            return False
        self.people.remove(who)
        if len(self.people) < 2:
            self.over = True
        else:
            self.settle()
        return True

    def let_go(self, now: datetime, who: str) -> bool:
        allowed = self.state(now) in {"running", "being changed", "due"}
        if not allowed or who not in self.people or who in self.letting_go:
            return False
        self.letting_go.add(who)
        self.over = set(self.people) <= self.letting_go
        return True

    def open(self, now: datetime) -> bool:
        if self.way == "talk" or self.state(now) != "due":
            return False
        self.change_waits = False
        for of in self.people:
            self.parts[of] = Part(self.judges.get(of), now)
        return True

    def judge(self, now: datetime, of: str, by: str, result: Fraction) -> bool:
        part = self.parts.get(of)
        if part is None or self.over or part.result is not None or self.way == "panel":
            return False
        if by != part.judge or by == of:
            return False
        part.stands(result, now)
        self.content.clear()
        return True

    def vote(self, now: datetime, choices: tuple[str, ...]) -> bool:
        if self.way != "panel" or self.over:
            return False
        waiting = [
            part
            for part in self.parts.values()
            if part.result is None and not (part.tied and self.tie == "decider")
        ]
        if not waiting:
            return False
        for part in waiting:
            self.counted(now, part, choices)
        return True

    def counted(self, now: datetime, part: Part, choices: tuple[str, ...]) -> None:
        worth = {"met": Fraction(1), "partly": Fraction(2, 3), "not met": Fraction(0)}
        often = {each: choices.count(each) for each in worth}
        most = max(often.values())
        tied = frozenset(each for each in often if often[each] == most)
        if len(tied) == 1:
            part.stands(sum((worth[each] for each in choices), Fraction(0)) / len(choices), now)
            return
        part.tied, part.ties = tied, part.ties + 1
        if self.tie == "decider":
            part.limit = now + HOURS
        elif self.tie == "default" or part.ties == 2:
            part.stands(self.default, now)

    def decide_tie(self, now: datetime, of: str, who: str, choice: str) -> bool:
        part = self.parts.get(of)
        if part is None or self.over or self.tie != "decider":
            return False
        if who != self.helpers.get("decider") or choice not in part.tied:
            return False
        worth = {"met": Fraction(1), "partly": Fraction(2, 3), "not met": Fraction(0)}
        part.stands(worth[choice], now)
        return True

    def object(self, now: datetime, of: str, who: str) -> bool:
        part = self.parts.get(of)
        if part is None or self.over or who not in self.people:
            return False
        if part.result is None or part.final or part.stage:
            return False
        part.objector, part.limit = who, now + HOURS
        part.stage = "second" if self.way == "reviewed" else "talk"
        self.content.discard(who)
        return True

    def second(self, now: datetime, of: str, who: str, result: Fraction) -> bool:
        part = self.parts.get(of)
        if part is None or self.over or part.stage != "second" or part.final:
            return False
        if who != self.helpers.get("second"):
            return False
        part.stands(result, now, final=True)
        return True

    def agree(self, now: datetime, of: str, who: str, result: Fraction) -> bool:
        part = self.parts.get(of)
        if part is None or self.over or part.stage != "talk" or part.final:
            return False
        needed = {of, part.objector or "", part.judge or ""} - {""}
        if self.way == "panel":
            needed = set(self.people)
        if who not in needed:
            return False
        if result != part.proposed_share:
            part.proposed_share, part.agreed_by = result, set()
        if who in part.agreed_by:
            return False
        part.agreed_by.add(who)
        if needed <= part.agreed_by:
            part.stands(result, now, final=True)
        return True

    def ask_third(self, now: datetime, of: str, who: str) -> bool:
        part = self.parts.get(of)
        if part is None or self.over or part.stage != "talk" or part.final:
            return False
        if who not in self.people or self.helpers.get("third") is None:
            return False
        part.stage, part.limit = "third", now + HOURS
        return True

    def third(self, now: datetime, of: str, who: str, result: Fraction) -> bool:
        part = self.parts.get(of)
        if (
            part is None
            or self.over
            or part.stage != "third"
            or part.final
            or part.third_has_judged
        ):
            return False
        if who != self.helpers.get("third"):
            return False
        part.stands(result, now)
        part.third_has_judged = True
        self.content.clear()
        return True

    def ask_decider(self, now: datetime, of: str, who: str) -> bool:
        part = self.parts.get(of)
        if part is None or self.over or part.final or who not in self.people:
            return False
        no_third = self.helpers.get("third") is None and part.stage == "talk"
        if self.helpers.get("decider") is None or not (
            no_third or (part.stage == "third" and part.third_has_judged)
        ):
            return False
        part.stage, part.limit = "decider", now + HOURS
        return True

    def decide(self, now: datetime, of: str, who: str, result: Fraction) -> bool:
        part = self.parts.get(of)
        if part is None or self.over or part.stage != "decider" or part.final:
            return False
        if who != self.helpers.get("decider"):
            return False
        part.stands(result, now, final=True)
        return True

    def be_content(self, now: datetime, who: str) -> bool:
        if not self.parts or self.over or who not in self.people or who in self.content:
            return False
        for part in self.parts.values():
            if part.result is None:
                return False
            if (
                part.stage
                and not part.final
                and not (part.stage == "third" and part.third_has_judged)
            ):
                return False
        if all(part.final for part in self.parts.values()):
            return False
        self.content.add(who)
        self.see_content()
        return True

    def look_back(self, now: datetime, choice: str) -> bool:
        state = self.state(now)
        if not (state == "to look back on" or (state == "due" and self.way == "talk")):
            return False
        if choice == "end":
            self.over = True
            return True
        self.begin_term(now)
        self.in_force = self.change_waits = False
        self.signed, self.accepted, self.letting_go = set(), set(), set()
        self.parts, self.content = {}, set()
        return True

    def begin_term(self, now: datetime) -> None:
        """The dates move by the contract's length, to a meeting day: every other Thursday."""
        self.term += 1
        self.version_parties = list(self.people)
        today = now.date()
        day = meeting = today + self.length
        while (meeting - datetime(2026, 3, 5).date()).days % 14:  # noqa: DTZ001 - a day
            meeting += timedelta(days=1)
        self.review = meeting if meeting - day <= timedelta(days=7) else day
        self.length = self.review - today
        if self.way == "graded":
            count = len(self.people)
            offset = 1 + (self.term - 1) % (count - 1)
            self.judges = {
                member: self.people[(at + offset) % count] for at, member in enumerate(self.people)
            }
