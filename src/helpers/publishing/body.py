"""The body of a report: its sections joined, numbered, and every figure linked to its entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from bs4.element import AttributeValueList
from markupsafe import Markup

from helpers.errors import Place, ReportError, SectionFailedError
from helpers.inputs import headings
from helpers.inputs.params import Params
from helpers.notebook import markup
from helpers.publishing.sections import SectionExporter

UNNUMBERED = "summary"
"""The section that repeats what stands below; its tables have no numbers."""


@dataclass(frozen=True)
class Entry:
    """A line of the table of contents."""

    level: int
    id: str
    text: str


def section_bodies(
    executed: Sequence[Path], titles: Mapping[str, str], failed: dict[str, SectionFailedError]
) -> Iterator[str]:
    """Export the executed notebooks; a failed one gives its title, and what and why.

    Titles and failures are by file name. A notebook that shows anything but our own blocks
    has failed as well, and is added to the failures, as has one that cannot be exported.
    """
    exporter = SectionExporter()
    for number, path in enumerate(executed, 1):
        if path.name not in failed:
            try:
                yield exporter.section_html(f"s{number}", path)
                continue
            except ReportError as error:
                problem, place, hint = error.problem, error.place, error.hint
            except Exception as error:  # noqa: BLE001 - whatever one section shows, the others go on
                problem, hint = f"不能放入报告（{type(error).__name__}）", "请查看该笔记本的输出"
                place = Place(f"notebooks/{path.name}")
            failed[path.name] = SectionFailedError(problem, place=place, hint=hint)
        yield _failed(f"s{number}", titles[path.name], failed[path.name])


def _failed(id: str, title: str, error: SectionFailedError) -> str:
    return Markup(
        '<section id="{}"><h1>{}</h1><div class="failed"><p><strong>{}未能生成</strong></p>'
        "<p>{}</p></div></section>"
    ).format(id, title, headings.part(title), str(error))


def sign(body: BeautifulSoup, params: Params) -> None:
    """Put department and date below the last section, once everybody has signed."""
    if not all(filled for _, _, filled in params.sign_off):
        return
    titled = [(section, section.h1) for section in body.find_all("section", recursive=False)]
    own = [part for part, title in titled if title and not title.text.startswith(headings.ANNEX)]
    signature = Markup('<div class="signature"><p>{}</p><p>{}</p></div>').format(
        params.department, markup.day(params.sign_off[-1][-1])
    )
    code = own[-1].select_one("details.code")
    (code.insert_before if code else own[-1].append)(BeautifulSoup(signature, "html.parser"))


def number_headings(body: BeautifulSoup) -> list[Entry]:
    """Push headings one level down, give them ids, number the annexes, and list them all.

    An annex with a wide table is printed on the long side of the paper.
    """
    contents: list[Entry] = []
    annexes = count(1)
    for section in body.find_all("section", recursive=False):
        assert isinstance(section, Tag)
        title = section.h1
        if title and title.get_text().startswith(headings.ANNEX):
            title.string = headings.annex(title.get_text(), next(annexes))
        for number, heading in enumerate(section.find_all(["h1", "h2", "h3", "h4"])):
            level = int(heading.name[1]) + 1
            heading.name = f"h{level}"
            heading.attrs = {"id": f"{section['id']}-{number}"}
            if level <= 3:
                contents.append(Entry(level, str(heading["id"]), heading.get_text()))
        section["aria-labelledby"] = f"{section['id']}-0"
        if title and title.get_text().startswith(headings.ANNEX):
            turned = "turned" if section.find(class_="wide") else ""
            kinds = (*section.get_attribute_list("class"), "annex", turned)
            section["class"] = AttributeValueList(filter(None, kinds))
    return contents


def number_blocks(body: BeautifulSoup) -> None:
    """Number figures and tables through the report: 图1, 表1, …; each number links to itself."""
    counts: dict[str, int] = {}
    captions = (each.find(class_="number") for each in body.find_all(["figcaption", "caption"]))
    for number in filter(None, captions):
        section, block = number.find_parent("section"), number.find_parent(["table", "figure"])
        assert section
        assert block
        if section["id"] == UNNUMBERED:
            number.decompose()
            continue
        kind = number.get_text()
        counts[kind] = counts.get(kind, 0) + 1
        number.string = f"{kind}{counts[kind]}"
        number.name = "a"
        number["href"] = f"#{block['id']}"


def link_figures(body: BeautifulSoup) -> None:
    """Link each figure to its entry in the appendix, and list there where it stands."""
    heading = ""
    names: dict[int, str] = {}
    places: dict[str, list[tuple[str, str]]] = {}
    # by name alone: a class is looked for in each of some ten thousand elements, for seconds
    for element in _of_sections(body, ["h2", "h3", "h4", "data"]):
        if element.name != "data":
            heading = element.get_text()
            continue
        id = str(element["data-fact"])
        del element["title"]
        seen = places.setdefault(id, [])
        anchor = body.new_tag("a", href=f"#fact-{id}", id=f"at-{id}-{len(seen) + 1}")
        anchor["class"] = "figure-link"
        element.wrap(anchor)
        seen.append((str(anchor["id"]), f"{heading}{_block(element, names)}"))
    for entry in body.find_all("article"):
        if "fact-entry" not in entry.get_attribute_list("class"):
            continue
        listed = entry.find_all("dd")[-1]
        for id, words in places.get(str(entry["id"]).removeprefix("fact-"), []):
            link = body.new_tag("a", href=f"#{id}")
            link.string = words
            listed.extend([link, "；"])
        if listed.contents:
            listed.contents[-1].extract()
        else:
            listed.string = "正文未用，供计算或核对"


def _of_sections(body: BeautifulSoup, names: list[str]) -> Iterator[Tag]:
    """Elements by name, in order, but for those of the appendix."""
    for section in body.find_all("section", recursive=False):
        if "appendix" not in section.get_attribute_list("class"):
            yield from (element for element in section.find_all() if element.name in names)


def _block(element: Tag, names: dict[int, str]) -> str:
    """Which figure or table an element stands in, if any: by its number, or else its title.

    `names` keeps what was found for each.
    """
    blocks = [parent for parent in element.parents if parent.name in ("figure", "table")]
    if not blocks:
        return ""
    innermost = id(blocks[0])
    if innermost not in names:
        named = (block.select_one(name) for name in (".number", ".title") for block in blocks)
        name = next(filter(None, named), None)
        names[innermost] = f"，{name.get_text()}" if name else ""
    return names[innermost]
