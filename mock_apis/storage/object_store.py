"""The tables of buckets, objects and share links."""

import hashlib
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Record, Table, World
from mock_apis.core.entities import Entity, IsoDateTime
from mock_apis.core.errors import NotFound, ResourceExhausted
from mock_apis.network.addresses import Url
from mock_apis.storage.file_store import HashText

BucketName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{2,40}$"), Entity("bucket.name")]
ObjectKey = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]*$"), Entity("object.key")]
LinkId = Annotated[str, Field(pattern=r"^LNK-[0-9A-F]{6}$"), Entity("share_link.id")]
Access = Literal["private", "public"]
MOST_OBJECTS = 50
LONGEST_TEXT = 2000


class Bucket(Record):
    bucket: BucketName
    access: Access
    objects: int
    bytes: int


class BucketRow(Record):
    bucket: BucketName
    access: Access


class ObjectRow(Record):
    place: str
    """Bucket and key."""
    bucket: BucketName
    key: ObjectKey
    text: str
    changed_at: IsoDateTime


class ObjectHead(Record):
    bucket: BucketName
    key: ObjectKey
    bytes: int
    sha256: HashText
    changed_at: IsoDateTime


class ObjectText(Record):
    bucket: BucketName
    key: ObjectKey
    text: str


class ShareLink(Record):
    link_id: LinkId
    url: Url
    bucket: BucketName
    key: ObjectKey
    expires_at: IsoDateTime


def seed_buckets(w: World) -> list[BucketRow]:
    """Three buckets, the same in every world."""
    return [
        BucketRow(bucket="family-photos-index", access="private"),
        BucketRow(bucket="public-downloads", access="public"),
        BucketRow(bucket="weekly-backups", access="private"),
    ]


def seed_objects(w: World) -> list[ObjectRow]:
    """Five objects of the last weeks."""
    draw = w.draw("object_storage")
    texts = {
        "family-photos-index 2024/summer.txt": f"{draw.between(40, 300)} pictures of the lake",
        "family-photos-index 2024/winter.txt": f"{draw.between(40, 300)} pictures of snow",
        "public-downloads robots.txt": "User-agent: *\nDisallow: /private/\n",
        "weekly-backups notes/latest.json": f'{{"notes": {draw.between(3, 40)}, "complete": true}}',
        "weekly-backups contacts/latest.csv": "name,phone\nMia Stone,+4930000000\n",
    }
    return [
        ObjectRow(
            place=place,
            bucket=place.split()[0],
            key=place.split()[1],
            text=text,
            changed_at=(w.now - timedelta(hours=draw.between(3, 900))).isoformat(timespec="minutes"),
        )
        for place, text in texts.items()
    ]


def seed_links(w: World) -> list[ShareLink]:
    """No link is shared at first."""
    return []


BUCKETS = Table("object_storage_buckets", key="bucket", seed_rows=seed_buckets)
OBJECTS = Table("object_storage_objects", key="place", seed_rows=seed_objects)
LINKS = Table("object_storage_links", key="link_id", seed_rows=seed_links)


def find(w: World, bucket: str, key: str) -> ObjectRow:
    """The object. Raises NotFound."""
    BUCKETS.get(w, bucket)
    row = OBJECTS.find(w, f"{bucket} {key}")
    if row is None:
        raise NotFound(f"no key '{key[:80]}' in bucket '{bucket}'; see object_storage_list")
    return row


def save(w: World, bucket: str, key: str, text: str) -> ObjectHead:
    """Store an object. Raises NotFound or ResourceExhausted."""
    BUCKETS.get(w, bucket)
    if len(text) > LONGEST_TEXT or len(key) > 100:
        raise ResourceExhausted(f"key {key[:40]}: the text is over {LONGEST_TEXT} or the key over 100 characters")
    place = f"{bucket} {key}"
    if OBJECTS.find(w, place) is None and len(OBJECTS.all(w)) >= MOST_OBJECTS:
        raise ResourceExhausted(f"key {key}: there are {MOST_OBJECTS} objects already; see object_storage_delete")
    changed_at = w.now.isoformat(timespec="minutes")
    return head_of(OBJECTS.put(w, ObjectRow(place=place, bucket=bucket, key=key, text=text, changed_at=changed_at)))


def bucket_of(w: World, row: BucketRow) -> Bucket:
    """A bucket with what it holds."""
    sizes = [len(item.text.encode()) for item in OBJECTS.all(w) if item.bucket == row.bucket]
    return Bucket(bucket=row.bucket, access=row.access, objects=len(sizes), bytes=sum(sizes))


def head_of(row: ObjectRow) -> ObjectHead:
    """An object without its text."""
    raw = row.text.encode()
    return ObjectHead(
        bucket=row.bucket,
        key=row.key,
        bytes=len(raw),
        sha256=hashlib.sha256(raw).hexdigest(),
        changed_at=row.changed_at,
    )
