// Which rows are shown: words in query, calls and replies, and four choices.
const CHOICES = [
  ["verdict", "Verdict", "right and wrong", row => [row.right ? "right" : "wrong"]],
  ["kind", "Kind", "all kinds", row => [row.kind]],
  ["domain", "Domain", "all domains", row => row.domains],
  ["error", "Format", "any format", row => (Object.keys(row.errors).length ? Object.keys(row.errors) : ["no error"])],
];

function wordsOf(name) {
  return name.replaceAll("_", " ");
}

// Lower-case text of a row, made once.
function textOf(row) {
  const calls = [...row.gold, ...row.made].map(call => `${call.tool} ${JSON.stringify(call.arguments)}`);
  const replies = row.replies.map(([text]) => text);
  return [row.id, row.query, row.gold_answer ?? "", ...calls, ...replies].join("\n").toLowerCase();
}

function chooseRows(rows, texts, filter) {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows
    .map((_, i) => i)
    .filter(i => CHOICES.every(([name, , , keysOf]) => !filter[name] || keysOf(rows[i]).includes(filter[name])))
    .filter(i => words.every(word => texts[i].includes(word)));
}

function countKeys(rows, keysOf) {
  const counts = new Map();
  for (const row of rows) for (const key of keysOf(row)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort((a, b) => a[0].localeCompare(b[0], "en"));
}

// Fills the form; `changed` is told the new filter.
function buildFilters(form, rows, changed) {
  const search = makeSearch("Search query, calls, replies", "Search query, calls and replies");
  const selects = CHOICES.map(([name, title, all, keysOf]) =>
    makeChoice(name, title, all, countKeys(rows, keysOf), wordsOf),
  );
  form.append(
    search,
    make("div", { class: "choices" }, ...selects),
    make("p", { class: "found" }, make("output", { id: "found", "aria-live": "polite" })),
  );
  form.addEventListener("input", () => changed(readFilter(form)));
  form.addEventListener("submit", event => event.preventDefault());
}

function readFilter(form) {
  return Object.fromEntries(["text", ...CHOICES.map(([name]) => name)].map(name => [name, form.elements[name].value]));
}
