"""What the data tools promise: JSON, CSV, encodings, markup, spreadsheets, files and objects."""

import json
from typing import Any

import pytest

from mock_apis.core import Domain, World
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound, ResourceExhausted
from mock_apis.data_tools.csv_tools import csv_tools
from mock_apis.data_tools.database import database
from mock_apis.data_tools.encoding import encoding
from mock_apis.data_tools.json_tools import json_tools
from mock_apis.data_tools.markup import markup
from mock_apis.data_tools.sheets import sheets
from mock_apis.storage.files import files
from mock_apis.storage.object_storage import object_storage

SALES = "region,product,units\nNorth,tea,12\nNorth,coffee,7\nSouth,tea,5\nSouth,coffee,20\n"


def call(w: World, domain: Domain, tool: str, **arguments: Any) -> Any:
    return domain.tools[f"{domain.name}_{tool}"].run(w, arguments)


@pytest.fixture
def w() -> World:
    return World(7)


def test_jmespath_takes_values_out(w: World) -> None:
    found = call(w, json_tools, "query", document='{"a": [{"b": 1}, {"b": 2}]}', expression="a[*].b")
    assert json.loads(found["json_text"]) == [1, 2]


def test_a_query_cannot_blow_up(w: World) -> None:
    with pytest.raises(ResourceExhausted, match="combinations"):
        call(w, json_tools, "query", document="[1]", expression="|".join(["[@,@]"] * 15))


def test_a_merge_patch_is_that_of_rfc_7396(w: World) -> None:
    merged = call(
        w, json_tools, "merge", document='{"title": "Goodbye!", "author": {"given": "John", "family": "Doe"}}',
        patch='{"title": "Hello!", "author": {"family": null}}',
    )  # fmt: skip
    assert json.loads(merged["json_text"]) == {"title": "Hello!", "author": {"given": "John"}}


@pytest.mark.parametrize(
    ("document", "operations", "result"),
    [
        ({"foo": ["bar", "baz"]}, [{"op": "add", "path": "/foo/1", "value": "qux"}], {"foo": ["bar", "qux", "baz"]}),
        ({"foo": [1, 2, 3]}, [{"op": "move", "from": "/foo/0", "path": "/foo/2"}], {"foo": [2, 3, 1]}),
        ({"a": {"b": 1}}, [{"op": "copy", "from": "/a", "path": "/c"}], {"a": {"b": 1}, "c": {"b": 1}}),
        ({"/": 9, "~1": 10}, [{"op": "test", "path": "/~01", "value": 10}], {"/": 9, "~1": 10}),
    ],
    ids=["add to an array", "move", "copy", "escapes"],
)
def test_json_patch_follows_the_examples_of_rfc_6902(w: World, document: Any, operations: Any, result: Any) -> None:
    patched = call(w, json_tools, "patch", document=json.dumps(document), operations=json.dumps(operations))
    assert json.loads(patched["json_text"]) == result


def test_a_failed_test_operation_fails_the_patch(w: World) -> None:
    with pytest.raises(FailedPrecondition, match=r"operations\[0\]"):
        call(w, json_tools, "patch", document='{"a": 1}', operations='[{"op": "test", "path": "/a", "value": true}]')


def test_a_schema_names_the_place_at_fault_and_never_fetches(w: World) -> None:
    schema = '{"properties": {"tags": {"items": {"type": "string"}}}}'
    result = call(w, json_tools, "validate", document='{"tags": ["x", 3]}', schema_text=schema)
    assert [(fault["pointer"], fault["keyword"]) for fault in result["faults"]] == [("/tags/1", "type")]
    with pytest.raises(InvalidArgument, match=r"\$ref"):
        call(w, json_tools, "validate", document="1", schema_text='{"$ref": "https://example.com/s.json"}')


def test_an_inferred_schema_accepts_its_document(w: World) -> None:
    document = '[{"a": 1, "b": "x"}, {"a": 2.5}]'
    schema = call(w, json_tools, "infer_schema", document=document)["json_text"]
    assert json.loads(schema)["items"]["required"] == ["a"]
    assert call(w, json_tools, "validate", document=document, schema_text=schema)["valid"]


@pytest.mark.parametrize("text", ['{"a": 1, "a": 2}', "[NaN]", "[1e999]", '"\\ud800"', "[" * 900], ids=str)
def test_json_that_other_readers_would_see_otherwise_is_refused(w: World, text: str) -> None:
    with pytest.raises(InvalidArgument, match="document"):
        call(w, json_tools, "flatten", document=text)


def test_json_and_csv_go_back_and_forth(w: World) -> None:
    document = call(w, csv_tools, "to_json", table=SALES)["json_text"]
    assert json.loads(document)[0] == {"region": "North", "product": "tea", "units": 12}
    assert call(w, json_tools, "to_csv", document=document)["csv_text"] == SALES


def test_csv_is_grouped_crossed_and_joined(w: World) -> None:
    grouped = call(w, csv_tools, "aggregate", table=SALES, group_by="region", column="units", measure="mean")
    assert grouped["csv_text"] == "region,mean_units\nNorth,9.5\nSouth,12.5\n"
    crossed = call(w, csv_tools, "pivot", table=SALES, rows="region", columns="product", values="units")
    assert crossed["csv_text"] == "region,tea,coffee\nNorth,12,7\nSouth,5,20\n"
    joined = call(w, csv_tools, "join", left="a,b\n1,x\n2,y\n", right="a,c\n2,z\n", on="a", keep_unmatched=True)
    assert joined["csv_text"] == "a,b,c\n1,x,\n2,y,z\n"
    with pytest.raises(NotFound, match="region, product, units"):
        call(w, csv_tools, "sort", table=SALES, columns=["price"])


@pytest.mark.parametrize(
    ("scheme", "encoded"),
    [("base64", "Zm9vYmE="), ("base32", "MZXW6YTB"), ("hex", "666f6f6261"), ("percent", "fooba")],
)
def test_encodings_give_the_vectors_of_rfc_4648(w: World, scheme: str, encoded: str) -> None:
    assert call(w, encoding, "encode", text="fooba", scheme=scheme)["encoded"] == encoded
    assert call(w, encoding, "decode", encoded=encoded, scheme=scheme)["text"] == "fooba"


def test_crc_and_punycode_give_known_values(w: World) -> None:
    assert call(w, encoding, "checksum", text="123456789")["crc32_hex"] == "cbf43926"
    assert call(w, encoding, "idn_to_ascii", name="bücher.example")["ascii_name"] == "xn--bcher-kva.example"


def test_xml_becomes_json_and_xml_again(w: World) -> None:
    xml = '<list n="2"><item>a</item><item>b</item></list>'
    document = call(w, markup, "xml_to_json", xml=xml)["json_text"]
    assert json.loads(document) == {"list": {"@n": "2", "item": ["a", "b"]}}
    assert call(w, markup, "json_to_xml", json_text=document)["xml_text"] == xml


def test_xml_entities_are_refused(w: World) -> None:
    with pytest.raises(InvalidArgument, match="document type"):
        call(w, markup, "xml_to_json", xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')


def test_html_loses_tags_and_scripts(w: World) -> None:
    text = call(w, markup, "html_to_text", html_text="<p>Tea &amp; <b>milk</b></p><script>x()</script><p>2</p>")
    assert text == {"text": "Tea & milk\n2"}


def test_a_markdown_table_keeps_bars(w: World) -> None:
    table = "a,b\nx|y,z\n"
    markdown = call(w, markup, "csv_to_markdown", table=table)["markdown"]
    assert call(w, markup, "markdown_to_csv", markdown=markdown)["csv_text"] == table


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=2+3*4^2", "50"), ("=(1+2)/4", "0.75"), ("=SUM(A2:A4)", "6"), ("=AVERAGE(A2:A4)*2", "4"),
        ("=1/0", "#DIV/0!"),
        ('=IF(A2<A3,"less","more")', "less"), ("=ROUND(2.345,2)", "2.35"), ("=SQRT(0-1)", "#NUM!"),
        ("=A1+1", "#VALUE!"),
    ],
)  # fmt: skip
def test_formulas_are_worked_out(w: World, formula: str, value: str) -> None:
    sheet = call(w, sheets, "create", title="T", table="n\n1\n2\n3\n")["sheet_id"]
    assert call(w, sheets, "evaluate", sheet_id=sheet, formula=formula) == {"value": value}


def test_formulas_see_changes_and_cycles(w: World) -> None:
    sheet = call(w, sheets, "create", title="T", table="n\n1\n=A2*10\n")["sheet_id"]
    call(w, sheets, "write_cell", sheet_id=sheet, cell="A2", content="7")
    assert [cell["value"] for cell in call(w, sheets, "read", sheet_id=sheet, area="A2:A3")["cells"]] == ["7", "70"]
    assert call(w, sheets, "write_cell", sheet_id=sheet, cell="A2", content="=A3")["value"] == "#CYCLE!"


def test_a_formula_is_not_code(w: World) -> None:
    sheet = call(w, sheets, "list")["sheets"][0]["sheet_id"]
    for formula in ('=__import__("os")', "=().x", "=[1]", "=A1.B1", "=LAMBDA(1)"):
        with pytest.raises(InvalidArgument, match="formula"):
            call(w, sheets, "evaluate", sheet_id=sheet, formula=formula)


def test_a_folder_lasts_as_long_as_its_files(w: World) -> None:
    call(w, files, "write", path="/new/a.txt", text="1\n2\n")
    assert "/new/" in call(w, files, "list", folder="/")["folders"]
    call(w, files, "move", path="/new/a.txt", new_path="/other/a.txt")
    assert "/new/" not in call(w, files, "list", folder="/")["folders"]
    with pytest.raises(Conflict, match="folder"):
        call(w, files, "write", path="/other", text="")


def test_a_file_goes_to_a_bucket_and_back_unchanged(w: World) -> None:
    path = call(w, files, "find", pattern="guests.csv")["files"][0]["path"]
    stored = call(w, object_storage, "upload_file", path=path, bucket="weekly-backups", key="guests.csv")
    assert stored["sha256"] == call(w, files, "digest", path=path)["sha256"]
    call(w, object_storage, "download_to_file", bucket="weekly-backups", key="guests.csv", path="/back.csv")
    assert call(w, files, "diff", path=path, other_path="/back.csv")["diff"] == ""


def test_a_share_link_ends_with_its_object(w: World) -> None:
    place = {"bucket": "weekly-backups", "key": "a.txt"}
    call(w, object_storage, "put", **place, text="hello")
    url = call(w, object_storage, "share", **place)["url"]
    assert call(w, object_storage, "open_link", url=url)["text"] == "hello"
    call(w, object_storage, "delete", **place)
    with pytest.raises(NotFound, match="share link"):
        call(w, object_storage, "open_link", url=url)


def test_sql_reads_and_changes_rows_that_stay(w: World) -> None:
    call(w, database, "execute", sql="DELETE FROM loans WHERE returned IS NULL")
    fork = w.fork()
    call(w, database, "execute", sql="INSERT INTO loans VALUES (99, 1, 1, '2025-01-01', '2025-01-22', NULL)")
    sql = "SELECT count(*) AS n FROM loans"
    assert [json.loads(call(at, database, "query", sql=sql)["rows_json"]) for at in (fork, w)] == [
        [{"n": 6}],
        [{"n": 7}],
    ]


def test_a_csv_table_becomes_a_database_table_and_csv_again(w: World) -> None:
    call(w, database, "import_csv", table="sales", rows=SALES)
    sql = "SELECT region, sum(units) AS units FROM sales GROUP BY region ORDER BY region"
    assert call(w, database, "export_csv", sql=sql)["csv_text"] == "region,units\nNorth,19\nSouth,25\n"
    assert call(w, database, "column_stats", table="sales", column="units")["mean"] == 11


@pytest.mark.parametrize(
    "sql",
    [
        "ATTACH 'x.db' AS x", "PRAGMA user_version", "SELECT random()", "SELECT date('now') AS d",
        "SELECT CURRENT_DATE AS d",
        "SELECT load_extension('x')", "DELETE FROM books", "SELECT 1; SELECT 2", "SELECT zeroblob(9)", "",
    ],
)  # fmt: skip
def test_a_query_only_reads(w: World, sql: str) -> None:
    with pytest.raises(InvalidArgument, match="sql"):
        call(w, database, "query", sql=sql)


def test_an_endless_query_is_stopped(w: World) -> None:
    sql = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM n) SELECT max(x) AS m FROM n"
    with pytest.raises(ResourceExhausted, match="too much"):
        call(w, database, "query", sql=sql)
