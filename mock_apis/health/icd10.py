"""ICD-10-CM: chapters, blocks, categories and common codes of the US clinical modification."""

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import Entity, Limit
from mock_apis.core.errors import InvalidArgument, NotFound

icd10 = Domain(
    "icd10", category="health", description="Diagnosis codes of ICD-10-CM: all categories and the common codes below."
)

IcdCode = Annotated[str, Field(pattern=r"^[A-Z][0-9A-Z]{2}(\.[0-9A-Z]{1,4})?$"), Entity("icd10.code")]
BlockCode = Annotated[str, Field(pattern=r"^[A-Z][0-9A-Z]{2}-[A-Z][0-9A-Z]{2}$"), Entity("icd10.block")]
ChapterNumber = Annotated[int, Field(ge=1, le=22), Entity("icd10.chapter")]


class CodeHead(Record):
    code: IcdCode
    name: str
    billable: bool
    """Whether it has no longer codes below it, so that it can stand on a claim."""


class Code(CodeHead):
    parent: IcdCode | None
    """Null for a category, which lies in a block."""
    block: BlockCode
    chapter: ChapterNumber


class CodeList(Record):
    total: int
    codes: list[CodeHead]


class Children(CodeList):
    not_listed: int
    """Codes directly below that this service does not carry."""


class Ancestors(Record):
    code: IcdCode
    codes: list[CodeHead]
    """From the category down to the direct parent."""
    block: BlockCode
    block_name: str
    chapter: ChapterNumber
    chapter_name: str


class Chapter(Record):
    chapter: ChapterNumber
    name: str


class ChapterList(Record):
    total: int
    chapters: list[Chapter]


class Block(Record):
    block: BlockCode
    name: str


class BlockList(Record):
    total: int
    blocks: list[Block]


@cache
def rows_by_code() -> dict[str, dict[str, Any]]:
    """Every row of the table by its code; chapters by number."""
    return {row["code"]: row for row in load_rows("icd10")}


@cache
def children_of() -> dict[str, list[str]]:
    """Code to the codes directly below it, in their order."""
    found: dict[str, list[str]] = {}
    for row in load_rows("icd10"):
        found.setdefault(row["parent"] or "", []).append(row["code"])
    return found


@cache
def places() -> dict[str, tuple[str, int]]:
    """Category to its block and chapter."""
    rows = rows_by_code()
    return {
        code: (row["parent"], int(rows[row["parent"]]["parent"]))
        for code, row in rows.items()
        if row["level"] == "category"
    }


@cache
def searchable() -> tuple[tuple[str, dict[str, Any]], ...]:
    """Lower-case name and row of every category and code, shortest name first."""
    rows = [row for row in load_rows("icd10") if is_code(row)]
    rows.sort(key=lambda row: (len(row["name"]), row["code"]))
    return tuple((row["name"].casefold(), row) for row in rows)


def is_code(row: dict[str, Any]) -> bool:
    """Whether it is a category or a longer code."""
    return row["level"] in ("category", "code")


def code_of(argument: str, code: str) -> dict[str, Any]:
    """The row of a category or code. Raises NotFound."""
    row = rows_by_code().get(code)
    if row is None or not is_code(row):
        raise NotFound(f"no {argument} '{code}' is carried here; see icd10_search")
    return row


def head_of(row: dict[str, Any]) -> CodeHead:
    """Code, name and whether it is billable."""
    return CodeHead(code=row["code"], name=row["name"], billable=row["billable"])


@icd10.tool(example={"query": "low back pain"}, kind="data")
def search(
    w: World,
    query: str,
    chapter: ChapterNumber | None = None,
    level: Literal["any", "category", "billable"] = "any",
    limit: Limit = 5,
) -> CodeList:
    """Find ICD-10-CM codes whose name has all the words, shortest name first.

    query: Words of the English name, in any case; US spelling.
    chapter: Only codes of this chapter, 1 to 22.
    level: category for three-character codes only, billable for codes that have none below.
    limit: At most this many codes.
    """
    words = query.casefold().split()[:20]
    if not words:
        raise InvalidArgument("query: give at least one word")
    found = [row for name, row in searchable() if words[0] in name and all(word in name for word in words)]
    if level != "any":
        found = [row for row in found if (row["level"] == "category" if level == "category" else row["billable"])]
    if chapter is not None:
        found = [row for row in found if places()[row["code"][:3]][1] == chapter]
    return CodeList(total=len(found), codes=[head_of(row) for row in found[:limit]])


@icd10.tool(example={"code": "E11.9"}, errors=[NotFound], kind="data")
def get(w: World, code: IcdCode) -> Code:
    """Show a diagnosis code with its name, parent, block and chapter.

    code: The code with its dot, for example E11.9.
    """
    row = code_of("code", code)
    block, chapter = places()[code[:3]]
    parent = row["parent"] if row["level"] == "code" else None
    return Code(**head_of(row).model_dump(), parent=parent, block=block, chapter=chapter)


@icd10.tool(example={"code": "J45"}, errors=[NotFound], kind="data")
def children(w: World, code: IcdCode, limit: Limit = 10) -> Children:
    """List the diagnosis codes one level below a category or code.

    code: A category or a code that is not billable, for example J45.
    limit: At most this many codes.
    """
    row = code_of("code", code)
    below = [head_of(rows_by_code()[child]) for child in children_of().get(code, ())]
    return Children(total=len(below), codes=below[:limit], not_listed=row["left_out"])


@icd10.tool(example={"code": "J45.909"}, errors=[NotFound], kind="data")
def ancestors(w: World, code: IcdCode) -> Ancestors:
    """Trace a diagnosis code up to its category, block and chapter.

    code: The code with its dot, for example J45.909.
    """
    row, above = code_of("code", code), []
    while row["level"] == "code":
        row = rows_by_code()[row["parent"]]
        above.append(head_of(row))
    block, chapter = places()[code[:3]]
    return Ancestors(
        code=code,
        codes=above[::-1],
        block=block,
        block_name=rows_by_code()[block]["name"],
        chapter=chapter,
        chapter_name=rows_by_code()[str(chapter)]["name"],
    )


@icd10.tool(example={}, kind="data")
def chapters(w: World) -> ChapterList:
    """List the 22 chapters of ICD-10-CM with number and name."""
    rows = [Chapter(chapter=number, name=rows_by_code()[str(number)]["name"]) for number in range(1, 23)]
    return ChapterList(total=len(rows), chapters=rows)


@icd10.tool(example={"chapter": 10}, kind="data")
def blocks(w: World, chapter: ChapterNumber, limit: Annotated[int, Field(ge=1, le=40)] = 20) -> BlockList:
    """List the blocks of codes that a chapter of ICD-10-CM is made of.

    chapter: Number of the chapter, 1 to 22, as given by icd10_chapters.
    limit: At most this many blocks.
    """
    rows = [Block(block=code, name=rows_by_code()[code]["name"]) for code in children_of()[str(chapter)]]
    return BlockList(total=len(rows), blocks=rows[:limit])


@icd10.tool(example={"block": "@icd10_blocks.blocks[0].block"}, errors=[NotFound], kind="data")
def categories(w: World, block: BlockCode, limit: Limit = 10) -> CodeList:
    """List the three-character categories of a block of ICD-10-CM.

    block: First and last category, for example J00-J06, as given by icd10_blocks.
    limit: At most this many categories.
    """
    if block not in rows_by_code():
        raise NotFound(f"no block '{block}'; see icd10_blocks")
    rows = [head_of(rows_by_code()[code]) for code in children_of().get(block, ())]
    return CodeList(total=len(rows), codes=rows[:limit])
