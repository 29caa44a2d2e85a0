// JSON values as lines of a tree, and texts with marks in them.
const SHOWN_LINES = 120;

// One line a scalar and a container: path as the records write it, depth, key, and the value or the container's size.
function* listLines(value, path = "", key = null, depth = 0) {
  if (Array.isArray(value)) {
    yield { path, key, depth, holds: counted(value.length, "entry", "entries") };
    for (let i = 0; i < value.length; i++) yield* listLines(value[i], `${path}[${i}]`, String(i), depth + 1);
  } else if (value !== null && typeof value === "object") {
    if (key !== null) yield { path, key, depth, holds: "" };
    const deeper = key === null ? depth : depth + 1;
    for (const [name, child] of Object.entries(value))
      yield* listLines(child, path ? `${path}.${name}` : name, name, deeper);
  } else yield { path, key, depth, value };
}

function scalar(value) {
  const kind = value === null ? "null" : typeof value;
  return make("span", { class: `value is-${kind}` }, typeof value === "string" ? value || "“”" : String(value));
}

function line(item, feeds) {
  const row = make("div", { class: item.value === undefined ? "line holds" : "line" });
  row.style.paddingLeft = `${Math.min(item.depth, 8) * 14}px`;
  if (item.key !== null) row.append(make("span", { class: "key" }, item.key));
  row.append(item.value === undefined ? make("span", { class: "soft" }, item.holds) : scalar(item.value));
  for (const where of feeds.get(item.path) ?? [])
    row.append(make("span", { class: "feeds" }, glyph("⇢"), `call ${where.link + 1} ${where.path}`));
  return row;
}

// The value as lines; `feeds` names, by path, the arguments that a leaf gave its value to.
function valueTree(value, feeds = new Map()) {
  const lines = [...listLines(value)];
  const tree = make("div", { class: "tree" }, ...lines.slice(0, SHOWN_LINES).map(item => line(item, feeds)));
  if (lines.length > SHOWN_LINES) {
    const more = button(
      `Show ${plain(lines.length - SHOWN_LINES)} more lines`,
      () => more.replaceWith(...lines.slice(SHOWN_LINES).map(item => line(item, feeds))),
      { class: "more" },
    );
    tree.append(more);
  }
  return tree;
}

function isWordPart(character) {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

// First place from `from` on at which the words stand by themselves, or -1.
function placeOf(text, words, from) {
  const low = text.toLowerCase(),
    wanted = words.toLowerCase();
  if (low.length !== text.length || !wanted) return -1;
  for (let at = low.indexOf(wanted, from); at >= 0; at = low.indexOf(wanted, at + 1)) {
    const open = isWordPart(wanted[0]) && isWordPart(low[at - 1]);
    if (!open && !(isWordPart(wanted.at(-1)) && isWordPart(low[at + wanted.length]))) return at;
  }
  return -1;
}

// A text with marks on the words named: the first mark that fits a place wins.
function markedText(text, marks) {
  const holder = make("p", { class: "text", dir: "auto" });
  const spans = [];
  for (const mark of marks)
    for (let at = placeOf(text, mark.words, 0); at >= 0; at = placeOf(text, mark.words, at + mark.words.length)) {
      const end = at + mark.words.length;
      if (spans.every(span => end <= span.at || at >= span.end)) spans.push({ at, end, mark });
    }
  let done = 0;
  for (const span of spans.sort((a, b) => a.at - b.at)) {
    holder.append(
      text.slice(done, span.at),
      make("mark", { class: span.mark.name, title: span.mark.title }, text.slice(span.at, span.end)),
    );
    done = span.end;
  }
  holder.append(text.slice(done));
  return holder;
}
