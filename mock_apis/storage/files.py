"""The persona's files: text files in folders that exist as long as a file lies in them."""

import difflib
import fnmatch
import hashlib

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Limit
from mock_apis.core.errors import Conflict, InvalidArgument, NotFound, ResourceExhausted
from mock_apis.storage.file_store import (
    FILES,
    File,
    FileHead,
    FilePath,
    FolderPath,
    HashText,
    head_of,
    ordered,
    require_free,
    save,
    within,
)

files = Domain(
    "files", category="storage", description="The user's text files. A folder exists while a file lies in it."
)


class Listing(Record):
    folder: FolderPath
    folders: list[FolderPath]
    total: int
    files: list[FileHead]


class FileList(Record):
    total: int
    files: list[FileHead]


class Hit(Record):
    path: FilePath
    line: int
    text: str


class Hits(Record):
    total: int
    hits: list[Hit]


class FileDiff(Record):
    added: int
    removed: int
    diff: str
    """Unified diff without context lines; empty if the files are equal."""


class Digest(Record):
    path: FilePath
    sha256: HashText
    bytes: int
    lines: int


class FolderUsage(Record):
    folder: FolderPath
    files: int
    bytes: int
    largest: FilePath | None


@files.tool(example={"folder": "/documents/"}, errors=[NotFound], kind="stateful")
def list_(w: World, folder: FolderPath = "/", limit: Limit = 10) -> Listing:
    """List the folders and files that lie directly in a folder, by name.

    folder: Folder with a slash at its end; the top folder / if left out.
    limit: At most this many files, and as many folders.
    """
    inside = within(w, folder)
    direct = [row for row in inside if "/" not in row.path[len(folder) :]]
    folders = sorted({f"{folder}{row.path[len(folder) :].split('/')[0]}/" for row in inside if row not in direct})
    return Listing(
        folder=folder, folders=folders[:limit], total=len(direct), files=[head_of(row) for row in direct[:limit]]
    )


@files.tool(example={"pattern": "*.csv"}, kind="stateful")
def find(w: World, pattern: str, limit: Limit = 10) -> FileList:
    """Find files anywhere by a pattern for their names.

    pattern: Name of at most 60 characters in which * stands for any text and ? for one sign, like *.csv
    limit: At most this many files, by path.
    """
    if len(pattern) > 60 or pattern.count("*") > 3:
        raise InvalidArgument("pattern: is over 60 characters or has more than three *")
    rows = [row for row in ordered(w) if fnmatch.fnmatchcase(row.path.rsplit("/", 1)[1], pattern)]
    return FileList(total=len(rows), files=[head_of(row) for row in rows[:limit]])


@files.tool(example={"text": "TODO"}, kind="stateful")
def search_text(w: World, text: str, folder: FolderPath = "/", limit: Limit = 10) -> Hits:
    """Find the lines of files that contain a text, in any case.

    text: Words to look for, as they stand; no patterns.
    folder: Only files in this folder and those below it.
    limit: At most this many lines.
    """
    if not text:
        raise InvalidArgument("text: is empty")
    hits = [
        Hit(path=row.path, line=number, text=line[:200])
        for row in ordered(w)
        if row.path.startswith(folder)
        for number, line in enumerate(row.text.split("\n"), 1)
        if text.casefold() in line.casefold()
    ]
    return Hits(total=len(hits), hits=hits[:limit])


@files.tool(example={"path": "@files_find.files[0].path"}, errors=[NotFound], kind="stateful")
def read(w: World, path: FilePath) -> File:
    """Read the whole text of a file.

    path: The file, as given by files_list, files_find or files_search_text.
    """
    return FILES.get(w, path)


@files.tool(
    example={"path": "/documents/packing.txt", "text": "Tent\nStove\n"},
    errors=[Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def write(w: World, path: FilePath, text: str, overwrite: bool = False) -> FileHead:
    """Write a text file; its folder comes into being with it.

    path: Where to write it, for example /documents/packing.txt
    text: The whole text, at most 2000 characters.
    overwrite: Whether a file that is there already is replaced.
    """
    if not overwrite:
        require_free(w, "path", path)
    return save(w, path, text)


@files.tool(
    example={"path": "@files_write.path", "text": "Torch\n"},
    errors=[NotFound, Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def append(w: World, path: FilePath, text: str) -> FileHead:
    """Add text at the end of a file.

    path: The file, as given by files_list or files_find.
    text: Text to add; no line break is put before it.
    """
    return save(w, path, FILES.get(w, path).text + text)


@files.tool(
    example={"path": "@files_write.path", "new_path": "/archive/packing.txt"},
    errors=[NotFound, Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def move(w: World, path: FilePath, new_path: FilePath) -> FileHead:
    """Move a file to another path, or rename it.

    path: The file as it is now.
    new_path: Where it is to be; no file may be there.
    """
    row = FILES.get(w, path)
    require_free(w, "new_path", new_path)
    FILES.remove(w, path)
    return save(w, new_path, row.text)


@files.tool(
    example={"path": "@files_find.files[0].path", "new_path": "/archive/copy.csv"},
    errors=[NotFound, Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def duplicate(w: World, path: FilePath, new_path: FilePath) -> FileHead:
    """Copy a file to another path and keep both.

    path: The file to copy.
    new_path: Where the copy is to be; no file may be there.
    """
    row = FILES.get(w, path)
    require_free(w, "new_path", new_path)
    return save(w, new_path, row.text)


@files.tool(example={"path": "@files_write.path"}, errors=[NotFound], writes=True, kind="stateful")
def delete(w: World, path: FilePath) -> FileHead:
    """Delete a file, and with the last file its folder.

    path: The file, as given by files_list or files_find.
    """
    return head_of(FILES.remove(w, path))


@files.tool(
    example={"path": "/documents/cv.txt", "other_path": "@files_write.path"}, errors=[NotFound], kind="stateful"
)
def diff(w: World, path: FilePath, other_path: FilePath) -> FileDiff:
    """Compare two files line by line.

    path: The earlier file.
    other_path: The later file.
    """
    one, two = FILES.get(w, path).text.splitlines(), FILES.get(w, other_path).text.splitlines()
    lines = list(difflib.unified_diff(one, two, lineterm="", n=0))[2:]
    added = sum(line.startswith("+") for line in lines)
    removed = sum(line.startswith("-") for line in lines)
    return FileDiff(added=added, removed=removed, diff="\n".join(lines)[:5000])


@files.tool(example={"path": "@files_find.files[0].path"}, errors=[NotFound], kind="stateful")
def digest(w: World, path: FilePath) -> Digest:
    """Work out the SHA-256 of a file, with its bytes and lines.

    path: The file, as given by files_list or files_find.
    """
    row = FILES.get(w, path)
    raw = row.text.encode()
    lines = len(row.text.splitlines())
    return Digest(path=path, sha256=hashlib.sha256(raw).hexdigest(), bytes=len(raw), lines=lines)


@files.tool(example={"folder": "/documents/"}, errors=[NotFound], kind="stateful")
def usage(w: World, folder: FolderPath = "/") -> FolderUsage:
    """Tell how many files and bytes a folder and those below it hold.

    folder: Folder with a slash at its end; the top folder / if left out.
    """
    rows = within(w, folder)
    sizes = {row.path: len(row.text.encode()) for row in rows}
    largest = max(sorted(sizes), key=lambda path: sizes[path], default=None)
    return FolderUsage(folder=folder, files=len(rows), bytes=sum(sizes.values()), largest=largest)
