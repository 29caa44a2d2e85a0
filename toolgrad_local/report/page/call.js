// One call: its arguments with their sources, and its result, folded.
function sourceMark(leaf) {
  const [sign, words] = SOURCES[leaf.source];
  if (!leaf.edge) return make("span", { class: `source ${leaf.source}` }, glyph(sign), words);
  const { link, path, entity, needed } = leaf.edge;
  return make(
    "span",
    {
      class: needed ? "source edge" : "source edge optional",
      title: entity ? `entity ${entity}` : "no declared entity",
    },
    glyph(sign),
    `call ${link + 1} `,
    make("code", {}, path || "(whole)"),
    needed ? null : " and said",
  );
}

function argumentRow(leaf) {
  return make(
    "li",
    { class: leaf.source === "untraced" ? "argument bad" : "argument", "data-path": leaf.path },
    make("span", { class: "key" }, leaf.path),
    scalar(leaf.value),
    sourceMark(leaf),
  );
}

// Arguments without a leaf are empty lists and objects.
function bareArguments(link) {
  const traced = new Set(link.leaves.map(leaf => leaf.path.split(/[.[]/)[0]));
  return Object.entries(link.call.arguments).filter(([name]) => !traced.has(name));
}

function argumentList(link) {
  const bare = bareArguments(link).map(([name, value]) =>
    make(
      "li",
      { class: "argument" },
      make("span", { class: "key" }, name),
      make("span", { class: "value" }, JSON.stringify(value)),
      make("span"),
    ),
  );
  if (link.leaves.length + bare.length === 0) return make("p", { class: "soft none" }, "no arguments");
  return make("ul", { class: "arguments" }, ...link.leaves.map(argumentRow), ...bare);
}

function findingNote(finding) {
  const [words, meaning] = KINDS[finding.kind] ?? [finding.kind, ""];
  return make(
    "p",
    { class: "finding", title: meaning },
    glyph("✕"),
    make("b", {}, words),
    finding.detail ? make("span", {}, ` ${finding.detail}`) : null,
  );
}

// By link: by path in its result, the arguments that it gave a value to.
function listFeeds(links) {
  const feeds = links.map(() => new Map());
  links.forEach((link, index) =>
    link.leaves.forEach(leaf => {
      if (!leaf.edge) return;
      const paths = feeds[leaf.edge.link];
      paths.set(leaf.edge.path, [...(paths.get(leaf.edge.path) ?? []), { link: index, path: leaf.path }]);
    }),
  );
  return feeds;
}

function resultBox(result, feeds) {
  if (!result.ok) return make("p", { class: "failed" }, glyph("✕"), `${result.error}: ${result.message ?? ""}`);
  const fed = [...new Set([...feeds.values()].flat().map(where => where.link + 1))];
  const to = fed.length ? ` · feeds ${fed.length > 1 ? "calls" : "call"} ${fed.join(", ")}` : "";
  const box = make(
    "details",
    { class: "result" },
    make(
      "summary",
      {},
      "Result",
      make("span", { class: "soft" }, ` ${bytes(new TextEncoder().encode(JSON.stringify(result.value)).length)}${to}`),
    ),
  );
  box.addEventListener("toggle", () => {
    if (box.open && box.children.length === 1) box.append(valueTree(result.value, feeds));
  });
  return box;
}

function callCard(link, index, feeds, findings) {
  return make(
    "section",
    { class: findings.length ? "call faulty" : "call", "data-link": index, "aria-label": `Call ${index + 1}` },
    make(
      "header",
      {},
      make("span", { class: "number" }, String(index + 1)),
      make("b", { class: "tool" }, link.call.tool),
      make("span", { class: "chain soft" }, `chain ${chainLetter(link.chain)}`),
    ),
    argumentList(link),
    ...findings.map(findingNote),
    resultBox(link.result, feeds),
  );
}
