"""The guide's pages, as the help lists them."""

from pathlib import Path

import pytest

from circle_tui.store import guide_pages as module
from circle_tui.store.guide_pages import guide_pages, link_to


def install(monkeypatch: pytest.MonkeyPatch, root: Path, **pages: str) -> None:
    """Pretend that the package is installed in `root`, with these guide pages."""
    (root / "guide").mkdir()
    for name, text in pages.items():
        (root / "guide" / f"{name}.md").write_text(text, encoding="utf-8")
    monkeypatch.setattr(module, "files", lambda _package: root)


def test_the_guides_pages_are_listed_with_their_titles_in_the_order_of_its_index() -> None:
    pages = guide_pages()
    assert [page.title for page in pages][:7] == [
        "The practice",
        "Contracts",
        "People far away",
        "Continuity",
        "Keys",
        "Commands",
        "Without seeing the screen",
    ]
    assert "index.md" not in {page.name for page in pages}
    assert all(page.text.startswith(f"# {page.title}\n") for page in pages)


def test_a_page_that_the_index_does_not_name_comes_last(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    install(monkeypatch, tmp_path, index="[B](b.md), [no such page](c.md)", a="# A", b="# B")
    assert [page.name for page in guide_pages()] == ["b.md", "a.md"]


def test_a_page_without_a_heading_is_called_after_its_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    install(monkeypatch, tmp_path, a="No heading.\n## A lower one\n")
    assert [page.title for page in guide_pages()] == ["a.md"]


def test_a_missing_or_unreadable_guide_has_no_pages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "files", lambda _package: tmp_path)
    assert guide_pages() == ()
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide" / "a.md").write_bytes(b"\xff\xfe")
    assert guide_pages() == ()


def test_links_to_headings_use_the_same_anchors_as_forges() -> None:
    assert link_to("A meeting, minute by minute") == "a-meeting-minute-by-minute"
    assert link_to("For an organisation") == "for-an-organisation"
