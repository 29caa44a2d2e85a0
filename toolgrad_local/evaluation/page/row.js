// One row: what was asked, what is right, what the model did, and how it was scored.
function verdict(right) {
  return make("span", { class: right ? "state good" : "state bad" }, glyph(right ? "✓" : "✕"), right ? "right" : "wrong");
}

function callBox(call) {
  const box = make(
    "div",
    { class: "call" },
    make("span", { class: "tool" }, call.tool),
    make("div", {}, make("code", {}, JSON.stringify(call.arguments))),
  );
  if (call.error) box.append(make("div", { class: "failed" }, `${wordsOf(call.error)}: ${call.result ?? ""}`));
  else if (call.result !== null)
    box.append(make("details", {}, make("summary", {}, "result"), make("pre", {}, call.result)));
  return box;
}

function speech(title, name, ...children) {
  return make("section", { class: `speech ${name}` }, make("h3", {}, title), ...children);
}

function callsOf(calls) {
  return calls.length ? calls.map(callBox) : [make("p", { class: "soft" }, "no call")];
}

function showRow(place, row, measures) {
  const values = Object.entries(row.values).map(([name, value]) =>
    make("tr", {}, make("td", {}, measures[name] ?? wordsOf(name)), make("td", {}, plain(value, 2))),
  );
  const errors = Object.entries(row.errors).map(([kind, count]) =>
    make("span", { class: "state bad" }, count > 1 ? `${wordsOf(kind)} × ${count}` : wordsOf(kind)),
  );
  place.replaceChildren(
    make(
      "header",
      { class: "row-head" },
      make("h2", {}, row.id),
      verdict(row.right),
      make("span", { class: "soft" }, [wordsOf(row.kind), ...row.domains].join(" · ")),
      ...errors,
    ),
    speech("Query", "", make("p", { class: "text query", dir: "auto" }, row.query)),
    make(
      "div",
      { class: "sides" },
      speech("Gold", "gold", ...callsOf(row.gold), make("p", { class: "text", dir: "auto" }, row.gold_answer ?? "")),
      speech("Calls of the model", row.right ? "gold" : "wrong", ...callsOf(row.made)),
    ),
    ...row.replies.map(([text, finish], i) =>
      speech(
        `Reply ${i + 1}${finish === "stop" ? "" : `, ${wordsOf(finish)}`}`,
        "",
        make("p", { class: "text reply", dir: "auto" }, text || "(empty)"),
      ),
    ),
    make("table", { class: "figures" }, ...values),
    make(
      "details",
      {},
      make("summary", {}, `${counted(row.tools.length, "tool")} offered`),
      ...row.tools.map(([name, about]) => make("p", {}, make("span", { class: "tool" }, name), ` ${about}`)),
    ),
  );
  place.scrollTop = 0;
}

function showFigures(place, figures) {
  place.replaceChildren(
    make("h2", {}, "Scorecard"),
    make(
      "table",
      { class: "figures" },
      ...figures.map(([name, told, count]) =>
        make("tr", {}, make("td", {}, name), make("td", {}, told), make("td", {}, counted(count, "row"))),
      ),
    ),
    make("p", { class: "empty" }, "Choose a row."),
  );
}
