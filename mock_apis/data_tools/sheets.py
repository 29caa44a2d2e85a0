"""The persona's spreadsheets: cells with texts, numbers and formulas."""

from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import Entity, IsoDateTime, Limit
from mock_apis.core.errors import InvalidArgument, NotFound, ResourceExhausted
from mock_apis.core.persona import people
from mock_apis.data_tools.csv_text import CsvText, load_csv, plain, write_csv
from mock_apis.data_tools.sheets_formula import LAST_ROW, cell_place, cells_of, compute, parse, value_of

sheets = Domain(
    "sheets", category="data_tools", description="The user's spreadsheets with formulas, columns A to Z, rows 1 to 100."
)

SheetId = Annotated[str, Field(pattern=r"^SHT-[0-9A-F]{6}$"), Entity("sheet.id")]
CellName = Annotated[str, Field(pattern=r"^[A-Z][1-9][0-9]?[0-9]?$"), Entity("sheet.cell")]
AreaName = Annotated[str, Field(pattern=r"^[A-Z][1-9][0-9]?[0-9]?(:[A-Z][1-9][0-9]?[0-9]?)?$"), Entity("sheet.area")]
MOST_CELLS = 200
LONGEST_CELL = 120


class Sheet(Record):
    """A row of the table."""

    sheet_id: SheetId
    title: str
    cells: dict[str, str]
    """What was typed into each filled cell."""
    changed_at: IsoDateTime


class SheetHead(Record):
    sheet_id: SheetId
    title: str
    used_area: AreaName | None
    """Null for an empty sheet."""
    formulas: int
    changed_at: IsoDateTime


class SheetList(Record):
    total: int
    sheets: list[SheetHead]


class CellValue(Record):
    cell: CellName
    content: str
    """What was typed: a text, a number or a formula."""
    value: str
    """What the cell shows; an error starts with #."""


class Cells(Record):
    sheet_id: SheetId
    total: int
    """Filled cells."""
    cells: list[CellValue]


class Evaluation(Record):
    value: str
    """A number or text; an error starts with #."""


class SheetCsv(Record):
    csv_text: CsvText
    rows: int


def seed_sheets(w: World) -> list[Sheet]:
    """A budget, and who owes what after a shared trip."""
    draw = w.draw("sheets")
    budget = {"A1": "Item", "B1": "Planned", "C1": "Spent", "D1": "Left"}
    for row, item in enumerate(("Rent", "Food", "Transport", "Leisure"), 2):
        planned = draw.between(8, 90) * 10
        budget |= {f"A{row}": item, f"B{row}": str(planned), f"C{row}": str(planned + draw.between(-40, 40))}
        budget[f"D{row}"] = f"=B{row}-C{row}"
    budget |= {"A6": "Total", "B6": "=SUM(B2:B5)", "C6": "=SUM(C2:C5)", "D6": "=B6-C6"}
    trip = {"A1": "Who", "B1": "Paid"}
    for row, person in enumerate(people(w)[:4], 2):
        trip |= {f"A{row}": person.name, f"B{row}": f"{draw.amount(0, 90):.2f}"}
    trip |= {"A6": "Share each", "B6": "=SUM(B2:B5)/4"}
    return [
        Sheet(sheet_id=f"SHT-{draw.bits() % 0x1000000:06X}", title=title, cells=cells, changed_at=stamp(w))
        for title, cells in (("Monthly budget", budget), ("Trip expenses", trip))
    ]


def stamp(w: World) -> str:
    """Now."""
    return w.now.isoformat(timespec="minutes")


SHEETS = Table("sheets", key="sheet_id", seed_rows=seed_sheets)


@sheets.tool(example={}, kind="stateful")
def list_(w: World, query: str = "", limit: Limit = 5) -> SheetList:
    """List the user's spreadsheets with the areas that are filled.

    query: Text that the title contains, in any case; all sheets if left out.
    limit: At most this many sheets.
    """
    rows = [row for row in SHEETS.all(w) if query.casefold() in row.title.casefold()]
    return SheetList(total=len(rows), sheets=[head_of(row) for row in rows[:limit]])


@sheets.tool(
    example={"title": "Reading list", "table": "Title,Pages\nEmma,474\n"},
    errors=[ResourceExhausted],
    writes=True,
    kind="stateful",
)
def create(w: World, title: str, table: CsvText = "") -> SheetHead:
    """Create a spreadsheet, empty or filled from a CSV table.

    title: Heading of at most 100 characters.
    table: CSV text whose header goes to row 1; the sheet is empty if left out. Formulas start with =.
    """
    if len(title) > 100:
        raise ResourceExhausted(f"title: {len(title)} characters are over 100")
    cells: dict[str, str] = {}
    if table:
        grid = load_csv("table", table)
        for number, line in enumerate([grid.header, *grid.rows], 1):
            cells |= row_cells(number, line)
    return save(w, Sheet(sheet_id=w.new_id("SHT"), title=title, cells=cells, changed_at=stamp(w)))


@sheets.tool(
    example={"sheet_id": "@sheets_list.sheets[0].sheet_id", "area": "A1:D3"},
    errors=[NotFound, ResourceExhausted],
    kind="stateful",
)
def read(w: World, sheet_id: SheetId, area: AreaName) -> Cells:
    """Read the filled cells of an area, with formulas and their values.

    sheet_id: The sheet, as given by sheets_list.
    area: One cell or two corners of an area of at most 60 filled cells, for example A1:D6.
    """
    row = SHEETS.get(w, sheet_id)
    wanted = [cell for line in cells_of("area", area) for cell in line if cell in row.cells]
    if len(wanted) > 60:
        raise ResourceExhausted(f"area {area} has {len(wanted)} filled cells, over 60; read it in parts")
    values = compute(row.cells)
    cells = [CellValue(cell=cell, content=row.cells[cell], value=str(shown(values[cell]))) for cell in wanted]
    return Cells(sheet_id=sheet_id, total=len(cells), cells=cells)


@sheets.tool(
    example={"sheet_id": "@sheets_list.sheets[0].sheet_id", "cell": "E2", "content": "=D2/B2"},
    errors=[NotFound, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def write_cell(w: World, sheet_id: SheetId, cell: CellName, content: str) -> CellValue:
    """Type a text, a number or a formula into one cell.

    sheet_id: The sheet, as given by sheets_list.
    cell: The cell, A1 to Z100.
    content: What to type, at most 120 characters; a formula starts with =, an empty text clears it.
    """
    row = SHEETS.get(w, sheet_id)
    cell_place("cell", cell)
    check_content("content", content)
    cells = {**row.cells, cell: content}
    if not content:
        del cells[cell]
    save(w, row.model_copy(update={"cells": cells}))
    value = str(shown(compute(cells).get(cell, "")))
    return CellValue(cell=cell, content=content, value=value)


@sheets.tool(
    example={"sheet_id": "@sheets_list.sheets[0].sheet_id", "values": ["Gifts", "50", "20"]},
    errors=[NotFound, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def append_row(w: World, sheet_id: SheetId, values: Annotated[list[str], Field(min_length=1, max_length=26)]) -> Cells:
    """Fill the row below the last used one with values from column A on.

    sheet_id: The sheet, as given by sheets_list.
    values: Contents of the cells from column A on; an empty text leaves a cell empty.
    """
    row = SHEETS.get(w, sheet_id)
    number = max((cell_place("values", cell)[1] for cell in row.cells), default=0) + 1
    added = row_cells(number, values)
    if not added:
        raise InvalidArgument("values: all of them are empty")
    cells = {**row.cells, **added}
    save(w, row.model_copy(update={"cells": cells}))
    computed = compute(cells)
    written = [CellValue(cell=cell, content=text, value=str(shown(computed[cell]))) for cell, text in added.items()]
    return Cells(sheet_id=sheet_id, total=len(written), cells=written)


@sheets.tool(
    example={"sheet_id": "@sheets_list.sheets[0].sheet_id", "formula": "=AVERAGE(B2:B5)"},
    errors=[NotFound],
    kind="stateful",
)
def evaluate(w: World, sheet_id: SheetId, formula: str) -> Evaluation:
    """Work out a formula over a sheet's cells without writing it anywhere.

    sheet_id: The sheet, as given by sheets_list.
    formula: Starts with =; has + - * / ^, comparisons, SUM AVERAGE MEDIAN MIN MAX COUNT ROUND ABS SQRT IF.
    """
    row = SHEETS.get(w, sheet_id)
    if not formula.startswith("="):
        raise InvalidArgument(f"formula '{formula[:40]}' does not start with =")
    return Evaluation(value=str(shown(value_of(parse("formula", formula)[0], compute(row.cells)))))


@sheets.tool(
    example={"sheet_id": "@sheets_list.sheets[0].sheet_id", "area": "A1:D6"},
    errors=[NotFound, ResourceExhausted],
    kind="stateful",
)
def export_csv(w: World, sheet_id: SheetId, area: AreaName) -> SheetCsv:
    """Export the values of an area as CSV, its first row as the header.

    sheet_id: The sheet, as given by sheets_list.
    area: Two corners of the area, for example A1:D6; the cells of its first row must differ.
    """
    row = SHEETS.get(w, sheet_id)
    values = compute(row.cells)
    lines = [[str(shown(values.get(cell, ""))) for cell in line] for line in cells_of("area", area)]
    text = write_csv("area", lines[0], lines[1:])
    load_csv("area", text)
    return SheetCsv(csv_text=text, rows=len(lines) - 1)


@sheets.tool(example={"sheet_id": "@sheets_list.sheets[0].sheet_id"}, errors=[NotFound], writes=True, kind="stateful")
def delete(w: World, sheet_id: SheetId) -> SheetHead:
    """Throw a spreadsheet away with everything in it.

    sheet_id: The sheet, as given by sheets_list.
    """
    return head_of(SHEETS.remove(w, sheet_id))


def head_of(row: Sheet) -> SheetHead:
    """A sheet without its cells."""
    places = [cell_place("cell", cell) for cell in row.cells]
    area = None
    if places:
        columns, rows = [x for x, _ in places], [y for _, y in places]
        area = f"{chr(64 + min(columns))}{min(rows)}:{chr(64 + max(columns))}{max(rows)}"
    formulas = sum(content.startswith("=") for content in row.cells.values())
    return SheetHead(
        sheet_id=row.sheet_id, title=row.title, used_area=area, formulas=formulas, changed_at=row.changed_at
    )


def row_cells(number: int, contents: list[str]) -> dict[str, str]:
    """The filled cells of one row. Raises ResourceExhausted or InvalidArgument."""
    if number > LAST_ROW or len(contents) > 26:
        raise ResourceExhausted(f"row {number} or column {len(contents)} lies beyond Z{LAST_ROW}")
    for content in contents:
        check_content("table", content)
    return {f"{chr(65 + at)}{number}": content for at, content in enumerate(contents) if content}


def check_content(name: str, content: str) -> None:
    """Raises ResourceExhausted or InvalidArgument for what cannot stand in a cell."""
    if len(content) > LONGEST_CELL:
        raise ResourceExhausted(f"{name}: a cell holds at most {LONGEST_CELL} characters")
    if content.startswith("="):
        parse(name, content)


def save(w: World, row: Sheet) -> SheetHead:
    """Store a sheet as changed now. Raises ResourceExhausted if it has too many cells."""
    if len(row.cells) > MOST_CELLS:
        raise ResourceExhausted(f"sheet_id {row.sheet_id} would have over {MOST_CELLS} filled cells")
    return head_of(SHEETS.put(w, row.model_copy(update={"changed_at": stamp(w)})))


def shown(value: float | str) -> float | int | str:
    """A value as a cell shows it: ten significant digits, no needless .0."""
    return value if isinstance(value, str) else plain(float(f"{value:.10g}"))
