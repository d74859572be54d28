from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from harness.errors import AppError
from harness.targets.opencode.dialect import (
    FEATURES,
    PROMPTS,
    TURNS,
    VIRTUAL,
    Dialect,
    dialect_in,
    served_scripts,
)

Serve = Callable[[dict[str, str]], str]
# A row of the tree of changed files: the name in a span (1.18.3), or in a `bdi` in it (1.18.33).
TREE_ROW = """<button data-slot="file-tree-v2-row">
  <span class="filetree-iconpair"><svg><rect></rect></svg></span>{name}
  <span data-slot="file-tree-v2-change">A</span></button>"""
OLDER_FILE = '<span data-slot="session-review-filename">notes.txt</span><span>+1</span>'
PAGE = '<script type="module" crossorigin src="/assets/index-x.js"></script>'


@pytest.mark.parametrize(
    ("served", "dialect"),
    [
        ({"/assets/index-x.js": 'a="data-timeline-virtual-content"'}, VIRTUAL),
        (
            {
                "/assets/index-x.js": 'import("./session-Cp_s.js")',
                "/assets/session-Cp_s.js": 'slot="session-turn-list"',
            },
            TURNS,
        ),
        ({"/assets/index-x.js": 'a="data-timeline-row"'}, PROMPTS),
        (
            {
                "/assets/index-x.js": 'a="data-timeline-row", import("./session-Cp_s.js")',
                "/assets/session-Cp_s.js": 'b="data-timeline-virtual-content"',
            },
            VIRTUAL,
        ),
        ({"/assets/index-x.js": "neither"}, VIRTUAL),
    ],
)
def test_the_page_tells_its_dialect(serve: Serve, served: dict[str, str], dialect: Dialect) -> None:
    assert dialect_in(served_scripts(serve({"/": PAGE, **served}))) == dialect


def test_what_a_page_has_can_be_done_on_it(serve: Serve) -> None:
    marks = 'a="data-timeline-virtual-content session-revert-dock file-tree-v2-row prompt-input"'
    dialect = dialect_in(served_scripts(serve({"/": PAGE, "/assets/index-x.js": marks})))
    assert dialect.traits.can == VIRTUAL.traits.can | {"revert", "changes"}
    assert [sign.name for sign in dialect.hooks.signs] == ["draft", "diff"]
    assert dialect.hooks.rows == VIRTUAL.hooks.rows


@pytest.mark.parametrize(
    "review",
    [
        TREE_ROW.format(name="<span>notes.txt</span>"),
        TREE_ROW.format(name="<span><bdi>notes.txt</bdi></span>"),
        OLDER_FILE,
    ],
)
def test_the_names_of_changed_files_are_read_and_nothing_beside_them(
    page: Page, review: str
) -> None:
    (sign,) = (each.sign for each in FEATURES if each.can == "changes")
    assert sign is not None
    page.set_content(review)
    assert page.locator(sign.css).all_text_contents() == ["notes.txt"]


def test_a_page_whose_address_names_the_server_shows_several(serve: Serve) -> None:
    route = 'path:"/server/:serverKey/session/:id"'
    dialect = dialect_in(served_scripts(serve({"/": PAGE, "/assets/index-x.js": route})))
    assert "servers" in dialect.traits.can


def test_only_pages_before_the_virtual_one_keep_a_store_for_each_directory() -> None:
    assert [each.by_directory for each in (VIRTUAL, PROMPTS, TURNS)] == [False, True, True]


def test_each_feature_is_told_by_a_mark_of_its_own() -> None:
    marks = [mark for feature in FEATURES for mark in feature.marks]
    assert len(set(marks)) == len(marks)
    assert all(feature.can or feature.sign for feature in FEATURES)


def test_a_page_that_is_not_there_is_an_error_of_the_app(serve: Serve) -> None:
    with pytest.raises(AppError, match="page with 404: look at what it logged; releases before"):
        list(served_scripts(serve({})))


def test_nobody_there_is_an_error_of_the_app() -> None:
    with pytest.raises(AppError, match=r"nothing answers at http://127\.0\.0\.1:9"):
        list(served_scripts("http://127.0.0.1:9"))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("user-message:msg_a", "msg_a"),
        ("assistant-part:msg_a:part:msg_b:prt_c", "msg_b"),
        ("turn-gap:msg_a", None),
        ("thinking:msg_a", None),
    ],
)
def test_a_row_stands_for_the_message_it_shows(row: str, message: str | None) -> None:
    assert VIRTUAL.traits.message(row) == message


def test_a_turn_of_the_older_page_is_its_prompt() -> None:
    assert TURNS.traits.message("msg_a") == "msg_a"


def test_only_the_row_of_a_turn_shows_its_answer() -> None:
    assert [each.traits.answers_in_row for each in (VIRTUAL, PROMPTS, TURNS)] == [
        False,
        False,
        True,
    ]
    assert [each.traits.shows_answers for each in (VIRTUAL, PROMPTS, TURNS)] == [True, False, True]
