"""Several servers as one teacher: real HTTP on loopback, answered out of the scripted teacher."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.exchange import Message, Request, RequestKey, Sampling
from toolgrad_local.data_model.run_config import LoopSettings, RunConfig
from toolgrad_local.errors import ConfigError, RequestRefused, TeacherError
from toolgrad_local.generation.generate import grow_with
from toolgrad_local.generation.meter import Meter
from toolgrad_local.journal.store import Journal
from toolgrad_local.teacher.fleet import FleetTeacher, Member, choose_member, count_held
from toolgrad_local.teacher.load import Load
from toolgrad_local.teacher.open import reach_teacher
from toolgrad_local.teacher.priming import LONG_TEXT
from toolgrad_local.teacher.probe import probe_request
from toolgrad_local.teacher.profiles import load_profile

LOOP = LoopSettings(
    iterations=1, pool_size=30, pools=3, drafts=1, proposals=2, round_trip="off", thoughts=False, omissions=False
)
PATIENCE_SECONDS = 2.0
"""A server that fails for so long is given up."""
CONFIG = RunConfig(samples=9, seed=11, teacher="scripted", styles=None, loop=LOOP)


@contextlib.asynccontextmanager
async def reach(*servers: Any, notice: Callable[[str], None] = print) -> AsyncIterator[FleetTeacher]:
    """A fleet of servers, all of them up."""
    async with AsyncExitStack() as stack:
        urls = [(await stack.enter_async_context(server.up())).url for server in servers]
        keys = ["key"] * len(urls)
        profile = load_profile("smollm2-135m")
        serving = profile.serving.model_copy(update={"patience": PATIENCE_SECONDS})
        hasty = profile.model_copy(update={"serving": serving})
        yield await stack.enter_async_context(reach_teacher(hasty, urls, keys, notice))


async def grow_run(fleet: FleetTeacher, catalog: Catalog, path: Path) -> tuple[list[str], Meter]:
    """The samples of a run over the fleet, as they are journaled."""
    journal, meter = Journal(path), Meter(CONFIG.samples, CONFIG.loop)
    try:
        await grow_with(fleet, CONFIG, None, catalog, journal, None, meter, fleet)
        return list(journal.trajectories()), meter
    finally:
        journal.close()


@pytest.fixture
def alert(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine's load is looked at all the time."""
    monkeypatch.setattr("toolgrad_local.generation.run.LOOK_SECONDS", 0.05)


@pytest.fixture(scope="module")
def alone(catalog: Catalog, stand_in: Any, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The samples of a run over one server."""
    return asyncio.run(grow_alone(stand_in(), catalog, tmp_path_factory.mktemp("alone") / "journal.sqlite"))


async def grow_alone(server: Any, catalog: Catalog, path: Path) -> list[str]:
    """A run over one server."""
    async with reach(server) as fleet:
        return (await grow_run(fleet, catalog, path))[0]


async def test_the_bytes_do_not_depend_on_how_many_servers_answer(
    catalog: Catalog, tmp_path: Path, stand_in: Any, alert: None, alone: list[str]
) -> None:
    servers = [stand_in(slots=2, seconds=0.001) for _ in range(3)]
    async with reach(*servers) as fleet:
        shared, meter = await grow_run(fleet, catalog, tmp_path / "shared.sqlite")
    assert shared == alone
    assert len(shared) == CONFIG.samples
    assert (meter.servers_left, meter.servers) == (3, 3)
    assert all(server.asked for server in servers)


async def test_each_server_reads_a_pool_once(catalog: Catalog, tmp_path: Path, stand_in: Any) -> None:
    servers = [stand_in(), stand_in()]
    async with reach(*servers) as fleet:
        await grow_run(fleet, catalog, tmp_path / "journal.sqlite")
    for server in servers:
        read = Counter(request.messages[0].content for request in server.asked if request.sampling.max_tokens == 1)
        assert set(read.values()) <= {1}
        long = {request.messages[0].content for request in server.asked if is_long(request)}
        assert long == set(read)


async def test_a_server_that_dies_leaves_its_requests_to_the_others(
    catalog: Catalog, tmp_path: Path, stand_in: Any, alone: list[str]
) -> None:
    told: list[str] = []
    mortal, steady = stand_in(dies_after=10), stand_in()
    async with reach(mortal, steady, notice=told.append) as fleet:
        grown, _ = await grow_run(fleet, catalog, tmp_path / "run.sqlite")
        assert [member.lost for member in fleet.members] == [True, False]
    assert grown == alone
    assert [line for line in told if "given up" in line and mortal.url in line and "1 of 2 servers go on" in line]


async def test_when_no_server_is_left_the_run_stops(catalog: Catalog, tmp_path: Path, stand_in: Any) -> None:
    async with reach(stand_in(dies_after=5), stand_in(dies_after=10)) as fleet:
        with pytest.raises(TeacherError, match="run the same command to resume"):
            await grow_run(fleet, catalog, tmp_path / "journal.sqlite")


async def test_a_request_that_is_refused_costs_no_server(stand_in: Any) -> None:
    async with reach(stand_in(refuses=True), stand_in(refuses=True)) as fleet:
        with pytest.raises(RequestRefused, match="too long"):
            await fleet.ask(make_request(1))
        assert len(fleet.left) == 2


async def test_the_load_of_all_servers_is_told_together(stand_in: Any) -> None:
    servers = [stand_in(slots=2, seconds=0.05), stand_in(slots=2, seconds=0.05)]
    async with reach(*servers) as fleet:
        asks = [asyncio.create_task(fleet.ask(make_request(sample))) for sample in range(12)]
        while sum(server.waiting for server in servers) < 8:
            await asyncio.sleep(0.001)
        load = await fleet.load()
        await asyncio.gather(*asks)
    assert load is not None
    assert (load.running, load.waiting, load.cache) == (4, 8, 0.25)


@pytest.mark.parametrize(
    ("held", "in_flight", "counted"),
    [
        pytest.param(0, 26, 0, id="some are on their way"),
        pytest.param(5, 31, 5, id="those held back"),
        pytest.param(0, 60, 18, id="more are on their way than run: this process is slow"),
    ],
)
def test_what_has_not_come_to_the_engine_counts(held: int, in_flight: int, counted: int) -> None:
    load = Load(running=20, waiting=2)
    assert count_held(load, held, in_flight).held == counted


async def test_a_server_that_does_not_tell_its_load_gets_a_fixed_width_and_a_notice(
    catalog: Catalog, tmp_path: Path, stand_in: Any
) -> None:
    async with reach(stand_in(tells_load=False)) as fleet:
        assert await fleet.load() is None
        _, meter = await grow_run(fleet, catalog, tmp_path / "journal.sqlite")
    assert meter.queue is None
    assert [line for line in meter.untold if "tells its load" in line and "--width" in line]


async def test_servers_of_different_models_are_refused(stand_in: Any) -> None:
    with pytest.raises(ConfigError, match=r"serves small .*serves large .*have to serve the same model"):
        async with reach(stand_in(weights="/a/small"), stand_in(weights="/b/large")):
            pass


async def test_the_same_model_in_another_folder_is_the_same(stand_in: Any) -> None:
    async with reach(stand_in(weights="/a/small"), stand_in(weights="/b/small/")) as fleet:
        assert len(fleet.members) == 2


async def test_a_server_that_does_not_answer_is_named(stand_in: Any) -> None:
    gone = stand_in()
    async with gone.up():
        pass
    async with stand_in().up() as here:
        with pytest.raises(TeacherError, match=f"no OpenAI-compatible server answers at {gone.url}") as error:
            async with reach_teacher(load_profile("smollm2-135m"), [here.url, gone.url], ["key"] * 2, print):
                pass
    assert "\n" not in str(error.value)


def make_request(sample: int, system: str = "short") -> Request:
    """A request under this system message."""
    return probe_request().model_copy(
        update={
            "key": RequestKey(sample=sample, step=0, stage="execute"),
            "messages": (Message(role="system", content=system), Message(role="user", content="x")),
            "sampling": Sampling(),
        }
    )


def is_long(request: Request) -> bool:
    return len(request.messages[0].content) >= LONG_TEXT


class Nobody:
    """A teacher that is never asked."""

    name = "nobody"


def make_members(count: int) -> list[Member]:
    return [Member(str(i), Nobody(), lambda: ("", "")) for i in range(count)]  # type: ignore[arg-type]


def pool_text(number: int) -> str:
    return f"{number} " * LONG_TEXT


def test_what_shares_a_pool_or_a_sample_prefers_one_server() -> None:
    members = make_members(4)
    by_pool = [{choose_member(members, make_request(s, pool_text(p))).place for s in range(5)} for p in range(20)]
    assert all(len(places) == 1 for places in by_pool)
    by_sample = [{choose_member(members, make_request(s)).place for _ in range(5)} for s in range(20)]
    assert all(len(places) == 1 for places in by_sample)
    assert len(set.union(*by_pool)) == len(set.union(*by_sample)) == 4


def test_a_lost_server_moves_only_what_it_had() -> None:
    members = make_members(4)
    before = {sample: choose_member(members, make_request(sample)).place for sample in range(100)}
    members[2].lost = True
    after = {sample: choose_member(members, make_request(sample)).place for sample in range(100)}
    assert "2" not in after.values()
    assert all(after[sample] == place for sample, place in before.items() if place != "2")


def test_a_server_that_starts_again_is_passed_over_while_another_answers() -> None:
    members = make_members(2)
    members[0].silent = True
    assert {choose_member(members, make_request(sample)).place for sample in range(20)} == {"1"}
    members[1].lost = True
    assert choose_member(members, make_request(1)).place == "0"


@pytest.mark.parametrize("pools", [1, 3, 29])
def test_load_is_balanced_and_most_requests_meet_what_they_share(pools: int) -> None:
    members, prefer = make_members(4), make_members(4)
    flying: list[Member] = []
    met = 0
    for number in range(4000):
        sample = number * 7 % 200
        request = make_request(sample, pool_text(number % pools)) if number % 5 == 0 else make_request(sample)
        chosen = choose_member(members, request)
        met += chosen.place == choose_member(prefer, request).place
        chosen.in_flight += 1
        flying.append(chosen)
        if len(flying) > 100:
            flying.pop(number * 31 % 100).in_flight -= 1
        loads = [member.in_flight for member in members]
        assert max(loads) <= 1.25 * (sum(loads) + 1) / 4 + 1
    assert met / 4000 > 0.7
