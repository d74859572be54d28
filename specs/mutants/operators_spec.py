"""What each operator makes of small sources."""

import pytest

from fixtures.mutants import Module, MutantError, mutants_of
from fixtures.mutants.operators import OPERATORS

PLAIN = Module("small", plain=("made",))
SMALL = Module("small")


def made(source: str, operator: str) -> list[str]:
    return [m.mutated for m in mutants_of(source, SMALL) if m.operator == operator]


CASES: list[tuple[str, str, list[str]]] = [
    ("ArithmeticOperator", "a + b", ["a - b"]),
    ("ArithmeticOperator", 'a + "b"', []),
    ("ArrayDeclaration", "f([a, b])", ["f([])"]),
    ("ArrayDeclaration", "f([])", ['f(["mutated"])']),
    ("ArrayDeclaration", "const [a] = b", []),
    ("ArrowFunction", "f((a) => g(a))", ["f((a) => undefined)"]),
    ("ArrowFunction", "f((a) => undefined)", []),
    ("ArrowFunction", "f((a) => { g(a) })", []),
    ("AssignmentOperator", "a += 1", ["a -= 1"]),
    ("AssignmentOperator", "a ??= b", ["a &&= b"]),
    ("AssignmentOperator", 'a += "b"', []),
    ("BlockStatement", "function f() { g() }", ["function f() {}"]),
    ("BlockStatement", "function f() { /* nothing */ }", []),
    ("BooleanLiteral", "f(true)", ["f(false)"]),
    ("BooleanLiteral", "f(!a.b)", ["f(a.b)"]),
    ("ConditionalExpression", "if (a) b()", ["if (true) b()", "if (false) b()"]),
    ("ConditionalExpression", "c = a ? 1 : 2", ["c = true ? 1 : 2", "c = false ? 1 : 2"]),
    ("ConditionalExpression", "c = a < b", ["c = true", "c = false"]),
    ("ConditionalExpression", "while (a) b()", ["while (false) b()"]),
    ("ConditionalExpression", "for (; a < b;) c()", ["for (; false;) c()"]),
    ("ConditionalExpression", "c = a ?? b", []),
    ("EqualityOperator", "a < b", ["a <= b", "a >= b"]),
    ("EqualityOperator", "a !== b", ["a === b"]),
    ("LogicalOperator", "a && b", ["a || b"]),
    ("LogicalOperator", "a ?? b", ["a && b"]),
    ("LogicalOperator", "a && b || c", ["(a && b) && c", "(a || b) || c"]),
    ("MethodExpression", "a.filter(f)", ["a"]),
    ("MethodExpression", "a.startsWith(b)", ["a.endsWith(b)"]),
    ("MethodExpression", "a.padStart(b)", []),
    ("ObjectLiteral", "f({ a })", ["f({})"]),
    ("ObjectLiteral", "f({})", []),
    ("OptionalChaining", "a?.b", ["a.b"]),
    ("OptionalChaining", "a?.[b]", ["a[b]"]),
    ("OptionalChaining", "a?.(b)", ["a(b)"]),
    ("StringLiteral", 'f("a")', ['f("")']),
    ("StringLiteral", 'f("")', ['f("mutated")']),
    ("StringLiteral", "f(`${a}\\n`)", ["f(``)"]),
    ("UnaryOperator", "f(-a)", ["f(+a)"]),
    ("UnaryOperator", "f(~a)", ["f(a)"]),
    ("UpdateOperator", "a++", ["a--"]),
]


@pytest.mark.parametrize(("operator", "source", "expected"), CASES)
def test_an_operator_makes_its_mutants(operator: str, source: str, expected: list[str]) -> None:
    assert made(source, operator) == expected


def test_every_operator_has_a_case() -> None:
    assert {operator for operator, _, _ in CASES} == set(OPERATORS)


@pytest.mark.parametrize(
    "source",
    [
        '// a < b\n/** @type {a && b} */\n"use strict"',
        'import { a } from "a"',
        'export { a } from "a"',
        'f("words for people")',
        "f(`not sent: ${a}`)",
        'f({ "a": b })',
        "html`<p>${() => a}</p>`",
    ],
)
def test_comments_imports_words_and_templates_are_left_alone(source: str) -> None:
    assert [m.mutated for m in mutants_of(source, SMALL) if m.operator != "ObjectLiteral"] == []


def test_an_object_of_words_for_people_is_left_alone() -> None:
    assert made('f({ a: "the one", b: "the other" })', "ObjectLiteral") == []


def test_a_function_that_decides_nothing_is_left_alone() -> None:
    source = "function made() { a() }\nfunction other() { b() }"
    assert [m.mutated for m in mutants_of(source, PLAIN)] == ["function other() {}"]


def test_a_plain_function_that_is_gone_is_told() -> None:
    with pytest.raises(MutantError, match=r"src/small\.js has no function made"):
        list(mutants_of("a()", PLAIN))


def test_a_source_that_is_no_javascript_is_told() -> None:
    with pytest.raises(MutantError, match="no JavaScript"):
        list(mutants_of("if (", SMALL))
