"""The rows of the table of actions for contracts, from their list to their stakes.

Invariant: whoever judges, votes or objects chooses themselves by their own number first.
"""

from circle_tui.views.action_rows import BACK, BY_SEAT, cursor, row, scroll

_PAGE = (scroll("scroll_up", "pageup"), scroll("scroll_down", "pagedown"))

CONTRACTS = (
    row("open", "enter", "Open"),
    *cursor(shown=True),
    row("new", "n", "New"),
    row("earlier", "tab", "Earlier ones"),
    row("list", "tab", "Running ones"),
    row("map", "m", "Map"),
    row("stakes", "g", "Stakes"),
    BACK,
)

NEW_CONTRACT = (
    row("take", "enter", "Begin with it"),
    row("make", "enter", "Make it"),
    row("mark", "space", "In or out"),
    *cursor(shown=True),
    *BY_SEAT,
    BACK,
)

CONTRACT = (
    # Due actions come first, because a narrow screen's footer has room for one or two only.
    row("judge", "j", "Judge"),
    row("vote", "j", "Vote"),
    row("result", "r", "The result"),
    row("dispute", "p", "The dispute"),
    row("look_back", "l", "Look back"),
    row("edit", "e enter", "Change", shown="e"),
    row("add_line", "n", "One more"),
    row("turn", "space", "Its kind", footer=False),
    row("remove", "x", "Take away", footer=False),
    row("drop", "x", "Drop", footer=False),
    row("sign", "s", "Sign"),
    row("accept", "s", "Will judge"),
    row("review_date", "d", "Review date"),
    row("way", "w", "How it's judged"),
    row("trial", "t", "Trial", footer=False),
    row("milestone", "m", "It's reached"),
    row("step_out", "z", "Step out", footer=False),
    row("let_go", "g", "Let it go together", footer=False),
    row("earlier", "h", "Earlier versions", footer=False),
    *cursor(keys=False),
    *BY_SEAT,
    BACK,
)

CONTRACT_WAY = (
    row("take", "enter", "Take it"),
    row("way_1", "1", "Talk", footer=False),
    row("way_2", "2", "Graded", footer=False),
    row("way_3", "3", "Reviewed", footer=False),
    row("way_4", "4", "Panel", footer=False),
    row("hangs_1", "1", "Our word"),
    row("hangs_2", "2", "Something small"),
    row("hangs_3", "3", "Much"),
    row("yes", "y", "Yes"),
    row("partly", "p", "In part"),
    row("no", "n", "No"),
    row("advise", "a", "Three questions"),
    *cursor(),
    BACK,
)

LOOK_BACK = (
    row("write", "enter", "Write"),
    row("renew", "r", "Renew"),
    row("change", "c", "Change"),
    row("end", "e", "End"),
    *cursor(keys=False),
    BACK,
)

JUDGING = (
    row("met", "m", "Met"),
    row("partly", "p", "Partly"),
    row("not_met", "n", "Not met"),
    row("written_met", "y", "Was met"),
    row("written_not_met", "n", "Wasn't met"),
    row("more", "plus", "More", shown="+"),
    row("as_agreed", "equals_sign", "As agreed", shown="="),
    row("less", "minus", "Less", shown="-"),
    row("keep", "enter", "Done"),
    row("change", "c", "Another figure"),
    row("pass_on", "o", "I can't"),
    row("next_part", "tab", "Next part", footer=False),
    row("vote", "j", "The vote"),
    *cursor(keys=False),
    *BY_SEAT,
    *_PAGE,
    BACK,
)

VOTE = (
    row("begin", "enter", "Begin"),
    row("take", "enter", "Take the keyboard", footer=False),
    row("count", "enter", "Count"),
    row("mark", "space", "In or out"),
    *(
        row(f"choose_{place}", str(place), "Your choice", footer=False, palette=False, shown="1…3")
        for place in range(1, 4)
    ),
    *cursor(keys=False),
    *BY_SEAT,
    *_PAGE,
    BACK,
)

RESULT = (
    row("content", "a", "Fine with it"),
    row("object", "o", "Object"),
    row("dispute", "enter", "The objection"),
    row("judge", "enter", "Judge"),
    row("vote", "j", "The vote"),
    row("decide", "d", "Decide the tie"),
    row("look_back", "l", "Look back"),
    *cursor(keys=False),
    *BY_SEAT,
    *_PAGE,
    BACK,
)

DISPUTE = (
    row("figure", "enter", "A figure"),
    row("agree", "s", "Agree"),
    row("third", "t", "Ask the third"),
    row("decider", "d", "The decider"),
    row("content", "a", "Fine with it"),
    row("next_part", "tab", "Next part", footer=False),
    *cursor(keys=False),
    *BY_SEAT,
    *_PAGE,
    BACK,
)

LEDGER = (
    row("settle", "s", "Settled, or open again"),
    row("spoke", "n", "A new spoke"),
    *cursor(),
    BACK,
)
