"""Scores of vulnerabilities by CVSS v3.1, and well-known weaknesses of the CWE list."""

import re
from decimal import ROUND_CEILING, Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import Entity, Limit
from mock_apis.core.errors import InvalidArgument, NotFound

vulnerabilities = Domain(
    "vulnerabilities",
    category="security",
    description="CVSS v3.1 scores, and 46 well-known weaknesses of the CWE list.",
)

Vector = Annotated[str, Field(pattern=r"^CVSS:3[.]1(/[A-Z]+:[A-Z])+$"), Entity("cvss.vector")]
WeaknessId = Annotated[str, Field(pattern=r"^CWE-[0-9]+$"), Entity("weakness.cwe")]
Severity = Literal["none", "low", "medium", "high", "critical"]
Metric = Literal["AV", "AC", "PR", "UI", "S", "C", "I", "A"]

METRICS: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {
    "AV": (
        "attack vector",
        {"N": ("network", "0.85"), "A": ("adjacent network", "0.62"), "L": ("local", "0.55"), "P": ("physical", "0.2")},
    ),
    "AC": ("attack complexity", {"L": ("low", "0.77"), "H": ("high", "0.44")}),
    "PR": ("privileges required", {"N": ("none", "0.85"), "L": ("low", "0.62"), "H": ("high", "0.27")}),
    "UI": ("user interaction", {"N": ("none", "0.85"), "R": ("required", "0.62")}),
    "S": ("scope", {"U": ("unchanged", "0"), "C": ("changed", "0")}),
    "C": ("confidentiality", {"H": ("high", "0.56"), "L": ("low", "0.22"), "N": ("none", "0")}),
    "I": ("integrity", {"H": ("high", "0.56"), "L": ("low", "0.22"), "N": ("none", "0")}),
    "A": ("availability", {"H": ("high", "0.56"), "L": ("low", "0.22"), "N": ("none", "0")}),
}  # fmt: skip
"""CVSS v3.1 specification, tables 1 to 6 and section 7.4: name, value's name, weight."""
TEMPORAL = {
    "E": {"X": "1", "H": "1", "F": "0.97", "P": "0.94", "U": "0.91"},
    "RL": {"X": "1", "U": "1", "W": "0.97", "T": "0.96", "O": "0.95"},
    "RC": {"X": "1", "C": "1", "R": "0.96", "U": "0.92"},
}


class Score(Record):
    vector: Vector
    base_score: float
    severity: Severity
    impact: float
    exploitability: float


class TemporalScore(Record):
    base_score: float
    temporal_score: float
    severity: Severity


class MetricValue(Record):
    metric: Metric
    name: str
    value: str


class Explanation(Record):
    vector: Vector
    metrics: list[MetricValue]


class VectorResult(Record):
    vector: Vector


class Weakness(Record):
    weakness_id: WeaknessId
    name: str
    summary: str
    remedy: str
    parent_id: WeaknessId | None
    """The next broader one in this catalog."""


class WeaknessHead(Record):
    weakness_id: WeaknessId
    name: str


class WeaknessList(Record):
    total: int
    weaknesses: list[WeaknessHead]


@vulnerabilities.tool(example={"vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}, kind="computation")
def score(w: World, vector: Vector) -> Score:
    """Work out the CVSS v3.1 base score and severity of a vector.

    vector: Vector with all eight base metrics; other metrics are left aside.
    """
    base, impact, exploitability = base_score(read_vector(vector))
    return Score(
        vector=vector, base_score=float(base), severity=severity_of(base), impact=round(float(impact), 1),
        exploitability=round(float(exploitability), 1),
    )  # fmt: skip


@vulnerabilities.tool(
    example={"vector": "@vulnerabilities_build_vector.vector", "exploit": "P", "remediation": "O", "confidence": "C"},
    kind="computation",
)
def temporal_score(
    w: World,
    vector: Vector,
    exploit: Literal["X", "U", "P", "F", "H"] = "X",
    remediation: Literal["X", "O", "T", "W", "U"] = "X",
    confidence: Literal["X", "U", "R", "C"] = "X",
) -> TemporalScore:
    """Lower a CVSS v3.1 base score by exploit maturity, remedy and confidence.

    vector: Vector with all eight base metrics.
    exploit: X not defined, U unproven, P proof of concept, F functional, H high.
    remediation: X not defined, O official fix, T temporary fix, W workaround, U unavailable.
    confidence: X not defined, U unknown, R reasonable, C confirmed.
    """
    base = base_score(read_vector(vector))[0]
    factors = (TEMPORAL["E"][exploit], TEMPORAL["RL"][remediation], TEMPORAL["RC"][confidence])
    temporal = round_up(base * Decimal(factors[0]) * Decimal(factors[1]) * Decimal(factors[2]))
    return TemporalScore(base_score=float(base), temporal_score=float(temporal), severity=severity_of(temporal))


@vulnerabilities.tool(example={"vector": "@vulnerabilities_build_vector.vector"}, kind="computation")
def explain_vector(w: World, vector: Vector) -> Explanation:
    """Write out in words what the base metrics of a CVSS v3.1 vector say.

    vector: Vector with all eight base metrics.
    """
    given = read_vector(vector)
    rows: list[Any] = [
        {"metric": metric, "name": name, "value": values[given[metric]][0]}
        for metric, (name, values) in METRICS.items()
    ]
    return Explanation(vector=vector, metrics=[MetricValue(**row) for row in rows])


@vulnerabilities.tool(
    example={"attack_vector": "network", "privileges": "low", "impact": "high", "user_interaction": True},
    kind="computation",
)
def build_vector(
    w: World,
    attack_vector: Literal["network", "adjacent network", "local", "physical"],
    privileges: Literal["none", "low", "high"],
    impact: Literal["none", "low", "high"],
    user_interaction: bool = False,
    scope_changed: bool = False,
) -> VectorResult:
    """Write a CVSS v3.1 vector of low attack complexity from plain answers.

    attack_vector: From where the attack is possible.
    privileges: Privileges that the attacker needs beforehand.
    impact: The impact on confidentiality, integrity and availability alike.
    user_interaction: Whether a user has to do something.
    scope_changed: Whether it reaches beyond the vulnerable component.
    """
    letter = impact[0].upper()
    parts = [
        f"AV:{attack_vector[0].upper()}", "AC:L", f"PR:{privileges[0].upper()}",
        f"UI:{'R' if user_interaction else 'N'}",
        f"S:{'C' if scope_changed else 'U'}", f"C:{letter}", f"I:{letter}", f"A:{letter}",
    ]  # fmt: skip
    return VectorResult(vector="/".join(["CVSS:3.1", *parts]))


@vulnerabilities.tool(
    example={"vector": "@vulnerabilities_build_vector.vector", "metric": "C", "value": "L"}, kind="computation"
)
def change_metric(
    w: World, vector: Vector, metric: Metric, value: Annotated[str, Field(pattern=r"^[A-Z]$")]
) -> VectorResult:
    """Replace one base metric of a CVSS v3.1 vector by another value.

    vector: Vector with all eight base metrics.
    metric: The metric to replace, for example C for confidentiality.
    value: Its new letter, for example L.
    """
    read_vector(vector)
    if value not in METRICS[metric][1]:
        raise InvalidArgument(f"value '{value}' is none of {', '.join(METRICS[metric][1])} for {metric}")
    return VectorResult(vector=re.sub(rf"/{metric}:[A-Z]", f"/{metric}:{value}", vector))


@vulnerabilities.tool(example={"query": "injection"}, kind="data")
def search_weaknesses(w: World, query: str, limit: Limit = 5) -> WeaknessList:
    """Find well-known software weaknesses (CWE) by words.

    query: Words, all of which the name or the summary contains.
    limit: At most this many weaknesses, lowest number first.
    """
    words = query.casefold().split()
    rows = [
        row
        for row in load_rows("weaknesses")
        if all(word in f"{row['name']} {row['summary']}".casefold() for word in words)
    ]
    return WeaknessList(total=len(rows), weaknesses=[head_of(row) for row in rows[:limit]])


@vulnerabilities.tool(
    example={"weakness_id": "@vulnerabilities_search_weaknesses.weaknesses[0].weakness_id"},
    errors=[NotFound],
    kind="data",
)
def get_weakness(w: World, weakness_id: WeaknessId) -> Weakness:
    """Tell what a CWE weakness is and how it is avoided.

    weakness_id: Identifier such as CWE-79.
    """
    row = find(weakness_id)
    return Weakness(
        weakness_id=weakness_id, name=row["name"], summary=row["summary"], remedy=row["remedy"],
        parent_id=f"CWE-{row['parent']}" if row["parent"] else None,
    )  # fmt: skip


@vulnerabilities.tool(example={"weakness_id": "CWE-119"}, errors=[NotFound], kind="data")
def narrower_weaknesses(w: World, weakness_id: WeaknessId) -> WeaknessList:
    """List the weaknesses of this catalog that are a narrower kind of another.

    weakness_id: Identifier of the broader weakness, such as CWE-119.
    """
    number = find(weakness_id)["id"]
    rows = [row for row in load_rows("weaknesses") if row["parent"] == number]
    return WeaknessList(total=len(rows), weaknesses=[head_of(row) for row in rows])


def read_vector(vector: str) -> dict[str, str]:
    """Base metric to letter. Raises InvalidArgument."""
    given: dict[str, str] = {}
    for part in vector.split("/")[1:]:
        metric, _, value = part.partition(":")
        if metric in given:
            raise InvalidArgument(f"vector: the metric {metric} is given twice")
        given[metric] = value
    for metric, (_, values) in METRICS.items():
        if given.get(metric) not in values:
            raise InvalidArgument(f"vector: the metric {metric} is missing or none of {', '.join(values)}")
    return given


def base_score(given: dict[str, str]) -> tuple[Decimal, Decimal, Decimal]:
    """Base score, impact and exploitability by section 7.1."""
    weight = {metric: Decimal(METRICS[metric][1][given[metric]][1]) for metric in METRICS}
    changed = given["S"] == "C"
    if changed and given["PR"] in "LH":
        weight["PR"] = Decimal("0.68") if given["PR"] == "L" else Decimal("0.5")
    base = 1 - (1 - weight["C"]) * (1 - weight["I"]) * (1 - weight["A"])
    impact = Decimal("6.42") * base
    if changed:
        impact = Decimal("7.52") * (base - Decimal("0.029")) - Decimal("3.25") * (base - Decimal("0.02")) ** 15
    exploitability = Decimal("8.22") * weight["AV"] * weight["AC"] * weight["PR"] * weight["UI"]
    if impact <= 0:
        return Decimal(0), Decimal(0), exploitability
    total = (impact + exploitability) * (Decimal("1.08") if changed else 1)
    return round_up(min(total, Decimal(10))), impact, exploitability


def round_up(value: Decimal) -> Decimal:
    """The smallest number of one decimal that is not below, after rounding to five (appendix A)."""
    return round(value, 5).quantize(Decimal("0.1"), rounding=ROUND_CEILING)


def severity_of(score: Decimal) -> Severity:
    """Section 5."""
    if score == 0:
        return "none"
    return "low" if score < 4 else "medium" if score < 7 else "high" if score < 9 else "critical"


def find(weakness_id: str) -> dict[str, Any]:
    """The row of a weakness. Raises NotFound."""
    for row in load_rows("weaknesses"):
        if f"CWE-{row['id']}" == weakness_id:
            return row
    raise NotFound(f"no weakness_id '{weakness_id[:40]}' in this catalog; see vulnerabilities_search_weaknesses")


def head_of(row: dict[str, Any]) -> WeaknessHead:
    """Identifier and name."""
    return WeaknessHead(weakness_id=f"CWE-{row['id']}", name=row["name"])
