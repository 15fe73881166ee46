"""Every mutant of ``make mutants`` still breaks something that is there."""

from __future__ import annotations

import ast

import pytest

from tests.mutants import MUTANTS, ROOT, Mutant, mutated


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_breaks_what_is_there_and_still_runs(mutant: Mutant) -> None:
    ast.parse(mutated(mutant, (ROOT / mutant.file).read_text()))
    assert mutant.tests
    assert all((ROOT / test).is_file() for test in mutant.tests)
