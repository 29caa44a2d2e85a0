// One sample as a timeline: query, calls in turns, response, and what was found wrong with each.
function partOf(index, kind) {
  return index.parts[index.kinds.indexOf(kind)];
}

function heading(text, ...more) {
  return make("h3", {}, text, ...more);
}

function factLine(name, value) {
  return make("div", {}, make("dt", {}, name), make("dd", {}, value));
}

function sampleHead(record, walk) {
  const links = record.workflow.links,
    released = record.rejected === null;
  const chains = new Set(links.map(link => link.chain)).size;
  return make(
    "header",
    { class: "sample-head" },
    make(
      "div",
      { class: "walk" },
      button("‹ List", () => walk(null), { class: "back" }),
      button("↑", () => walk(-1), { "aria-label": "Previous sample" }),
      button("↓", () => walk(1), { "aria-label": "Next sample" }),
    ),
    make("h2", {}, `Sample ${record.sample}`),
    make(
      "span",
      { class: released ? "state good" : "state bad" },
      glyph(released ? "✓" : "✕"),
      released ? "released" : `rejected: ${reasonWords(record.rejected)}`,
    ),
    make(
      "span",
      { class: "soft" },
      [
        counted(links.length, "call"),
        counted(record.turns.length, "turn"),
        counted(chains, "chain"),
        `world ${record.world_seed}`,
      ].join(" · "),
    ),
  );
}

function styleBox(style) {
  if (!style) return null;
  const names = ["persona", "situation", "tone", "length", "explicitness", "language"];
  return make(
    "details",
    { class: "style" },
    make(
      "summary",
      {},
      "Style it was asked for",
      make(
        "span",
        { class: "soft" },
        ` ${style.tone} · ${style.length}${style.language === "English" ? "" : ` · ${style.language}`}`,
      ),
    ),
    make("dl", {}, ...names.map(name => factLine(name, style[name]))),
  );
}

function queryBox(record, findings) {
  const said = record.workflow.links.flatMap((link, index) =>
    link.leaves
      .filter(leaf => leaf.source === "query" && String(leaf.value).length > 1)
      .map(leaf => ({ words: String(leaf.value), name: "said", title: `${leaf.path} of call ${index + 1}` })),
  );
  const faults = findings.map(finding => ({ words: finding.detail, name: "fault", title: kindWords(finding.kind) }));
  return make(
    "section",
    { class: "speech query" },
    heading("Query"),
    record.query === null
      ? make("p", { class: "soft" }, "None was written.")
      : markedText(record.query, [...faults, ...said]),
    ...findings.map(findingNote),
    styleBox(record.style),
  );
}

function thought(text) {
  return text ? make("p", { class: "thought", dir: "auto" }, make("span", { class: "label" }, "Thought"), text) : null;
}

function turnBox(record, turn, number, feeds, findings) {
  return make(
    "section",
    { class: "turn" },
    heading(
      `Turn ${number + 1}`,
      turn.length > 1 ? make("span", { class: "soft" }, ` · ${turn.length} calls side by side`) : null,
    ),
    thought(record.thoughts?.[number]),
    make(
      "div",
      { class: "calls" },
      ...turn.map(index =>
        callCard(
          record.workflow.links[index],
          index,
          feeds[index],
          findings.filter(finding => finding.link === index),
        ),
      ),
    ),
  );
}

function turnsOf(record) {
  if (record.turns.length || !record.workflow.links.length) return record.turns;
  return record.workflow.links.map((_, index) => [index]);
}

function responseBox(record, findings) {
  const faults = findings.map(finding => ({ words: finding.detail, name: "fault", title: kindWords(finding.kind) }));
  return make(
    "section",
    { class: "speech response" },
    heading("Response"),
    thought(record.thoughts?.at(-1)),
    record.response === null ? make("p", { class: "soft" }, "None was written.") : markedText(record.response, faults),
    ...findings.map(findingNote),
  );
}

function check(name, holds) {
  return make(
    "span",
    { class: holds ? "state good" : "state bad" },
    glyph(holds ? "✓" : "✕"),
    holds ? `same ${name}` : `other ${name}`,
  );
}

function attemptRow(attempt) {
  const { call, result } = attempt;
  return make(
    "li",
    {},
    make("code", {}, call.tool),
    " ",
    make("span", { class: "wrap" }, JSON.stringify(call.arguments)),
    resultBox(result, new Map()),
  );
}

function roundTripBox(trip) {
  if (!trip) return null;
  return make(
    "section",
    { class: "extra" },
    heading("Round trip"),
    make(
      "p",
      { class: "soft" },
      "What a solver did that knew the query, the offered tools and the results as it went.",
    ),
    make(
      "p",
      { class: "checks" },
      check("tools", trip.same_tools),
      check("arguments", trip.same_arguments),
      check("end state", trip.same_state),
    ),
    make("ol", { class: "attempts" }, ...trip.attempts.map(attemptRow)),
  );
}

function omissionBox(omission) {
  if (!omission) return null;
  return make(
    "section",
    { class: "extra" },
    heading("With a value left out"),
    markedText(omission.query, []),
    make(
      "p",
      { class: "soft" },
      "It no longer gives ",
      make("code", {}, omission.path),
      ` of call ${omission.link + 1}, which was ${JSON.stringify(omission.value)}: a model should ask for it.`,
    ),
  );
}

function stepRow(step) {
  const chosen = step.selection?.report ?? null;
  return make(
    "li",
    { class: "step" },
    make("b", {}, `Step ${step.index + 1}`),
    make(
      "span",
      { class: step.outcome === "accepted" ? "state good" : "state" },
      OUTCOMES[step.outcome] ?? step.outcome,
    ),
    make("span", { class: "soft" }, `pool ${step.pool}`),
    step.reason ? make("p", { class: "text" }, step.reason) : null,
    make(
      "ul",
      {},
      ...step.proposals.map((proposal, i) =>
        make(
          "li",
          {},
          glyph(i === chosen ? "✓" : "·"),
          make("code", {}, proposal.tool),
          ` ${step.reports[i]?.outcome ?? "not executed"}`,
          i === chosen ? ", chosen" : "",
          make("p", { class: "soft" }, proposal.instruction),
        ),
      ),
    ),
    step.selection?.reason ? make("p", { class: "soft" }, `Selector: ${step.selection.reason}`) : null,
  );
}

function growthBox(steps) {
  if (!steps.length) return null;
  const kept = steps.filter(step => step.outcome === "accepted").length;
  const box = make(
    "details",
    { class: "extra" },
    make(
      "summary",
      {},
      "How it was grown",
      make("span", { class: "soft" }, ` ${counted(steps.length, "step")}, ${counted(kept, "call")} kept`),
    ),
  );
  box.addEventListener("toggle", () => {
    if (box.open && box.children.length === 1) box.append(make("ol", { class: "steps" }, ...steps.map(stepRow)));
  });
  return box;
}

// Draws the sample into its place.
function showSample(detail, record, index, walk) {
  const links = record.workflow.links,
    feeds = listFeeds(links),
    findings = record.audit?.findings ?? [];
  const own = part => findings.filter(finding => partOf(index, finding.kind) === part && finding.link === null);
  const linked = findings.filter(finding => finding.link !== null);
  const timeline = make(
    "div",
    { class: "timeline" },
    queryBox(record, [...own("query"), ...own("grounded")]),
    ...turnsOf(record).map((turn, number) => turnBox(record, turn, number, feeds, linked)),
    responseBox(record, own("response")),
  );
  detail.replaceChildren(
    sampleHead(record, walk),
    timeline,
    ...[roundTripBox(record.round_trip), omissionBox(record.omission), growthBox(record.steps)].filter(Boolean),
  );
  detail.scrollTop = 0;
  watchEdges(timeline, links);
}
