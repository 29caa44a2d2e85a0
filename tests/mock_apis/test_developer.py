"""What the tools of developers, operators and network people promise."""

from typing import Any

import pytest

from mock_apis.core import Domain, World
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound
from mock_apis.developer.code_utils import code_utils
from mock_apis.developer.git_host import git_host
from mock_apis.developer.http_reference import http_reference
from mock_apis.developer.issue_tracker import issue_tracker
from mock_apis.developer.licenses import licenses
from mock_apis.developer.pull_requests import pull_requests
from mock_apis.developer.versions import versions
from mock_apis.network.ip_tools import ip_tools
from mock_apis.network.url_tools import url_tools
from mock_apis.operations.incidents import incidents
from mock_apis.operations.monitoring import monitoring
from mock_apis.security.vulnerabilities import vulnerabilities

API = "tidepool/harbor-api"


def call(w: World, domain: Domain, tool: str, **arguments: Any) -> Any:
    return domain.tools[f"{domain.name}_{tool}"].run(w, arguments)


@pytest.fixture
def w() -> World:
    return World(7)


@pytest.mark.parametrize(
    ("tool", "arguments", "digits"),
    [
        ("hash_text", {"text": "abc"}, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("hash_text", {"text": "", "algorithm": "md5"}, "d41d8cd98f00b204e9800998ecf8427e"),
        (
            "hmac",
            {"text": "what do ya want for nothing?", "key": "Jefe"},
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
    ],
    ids=["FIPS 180-2", "RFC 1321", "RFC 4231"],
)
def test_hashes_give_their_standards_vectors(w: World, tool: str, arguments: dict[str, str], digits: str) -> None:
    assert call(w, code_utils, tool, **arguments)["hex"] == digits


def test_uuids_are_made_and_read(w: World) -> None:
    made = call(w, code_utils, "uuid5", namespace="dns", name="www.example.com")["uuid"]
    assert made == "2ed6657d-e927-568b-95e1-2665a8aea6a2"
    assert call(w, code_utils, "inspect_uuid", uuid_text=made)["version"] == 5
    old = call(w, code_utils, "inspect_uuid", uuid_text="c232ab00-9414-11ec-b3c8-9f6bdeced846")
    assert (old["version"], old["created_at"]) == (1, "2022-02-22T19:22")


def test_a_token_is_valid_under_its_own_secret_only(w: World) -> None:
    token = call(w, code_utils, "sign_jwt", claims='{"sub": "7"}', secret="s3")["token"]
    assert call(w, code_utils, "decode_jwt", token=token, secret="s3")["signature"] == "valid"
    assert call(w, code_utils, "decode_jwt", token=token, secret="s4")["signature"] == "wrong"


@pytest.mark.parametrize(
    ("case", "name"),
    [
        ("snake_case", "parse_http_response_2"),
        ("camelCase", "parseHttpResponse2"),
        ("SCREAMING_SNAKE", "PARSE_HTTP_RESPONSE_2"),
    ],
)
def test_names_change_their_case(w: World, case: str, name: str) -> None:
    assert call(w, code_utils, "convert_case", name="parseHTTPResponse2", case=case)["name"] == name


def test_versions_follow_pep_440_and_semver(w: World) -> None:
    ordered = ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0"]
    assert call(w, versions, "sort", versions=ordered[::-1], scheme="semver")["versions"] == ordered
    assert call(w, versions, "compare", first="1.0.dev1", second="1.0a1")["relation"] == "older"
    assert call(w, versions, "satisfies", version="2.2.1", specifier="~=2.2")["satisfied"]
    assert call(w, versions, "bump", version="1.4.2", part="minor") == {"version": "1.5.0"}
    best = call(w, versions, "latest_matching", versions=["1.9", "2.0rc1", "1.10"], specifier=">=1")
    assert best == {"version": "1.10", "satisfying": 2}


def test_a_licence_expression_leaves_its_choices(w: World) -> None:
    read = call(
        w, licenses, "parse_expression", expression="(mit or apache-2.0) and gpl-2.0-only WITH Bison-exception-2.2"
    )
    assert [row["license_ids"] for row in read["alternatives"]] == [
        ["MIT", "GPL-2.0-only"],
        ["Apache-2.0", "GPL-2.0-only"],
    ]
    assert call(w, licenses, "get", license_id="MIT")["osi_approved"]
    assert not call(w, licenses, "get", license_id="CC-BY-4.0")["osi_approved"]


def test_http_facts(w: World) -> None:
    assert call(w, http_reference, "status", code=308)["name"] == "Permanent Redirect"
    assert call(w, http_reference, "media_types", extension="x.png")["types"][0]["type"] == "image/png"
    assert call(w, http_reference, "headers", query="etag")["headers"][0]["sent_in"] == "response"
    chosen = call(
        w, http_reference, "negotiate", accept="text/*;q=0.3, text/html;q=0.7", offered=["text/csv", "text/html"]
    )
    assert chosen == {"chosen": "text/html", "quality": 0.7}


def test_urls_are_split_joined_and_cleaned(w: World) -> None:
    parts = call(w, url_tools, "parse", url="http://Ex.com:81/a?x=1&x=2#f")
    assert (parts["host"], parts["port"], parts["path"], len(parts["query"])) == ("ex.com", 81, "/a", 2)
    built = call(w, url_tools, "build", base="https://ex.com/a/b", path="../ü", names=["q"], values=["a b"])
    assert built == {"url": "https://ex.com/%C3%BC?q=a%20b"}
    assert call(w, url_tools, "clean", url="https://ex.com?utm_source=x&a=1") == {"url": "https://ex.com/?a=1"}


def test_addresses_and_networks(w: World) -> None:
    subnet = call(w, ip_tools, "subnet", network="192.168.10.77/26")
    assert (subnet["first"], subnet["last"], subnet["netmask"]) == (
        "192.168.10.64",
        "192.168.10.127",
        "255.255.255.192",
    )
    cover = call(w, ip_tools, "range_to_networks", first="192.0.2.10", last="192.0.2.30")
    assert cover["networks"] == [
        "192.0.2.10/31",
        "192.0.2.12/30",
        "192.0.2.16/29",
        "192.0.2.24/30",
        "192.0.2.28/31",
        "192.0.2.30/32",
    ]
    assert call(w, ip_tools, "reverse_pointer", address="192.0.2.7") == {"name": "7.2.0.192.in-addr.arpa"}
    assert call(w, ip_tools, "classify", address="172.31.255.1")["private"]
    with pytest.raises(FailedPrecondition, match="leads out"):
        call(w, ip_tools, "step", address="255.255.255.255", steps=1)


@pytest.mark.parametrize(
    ("metrics", "score"),
    [
        ("AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8),
        ("AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1),
        ("AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10.0),
        ("AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 7.8),
        ("AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:N", 0.0),
    ],
)
def test_cvss_scores_are_those_of_the_calculator(w: World, metrics: str, score: float) -> None:
    assert call(w, vulnerabilities, "score", vector=f"CVSS:3.1/{metrics}")["base_score"] == score


def test_weaknesses_have_broader_and_narrower_ones(w: World) -> None:
    assert call(w, vulnerabilities, "get_weakness", weakness_id="CWE-787")["parent_id"] == "CWE-119"
    assert call(w, vulnerabilities, "search_weaknesses", query="cross-site scripting")["total"] == 1
    with pytest.raises(InvalidArgument, match="UI"):
        call(w, vulnerabilities, "score", vector="CVSS:3.1/AV:N/AC:L/PR:N")


def test_a_change_travels_from_a_branch_to_a_release(w: World) -> None:
    call(w, git_host, "create_branch", repository=API, branch="fix")
    change = {"path": "src/export.py", "text": "def export(rows):\n    return 0\n"}
    call(w, git_host, "commit_file", repository=API, branch="fix", **change, message="Fix")
    issue = call(w, issue_tracker, "list")["issues"][0]["issue_id"]
    pull = call(w, pull_requests, "open", repository=API, branch="fix", title="Fix", issue_id=issue)
    with pytest.raises(Conflict, match="open pull request"):
        call(w, pull_requests, "open", repository=API, branch="fix", title="Again")
    with pytest.raises(FailedPrecondition, match="own"):
        call(w, pull_requests, "review", pull_id=pull["pull_id"], verdict="approve")
    merged = call(w, pull_requests, "merge", pull_id=pull["pull_id"])
    assert call(w, git_host, "read_file", repository=API, path=change["path"])["text"] == change["text"]
    release = call(w, git_host, "create_release", repository=API, version="9.0.0")
    assert release["commit_id"] == merged["merge_commit"]
    with pytest.raises(FailedPrecondition, match=r"9\.0\.0"):
        call(w, git_host, "create_release", repository=API, version="8.1.0")


def test_main_is_protected_and_newer_changes_on_it_are_kept(w: World) -> None:
    with pytest.raises(FailedPrecondition, match="protected"):
        call(w, git_host, "commit_file", repository=API, branch="main", path="a.py", text="", message="m")
    old = call(w, pull_requests, "list", repository=API)["pulls"][0]["pull_id"]
    call(w, git_host, "create_branch", repository=API, branch="fix")
    call(w, git_host, "commit_file", repository=API, branch="fix", path="src/export.py", text="x = 1\n", message="m")
    call(
        w,
        pull_requests,
        "merge",
        pull_id=call(w, pull_requests, "open", repository=API, branch="fix", title="F")["pull_id"],
    )
    with pytest.raises(Conflict, match=r"src/export\.py"):
        call(w, pull_requests, "merge", pull_id=old)


def test_requested_changes_stop_a_merge_until_they_are_approved(w: World) -> None:
    pull = call(w, pull_requests, "list")["pulls"][0]["pull_id"]
    call(w, pull_requests, "review", pull_id=pull, verdict="request_changes")
    with pytest.raises(FailedPrecondition, match="requested changes"):
        call(w, pull_requests, "merge", pull_id=pull)
    call(w, pull_requests, "review", pull_id=pull, verdict="approve")
    assert call(w, pull_requests, "merge", pull_id=pull)["status"] == "merged"


def test_an_alert_is_silenced_acknowledged_and_resolved_once(w: World) -> None:
    alert = call(w, monitoring, "alerts")["alerts"][0]
    silence = call(w, monitoring, "silence", service=alert["service"], hours=1, reason="known")
    assert alert["alert_id"] not in [row["alert_id"] for row in call(w, monitoring, "alerts")["alerts"]]
    call(w, monitoring, "end_silence", silence_id=silence["silence_id"])
    call(w, monitoring, "acknowledge", alert_id=alert["alert_id"])
    call(w, monitoring, "resolve", alert_id=alert["alert_id"])
    with pytest.raises(FailedPrecondition, match="resolved already"):
        call(w, monitoring, "resolve", alert_id=alert["alert_id"])


def test_an_incident_has_a_lead_of_the_team_and_ends_once(w: World) -> None:
    alert = call(w, monitoring, "alerts")["alerts"][0]
    with pytest.raises(NotFound, match="lead"):
        call(w, incidents, "open", title="T", alert_id=alert["alert_id"], lead="nobody@post.example")
    lead = call(w, monitoring, "on_call", service=alert["service"])["email"]
    incident = call(w, incidents, "open", title="T", alert_id=alert["alert_id"], lead=lead)["incident_id"]
    call(w, incidents, "update", incident_id=incident, text="over", ended=True)
    with pytest.raises(FailedPrecondition, match="ended at"):
        call(w, incidents, "update", incident_id=incident, text="again")
