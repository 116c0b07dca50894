"""A run's report as a notebook shows it: its own sentences, tables and charts, and exploring."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, TypeGuard

import pandas as pd

from helpers.blocks.model import Figure, Grid, OutputBlock, Paragraph, numbers_in, sentence_id
from helpers.blocks.words import Words, joined, with_unit, words
from helpers.errors import ReportError
from helpers.figures.facts import Facts
from helpers.figures.number import Number
from helpers.inputs.data_frames import ABSENT
from helpers.inputs.names import known
from helpers.inputs.narrative import placeholders
from helpers.notebook.exploring import Exploring
from helpers.notebook.frames import NOTHING, as_term, columns_of, in_words, rows_of, units
from helpers.notebook.identity import DifferingFigureError, Figures
from helpers.notebook.own_words import own_paragraphs
from helpers.notebook.prose import Named, fill, for_review, refuse_typed, sources_of
from helpers.notebook.shown import Shown
from helpers.run import Run

KEY = re.compile(r"[A-Za-z0-9-]+")
Frame: TypeAlias = "pd.DataFrame | pd.Series[Any]"


class Report(Exploring):
    """A run's report: what a cell shows with it stands in the report, in the same words.

    In a build (`strict`) a figure that a notebook computes otherwise than the evaluation is an
    error; in JupyterLab the block shows it as a finding.
    """

    def __init__(self, run: Run, *, strict: bool = False, other: bool = False) -> None:
        super().__init__(run, other=other)
        self._strict = strict
        self._figures = Figures(run.facts, self.run.facts)
        self._differences: list[str] = []

    def say(
        self,
        sentence: str,
        /,
        *,
        when: str | Sequence[str] = (),
        unless: str | Sequence[str] = (),
        key: str = "",
        **given: Number | str | pd.Timestamp | pd.Series[Any],
    ) -> Shown:
        """A sentence with its numbers: `{name}` is one given, a figure by its id, or a word.

        A column of numbers is said in a row, each behind its name: 党委六项、人大五项.

        It is said where every figure of `when` has a value and none of `unless` has. What it
        rests on follows from its numbers. Raises `ReportError` for a digit typed into it, a
        name there is not, and a number that is no figure.
        """
        refuse_typed(sentence)
        figures = Named({n: each for n, each in given.items() if _is_number(each)}, self.run.facts)
        if lacks := [id for id in _listed(when) if not figures[id].defined]:
            return self._nothing(f"这一句不写：没有{figures[lacks[0]].label}")
        if has := [id for id in _listed(unless) if figures[id].defined]:
            return self._nothing(f"这一句不写：已有{figures[has[0]].label}")
        words = self._filled(sentence, given)
        known_names = {*figures, *self.run.facts}
        told = [figures[name] for name in placeholders(sentence) if name in known_names]
        told += [n for each in given.values() if isinstance(each, pd.Series) for n in each]
        rests_on = [*told, *(figures[id] for id in (*_listed(when), *_listed(unless)))]
        return self._shown(
            Paragraph(
                f"text-{_key(key) or sentence_id(sentence)}",
                words,
                basis=sources_of(words.numbers),
                for_review=any(map(for_review, rests_on)),
            )
        )

    def text(self, key: str) -> Shown:
        """What the department itself wrote under a key, in `叙述.csv` of the run's data."""
        self._seen.names["texts"].add(key)
        shown = list(own_paragraphs(self.run, key))
        if not shown:
            return self._nothing(f"{self.run.params.data}/叙述.csv 中没有“{key}”的文字")
        return self._shown(*shown)

    def show(
        self,
        frame: Frame,
        title: str,
        /,
        *,
        key: str = "",
        total: Sequence[Number | str] = (),
        note: str = "",
        absent: str = "",
        blank: str | Mapping[str, str] = NOTHING,
        codes: Sequence[str] = (),
        merged: int = 0,
        groups: Mapping[str, Sequence[str]] | None = None,
        for_review_only: bool = False,
    ) -> Shown:
        """A DataFrame as a table of the report; `{year}` in its title is the run's.

        `total` is a last row; `absent` says why there is nothing, or else the table itself;
        `blank` is what stands in an empty cell, of all columns or by column; `codes` are
        columns of names made of digits. In the first `merged` columns equal cells are one;
        `groups` have a head of their own above theirs. Raises `ReportError` for a number that
        is no figure.
        """
        refuse_typed(note)
        table = columns_of(frame)
        unit, head = units(table)
        heads = dict(zip(table.columns, head, strict=True))
        rows = list(rows_of(table, self._figure, blank, codes))
        if rows and len(total):
            rows.append([self._total(each) for each in total])
        instead = absent or str(frame.attrs.get(ABSENT, "没有数据。"))
        if not rows and not instead:
            return self._nothing(f"没有可列的数据：{self._title(title)}")
        grid = Grid(
            f"table-{_key(key) or sentence_id(title)}",
            self._title(title),
            head,
            rows,
            unit,
            total=bool(len(total)),
            note=fill(note, self.run.facts, self.run.words) if note else "",
            absent=instead,
            merged=merged,
            groups={
                name: [heads.get(each, each) for each in held]
                for name, held in (groups or {}).items()
            },
            for_review=for_review_only,
        )
        return self._shown(grid)

    def figure(
        self,
        axes: Any,  # noqa: ANN401 - matplotlib's, one or an array of them
        data: Frame,
        title: str,
        reading: str = "",
        /,
        *,
        key: str = "",
        when: str | Sequence[str] = (),
        **given: Number | str | pd.Timestamp,
    ) -> Shown:
        """A drawing of any matplotlib axes, pandas' own too, with the data it shows.

        Title and `reading`, the sentence that reads it, are filled in as `say` does. The data
        stand below it as a table, and as words for who cannot see it. Without axes or data, or
        where a figure of `when` has no value, it says that there is nothing to draw.
        """
        from helpers.notebook.marks import mark_columns
        from helpers.notebook.svg import svg

        refuse_typed(reading)
        id, name = _key(key) or sentence_id(title), self._title(title)
        lacks = any(not self.run.facts[id].defined for id in _listed(when))
        if axes is None or lacks or not len(data):
            return self._nothing(f"没有可画的数据：{name}")
        table = columns_of(data)
        unit, head = units(table)
        grid = Grid(f"table-{id}-numbers", name, head, list(rows_of(table, self._figure)), unit)
        alt = in_words(grid.head, grid.rows)
        among = self._figures.among(numbers_in(grid))
        mark_columns(drawing := _drawing(axes), table)
        drawn = svg(drawing, id, name, alt, given=self.run.fonts, figure_of=among)
        words = self._filled(reading, given)
        return self._shown(Figure(f"figure-{id}", name, alt, drawn, words, grid))

    def table(self, name: str) -> Shown:
        """An official form by name: 评价得分, or 评分表, a table a part."""
        from helpers.notebook.tables import FORMS

        return self._shown(*known(FORMS, name, "表")(self.run))

    def projects(self) -> Shown:
        """A page for each project."""
        from helpers.notebook.tables.projects import project_pages

        return self._shown(*project_pages(self.run))

    @property
    def _ledger(self) -> Mapping[str, Number]:
        """The figures of the run and those made here, for looking them up."""
        return {**self.run.facts, **self._figures.made}

    def tell_opened(self) -> None:
        """Put what was opened since the last block among the outputs of the cell that ran."""
        from IPython.display import display

        if self._seen.pending:
            display(Shown((), opened=self._seen.take()))

    def _filled(self, sentence: str, given: Mapping[str, object]) -> Words:
        """A sentence with what it names filled in: what is given, figures, words of the run."""
        numbers = {name: self._figure(each) for name, each in given.items() if _is_number(each)}
        texts = {n: self._term(each) for n, each in given.items() if n not in numbers}
        terms = {name: word for name, word in self.run.words.items() if name not in numbers} | texts
        return fill(sentence, Named(numbers, self.run.facts), terms)

    def _term(self, given: object) -> str | Words:
        """A word of a sentence; of a column each number behind its name."""
        if not isinstance(given, pd.Series):
            return as_term(given)
        said = (
            words(str(name), with_unit(self._figure(each)) if _is_number(each) else as_term(each))
            for name, each in given.items()
        )
        return joined("、", said)

    def _total(self, cell: Number | str) -> Number | str:
        if _is_number(cell):
            return self._figure(cell)
        refuse_typed(str(cell))
        return str(cell)

    def _title(self, title: str) -> str:
        """A title with the words of the run; a number in it would not be traced."""
        refuse_typed(title)
        return fill(title, Facts(), self.run.words).text

    def _figure(self, number: Number) -> Number:
        """The figure a number is; in JupyterLab a difference is told, and the number shown."""
        try:
            return self._figures.figure(number)
        except DifferingFigureError as differing:
            if self._strict:
                raise
            self._differences.append(f"{differing.problem}。{differing.hint}")
            return number

    def _shown(self, *blocks: OutputBlock) -> Shown:
        differences, self._differences = self._differences, []
        made = list(self._figures.made.values())
        return Shown(
            blocks,
            made=made,
            known=self.run.facts,
            opened=self._seen.take(),
            differences=differences,
        )

    def _nothing(self, why: str) -> Shown:
        """Nothing in the report; in the notebook why."""
        return Shown((), opened=self._seen.take(), why=why)


def _is_number(given: object) -> TypeGuard[Number]:
    return isinstance(given, Number)


def _key(key: str) -> str:
    """A key as it is given; raises `ReportError` for one no id can be made of."""
    if key and not KEY.fullmatch(key):
        raise ReportError(f"key“{key}”写法不对", hint="只用英文字母、数字和连字符")
    return key


def _drawing(axes: Any) -> Any:  # noqa: ANN401 - axes, or an array of them as pandas gives
    """The matplotlib figure that axes stand in."""
    while hasattr(axes, "__len__"):
        axes = axes[0]
    return axes.get_figure()


def _listed(names: str | Sequence[str]) -> Sequence[str]:
    return [names] if isinstance(names, str) else names
