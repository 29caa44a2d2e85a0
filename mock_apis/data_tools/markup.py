"""XML, HTML and Markdown tables turned into plainer forms, and back."""

import html
import re
from html.parser import HTMLParser
from typing import Annotated, Any
from xml.etree import ElementTree

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import InvalidArgument, ResourceExhausted
from mock_apis.data_tools.csv_text import CsvText, load_csv, write_csv
from mock_apis.data_tools.json_text import JsonText, load_json, write_json

markup = Domain(
    "markup", category="data_tools", description="Convert small documents between XML, HTML, Markdown, JSON and CSV."
)

XmlText = Annotated[str, Entity("xml.text")]
HtmlText = Annotated[str, Entity("html.text")]
MarkdownTable = Annotated[str, Entity("markdown.table")]
LONGEST_TEXT = 4000
DEEPEST = 9
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
BLOCKS = frozenset((
    "p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article",
    "blockquote", "pre", "hr",
))  # fmt: skip
HIDDEN = frozenset(("script", "style", "template"))


class Json(Record):
    json_text: JsonText


class Xml(Record):
    xml_text: XmlText


class Markdown(Record):
    markdown: MarkdownTable


class Csv(Record):
    csv_text: CsvText
    rows: int


class Html(Record):
    html_text: HtmlText


class Text(Record):
    text: str


class Link(Record):
    text: str
    href: str


class Links(Record):
    total: int
    links: list[Link]


@markup.tool(example={"xml": '<book id="7"><title>Emma</title></book>'}, errors=[ResourceExhausted], kind="computation")
def xml_to_json(w: World, xml: XmlText) -> Json:
    """Turn an XML document into JSON: @ for attributes, arrays for repeated tags.

    xml: XML of at most 4000 characters without a document type; mixed text is put under #text.
    """
    require_short("xml", xml)
    if "<!DOCTYPE" in xml.upper() or "<!ENTITY" in xml.upper():
        raise InvalidArgument("xml: a document type or entity declaration is not accepted")
    try:
        root = ElementTree.fromstring(xml)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise InvalidArgument(f"xml: is not well-formed: {error}") from None
    return Json(json_text=write_json("xml", {root.tag: element_value(root, 1)}))


@markup.tool(example={"json_text": "@markup_xml_to_json.json_text"}, errors=[ResourceExhausted], kind="computation")
def json_to_xml(w: World, json_text: JsonText) -> Xml:
    """Write a JSON object with one key as an XML document.

    json_text: JSON object with one key, the root tag; keys that start with @ are attributes.
    """
    value = load_json("json_text", json_text)
    if not isinstance(value, dict) or len(value) != 1 or isinstance(next(iter(value.values())), list):
        raise InvalidArgument("json_text: is not an object with one key whose value is no array")
    tag, content = next(iter(value.items()))
    text = ElementTree.tostring(element_of(tag, content), encoding="unicode")
    require_short("json_text", text)
    return Xml(xml_text=text)


@markup.tool(
    example={"html_text": "<h1>Menu</h1><p>Soup &amp; bread</p>"}, errors=[ResourceExhausted], kind="computation"
)
def html_to_text(w: World, html_text: HtmlText) -> Text:
    """Take the readable text out of HTML, one line for each block.

    html_text: HTML of at most 4000 characters; scripts and styles are left out.
    """
    lines = (" ".join(line.split()) for line in read_html(html_text).text.split("\n"))
    return Text(text="\n".join(line for line in lines if line))


@markup.tool(
    example={"html_text": '<a href="https://example.com/menu">Menu</a>'}, errors=[ResourceExhausted], kind="computation"
)
def html_links(w: World, html_text: HtmlText) -> Links:
    """List the links of an HTML document with their texts, at most the first 20.

    html_text: HTML of at most 4000 characters.
    """
    found = read_html(html_text).links
    links = [Link(text=" ".join(text.split())[:100], href=href[:200]) for href, text in found[:20]]
    return Links(total=len(found), links=links)


@markup.tool(example={"text": "2 < 3 & 'x'"}, errors=[ResourceExhausted], kind="computation")
def text_to_html(w: World, text: str) -> Html:
    """Write a plain text as HTML paragraphs with its special signs escaped.

    text: Text of at most 2000 characters; an empty line starts a new paragraph.
    """
    if len(text) > LONGEST_TEXT // 2:
        raise ResourceExhausted(f"text: {len(text)} characters are over {LONGEST_TEXT // 2}")
    parts = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    return Html(html_text="".join(f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in parts))


@markup.tool(example={"table": "item,price\ntea,2.50\n"}, errors=[ResourceExhausted], kind="computation")
def csv_to_markdown(w: World, table: CsvText) -> Markdown:
    """Write a CSV table as a Markdown table.

    table: CSV text with a header row, at most 4000 characters.
    """
    grid = load_csv("table", table)
    rows = [grid.header, ["---"] * len(grid.header), *grid.rows]
    text = "\n".join("| " + " | ".join(map(escape_cell, row)) + " |" for row in rows)
    require_short("table", text)
    return Markdown(markdown=text)


@markup.tool(example={"markdown": "@markup_csv_to_markdown.markdown"}, errors=[ResourceExhausted], kind="computation")
def markdown_to_csv(w: World, markdown: MarkdownTable) -> Csv:
    """Read a Markdown table into CSV.

    markdown: A table with a header line and a line of hyphens below it, at most 4000 characters.
    """
    require_short("markdown", markdown)
    lines = [split_cells(line) for line in markdown.strip().splitlines()]
    if len(lines) < 2 or not all(cell and set(cell) <= set("-:") for cell in lines[1]):
        raise InvalidArgument("markdown: has no header line with a line of hyphens below it")
    width = len(lines[0])
    rows = [(line + [""] * width)[:width] for line in lines[2:]]
    text = write_csv("markdown", lines[0], rows)
    return Csv(csv_text=text, rows=len(load_csv("markdown", text).rows))


class Reader(HTMLParser):
    """Collects the text and the links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.links: list[tuple[str, str]] = []
        self._hidden = 0
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.text += "\n"
        self._hidden += tag in HIDDEN
        if tag == "a":
            href = dict(attrs).get("href")
            self._open = bool(href)
            self.links += [(href, "")] if href else []

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.text += "\n"
        self._hidden = max(0, self._hidden - (tag in HIDDEN))
        if tag == "a":
            self._open = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text += data
            if self._open:
                href, text = self.links[-1]
                self.links[-1] = (href, text + data)


def read_html(text: str) -> Reader:
    """The text and links of HTML. Raises InvalidArgument or ResourceExhausted."""
    require_short("html_text", text)
    reader = Reader()
    try:
        reader.feed(text)
        reader.close()
    except AssertionError as error:
        raise InvalidArgument(f"html_text: {error}") from None
    return reader


def element_value(element: ElementTree.Element, depth: int) -> Any:
    """An element as JSON: text alone, or an object of attributes, children and text."""
    if depth > DEEPEST:
        raise ResourceExhausted(f"xml: is nested more than {DEEPEST} elements deep")
    value: dict[str, Any] = {f"@{name}": text for name, text in element.attrib.items()}
    children: dict[str, list[Any]] = {}
    for child in element:
        children.setdefault(child.tag, []).append(element_value(child, depth + 1))
    value |= {tag: found[0] if len(found) == 1 else found for tag, found in children.items()}
    text = " ".join("".join([element.text or "", *(child.tail or "" for child in element)]).split())
    if not value:
        return text
    return {**value, "#text": text} if text else value


def element_of(tag: str, value: Any) -> ElementTree.Element:
    """The element of a tag and a JSON value. Raises InvalidArgument."""
    if NAME.fullmatch(tag) is None:
        raise InvalidArgument(f"json_text: '{tag[:40]}' is no tag that is accepted")
    element = ElementTree.Element(tag)
    if not isinstance(value, dict):
        element.text = scalar(value)
        return element
    for key, child in value.items():
        if key == "#text":
            element.text = scalar(child)
        elif key.startswith("@"):
            if NAME.fullmatch(key[1:]) is None:
                raise InvalidArgument(f"json_text: '{key[:40]}' is no attribute that is accepted")
            element.set(key[1:], scalar(child))
        else:
            element.extend([element_of(key, item) for item in (child if isinstance(child, list) else [child])])
    return element


def scalar(value: Any) -> str:
    """A JSON value without children as XML text. Raises InvalidArgument."""
    if isinstance(value, dict | list):
        raise InvalidArgument("json_text: an attribute, a text or an item of an array in an array is not a plain value")
    text = "" if value is None else value if isinstance(value, str) else write_json("json_text", value)
    if any(letter < " " and letter not in "\t\n\r" for letter in text) or "\ufffe" in text or "\uffff" in text:
        raise InvalidArgument("json_text: holds a control character that XML cannot")
    return text


def escape_cell(cell: str) -> str:
    """A cell for a Markdown table."""
    return " ".join(cell.split()).replace("\\", "\\\\").replace("|", "\\|")


def split_cells(line: str) -> list[str]:
    """The cells of a line of a Markdown table."""
    inner = line.strip().removeprefix("|")
    cells = re.findall(r"((?:\\.|[^|\\]|\\$)*)(?:\||$)", inner)
    cells = cells[:-1] if cells and not cells[-1].strip() else cells
    return [re.sub(r"\\(.)", r"\1", cell.strip()) for cell in cells]


def require_short(name: str, text: str) -> None:
    """Raises ResourceExhausted."""
    if len(text) > LONGEST_TEXT:
        raise ResourceExhausted(f"{name}: {len(text)} characters are over {LONGEST_TEXT}")
