"""The table of the persona's text files, and what keeps it in order."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.core import Record, Table, World
from mock_apis.core.entities import Entity, IsoDateTime
from mock_apis.core.errors import Conflict, NotFound, ResourceExhausted
from mock_apis.core.persona import people

FilePath = Annotated[str, Field(pattern=r"^(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$"), Entity("file.path")]
FolderPath = Annotated[str, Field(pattern=r"^/([A-Za-z0-9_-][A-Za-z0-9._-]*/)*$"), Entity("folder.path")]
HashText = Annotated[str, Entity("hash.hex")]
LONGEST_TEXT = 2000
LONGEST_PATH = 200
MOST_FILES = 100


class File(Record):
    path: FilePath
    text: str
    changed_at: IsoDateTime


class FileHead(Record):
    path: FilePath
    folder: FolderPath
    bytes: int
    changed_at: IsoDateTime


def seed_files(w: World) -> list[File]:
    """Eight files whose names and shares of text are drawn."""
    draw, known = w.draw("files"), people(w)[:4]
    guests = "name,email\n" + "".join(f"{person.name},{person.email}\n" for person in known)
    expenses = "month,item,amount\n" + "".join(
        f"{month},{item},{draw.amount(20, 400):.2f}\n"
        for month in ("2025-01", "2025-02")
        for item in ("food", "travel")
    )
    texts = {
        "/documents/cv.txt": "Profile\nPlans and runs small projects.\nSkills\nWriting, spreadsheets, first aid.\n",
        "/documents/letters/landlord.txt": "Dear landlord,\nthe heating in the kitchen has stopped working.\n",
        "/documents/party/guests.csv": guests,
        "/documents/party/todo.txt": f"Ask {known[0].name} for a speaker.\nBuy candles.\nTODO: order the cake\n",
        "/money/expenses.csv": expenses,
        "/money/rent.txt": f"Rent is {draw.between(6, 15) * 100} a month, due on the first.\n",
        "/projects/site/config.json": '{"title": "My page", "theme": "light", "posts_per_page": 10}\n',
        "/projects/site/index.html": '<h1>My page</h1><p>Hello!</p><a href="https://example.com/feed">Feed</a>\n',
    }
    return [
        File(
            path=path,
            text=text,
            changed_at=(w.now - timedelta(hours=draw.between(2, 2000))).isoformat(timespec="minutes"),
        )
        for path, text in texts.items()
    ]


FILES = Table("files", key="path", seed_rows=seed_files)


def ordered(w: World) -> list[File]:
    """Every file by path."""
    return sorted(FILES.all(w), key=lambda row: row.path)


def within(w: World, folder: str) -> list[File]:
    """The files in a folder and below it. Raises NotFound if there is no such folder."""
    rows = [row for row in ordered(w) if row.path.startswith(folder)]
    if not rows and folder != "/":
        raise NotFound(f"no folder '{folder[:80]}'; see files_list")
    return rows


def require_free(w: World, name: str, path: str) -> None:
    """Raises Conflict if a file is there."""
    if FILES.find(w, path) is not None:
        raise Conflict(f"{name} '{path}' exists already")


def save(w: World, path: str, text: str) -> FileHead:
    """Write a file. Raises Conflict where a folder and a file would have one name, or ResourceExhausted."""
    if len(text) > LONGEST_TEXT or len(path) > LONGEST_PATH:
        raise ResourceExhausted(
            f"path {path[:40]}: the file is over {LONGEST_TEXT} or its path over {LONGEST_PATH} characters"
        )
    taken = [row.path for row in FILES.all(w)]
    if path not in taken and len(taken) >= MOST_FILES:
        raise ResourceExhausted(f"path {path}: there are {MOST_FILES} files already; see files_delete")
    for other in taken:
        if other.startswith(f"{path}/") or path.startswith(f"{other}/"):
            raise Conflict(f"path '{path}': '{other}' has the same name as a folder or file on the way")
    return head_of(FILES.put(w, File(path=path, text=text, changed_at=w.now.isoformat(timespec="minutes"))))


def head_of(row: File) -> FileHead:
    """A file without its text."""
    folder = row.path[: row.path.rindex("/") + 1]
    return FileHead(path=row.path, folder=folder, bytes=len(row.text.encode()), changed_at=row.changed_at)
