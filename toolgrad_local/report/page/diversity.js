// Diversity of the queries: of this run, of another one beside it, and what is known of the paper's.
const MEASURES = [
  ["Queries measured", d => plain(d.queries)],
  ["Distinct-1", d => plain(d.distinct[0], 3)],
  ["Distinct-2", d => plain(d.distinct[1], 3)],
  ["Distinct-3", d => plain(d.distinct[2], 3)],
  ["Self-similarity", d => plain(d.self_similarity, 3)],
  ["Near another query", d => percent(d.near_share)],
  ["Different openings", d => plain(d.different_openings)],
  ["Commonest opening", d => `“${d.openings[0].words}” ${percent(d.commonest_opening_share, 0)}`],
  ["Words a query, mean", d => plain(d.words_mean, 1)],
  ["Words a query, median", d => plain(d.words_median, 1)],
  ["Sentences a query, mean", d => plain(d.sentences_mean, 1)],
  ["In one paragraph", d => percent(d.one_paragraph_share, 0)],
];

const MEANING =
  "Written: every query, of rejected samples too. Distinct-n: different runs of n words over all of them. " +
  "Self-similarity: for each query, the Jaccard index of its word pairs with the nearest other query, on average " +
  "(0 none alike, 1 all alike); near: 0.5 or more.";
const EQUALLY_MANY =
  "Most of these change with the number of queries, so both runs are measured on equally many: the first of each.";

function measureTable(columns) {
  const known = columns.filter(([, measured]) => measured);
  return table(
    ["", ...known.map(([name]) => name)],
    MEASURES.map(([name, show]) => [name, ...known.map(([, measured]) => show(measured))]),
  );
}

function openingList(title, measured) {
  if (!measured) return null;
  const rows = measured.openings.map(opening => ({
    name: `“${opening.words}”`,
    amount: opening.queries,
    words: `${plain(opening.queries)} · ${percent(opening.queries / measured.queries, 0)}`,
  }));
  return make("div", {}, make("h3", {}, title), barList(rows, measured.openings[0].queries));
}

function lengthChart(title, measured) {
  if (!measured) return null;
  const starts = measured.lengths.map((_, i) => i * 10);
  return make(
    "div",
    {},
    make("h3", {}, title),
    histogram(title, starts, measured.lengths, null, "words a query, in tens"),
  );
}

function paperWords(words) {
  const mean = words.reduce((a, b) => a + b, 0) / words.length;
  return (
    "The paper states no diversity of its queries. Its repository publishes three example outputs " +
    "(github.com/zhongyi-zhou/toolgrad at c9544f8, examples/). Their queries ask for all calls in one paragraph, " +
    `${plain(Math.min(...words))} to ${plain(Math.max(...words))} words, ${plain(mean, 1)} on average, counted as ` +
    "this run's are. Three queries are too few for distinct-n and self-similarity."
  );
}

function paperPart(paper) {
  const rows = paper.queries.map(query => [
    query.file,
    String(query.calls),
    String(query.words),
    String(query.sentences),
    String(query.paragraphs),
    `“${query.opening}”`,
  ]);
  return make(
    "div",
    {},
    make("h3", {}, "The paper's example style"),
    make("p", { class: "note soft" }, paperWords(paper.queries.map(query => query.words))),
    table(["example", "calls", "words", "sentences", "paragraphs", "opening"], rows),
  );
}

function diversityPanel(figures) {
  const { diversity, comparison, paper, run } = figures;
  const mine = diversity.written;
  if (!mine) return panel("Diversity of the queries", "No sample has a query.");
  const other = comparison?.other_diversity;
  const columns = comparison
    ? [
        [`${run.name}, written`, comparison.diversity.written],
        [`${comparison.other.name}, written`, other.written],
        [`${run.name}, released`, comparison.diversity.released],
        [`${comparison.other.name}, released`, other.released],
      ]
    : [
        ["written", mine],
        ["released", diversity.released],
      ];
  return panel(
    "Diversity of the queries",
    MEANING,
    comparison ? make("p", { class: "note soft" }, EQUALLY_MANY) : null,
    measureTable(columns),
    make(
      "div",
      { class: "halves" },
      openingList(comparison ? `Openings, ${run.name}` : "Openings", mine),
      comparison ? openingList(`Openings, ${comparison.other.name}`, other.written) : null,
      lengthChart(comparison ? `Lengths, ${run.name}` : "Lengths", mine),
      comparison ? lengthChart(`Lengths, ${comparison.other.name}`, other.written) : null,
    ),
    paperPart(paper),
  );
}
