"""What `make mutants` makes of mutmut's words."""

from pathlib import Path

from specs import mutants
from specs.mutants import Equivalent, Mutant, equivalents, left_over, mutant_in, summary

DIFF = """# harness.a.x_f__mutmut_1: survived
--- harness/a.py
+++ harness/a.py
@@ -1,2 +1,2 @@
 def f(x: int) -> bool:
-    return x > 1
+    return x >= 1
"""
FIGURES = {"killed": 7, "survived": 2, "timeout": 1, "suspicious": 0, "no_tests": 0}
ONE = Mutant("harness.a.x_f__mutmut_1", "return x > 1", "return x >= 1")
TWO = Mutant("harness.a.x_g__mutmut_2", "g(None)", "g()")


def test_a_mutant_is_the_line_that_changed() -> None:
    assert mutant_in(ONE.name, DIFF.splitlines()) == ONE
    assert ONE.module == "harness.a"


def test_what_no_spec_noticed_is_left_over() -> None:
    told = (
        "    a.x__1: survived\n    a.x__2: not checked\n    a.x__3: no tests\n    a.x__4: timeout"
    )
    assert left_over(told) == ["a.x__1", "a.x__3"]


def test_survivors_are_told_and_fail() -> None:
    same = Equivalent("harness.a", TWO.became, "None is the default")
    lines, code = summary(FIGURES, [ONE, TWO], [same])
    assert code == 1
    assert lines == [
        "survived  harness.a.x_f__mutmut_1\n  - return x > 1\n  + return x >= 1",
        "8 of 9 mutants killed (88.9 %), 1 equivalent",
    ]


def test_where_all_that_is_left_means_the_same_it_is_good() -> None:
    known = [Equivalent("harness.a", one.became, "the same") for one in (ONE, TWO)]
    lines, code = summary(FIGURES, [ONE, TWO], known)
    assert (lines, code) == (["8 of 8 mutants killed (100.0 %), 2 equivalent"], 0)


def test_a_line_that_means_the_same_in_one_module_is_none_in_another() -> None:
    elsewhere = Equivalent("harness.b", ONE.became, "the same")
    assert summary(FIGURES, [ONE], [elsewhere])[1] == 1


def test_each_one_on_the_list_has_a_reason_and_its_line_was_never_in_the_source() -> None:
    room = Path(mutants.__file__).parent
    listed = equivalents((room / "equivalent_mutants.toml").read_text("utf-8"))
    assert listed
    for one in listed:
        assert one.reason
        source = (room.parent / f"{one.module.replace('.', '/')}.py").read_text("utf-8")
        assert one.became not in source
