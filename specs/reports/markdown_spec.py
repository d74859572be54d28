"""Foreign text in an issue is text: it neither breaks out of its place nor does anything."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reports.issue.markdown import code, fenced, prose, table
from specs.reports.hostile_texts import HOSTILE

READER = MarkdownIt("gfm-like")
# What a forge reads in the text that Markdown has left: mentions, references, bare links, emoji.
ALIVE = re.compile(r"(?i)(?<!\w)@\w|(?<!\w)#\d|\bGH-\d|https?://|\bwww\.|\bmailto:|:[a-z][\w+-]*:")
MARKUP = (
    *HOSTILE,
    "@octocat and @org/team, mail a@b.example",
    "see #123, owner/repo#4, GH-5",
    "https://evil.example/x and www.evil.example, ftp://a",
    "**bold** _it_ __it__ ~~gone~~ `code` ``two``",
    "[link](http://x) ![image](http://x) [ref][1] <http://auto>",
    "# heading",
    "- [ ] task",
    "+ item",
    "1. item",
    "12) item",
    "> quote",
    "    indented",
    "===",
    "---",
    "| a | b |\n| - | - |",
    "```\nout\n```",
    "~~~\nout\n~~~",
    "\n\n# after an empty line",
    "a\r\n\r\n- b",
    "$x^2$ $`y`$ :tada: :+1:",
    "&lt;b&gt; &#64;octocat &nbsp;",
    "\\@octocat \\<b> \\",
    "<root> and <worktree>/x, <script>hit()</script>, <!-- no -->",
    "[^1] and [^1]: note",
    "a_b_c _d_ e_f",
)
INERT = {"text", "text_special", "code_inline", "softbreak"}


def inlines(markdown: str) -> Iterator[Token]:
    for token in READER.parse(markdown):
        yield from token.children or ()


@pytest.mark.parametrize("text", MARKUP)
def test_prose_is_one_paragraph_of_text(text: str) -> None:
    told = prose(text)
    assert "\n" not in told
    assert "$" not in told
    kinds = [token.type for token in READER.parse(told)]
    assert kinds in ([], ["paragraph_open", "inline", "paragraph_close"]), told
    assert {token.type for token in inlines(told)} <= INERT
    shown = "".join(token.content for token in inlines(told) if token.type != "code_inline")
    assert not ALIVE.search(shown), shown


def test_prose_reads_as_it_was() -> None:
    text = "rows 30 → 10, _a_ * b [c] #1 @d <e f> & “g” | h 0.1.0 http://x"
    shown = "".join(token.content for token in inlines(prose(text)))
    assert shown.replace("\u200b", "") == text


def test_words_that_stand_for_names_are_set_as_code() -> None:
    assert prose("in <worktree>/src, not <root>") == "in `<worktree>`/src, not `<root>`"


@pytest.mark.parametrize("text", MARKUP)
def test_code_is_one_span(text: str) -> None:
    kinds = [token.type for token in inlines(f"a {code(text)} b")]
    assert kinds == ["text", "code_inline", "text"]


@pytest.mark.parametrize("text", MARKUP)
def test_a_cell_stays_in_its_cell(text: str) -> None:
    drawn = table(["", "before", "after"], [["matter", text, text], ["other", "x", ""]])
    tokens = READER.parse(f"before\n\n{drawn}\n\nafter")
    assert sum(token.type == "td_open" for token in tokens) == 6
    assert {token.type for token in inlines(drawn)} <= INERT


@pytest.mark.parametrize("text", MARKUP)
def test_a_block_ends_where_it_ends(text: str) -> None:
    blocks = [token.type for token in READER.parse(f"{fenced(text, 'json')}\n\nafter")]
    assert blocks == ["fence", "paragraph_open", "inline", "paragraph_close"]


@given(st.text(alphabet=st.sampled_from("`~<>[]()*_#@!|\\&-+=.:1a \n\r\t$"), max_size=30))
def test_no_mixture_breaks_out(text: str) -> None:
    assert {token.type for token in inlines(prose(text))} <= INERT
    assert [token.type for token in inlines(f"a {code(text)} b")][1] == "code_inline"
    assert READER.parse(f"{fenced(text)}\n\nafter")[0].type == "fence"
    assert len(READER.parse(f"{fenced(text)}\n\nafter")) == 4


def test_a_long_text_is_cut_and_says_so() -> None:
    assert prose("a" * 700).endswith("a… (+100 characters)")
