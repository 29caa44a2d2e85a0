// Elements and texts. A text that comes from the data only ever becomes a text node or an attribute that names nothing.
const SVG = "http://www.w3.org/2000/svg";

function find(id) {
  return document.getElementById(id);
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "click") element.addEventListener("click", value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

function make(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

function draw(tag, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

function button(label, click, properties = {}) {
  return make("button", { type: "button", click, ...properties }, label);
}

// A glyph that only repeats what the words beside it say.
function glyph(character) {
  return make("span", { "aria-hidden": "true", class: "glyph" }, character);
}

function plain(number, digits = 0) {
  return number.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function percent(share, digits = 1) {
  return `${plain(100 * share, digits)}\u00a0%`;
}

function counted(number, one, many = `${one}s`) {
  return `${plain(number)} ${number === 1 ? one : many}`;
}

function bytes(number) {
  return number < 1000 ? `${number} B` : `${plain(number / 1000, 1)} kB`;
}
