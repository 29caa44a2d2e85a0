// Lines from the call whose result gave a value to the argument that took it. They run below the cards, in the gaps.
const LANES = 3;

function placeIn(element, frame) {
  const box = element.getBoundingClientRect();
  return {
    left: box.left - frame.left,
    right: box.right - frame.left,
    top: box.top - frame.top,
    bottom: box.bottom - frame.top,
    middle: box.top - frame.top + box.height / 2,
  };
}

function edgesOf(links) {
  return links.flatMap((link, to) =>
    link.leaves
      .filter(leaf => leaf.edge)
      .map(leaf => ({ from: leaf.edge.link, to, path: leaf.path, needed: leaf.edge.needed })),
  );
}

function drawEdges(timeline, links) {
  const frame = timeline.getBoundingClientRect();
  const edges = edgesOf(links);
  const image = draw("svg", {
    class: "edges",
    "aria-hidden": "true",
    width: timeline.clientWidth,
    height: timeline.scrollHeight,
  });
  const taken = new Map();
  for (const edge of edges) {
    const source = timeline.querySelector(`[data-link="${edge.from}"]`),
      card = timeline.querySelector(`[data-link="${edge.to}"]`);
    const row = [...card.querySelectorAll(".argument")].find(item => item.dataset.path === edge.path);
    if (!source || !row) continue;
    const target = placeIn(card, frame),
      lane = taken.get(target.left) ?? 0;
    taken.set(target.left, lane + 1);
    image.append(...edgePath(placeIn(source, frame), target, placeIn(row, frame), lane % LANES, edge.needed));
  }
  timeline.querySelector(":scope > svg.edges")?.remove();
  timeline.prepend(image);
}

// From the lower border of the source, into the gap left of the card, to the argument's row.
function edgePath(source, card, row, lane, needed) {
  const x = source.left + 26,
    y = source.bottom;
  const port = card.left,
    gap = port - 10 - 5 * lane,
    name = needed ? "edge-line" : "edge-line optional";
  const path =
    `M${x} ${y} C${x} ${y + 10} ${gap} ${y + 4} ${gap} ${y + 16} L${gap} ${row.middle - 8} ` +
    `Q${gap} ${row.middle} ${port - 4} ${row.middle}`;
  return [
    draw("path", { class: name, d: path }),
    draw("circle", { class: "edge-start", cx: x, cy: y, r: 4 }),
    draw("path", {
      class: "edge-end",
      d: `M${port - 7} ${row.middle - 5} L${port + 1} ${row.middle} L${port - 7} ${row.middle + 5} Z`,
    }),
  ];
}

// Keeps the lines where they belong while results open and the window changes.
function watchEdges(timeline, links) {
  if (!edgesOf(links).length) return;
  const redraw = () => drawEdges(timeline, links);
  new ResizeObserver(redraw).observe(timeline);
  timeline.addEventListener("toggle", redraw, true);
}
