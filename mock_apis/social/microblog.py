"""A social network of short posts, on which everybody whom the persona knows has an account."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.communication.texts import check_text, draw_id, minute
from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import Entity, IsoDateTime, Limit, PersonName
from mock_apis.core.errors import Conflict, FailedPrecondition, NotFound, PermissionDenied
from mock_apis.core.persona import people, persona

microblog = Domain("microblog", category="social", description="Fictional social network of short posts.")

Handle = Annotated[str, Field(pattern=r"^[a-z0-9_]+$"), Entity("microblog.handle")]
PostId = Annotated[str, Field(pattern=r"^MB-[0-9A-F]{6}$"), Entity("microblog_post.id")]
Hashtag = Annotated[str, Field(pattern=r"^#[A-Za-z0-9_]+$"), Entity("microblog.hashtag")]
LONGEST_POST = 280
TAG = re.compile(r"#[A-Za-z0-9_]+")


class Account(Record):
    handle: Handle
    name: PersonName
    followed: bool
    """Whether the user follows it."""
    follower_count: int


class AccountList(Record):
    total: int
    accounts: list[Account]


class Profile(Account):
    post_count: int
    last_post: PostId | None


class Post(Record):
    post_id: PostId
    author: Handle
    text: str
    at: IsoDateTime
    likes: int
    liked: bool
    """Whether the user likes it."""
    reply_to: PostId | None


class PostList(Record):
    total: int
    posts: list[Post]


class TagCount(Record):
    hashtag: Hashtag
    posts: int


class Trends(Record):
    total: int
    hashtags: list[TagCount]


TEXTS = (
    "Sunrise over the harbour this morning. #photography #morning",
    "Third attempt at sourdough, first one that rises. #baking",
    "Ran my first ten kilometres under an hour! #running",
    "Does anyone have a spare ticket for Saturday? #music",
    "The new cycle lane makes my commute ten minutes shorter. #cycling #morning",
    "Reading the same novel for the third time and finding new things. #books",
    "Tomatoes on the balcony are finally red. #gardening",
    "Our choir sings again in spring, come and listen. #music",
    "A rainy day is a good day for soup. #cooking",
    "Fixed the old radio, it only wanted a new fuse. #repair",
    "Night train instead of plane, highly recommended. #travel",
    "Finished the library book club's pick in two days. #books",
)


def handle_of(name: str) -> str:
    """A person's handle."""
    return name.lower().replace(" ", "_")


def seed_accounts(w: World) -> list[Account]:
    """The persona and everybody they know; the persona follows the first five."""
    draw = w.draw("microblog.accounts")
    return [
        Account(
            handle=handle_of(person.name),
            name=person.name,
            followed=0 < place < 6,
            follower_count=draw.between(12, 900),
        )
        for place, person in enumerate((persona(w), *people(w)))
    ]


def seed_posts(w: World) -> list[Post]:
    """One post by everybody but the persona, over the last days."""
    draw, authors = w.draw("microblog.posts"), ACCOUNTS.all(w)[1:]
    texts = draw.sample(TEXTS, len(authors))
    return [
        Post(
            post_id=draw_id(draw, "MB"),
            author=author.handle,
            text=text,
            at=minute(w.now - timedelta(hours=9 * age + draw.between(1, 8), minutes=draw.between(0, 59))),
            likes=draw.between(0, 60),
            liked=False,
            reply_to=None,
        )
        for age, (author, text) in enumerate(zip(authors, texts, strict=True))
    ]


ACCOUNTS = Table("microblog.accounts", key="handle", seed_rows=seed_accounts)
POSTS = Table("microblog.posts", key="post_id", seed_rows=seed_posts)


@microblog.tool(example={"name": "@contacts_search.contacts[0].name"}, kind="stateful")
def find_people(w: World, name: PersonName = "", followed_only: bool = False, limit: Limit = 5) -> AccountList:
    """Find the microblog handles of people by name, or list whom the user follows.

    name: Full name or a part of it, in any case; everybody if left out.
    followed_only: Whether to show only accounts that the user follows.
    limit: At most this many accounts.
    """
    rows = [row for row in ACCOUNTS.all(w) if name.casefold() in row.name.casefold()]
    rows = sorted((row for row in rows if row.followed or not followed_only), key=lambda row: row.handle)
    return AccountList(total=len(rows), accounts=rows[:limit])


@microblog.tool(example={"handle": "@microblog_find_people.accounts[0].handle"}, errors=[NotFound], kind="stateful")
def profile(w: World, handle: Handle) -> Profile:
    """Show a microblog account with its followers and its latest post.

    handle: Name of the account without @, as given by microblog_find_people.
    """
    posts = newest([row for row in POSTS.all(w) if row.author == handle])
    last = posts[0].post_id if posts else None
    return Profile(**ACCOUNTS.get(w, handle).model_dump(), post_count=len(posts), last_post=last)


@microblog.tool(
    example={"handle": "@microblog_find_people.accounts[0].handle", "followed": False},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def follow(w: World, handle: Handle, followed: bool = True) -> Account:
    """Follow a microblog account, or stop following it.

    handle: Name of the account without @; not the user's own.
    followed: True to follow, false to unfollow.
    """
    row = ACCOUNTS.get(w, handle)
    if handle == handle_of(persona(w).name):
        raise FailedPrecondition(f"handle {handle} is the user's own account")
    change = int(followed) - int(row.followed)
    return ACCOUNTS.put(w, row.model_copy(update={"followed": followed, "follower_count": row.follower_count + change}))


@microblog.tool(example={}, errors=[NotFound], kind="stateful")
def timeline(w: World, handle: Handle | None = None, limit: Limit = 5) -> PostList:
    """Read the newest microblog posts of those the user follows, or of one account.

    handle: Only posts of this account; those the user follows and the user if left out.
    limit: At most this many posts.
    """
    if handle is None:
        authors = {row.handle for row in ACCOUNTS.all(w) if row.followed} | {handle_of(persona(w).name)}
    else:
        authors = {ACCOUNTS.get(w, handle).handle}
    rows = newest([row for row in POSTS.all(w) if row.author in authors])
    return PostList(total=len(rows), posts=rows[:limit])


@microblog.tool(example={"query": "#books"}, kind="stateful")
def search(w: World, query: str = "", hashtag: Hashtag | None = None, limit: Limit = 5) -> PostList:
    """Find microblog posts of all accounts by text or hashtag, newest first.

    query: Part of the text, in any case; everything if left out.
    hashtag: Only posts with this tag, # included.
    limit: At most this many posts.
    """
    rows = [row for row in POSTS.all(w) if query.casefold() in row.text.casefold()]
    rows = newest([row for row in rows if hashtag is None or hashtag.casefold() in tags_of(row.text)])
    return PostList(total=len(rows), posts=rows[:limit])


@microblog.tool(example={}, kind="stateful")
def trending(w: World, days: Annotated[int, Field(ge=1, le=30)] = 7, limit: Limit = 5) -> Trends:
    """Rank the hashtags by the number of microblog posts in the last days.

    days: How many days back to count.
    limit: At most this many hashtags.
    """
    first = minute(w.now - timedelta(days=days))
    counts: dict[str, int] = {}
    for row in POSTS.all(w):
        for tag in tags_of(row.text) if row.at >= first else ():
            counts[tag] = counts.get(tag, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Trends(total=len(ranked), hashtags=[TagCount(hashtag=tag, posts=count) for tag, count in ranked[:limit]])


@microblog.tool(
    example={"text": "First snow of the year! #winter"},
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def publish(w: World, text: str, reply_to: PostId | None = None) -> Post:
    """Publish a short post under the user's name, also as a reply.

    text: At most 280 characters; words with # are hashtags.
    reply_to: The post that this one answers; none if left out.
    """
    text, at = check_text("text", text, LONGEST_POST), minute(w.now)
    if reply_to is not None:
        POSTS.get(w, reply_to)
    row = Post(
        post_id=w.new_id("MB"),
        author=handle_of(persona(w).name),
        text=text,
        at=at,
        likes=0,
        liked=False,
        reply_to=reply_to,
    )
    return POSTS.put(w, row)


@microblog.tool(
    example={"post_id": "@microblog_timeline.posts[0].post_id"},
    errors=[NotFound, Conflict],
    writes=True,
    kind="stateful",
)
def like(w: World, post_id: PostId) -> Post:
    """Like a microblog post on behalf of the user, once.

    post_id: The post, as given by microblog_timeline or microblog_search.
    """
    row = POSTS.get(w, post_id)
    if row.liked:
        raise Conflict(f"post_id {post_id} is liked already")
    return POSTS.put(w, row.model_copy(update={"liked": True, "likes": row.likes + 1}))


@microblog.tool(
    example={"post_id": "@microblog_publish.post_id"},
    errors=[NotFound, PermissionDenied],
    writes=True,
    kind="stateful",
)
def delete(w: World, post_id: PostId) -> Post:
    """Delete one of the user's own microblog posts and return it.

    post_id: A post by the user.
    """
    row = POSTS.get(w, post_id)
    if row.author != handle_of(persona(w).name):
        raise PermissionDenied(f"post_id {post_id} belongs to {row.author}")
    return POSTS.remove(w, post_id)


def newest(rows: list[Post]) -> list[Post]:
    """The posts, the latest first."""
    return sorted(rows, key=lambda row: (row.at, row.post_id), reverse=True)


def tags_of(text: str) -> list[str]:
    """The hashtags of a text in lower case, each once, in order."""
    return list(dict.fromkeys(tag.casefold() for tag in TAG.findall(text)))
