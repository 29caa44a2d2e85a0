// The list of samples: only the rows that can be seen are elements.
const ROW = 74;
const SPARE = 4;

function rowOf(index, position, place, total, chosen) {
  const reason = index.reasons[index.reason[position]];
  const calls = index.calls[position].length;
  const domains = [...domainsOf(index, position)];
  const row = make(
    "div",
    {
      class: chosen ? "row on" : "row",
      role: "option",
      id: `row-${position}`,
      "aria-selected": String(chosen),
      "aria-setsize": total,
      "aria-posinset": place + 1,
      "data-position": position,
    },
    make(
      "div",
      { class: "row-top" },
      make("b", {}, `#${index.sample[position]}`),
      make(
        "span",
        { class: reason === null ? "state good" : "state bad" },
        glyph(reason === null ? "✓" : "✕"),
        reasonWords(reason),
      ),
      make("span", { class: "row-calls soft" }, counted(calls, "call")),
    ),
    make(
      "div",
      { class: index.query[position] === null ? "row-query soft" : "row-query" },
      index.query[position] ?? (domains.length ? `no query · ${domains.join(", ")}` : "no query"),
    ),
  );
  row.style.top = `${place * ROW}px`;
  return row;
}

// Puts the rows in view into the list.
function showRows(app) {
  const list = find("list"),
    rows = find("rows"),
    total = app.shown.length;
  const first = Math.max(0, Math.floor(list.scrollTop / ROW) - SPARE);
  const last = Math.min(total, Math.ceil((list.scrollTop + list.clientHeight) / ROW) + SPARE);
  rows.style.height = `${total * ROW}px`;
  const made = [];
  for (let place = first; place < last; place++)
    made.push(rowOf(app.index, app.shown[place], place, total, app.shown[place] === app.position));
  if (total === 0) made.push(make("p", { class: "empty" }, "No sample passes these filters."));
  rows.replaceChildren(...made);
  const here = app.shown.indexOf(app.position);
  if (here >= first && here < last) list.setAttribute("aria-activedescendant", `row-${app.position}`);
  else list.removeAttribute("aria-activedescendant");
}

// Scrolls as little as is needed to have the chosen row in view.
function reveal(app) {
  const list = find("list"),
    place = app.shown.indexOf(app.position);
  if (place < 0) return;
  if (place * ROW < list.scrollTop) list.scrollTop = place * ROW;
  else if ((place + 1) * ROW > list.scrollTop + list.clientHeight)
    list.scrollTop = (place + 1) * ROW - list.clientHeight;
}

// The position some rows further on, or null at the end.
function neighbour(app, by) {
  const place = app.shown.indexOf(app.position);
  const next = place < 0 ? (by > 0 ? 0 : app.shown.length - 1) : place + by;
  return app.shown[next] ?? null;
}

function startList(app, pick) {
  const list = find("list");
  let waiting = false;
  list.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      showRows(app);
    });
  });
  new ResizeObserver(() => showRows(app)).observe(list);
  list.addEventListener("click", event => {
    const row = event.target.closest(".row");
    if (row) pick(Number(row.dataset.position));
  });
}
