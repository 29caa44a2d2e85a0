"""A wrong package: `catalog check` names domain, tool, line and remedy of everything that is wrong with it, at once."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.catalog.checks import check_catalog
from toolgrad_local.errors import CatalogError

MakePackage = Callable[..., Path]
Command = Callable[..., Any]

HEAD = """
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import Conflict, NotFound

things = Domain("things", category="odd", description="Things of which one may ask the size.")

BoxId = Annotated[str, Field(pattern=r"^BOX-[0-9A-F]{6}$"), Entity("box.id")]


class Size(Record):
    size: int


class Box(Record):
    box_id: BoxId


BOXES = Table[Box]("things.boxes", key="box_id", seed_rows=lambda w: ())
"""
GOOD = '''
@things.tool(example={"width": 3}, kind="computation")
def measure(w: World, width: int) -> Size:
    """Give the size of a thing that is so wide.

    width: Width in whole centimetres.
    """
    return Size(size=width)
'''
"""A tool with which nothing is wrong."""


def tool(
    body: str,
    *,
    above: str = "",
    name: str = "measure",
    parameters: str = "w: World, width: int",
    returns: str = " -> Size",
    description: str = "Give the size of a thing that is so wide.\n\n    width: Width in whole centimetres.\n    ",
    options: str = 'example={"width": 3}, kind="computation"',
    mark: str = "  # HERE",
) -> str:
    """The source of a tool like the good one, but for what is given; `# HERE` is where a finding belongs."""
    return (
        f"{above}\n@things.tool({options}){mark}\n"
        f'def {name}({parameters}){returns}:\n    """{description}"""\n    {body}\n'
    )


MISTAKES: dict[str, tuple[str, str, str, str]] = {
    "a parameter without a type": (
        tool("return Size(size=1)", parameters="w: World, width"),
        "things_measure",
        "has a parameter width without a type",
        "annotate it",
    ),
    "no description": (
        tool("return Size(size=1)", parameters="w: World", description=""),
        "things_measure",
        "has no description",
        "write a docstring",
    ),
    "a parameter without a description": (
        tool("return Size(size=width)", description="Give the size of a thing that is so wide."),
        "things_measure",
        "has a parameter width without a description",
        "add a line 'width: …'",
    ),
    "no example": (
        tool("return Size(size=width)", options='kind="computation"'),
        "things_measure",
        "has no example",
        "give example={...}",
    ),
    "no return type": (
        tool("return Size(size=width)", returns=""),
        "things_measure",
        "has no return annotation",
        "annotate the result with a Record",
    ),
    "an example that fails": (
        tool(
            'raise NotFound(f"no width {width}")',
            options='example={"width": 3}, errors=[NotFound], kind="computation"',
        ),
        "things_measure",
        "fails in its example (world 1): not_found: no width 3",
        "give an example that succeeds",
    ),
    "an example that refers to nothing": (
        tool("return Size(size=width)", options='example={"width": "@things_weigh.grams"}, kind="computation"'),
        "things_measure",
        "refers to @things_weigh.grams, which is no other tool's result",
        "mend one of the two",
    ),
    "a result that does not fit": (
        tool('return Size.model_construct(size="wide")'),
        "things_measure",
        "gives a result that does not fit: $.size: 'wide' is not of type 'integer'",
        "let the return annotation say",
    ),
    "a result without a field": (
        tool("return Size.model_construct()"),
        "things_measure",
        "gives a result that does not fit: $: 'size' is a required property",
        "let the return annotation say",
    ),
    "a result that is too large": (
        tool("return [Size(size=width)] * 2000", returns=" -> list[Size]"),
        "things_measure",
        "gives a result of 22001 bytes",
        "page it: 8192 at most",
    ),
    "a name taken twice": (
        GOOD + tool("return Size(size=width)"),
        "things_measure",
        "is declared twice",
        "rename one of the two functions",
    ),
    "an illegal name": (
        tool("return Size(size=width)", name="Measure"),
        "things_Measure",
        "has an illegal name",
        "lower-case letters, digits and _",
    ),
    "an illegal domain name": (
        tool(
            "return Size(size=width)",
            above='things = Domain("Things", category="odd", description="Things of which one may ask.")',
        ),
        "",
        "has an illegal domain name 'Things'",
        "use lower-case letters, digits and _",
    ),
    "a bound that no schema tells of": (
        tool("return Size(size=width)", parameters="w: World, width: Annotated[int, Field(multiple_of=3)]"),
        "things_measure",
        "has a type with 'multipleOf', which its schema cannot say",
        "bound it otherwise",
    ),
    "a socket at call time": (
        tool('return Size(size=len(__import__("socket").socket().family.name))'),
        "things_measure",
        "breaks in its example (world 1): SocketRefused: asks for socket.__new__",
        "mend one of the two",
    ),
    "an imported socket": (
        "import socket  # HERE\n" + GOOD,
        "",
        "reaches for a socket (socket)",
        "computes or reads frozen tables only",
    ),
    "the clock": (
        "from datetime import datetime\n" + tool("return Size(size=datetime.now().year)  # HERE", mark=""),
        "measure()",
        "reaches for the clock (datetime.now())",
        "use w.now and w.today",
    ),
    "the clock under another name": (
        "import time as watch\n" + tool("return Size(size=int(watch.time()))  # HERE", mark=""),
        "measure()",
        "reaches for the clock (time.time())",
        "use w.now and w.today",
    ),
    "a result that follows the clock": (
        "import time\n" + tool("return Size(size=time.perf_counter_ns())"),
        "things_measure",
        "gives another result when it is called again",
        "draw with w.draw(...) only",
    ),
    "an unseeded draw": (
        "import random  # HERE\n" + tool("return Size(size=random.randint(1, 10**9))", mark=""),
        "",
        "reaches for an unseeded draw (random)",
        "use w.draw(...) or w.new_id(...)",
    ),
    "writes without saying": (
        tool('BOXES.put(w, Box(box_id=w.new_id("BOX")))\n    return Size(size=width)'),
        "things_measure",
        "writes but is not declared with writes=True",
        "mend one of the two",
    ),
    "says that it writes and does not": (
        tool("return Size(size=width)", options='example={"width": 3}, writes=True, kind="stateful"'),
        "things_measure",
        "declares writes=True and its example changes nothing",
        "let writes= say what the function does",
    ),
    "an undeclared error": (
        tool("if width != 3:\n        raise Conflict(f'width {width} is taken')\n    return Size(size=width)"),
        "things_measure",
        "fails with conflict for",
        "declare it in errors=[...]",
    ),
    "an exception": (
        tool("return Size(size={3: 1}[width])"),
        "things_measure",
        "fails with broken for",
        "raise a ToolFailure for it",
    ),
    "a dict in the result": (
        tool('return {"size": width}', returns=" -> dict[str, int]"),
        "things_measure",
        "result: has an object that is not closed",
        "keep to the types that docs/catalog.md lists",
    ),
    "a union in the parameters": (
        tool("return Size(size=1)", parameters="w: World, width: int | str"),
        "things_measure",
        "parameters: has a union other than with None",
        "keep to the types that docs/catalog.md lists",
    ),
    "choices of two types": (
        tool("return Size(size=1)", parameters='w: World, width: Literal[3, "wide"]'),
        "things_measure",
        "parameters: has choices of more than one type",
        "keep to the types that docs/catalog.md lists",
    ),
    "a tuple in the parameters": (
        tool(
            "return Size(size=1)",
            parameters="w: World, width: tuple[int, str]",
            options='example={"width": [1, "m"]}, kind="computation"',
        ),
        "things_measure",
        "parameters: has a list whose items have no one type",
        "keep to the types that docs/catalog.md lists",
    ),
    "a pattern that is no pattern": (
        tool("return Size(size=1)", parameters='w: World, width: Annotated[str, Field(pattern="[")]'),
        "things_measure",
        "has a type that cannot be checked: error: unclosed character class",
        "mend its pattern",
    ),
    "a type that contains itself": (
        'class Node(Record):\n    inner: "list[Node]"\n'
        + tool("return Size(size=1)", parameters="w: World, width: Node"),
        "things_measure",
        "has a type that contains itself",
        "give it a depth",
    ),
    "an unknown kind": (
        tool("return Size(size=width)", options='example={"width": 3}, kind="magic"'),
        "things_measure",
        "is of kind magic",
        "choose one of data, computation, stateful, generated",
    ),
    "an id that nobody gives": (
        tool(
            "return Size(size=1)",
            parameters="w: World, box_id: BoxId",
            description="Give the size of a box that there is.\n\n    box_id: The box that is measured.\n    ",
            options='example={"box_id": "BOX-000000"}, kind="computation"',
        ),
        "things_measure",
        "requires box.id, which no other tool gives",
        "return it from another tool",
    ),
    "a twin": (
        GOOD + tool("return Size(size=2 * width)", name="measure_twice"),
        "things_measure_twice",
        "takes and gives the same as things_measure",
        "or declare equivalent_to",
    ),
    "a module that is no Python": (
        GOOD + "def broken(:  # HERE\n",
        "",
        "cannot be imported: SyntaxError: ",
        "mend the module",
    ),
    "a module that raises": (
        'SIZES = {"small": 1}\nLARGE = SIZES["large"]  # HERE\n' + GOOD,
        "",
        "cannot be imported: KeyError: 'large'",
        "mend the module",
    ),
    "an error that is none of ours": (
        tool("return Size(size=width)", options='example={"width": 3}, errors=[KeyError], kind="computation"'),
        "",
        "cannot be imported: AttributeError: ",
        "mend the module",
    ),
}


def line_of(source: str) -> int:
    """The line of the mark."""
    return 1 + source[: source.index("# HERE")].count("\n")


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_found_with_domain_tool_line_and_remedy(make_package: MakePackage, mistake: str) -> None:
    source, name, fault, remedy = MISTAKES[mistake]
    folder = make_package({"odd/things.py": HEAD + source})
    place = f"{folder / 'odd' / 'things.py'}:{line_of(HEAD + source)}"
    findings = check_catalog(folder).findings
    found = [finding for finding in findings if fault in finding.fault]
    assert len(found) == 1, findings
    assert (found[0].domain.casefold(), found[0].tool, found[0].place) == ("things", name, place)
    assert remedy in found[0].remedy
    assert str(found[0]).startswith(f"{place}: {name or found[0].domain} ")


def test_a_package_without_mistakes_has_no_findings(make_package: MakePackage) -> None:
    report = check_catalog(make_package({"odd/things.py": HEAD + GOOD}))
    assert (report.tools, report.domains, report.findings) == (1, 1, ())


def test_everything_wrong_with_a_package_is_told_in_one_go(make_package: MakePackage) -> None:
    planted = ["a parameter without a type", "no example", "a socket at call time", "an undeclared error", "the clock"]
    planted += ["a result that does not fit", "an unseeded draw", "a module that is no Python", "a module that raises"]
    files, wanted = {}, []
    for number, mistake in enumerate(planted):
        source, _, fault, remedy = MISTAKES[mistake]
        module = (HEAD + source).replace('"things"', f'"things{number}"')
        files[f"odd/things{number}.py"] = module
        wanted.append((f"things{number}", f"things{number}.py:{line_of(module)}", fault, remedy))
    findings = check_catalog(make_package(files)).findings
    for domain, place, fault, remedy in wanted:
        found = [f for f in findings if (f.domain, fault in f.fault) == (domain, True)]
        assert [f.place.endswith(place) and remedy in f.remedy for f in found] == [True], (domain, fault, findings)
    places = [(Path(f.place.rpartition(":")[0]).name, int(f.place.rpartition(":")[2])) for f in findings]
    assert places == sorted(places)


def test_a_domain_name_taken_by_another_module_is_found(make_package: MakePackage) -> None:
    folder = make_package({"odd/a.py": HEAD + GOOD, "odd/b.py": HEAD + GOOD})
    (finding,) = check_catalog(folder).findings
    assert finding.domain == "things"
    assert "is declared twice, here and in another module" in finding.fault
    assert finding.place == f"{folder / 'odd' / 'b.py'}:1"


def test_a_tool_name_taken_by_another_domain_is_found(make_package: MakePackage) -> None:
    other = (HEAD + GOOD).replace('"things"', '"things_large"')
    folder = make_package({"odd/a.py": HEAD + GOOD.replace("def measure", "def large_measure"), "odd/b.py": other})
    (finding,) = [finding for finding in check_catalog(folder).findings if "has the name" in finding.fault]
    assert (finding.domain, finding.tool) == ("things_large", "things_large_measure")
    assert "of a tool of the domain things" in finding.fault
    assert "rename" in finding.remedy


def test_a_package_whose_modules_lie_elsewhere_is_told_where_they_belong(make_package: MakePackage) -> None:
    folder = make_package({"things.py": HEAD + GOOD})
    (finding,) = check_catalog(folder).findings
    assert finding.place == f"{folder / '__init__.py'}:1"
    assert "holds no domain" in finding.fault
    assert "<category>/<domain>.py" in finding.remedy


def test_a_folder_that_is_no_package_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"no package: it has no __init__\.py"):
        check_catalog(tmp_path)


def test_the_command_says_all_is_well(command: Command, make_package: MakePackage) -> None:
    outcome = command("catalog", "check", make_package({"odd/things.py": HEAD + GOOD}))
    assert (outcome.code, outcome.out) == (0, "1 tools in 1 domains: all well\n")


def test_the_command_prints_findings_and_fails(command: Command, make_package: MakePackage) -> None:
    source, name, fault, remedy = MISTAKES["no example"]
    folder = make_package({"odd/things.py": HEAD + source})
    outcome = command("catalog", "check", folder)
    place = f"{folder / 'odd' / 'things.py'}:{line_of(HEAD + source)}"
    assert outcome.code == 1
    assert outcome.out.splitlines()[0].startswith(f"{place}: {name} {fault}; {remedy}")
    assert outcome.out.splitlines()[-1] == "0 tools in 1 domains: 1 problems"


def test_the_command_gives_the_findings_as_json(command: Command, make_package: MakePackage) -> None:
    outcome = command("catalog", "check", make_package({"odd/things.py": HEAD + MISTAKES["no example"][0]}), "--json")
    assert outcome.code == 1
    report = json.loads(outcome.out)
    assert set(report) == {"tools", "domains", "said_by_people", "findings"}
    assert set(report["findings"][0]) == {"domain", "tool", "place", "fault", "remedy"}


def test_the_command_refuses_a_folder_that_is_not_there(command: Command, tmp_path: Path) -> None:
    outcome = command("catalog", "check", tmp_path / "none")
    assert outcome.code == 2
    assert outcome.err == f"error: {tmp_path / 'none'} is no package: it has no __init__.py (an empty one will do)\n"
