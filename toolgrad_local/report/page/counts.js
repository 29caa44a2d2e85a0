// Panels that count: coverage of the catalog, cost, failures, rejections and findings.
function reachRows(reach, what) {
  return ["offered", "kept", "released"].map(step => ({
    name: `${what} ${step}`,
    amount: reach[step],
    words: `${plain(reach[step])} of ${plain(reach.catalog)} · ${percent(reach[step] / reach.catalog)}`,
  }));
}

function coveragePanel(coverage, open) {
  const shown = 20,
    uses = coverage.by_domain;
  const rows = uses.map(use => ({
    name: use.domain,
    title: `${use.category}: ${use.tools_kept} of ${counted(use.tools, "tool")} kept`,
    amount: use.kept,
    second: use.released,
    words: `${plain(use.kept)} · ${plain(use.released)}`,
    pick: () => open({ domain: use.domain }),
  }));
  const list = make("div", { class: "columns" }, barList(rows.slice(0, shown), uses[0]?.kept));
  if (rows.length > shown) {
    const more = button(
      `Show all ${plain(rows.length)} domains`,
      () => list.replaceChildren(barList(rows, uses[0].kept)),
      { class: "more" },
    );
    list.append(more);
  }
  return wide(
    panel(
      "Coverage",
      "Offered: in the pool of at least one step. Kept: called in a workflow. Released: called in a released sample.",
      make(
        "div",
        { class: "halves" },
        barList(reachRows(coverage.tools, "Tools"), coverage.tools.catalog),
        barList(reachRows(coverage.domains, "Domains"), coverage.domains.catalog),
      ),
      make("h3", {}, `Kept calls by domain`, make("span", { class: "soft" }, " kept · in released samples")),
      uses.length ? list : make("p", { class: "empty" }, "No call was kept."),
    ),
  );
}

function costPanel(cost, paper) {
  const stated = key =>
    paper.runs
      .map(run => (run[key] === null ? null : `${run[key]} (${run.name})`))
      .filter(Boolean)
      .join(", ") || "not stated";
  const rows = [
    ["Teacher calls", plain(cost.teacher_calls_a_sample, 1), stated("teacher_calls_a_sample")],
    ["Tool calls", plain(cost.tool_calls_a_sample, 1), stated("tool_calls_a_sample")],
    ["Prompt tokens", plain(cost.prompt_tokens_a_sample), "not stated"],
    ["of these from the prefix cache", percent(cost.cached_share), "not stated"],
    ["Generated tokens", plain(cost.generated_tokens_a_sample), "not stated"],
  ];
  const stages = Object.entries(cost.stages).map(([name, stage]) => [
    name.replaceAll("_", " "),
    plain(stage.calls),
    plain(stage.prompt_tokens),
    plain(stage.generated_tokens),
    plain(stage.seconds, 1),
  ]);
  return wide(
    panel(
      "Cost",
      "A sample, over all samples started. The seconds are summed over requests that ran side by side.",
      table(["a sample", "this run", "the paper"], rows),
      make("h3", {}, "By stage, in all"),
      table(["stage", "requests", "prompt tokens", "generated tokens", "seconds"], stages),
    ),
  );
}

// Failures come as "step no_proposal": what it befell, and the kind.
function failurePanel(failures) {
  const rows = Object.entries(failures).filter(([name]) => /^(step|reply|call) /.test(name));
  rows.sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], "en"));
  const words = name => {
    const [what, ...kind] = name.split(" ");
    return `${what}: ${FAILURES[kind.join(" ")] ?? OUTCOMES[kind.join(" ")] ?? kind.join(" ").replaceAll("_", " ")}`;
  };
  return panel(
    "Failures on the way",
    "Steps that added no call, replies that did not fit, tool calls that failed.",
    rows.length
      ? barList(
          rows.map(([name, amount]) => ({ name: words(name), amount })),
          rows[0][1],
        )
      : make("p", { class: "empty" }, "None."),
  );
}

function rejectionPanel(index, open) {
  const rows = [...tally(index, i => [kindOf(index, i)])]
    .filter(([kind]) => kind !== "released")
    .sort((a, b) => b[1] - a[1]);
  return panel(
    "Rejected samples",
    "Each by the first reason. Choose one to see its samples.",
    rows.length
      ? barList(
          rows.map(([kind, amount]) => ({ name: reasonWords(kind), amount, pick: () => open({ kind }) })),
          rows[0][1],
        )
      : make("p", { class: "empty" }, "None."),
  );
}

function findingPanel(findings, open) {
  const rows = findings.map(found => ({
    name: kindWords(found.kind),
    title: KINDS[found.kind]?.[1],
    amount: found.samples,
    words: `${plain(found.samples)} · ${PARTS[found.part]}`,
    pick: () => open({ verdict: found.kind }),
  }));
  return panel(
    "What the audit found",
    "Samples whose last draft has a finding of the kind; one sample may have several.",
    rows.length ? barList(rows, findings[0].samples) : make("p", { class: "empty" }, "Nothing."),
  );
}
