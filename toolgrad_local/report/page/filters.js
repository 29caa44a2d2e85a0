// Which samples are shown: words in query, tools and response, and four choices.
const MOST_CALLS = 12;
const NO_FINDING = "none",
  DISAGREES = "round trip";

function emptyFilter() {
  return { text: "", domain: "", kind: "", verdict: "", calls: "" };
}

// Lower-case text of every sample, made once.
function gatherTexts(index) {
  const names = index.tools.map(name => name.toLowerCase());
  return index.sample.map((sample, i) => {
    const tools = index.calls[i].map(tool => names[tool]).join(" ");
    return `#${sample} \n${(index.query[i] ?? "").toLowerCase()}\n${tools}\n${(index.response[i] ?? "").toLowerCase()}`;
  });
}

function domainsOf(index, i) {
  return new Set(index.calls[i].map(tool => index.domains[tool]));
}

function verdictOf(index, i, verdict) {
  if (verdict === NO_FINDING) return index.query[i] !== null && index.findings[i].length === 0;
  if (verdict === DISAGREES) return index.agrees[i] === false;
  return index.findings[i].includes(index.kinds.indexOf(verdict));
}

function kindOf(index, i) {
  return index.reasons[index.reason[i]] ?? "released";
}

// Positions of the samples that pass.
function choose(index, texts, filter) {
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map(word => (/^#\d+$/.test(word) ? `${word} ` : word));
  const found = [];
  for (let i = 0; i < texts.length; i++) {
    if (filter.kind && kindOf(index, i) !== filter.kind) continue;
    if (filter.calls && String(Math.min(index.calls[i].length, MOST_CALLS)) !== filter.calls) continue;
    if (filter.verdict && !verdictOf(index, i, filter.verdict)) continue;
    if (filter.domain && !index.calls[i].some(tool => index.domains[tool] === filter.domain)) continue;
    if (words.every(word => texts[i].includes(word))) found.push(i);
  }
  return found;
}

function tally(index, keysOf) {
  const counts = new Map();
  for (let i = 0; i < index.sample.length; i++)
    for (const key of keysOf(i)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function verdictsOf(index, i) {
  const found = index.findings[i].map(kind => index.kinds[kind]);
  if (verdictOf(index, i, NO_FINDING)) found.push(NO_FINDING);
  if (index.agrees[i] === false) found.push(DISAGREES);
  return found;
}

function verdictWords(verdict) {
  return { [NO_FINDING]: "nothing found", [DISAGREES]: "the round trip disagrees" }[verdict] ?? kindWords(verdict);
}

function callsWords(calls) {
  return calls === String(MOST_CALLS) ? `${MOST_CALLS} or more` : calls;
}

// The four choices, each with the values that occur and how often.
function listChoices(index) {
  const byName = (a, b) => a[0].localeCompare(b[0], "en");
  const byCount = (a, b) => b[1] - a[1] || byName(a, b);
  const reached = reason => [null, ...Object.keys(REASONS)].indexOf(reason === "released" ? null : reason);
  return [
    [
      "kind",
      "Kind",
      "all kinds",
      [...tally(index, i => [kindOf(index, i)])].sort((a, b) => reached(a[0]) - reached(b[0])),
      kind => reasonWords(kind === "released" ? null : kind),
    ],
    ["verdict", "Audit", "any verdict", [...tally(index, i => verdictsOf(index, i))].sort(byCount), verdictWords],
    ["domain", "Domain", "all domains", [...tally(index, i => domainsOf(index, i))].sort(byName), domain => domain],
    [
      "calls",
      "Calls",
      "any number",
      [...tally(index, i => [String(Math.min(index.calls[i].length, MOST_CALLS))])].sort((a, b) => a[0] - b[0]),
      callsWords,
    ],
  ];
}

// Fills the form; `changed` is told the new filter.
function buildFilters(form, index, changed) {
  const search = makeSearch("Search query, tools, response", "Search query, tools and response");
  const selects = listChoices(index).map(choice => makeChoice(...choice));
  form.append(
    search,
    make("div", { class: "choices" }, ...selects),
    make(
      "p",
      { class: "found" },
      make("output", { id: "found", "aria-live": "polite" }),
      button("Clear filters", () => setFilter(form, {}), { id: "clear" }),
    ),
  );
  form.addEventListener("input", () => changed(readFilter(form)));
  form.addEventListener("submit", event => event.preventDefault());
}

function readFilter(form) {
  return Object.fromEntries(Object.keys(emptyFilter()).map(name => [name, form.elements[name].value]));
}

function setFilter(form, given) {
  for (const [name, value] of Object.entries({ ...emptyFilter(), ...given })) form.elements[name].value = value;
  form.dispatchEvent(new Event("input"));
}
