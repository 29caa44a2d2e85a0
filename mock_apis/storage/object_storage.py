"""Buckets of text objects with keys, and links by which they are shared."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Limit
from mock_apis.core.errors import Conflict, NotFound, PermissionDenied, ResourceExhausted
from mock_apis.network.addresses import Url
from mock_apis.storage.file_store import FILES, FileHead, FilePath, require_free
from mock_apis.storage.file_store import save as save_file
from mock_apis.storage.object_store import (
    BUCKETS,
    LINKS,
    OBJECTS,
    Access,
    Bucket,
    BucketName,
    BucketRow,
    LinkId,
    ObjectHead,
    ObjectKey,
    ObjectText,
    ShareLink,
    bucket_of,
    find,
    head_of,
    save,
)

object_storage = Domain(
    "object_storage",
    category="storage",
    description="The user's buckets of small text objects at a fictional provider.",
)


class Buckets(Record):
    total: int
    buckets: list[Bucket]


class ObjectList(Record):
    total: int
    objects: list[ObjectHead]


FIRST = "@object_storage_list.objects[0].key"
BACKUPS = "weekly-backups"


@object_storage.tool(example={}, kind="stateful")
def buckets(w: World) -> Buckets:
    """List the user's buckets with their number of objects and bytes."""
    rows = [bucket_of(w, row) for row in BUCKETS.all(w)]
    return Buckets(total=len(rows), buckets=rows[:20])


@object_storage.tool(
    example={"bucket": "trip-plans"}, errors=[Conflict, ResourceExhausted], writes=True, kind="stateful"
)
def create_bucket(w: World, bucket: BucketName, access: Access = "private") -> Bucket:
    """Create an empty bucket for text objects.

    bucket: A new name of lower-case letters, digits and hyphens.
    access: Whether its objects may be read by everybody.
    """
    if BUCKETS.find(w, bucket) is not None:
        raise Conflict(f"bucket '{bucket}' exists already")
    if len(BUCKETS.all(w)) >= 20:
        raise ResourceExhausted("bucket: there are 20 buckets already")
    return bucket_of(w, BUCKETS.put(w, BucketRow(bucket=bucket, access=access)))


@object_storage.tool(example={"bucket": BACKUPS}, errors=[NotFound], kind="stateful")
def list_(w: World, bucket: BucketName, prefix: str = "", limit: Limit = 5) -> ObjectList:
    """List the objects of a bucket by key.

    bucket: The bucket, as given by object_storage_buckets.
    prefix: Only keys that start with this text.
    limit: At most this many objects.
    """
    BUCKETS.get(w, bucket)
    rows = [row for row in OBJECTS.all(w) if row.bucket == bucket and row.key.startswith(prefix)]
    rows.sort(key=lambda row: row.key)
    return ObjectList(total=len(rows), objects=[head_of(row) for row in rows[:limit]])


@object_storage.tool(example={"bucket": BACKUPS, "key": FIRST}, errors=[NotFound], kind="stateful")
def get(w: World, bucket: BucketName, key: ObjectKey) -> ObjectText:
    """Read the text of an object in a bucket.

    bucket: The bucket, as given by object_storage_buckets.
    key: The object's key, as given by object_storage_list.
    """
    row = find(w, bucket, key)
    return ObjectText(bucket=bucket, key=key, text=row.text)


@object_storage.tool(
    example={"bucket": BACKUPS, "key": "notes/today.txt", "text": "All is well."},
    errors=[NotFound, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def put(w: World, bucket: BucketName, key: ObjectKey, text: str) -> ObjectHead:
    """Store a text under a key, in place of what is there.

    bucket: The bucket, as given by object_storage_buckets.
    key: Key such as notes/today.txt, at most 100 characters.
    text: Text of at most 2000 characters.
    """
    return save(w, bucket, key, text)


@object_storage.tool(
    example={"path": "/money/expenses.csv", "bucket": BACKUPS, "key": "money/expenses.csv"},
    errors=[NotFound, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def upload_file(w: World, path: FilePath, bucket: BucketName, key: ObjectKey) -> ObjectHead:
    """Store a copy of one of the user's files in a bucket.

    path: The file, as given by files_find or files_list.
    bucket: The bucket, as given by object_storage_buckets.
    key: Key for the object; what is there already is replaced.
    """
    return save(w, bucket, key, FILES.get(w, path).text)


@object_storage.tool(
    example={"bucket": BACKUPS, "key": FIRST, "path": "/restored/latest.csv"},
    errors=[NotFound, Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def download_to_file(w: World, bucket: BucketName, key: ObjectKey, path: FilePath) -> FileHead:
    """Write a copy of an object into a new file of the user.

    bucket: The bucket, as given by object_storage_buckets.
    key: The object's key, as given by object_storage_list.
    path: Where to write it; no file may be there.
    """
    row = find(w, bucket, key)
    require_free(w, "path", path)
    return save_file(w, path, row.text)


@object_storage.tool(example={"bucket": BACKUPS, "key": FIRST}, errors=[NotFound], writes=True, kind="stateful")
def delete(w: World, bucket: BucketName, key: ObjectKey) -> ObjectHead:
    """Delete an object and the links that share it.

    bucket: The bucket, as given by object_storage_buckets.
    key: The object's key, as given by object_storage_list.
    """
    row = find(w, bucket, key)
    for link in LINKS.all(w):
        if (link.bucket, link.key) == (bucket, key):
            LINKS.remove(w, link.link_id)
    return head_of(OBJECTS.remove(w, row.place))


@object_storage.tool(
    example={"bucket": BACKUPS, "key": FIRST, "hours": 48}, errors=[NotFound], writes=True, kind="stateful"
)
def share(w: World, bucket: BucketName, key: ObjectKey, hours: Annotated[int, Field(ge=1, le=168)] = 24) -> ShareLink:
    """Make a link by which anybody can read an object for some hours.

    bucket: The bucket, as given by object_storage_buckets.
    key: The object's key, as given by object_storage_list.
    hours: How long the link is good, 1 to 168 hours.
    """
    find(w, bucket, key)
    link_id = w.new_id("LNK")
    token = f"{w.draw('share', link_id).bits():016x}"
    expires = (w.now + timedelta(hours=hours)).isoformat(timespec="minutes")
    url = f"https://{bucket}.storage.example/{key}?token={token}"
    return LINKS.put(w, ShareLink(link_id=link_id, url=url, bucket=bucket, key=key, expires_at=expires))


@object_storage.tool(example={"url": "@object_storage_share.url"}, errors=[NotFound, PermissionDenied], kind="stateful")
def open_link(w: World, url: Url) -> ObjectText:
    """Read the object behind a share link, as a stranger would.

    url: The link, as given by object_storage_share.
    """
    for link in LINKS.all(w):
        if link.url == url:
            if link.expires_at < w.now.isoformat(timespec="minutes"):
                raise PermissionDenied(f"url: the link has expired at {link.expires_at}")
            return ObjectText(bucket=link.bucket, key=link.key, text=find(w, link.bucket, link.key).text)
    raise NotFound(f"no share link with url '{url[:80]}'")


@object_storage.tool(
    example={"link_id": "@object_storage_share.link_id"}, errors=[NotFound], writes=True, kind="stateful"
)
def revoke_link(w: World, link_id: LinkId) -> ShareLink:
    """End a share link before its time.

    link_id: The link, as given by object_storage_share.
    """
    return LINKS.remove(w, link_id)
