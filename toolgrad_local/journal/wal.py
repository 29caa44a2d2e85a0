"""Reads a write-ahead log as it lies on the disk: SQLite takes its valid beginning and is silent about the rest.

The format is https://www.sqlite.org/fileformat2.html#walformat: a header of 32 bytes, then frames of a header of 24
bytes and a page. The salts of a frame say whether it is of this log or left over from an earlier one; its checksum
covers all that comes before it.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

HEADER, FRAME_HEADER = 32, 24
LITTLE_ENDIAN, BIG_ENDIAN = 0x377F0682, 0x377F0683
"""The first word: the byte order of the checksums."""
MASK = 0xFFFFFFFF

Sums = tuple[int, int]


@dataclass(frozen=True)
class LostTail:
    """What SQLite does not read of a write-ahead log, though it was written to this one."""

    start: int
    """The first byte of it."""
    commits: int
    """Transactions in it, as far as can be seen; a row each."""
    last: bool
    """True if it is the very last write alone: what a kill in the middle of a write leaves."""


@dataclass(frozen=True)
class Frame:
    """A page in the log."""

    start: int
    words: tuple[int, int, int, int, int, int]
    """Page, size of the database in pages if it ends a transaction, two salts, two checksums."""
    page: bytes

    def belongs_to(self, salts: Sums) -> bool:
        """True if one of the salts is right: an older frame has neither, one with a flipped bit has the other."""
        return self.words[2] == salts[0] or self.words[3] == salts[1]


def find_lost_tail(path: Path) -> LostTail | None:
    """None if all that was written to the log will be read, or there is no log."""
    content = path.read_bytes() if path.exists() else b""
    if not content:
        return None
    if len(content) < HEADER:
        return LostTail(0, 0, True)
    magic, _, page_size, _, *rest = struct.unpack(">8I", content[:HEADER])
    order = {LITTLE_ENDIAN: "<", BIG_ENDIAN: ">"}.get(magic, "")
    salts: Sums = (rest[0], rest[1])
    sums: Sums = (rest[2], rest[3])
    if not order or add_checksum(order, (0, 0), content[:24]) != sums:
        return LostTail(0, max(1, count_commits(cut_frames(content, page_size))), False)
    open_since: int | None = None
    frames = cut_frames(content, page_size)
    for frame in frames:
        if not frame.belongs_to(salts):
            break
        wanted = add_checksum(order, sums, content[frame.start : frame.start + 8] + frame.page)
        if frame.words[2:4] != salts or len(frame.page) < page_size or wanted != frame.words[4:]:
            later = [other for other in frames if other.belongs_to(salts)]
            return LostTail(frame.start, max(1, count_commits([frame, *later])), not later)
        sums = wanted
        open_since = None if frame.words[1] else open_since or frame.start
    return None if open_since is None else LostTail(open_since, 1, True)


def cut_frames(content: bytes, page_size: int) -> Iterator[Frame]:
    """The frames in order; the last one may be cut short."""
    if page_size < 512:
        page_size = 4096
    for start in range(HEADER, len(content) - FRAME_HEADER + 1, FRAME_HEADER + page_size):
        head = start + FRAME_HEADER
        yield Frame(start, struct.unpack(">6I", content[start:head]), content[head : head + page_size])


def count_commits(frames: Iterator[Frame] | list[Frame]) -> int:
    """Frames that end a transaction."""
    return sum(frame.words[1] != 0 for frame in frames)


def add_checksum(order: str, sums: Sums, content: bytes) -> Sums:
    """SQLite's checksum, carried on over more bytes; what is no whole number of eight is left out."""
    first, second = sums
    words = struct.unpack(f"{order}{len(content) // 8 * 2}I", content[: len(content) // 8 * 8])
    for even, odd in zip(islice(words, 0, None, 2), islice(words, 1, None, 2), strict=True):
        first = (first + even + second) & MASK
        second = (second + odd + first) & MASK
    return first, second
