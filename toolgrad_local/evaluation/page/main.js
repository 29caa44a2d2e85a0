// Opens the page: reads the data, and keeps list, row and address in step.
const SHOWN = 200;
const app = { head: null, rows: [], texts: [], shown: [], most: SHOWN, open: null };

function listItem(i) {
  const row = app.rows[i];
  const item = make(
    "div",
    { class: i === app.open ? "row on" : "row", role: "option", id: `row-${i}`, "aria-selected": String(i === app.open) },
    make(
      "div",
      { class: "row-top" },
      make("b", {}, row.id),
      verdict(row.right),
      make("span", { class: "row-calls soft" }, wordsOf(row.kind)),
    ),
    make("div", { class: "row-query" }, row.query),
  );
  item.addEventListener("click", () => openRow(i));
  return item;
}

function showList() {
  const items = app.shown.slice(0, app.most).map(listItem);
  if (app.shown.length > app.most) items.push(button("Show more", showMore, { class: "more" }));
  if (!app.shown.length) items.push(make("p", { class: "empty" }, "No row passes these filters."));
  find("list").replaceChildren(...items);
  find("found").textContent = `${plain(app.shown.length)} of ${counted(app.rows.length, "row")}`;
}

function showMore() {
  app.most += SHOWN;
  showList();
}

function openRow(i) {
  app.open = i;
  find("samples").classList.toggle("one", i !== null);
  if (i === null) showFigures(find("detail"), app.head.figures);
  else {
    showRow(find("detail"), app.rows[i], app.head.measures);
    find("detail").prepend(button("Back to the list", () => openRow(null), { class: "back" }));
    history.replaceState(null, "", `#row=${encodeURIComponent(app.rows[i].id)}`);
  }
  showList();
  if (i !== null) document.getElementById(`row-${i}`)?.scrollIntoView({ block: "nearest" });
}

function walk(by) {
  const place = app.shown.indexOf(app.open);
  const next = app.shown[place < 0 ? 0 : place + by];
  if (next !== undefined) openRow(next);
}

function follow() {
  const wanted = /^#row=(.+)$/.exec(location.hash);
  const place = wanted ? app.rows.findIndex(row => row.id === decodeURIComponent(wanted[1])) : -1;
  openRow(place < 0 ? null : place);
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest("input, select") !== null;
  const by = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
  if (by && !typing) {
    event.preventDefault();
    walk(by);
  } else if (event.key === "/" && !typing) {
    event.preventDefault();
    find("search").focus();
  }
}

function applyFilter(filter) {
  Object.assign(app, { shown: chooseRows(app.rows, app.texts, filter), most: SHOWN });
  showList();
}

function openData(head, rows) {
  Object.assign(app, { head, rows, texts: rows.map(textOf), shown: rows.map((_, i) => i) });
  find("model").textContent = head.model;
  find("about").textContent = `${counted(rows.length, "row")} · ${head.about}`;
  buildFilters(find("filters"), rows, applyFilter);
  find("samples").hidden = false;
  find("notice").hidden = true;
  addEventListener("hashchange", follow);
  addEventListener("keydown", onKey);
  follow();
}

openPage(["head", "rows"], openData, "Evaluate again.");
