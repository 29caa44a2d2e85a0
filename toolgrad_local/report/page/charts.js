// Charts that are drawn to the width they have, so that their words keep their size.
const THICK = 26;
let hatches = 0;
const redraws = new ResizeObserver(entries => entries.forEach(entry => entry.target.redraw()));

function chart(label, paint) {
  const holder = make("div", { class: "chart", role: "img", "aria-label": label });
  holder.redraw = () => {
    const width = Math.floor(holder.clientWidth);
    if (width > 0 && width !== holder.drawn) {
      holder.drawn = width;
      holder.replaceChildren(paint(width));
    }
  };
  redraws.observe(holder);
  return holder;
}

function canvas(width, height, ...children) {
  return draw("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" }, ...children);
}

function label(x, y, text, properties = {}) {
  return draw("text", { x, y, ...properties }, text);
}

function nameHatch() {
  return `hatch-${++hatches}`;
}

function hatch(id) {
  return draw(
    "pattern",
    { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    draw("rect", { width: 6, height: 6, class: "hatch-ground" }),
    draw("rect", { width: 2, height: 6, class: "hatch-line" }),
  );
}

// Bars for whole numbers: released samples solid, the others hatched on top of them.
function histogram(title, values, solid, hatched, unit) {
  const totals = values.map((_, i) => solid[i] + (hatched?.[i] ?? 0));
  const words = values.map((value, i) => `${value}: ${totals[i]}`).join(", ");
  return chart(`${title}. ${words}`, width => paintHistogram(width, values, solid, hatched ?? [], totals, unit));
}

function paintHistogram(width, values, solid, hatched, totals, unit) {
  const high = 132,
    top = 18,
    foot = 22,
    most = Math.max(...totals, 1);
  const slot = width / Math.max(values.length, 1),
    wide = Math.min(44, Math.max(2, slot * 0.72));
  const every = Math.ceil(28 / slot),
    id = nameHatch();
  const image = canvas(width, top + high + foot + 14, draw("defs", {}, hatch(id)));
  values.forEach((value, i) => {
    const x = slot * (i + 0.5),
      low = top + high;
    const first = (high * solid[i]) / most,
      second = (high * (hatched[i] ?? 0)) / most;
    image.append(
      draw("rect", { class: "solid", x: x - wide / 2, y: low - first, width: wide, height: first }),
      draw("rect", {
        class: "rest",
        x: x - wide / 2,
        y: low - first - second,
        width: wide,
        height: second,
        fill: `url(#${id})`,
      }),
    );
    if (slot >= 22 && totals[i]) image.append(label(x, low - first - second - 5, plain(totals[i]), { class: "count" }));
    if (i % every === 0) image.append(label(x, low + 16, String(value), { class: "tick" }));
  });
  image.append(draw("line", { class: "axis", x1: 0, x2: width, y1: top + high, y2: top + high }));
  image.append(label(width / 2, top + high + foot + 10, unit, { class: "unit" }));
  return image;
}

// Steps of a funnel; a step that is only counted beside the others (`aside`) is hatched and joins nothing.
function funnelChart(steps) {
  const words = steps.map(step => `${step.name}: ${step.count}`).join(", ");
  return chart(`Funnel. ${words}`, width => paintFunnel(width, steps));
}

function paintFunnel(width, steps) {
  const narrow = width < 520, most = Math.max(steps[0].count, 1), id = nameHatch();
  const row = narrow ? 52 : 44, side = narrow ? 0 : 132, room = width - 2 * side;
  const slopes = draw("g");
  const image = canvas(width, row * steps.length, draw("defs", {}, hatch(id)), slopes);
  let before = null;
  steps.forEach((step, i) => {
    const y = row * i + (narrow ? 20 : 8), baseline = narrow ? y - 6 : y + 18;
    const half = Math.max((room * step.count) / most / 2, step.count ? 1 : 0);
    const share = `${plain(step.count)} · ${percent(step.count / most, 0)}`;
    if (before && !step.aside) slopes.append(paintSlope(width / 2, before, { half, y }));
    image.append(
      paintStep(step, width / 2 - half, y, 2 * half, id),
      label(0, baseline, step.name, { class: "step" }),
      label(width, baseline, step.lost ? `${share}   −${plain(step.lost)}` : share, { class: "share" }),
    );
    if (!step.aside) before = { half, y: y + THICK };
  });
  return image;
}

function paintStep(step, x, y, width, id) {
  const kind = step.aside ? "rest" : step.last ? "solid last" : "solid";
  return draw("rect", { class: kind, x, y, width, height: THICK, rx: 3, fill: step.aside ? `url(#${id})` : null });
}

function paintSlope(middle, from, to) {
  const corners = [[-from.half, from.y], [from.half, from.y], [to.half, to.y], [-to.half, to.y]];
  return draw("polygon", { class: "slope", points: corners.map(([x, y]) => `${middle + x},${y}`).join(" ") });
}

// A list of named amounts with a bar each; `pick` makes the name a link into the samples.
function barList(rows, most) {
  return make(
    "ul",
    { class: "bars" },
    ...rows.map(row => {
      const bar = make("i", { class: row.second === undefined ? "" : "under" });
      bar.style.width = `${(100 * row.amount) / Math.max(most, 1)}%`;
      const track = make("span", { class: "track", "aria-hidden": "true" }, bar);
      if (row.second !== undefined) {
        const over = make("i", { class: "over" });
        over.style.width = `${(100 * row.second) / Math.max(most, 1)}%`;
        track.append(over);
      }
      const name = row.pick
        ? button(row.name, row.pick, { class: "pick", title: row.title })
        : make("span", { title: row.title }, row.name);
      return make("li", {}, name, make("span", { class: "amount" }, row.words ?? plain(row.amount)), track);
    }),
  );
}
