// Opens the page: reads the data, draws the figures, and keeps list, sample and address in step.
const app = { index: null, texts: null, shown: [], position: null, turn: 0 };

function openView(view) {
  for (const name of ["overview", "samples"]) {
    find(name).hidden = name !== view;
    if (name === view) find(`tab-${name}`).setAttribute("aria-current", "page");
    else find(`tab-${name}`).removeAttribute("aria-current");
  }
}

async function openPosition(position) {
  const mine = ++app.turn;
  app.position = position;
  find("samples").classList.toggle("one", position !== null);
  reveal(app);
  showRows(app);
  if (position === null) {
    find("detail").replaceChildren(
      make("p", { class: "empty" }, app.shown.length ? "Choose a sample." : "No sample passes these filters."),
    );
    return;
  }
  const record = await openSample(position, app.index.starts);
  if (mine === app.turn) showSample(find("detail"), record, app.index, walk);
}

// List and sample stand side by side.
function isWide() {
  return matchMedia("(min-width: 861px)").matches;
}

// By so many rows of the list; null goes back to it.
function walk(by) {
  const next = by === null ? null : neighbour(app, by);
  if (by === null) location.hash = "#samples";
  else if (next !== null) pick(next);
}

function pick(position) {
  history.replaceState(null, "", `#sample=${app.index.sample[position]}`);
  openPosition(position);
}

function follow() {
  const wanted = /^#sample=(\d+)$/.exec(location.hash);
  const position = wanted ? app.index.sample.indexOf(Number(wanted[1])) : -1;
  openView(wanted || location.hash === "#samples" ? "samples" : "overview");
  if (position >= 0 && !app.shown.includes(position)) setFilter(find("filters"), {});
  if (position >= 0) openPosition(position);
  else if (!find("samples").hidden) openPosition(isWide() ? (app.shown[0] ?? null) : null);
  if (wanted && position < 0)
    find("detail").replaceChildren(make("p", { class: "empty" }, `There is no sample ${wanted[1]} in this run.`));
}

function applyFilter(filter) {
  app.shown = choose(app.index, app.texts, filter);
  find("found").textContent = `${plain(app.shown.length)} of ${counted(app.texts.length, "sample")}`;
  find("clear").hidden = Object.values(filter).every(value => value === "");
  find("list").scrollTop = 0;
  showRows(app);
}

// From the figures into the samples that they count.
function openFiltered(given) {
  setFilter(find("filters"), given);
  location.hash = "#samples";
}

function onKey(event) {
  if (find("samples").hidden || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = event.target.closest("input, select, textarea");
  const typing = field !== null,
    arrows = !typing || field.id === "search";
  const by = { ArrowDown: arrows && 1, ArrowUp: arrows && -1, j: !typing && 1, k: !typing && -1 }[event.key];
  if (by && !(event.key.startsWith("Arrow") && find("detail").contains(event.target))) {
    event.preventDefault();
    walk(by);
  } else if (event.key === "/" && !typing) {
    event.preventDefault();
    find("search").focus();
  } else if (event.key === "Escape") {
    if (typing || isWide()) find("list").focus();
    else walk(null);
  }
}

function openData(figures, index) {
  find("run-name").textContent = figures.run.name;
  find("run-line").textContent = `${counted(figures.funnel.started, "sample")} · ${figures.run.teacher}`;
  find("tab-samples").append(make("span", { class: "tab-count" }, plain(figures.funnel.started)));
  Object.assign(app, { index, texts: gatherTexts(index) });
  buildFilters(find("filters"), index, applyFilter);
  startList(app, pick);
  applyFilter(emptyFilter());
  buildOverview(find("overview"), figures, index, openFiltered);
  find("notice").hidden = true;
  addEventListener("hashchange", follow);
  addEventListener("keydown", onKey);
  follow();
}

openPage(["figures", "index"], openData, "Write the report again.");
