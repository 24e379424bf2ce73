"""The colours of the product: one dark theme and one light.

Invariant: what must be read from afar stands at 7:1 or more on its background (WCAG 2.2, 1.4.6),
and red is used for nothing. Orange and blue are Okabe and Ito's, which stay apart for
colour-blind eyes; the light theme darkens both until they reach 7:1 on near-white. No colour
carries a meaning alone: a glyph or a word always stands beside it.
"""

from textual.theme import Theme


def _variables(
    *,
    ground: str,
    text: str,
    muted: str,
    orange: str,
    blue: str,
    away: str,
    track: str,
    hover: str,
    shades: dict[str, str],
) -> dict[str, str]:
    """The variables both themes share: the ring's own, the grid's, and those Textual would mix.

    Textual blends its muted and tinted texts towards the background, which takes them below
    7:1; so they are said outright.
    """
    return {
        "ring-full": orange,
        "ring-empty": track,
        "seat-done": blue,
        "seat-now": text,
        "seat-waiting": muted,
        "seat-away": away,
        "shade-present": blue,
        "shade-present-text": ground,
        "shade-absent-text": muted,
        "shade-none": ground,
        "shade-none-text": away,
        **{f"shade-{name}": shade for name, shade in shades.items()},
        **{f"shade-{name}-text": text for name in shades if name != "absent"},
        "text-muted": muted,
        "text-disabled": away,
        "text-primary": orange,
        "text-secondary": blue,
        "text-accent": orange,
        "text-warning": orange,
        "text-error": orange,
        "text-success": blue,
        "footer-foreground": text,
        "footer-key-foreground": orange,
        "footer-description-foreground": text,
        # Textual's own is its ground's, but for a hundredth. Grey, so that 256 colours have it.
        "block-hover-background": hover,
        "block-cursor-background": orange,
        "block-cursor-foreground": ground,
        "block-cursor-text-style": "bold",
        "input-cursor-background": text,
        "input-cursor-foreground": ground,
        "border": orange,
        "border-blurred": track,
        "link-color": blue,
        "link-color-hover": ground,
        "link-background-hover": blue,
    }


DARK = Theme(
    name="circle-dark",
    dark=True,
    primary="#E69F00",
    secondary="#56B4E9",
    accent="#E69F00",
    warning="#E69F00",
    # Nothing here is an error of a person's; Textual's own errors take the orange too.
    error="#E69F00",
    success="#56B4E9",
    foreground="#F5F5F2",
    background="#0A0C10",
    surface="#14181F",
    panel="#1A2029",
    variables=_variables(
        ground="#0A0C10",
        text="#F5F5F2",
        muted="#B4BAC4",
        orange="#E69F00",
        blue="#56B4E9",
        away="#858D99",
        track="#4A5260",
        hover="#2A2D33",
        shades={
            "late": "#0F4C75",
            "early": "#17344A",
            "excused": "#4D3A10",
            "absent": "#1E232B",
            "off": "#3D4148",
            "soon": "#2C3C48",
            "later": "#453F33",
        },
    ),
)

LIGHT = Theme(
    name="circle-light",
    dark=False,
    primary="#7A4400",
    secondary="#00507A",
    accent="#7A4400",
    warning="#7A4400",
    error="#7A4400",
    success="#00507A",
    foreground="#14161A",
    background="#FCFBF8",
    surface="#F8F6F1",
    panel="#F4F2EB",
    variables=_variables(
        ground="#FCFBF8",
        text="#14161A",
        muted="#3F454E",
        orange="#7A4400",
        blue="#00507A",
        away="#666C76",
        track="#B0AC9F",
        hover="#E5E4E2",
        shades={
            "late": "#56B4E9",
            "early": "#9AD3F3",
            "excused": "#F3CE85",
            "absent": "#E4E0D6",
            "off": "#C4C1B8",
            "soon": "#CBDBE6",
            "later": "#D8CDB8",
        },
    ),
)

THEMES = (DARK, LIGHT)
"""Both, for `App.register_theme`; the first is the one to begin with."""
