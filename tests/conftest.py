"""What all tests share. Every test runs behind a guard: not one socket beyond this machine."""

import importlib.util
import ipaddress
import itertools
import json
import os
import socket
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.audit.provenance import settle, trace_call
from toolgrad_local.catalog.loader import Catalog, load_catalog
from toolgrad_local.catalog.sampler import Pool
from toolgrad_local.catalog.session import Session
from toolgrad_local.cli.main import run_command
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.data_model.exchange import Reply, Request, Usage
from toolgrad_local.data_model.run_config import LoopSettings, RunConfig
from toolgrad_local.data_model.teacher import Teacher
from toolgrad_local.data_model.workflow import Link, Workflow
from toolgrad_local.errors import TeacherError
from toolgrad_local.generation.claim import claim_folder
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.generate import grow_with
from toolgrad_local.generation.manifest import Manifest, write_manifest
from toolgrad_local.generation.meter import Meter
from toolgrad_local.journal.store import Journal
from toolgrad_local.loop.context import Setting
from toolgrad_local.prompting.render import Prompts
from toolgrad_local.seeding import derive_seed
from toolgrad_local.teacher.profiles import DEFAULT_SAMPLING
from toolgrad_local.teacher.scripted import ScriptedTeacher

USAGE = Usage(prompt_tokens=10, completion_tokens=5)
SHORT_LOOP: dict[str, Any] = {"inverse_predict": "each", "drafts": 1, "round_trip": "off"}
SHORT_LOOP |= {"thoughts": False, "omissions": False}
"""What most tests of the loop have no replies for; those that are about it switch it on."""
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PACKAGE_NUMBERS = itertools.count()
"""So that no two packages of the tests have one name: a module is imported once in a process."""


@dataclass
class SocketGuard:
    """Every address that Python code in this process asked for, and those it was refused."""

    asked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def admit(self, what: str, address: Any) -> None:
        """Raises AssertionError unless the address is on this machine."""
        self.asked.append(f"{what} {address}")
        if not is_local(address):
            self.refused.append(self.asked[-1])
            raise AssertionError(f"a test wanted to leave this machine: {what} {address!r}")


class ToldTeacher:
    """Gives each stage its replies in turn: JSON values, or texts that are sent as they are, or "…" for one cut off."""

    name = "told"

    def __init__(self, **replies: list[Any]) -> None:
        self.replies = replies
        self.requests: list[Request] = []

    async def ask(self, request: Request) -> Reply:
        """The next reply of the request's stage."""
        self.requests.append(request)
        reply = self.replies[request.key.stage].pop(0)
        if isinstance(reply, Reply):
            return reply
        text = reply if isinstance(reply, str) else json.dumps(reply)
        return Reply(text=text, finish_reason="length" if text.endswith("…") else "stop", usage=USAGE)

    def prompts(self, stage: str) -> list[str]:
        """The user messages of a stage's requests."""
        return [request.messages[-1].content for request in self.requests if request.key.stage == stage]


@dataclass(frozen=True)
class Outcome:
    """What a command did."""

    code: int
    out: str
    err: str


def is_local(address: Any) -> bool:
    """True for a path (AF_UNIX), a name of this machine and a loopback address."""
    if isinstance(address, tuple):
        address = address[0]
    elif isinstance(address, str | bytes):
        return True
    if address is None or address in ("localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(address.decode() if isinstance(address, bytes) else address).is_loopback
    except ValueError:
        return False


def guard_method(name: str, guard: SocketGuard) -> Callable[..., Any]:
    """The socket's method behind the guard. The address is its last argument (`sendto` has flags before it)."""
    real = getattr(socket.socket, name)

    def guarded(self: socket.socket, *arguments: Any) -> Any:
        guard.admit(name, arguments[-1])
        return real(self, *arguments)

    return guarded


def pytest_addoption(parser: pytest.Parser) -> None:
    """How golden files come about, and the budgets of `make test-long`."""
    parser.addoption("--write-golden", action="store_true", help="write golden files; then read them as a diff")
    parser.addoption("--long", action="store_true", help="the full budgets of the catalog's gates")


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    """Whether the full budgets are asked for."""
    return bool(request.config.getoption("--long"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with `golden/NAME` beside the test."""

    def compare(name: str, text: str) -> None:
        path = request.path.parent / "golden" / name
        if request.config.getoption("--write-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"{path} differs; if it should, run pytest --write-golden"

    return compare


@pytest.fixture(autouse=True)
def socket_guard(monkeypatch: pytest.MonkeyPatch) -> Iterator[SocketGuard]:
    """Refuses connections, bindings and name look-ups beyond loopback and AF_UNIX.

    A refusal that the code under test swallowed fails the test all the same.
    """
    guard = SocketGuard()
    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, guard_method(name, guard))
    look_up = socket.getaddrinfo

    def guarded_look_up(host: Any, *rest: Any, **named: Any) -> Any:
        guard.admit("getaddrinfo", (host,))
        return look_up(host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)
    yield guard
    assert guard.refused == []


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The bundled catalog."""
    return load_catalog()


@pytest.fixture
def example_folder() -> Path:
    """The package of docs/catalog.md: one domain of three tools."""
    return Path(__file__).parent.parent / "examples" / "my_apis"


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Runs `toolgrad-local` in this process as a shell would: `command("verify", folder)`."""

    def run(*arguments: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["toolgrad-local", *map(str, arguments)])
        monkeypatch.setenv("COLUMNS", "100")
        capsys.readouterr()
        code: Any = 0
        try:
            run_command()
        except SystemExit as end:
            code = end.code or 0
        said = capsys.readouterr()
        return Outcome(code, said.out, said.err)

    return run


@pytest.fixture
def scripted_run(command: Callable[..., Outcome], tmp_path: Path) -> Callable[..., Path]:
    """Makes a finished run of the scripted teacher and returns its folder."""

    def make(
        name: str = "run", *, samples: int = 2, iterations: int = 2, seed: int = 7, catalog: Path | None = None
    ) -> Path:
        folder = tmp_path / name
        options = ["--samples", samples, "--iterations", iterations, "--seed", seed]
        options += ["--catalog", catalog] if catalog else []
        outcome = command("generate", "--teacher", "scripted", "--out", folder, *options)
        assert outcome.code == 0, outcome.err
        return folder

    return make


@pytest.fixture
def change_manifest() -> Callable[..., None]:
    """Gives a run's manifest other values, and the digest that belongs to them."""

    def change(run: Path, **values: Any) -> None:
        folder = RunFolder(run)
        content = json.loads(folder.manifest.read_text(encoding="utf-8"))
        write_manifest(folder, Manifest.model_validate(content | values))

    return change


class DyingTeacher:
    """The scripted teacher, for a number of requests."""

    name = "scripted"

    def __init__(self, lives: int) -> None:
        self.lives, self.inner = lives, ScriptedTeacher()

    async def ask(self, request: Request) -> Reply:
        """A scripted reply, while it lives."""
        if self.lives == 0:
            raise TeacherError("dead")
        self.lives -= 1
        return await self.inner.ask(request)


@pytest.fixture
def run_until_death() -> Callable[[RunFolder, RunConfig, Catalog, int], Awaitable[None]]:
    """Makes a run whose teacher dies after so many replies."""

    async def make(folder: RunFolder, config: RunConfig, catalog: Catalog, lives: int) -> None:
        claim_folder(folder, config, None, None, catalog)
        journal, meter = Journal(folder.journal), Meter(config.samples, config.loop, config.baseline)
        try:
            with pytest.raises(TeacherError):
                await grow_with(DyingTeacher(lives), config, None, catalog, journal, 4, meter)
        finally:
            journal.close()

    return make


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    """An empty journal."""
    opened = Journal(tmp_path / "journal.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def told_teacher() -> type[ToldTeacher]:
    """The class of the teacher that says what a test wants."""
    return ToldTeacher


@pytest.fixture
def make_setting(catalog: Catalog, journal: Journal) -> Callable[..., Setting]:
    """Makes a setting: a teacher, the tools of each pool, and the loop's numbers."""

    def make(teacher: Teacher, *pools: tuple[str, ...], **numbers: Any) -> Setting:
        return Setting(
            seed=7,
            catalog=catalog,
            pools=tuple(Pool(index, tools) for index, tools in enumerate(pools)),
            prompts=Prompts(),
            teacher=teacher,
            journal=journal,
            loop=LoopSettings(**{**SHORT_LOOP, **numbers}),
            sampling=dict(DEFAULT_SAMPLING),
        )

    return make


@pytest.fixture
def make_calls(catalog: Catalog) -> Callable[..., Workflow]:
    """Makes calls in the world of sample 0 of a setting: `make_calls(("tasks_get", {"task_id": "@0.task_id"}))`.

    `@0.task_id` is a value of the first call's result. The arguments are traced, and settled if there is a query.
    """

    def make(*calls: tuple[str, dict[str, Any]], query: str = "") -> Workflow:
        session, workflow = Session.fresh(catalog, derive_seed(7, "world", 0)), Workflow()
        for step, (tool, given) in enumerate(calls):
            call = ToolCall(tool=tool, arguments={name: look_up(value, workflow) for name, value in given.items()})
            leaves = trace_call(call, catalog.tools[tool], workflow, catalog.tools)
            today, result = session.world.today, session.call(call)
            assert result.ok, result.message
            workflow = workflow.append(Link(step=step, chain=step, call=call, result=result, leaves=leaves))
        return settle(workflow, query, today) if query else workflow

    return make


def look_up(value: Any, workflow: Workflow) -> Any:
    """An argument, read off an earlier result if it starts with @."""
    if not isinstance(value, str) or not value.startswith("@"):
        return value
    link, *path = value[1:].split(".")
    found = workflow.links[int(link)].result.value
    for part in path:
        found = found[int(part)] if part.isdigit() else found[part]
    return found


@pytest.fixture
def make_package(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Writes a catalog package under a name of its own: `make_package({"odd/things.py": source})`."""
    made: list[str] = []

    def make(files: dict[str, str]) -> Path:
        folder = tmp_path / f"apis_{next(PACKAGE_NUMBERS)}"
        made.append(folder.name)
        for name, text in {"__init__.py": "", **files}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        return folder

    yield make
    for name in [name for name in sys.modules if name.partition(".")[0] in made]:
        del sys.modules[name]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A headless browser. Without one the tests are skipped, which is a failure where TOOLGRAD_CI is 1.

    For one module only: while it is open this thread has a running event loop, which asynchronous tests cannot bear.
    """
    lacking = None if importlib.util.find_spec("playwright") else "the package playwright is not installed"
    lacking = lacking if CHROMIUM.exists() else f"there is no {CHROMIUM}"
    if lacking:
        (pytest.fail if os.environ.get("TOOLGRAD_CI") == "1" else pytest.skip)(lacking)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page from disk; at the end fails for anything on the console, a request, a dialog or a violation."""
    trouble: list[str] = []
    contexts = []

    def open_file(path: Path, *, hash: str = "", width: int = 1400, height: int = 900, scheme: str = "light") -> Any:
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        address = path.resolve().as_uri()
        page.on("console", lambda message: trouble.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: trouble.append(f"error {error}"))
        page.on("dialog", lambda dialog: (trouble.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on(
            "request",
            lambda request: request.url.split("#")[0] == address or trouble.append(f"request {request.url}"),
        )
        page.goto(address + hash)
        page.wait_for_selector("#notice", state="hidden", timeout=60_000)
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert trouble == []
