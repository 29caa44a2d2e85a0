// Reads the data that the page carries: base64 of gzip of JSON, in elements that the browser does not run.
const KEPT_BLOCKS = 8;
const opened = new Map();

async function unpack(element) {
  const raw = atob(element.textContent);
  const packed = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) packed[i] = raw.charCodeAt(i);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

function canUnpack() {
  return typeof DecompressionStream === "function";
}

// The number of the block that holds the sample at a position of the index.
function blockOf(position, starts) {
  let block = starts.length - 1;
  while (starts[block] > position) block--;
  return block;
}

// The whole sample at a position; its block stays open while it is among those used last.
async function openSample(position, starts) {
  const block = blockOf(position, starts);
  const samples = opened.get(block) ?? unpack(document.getElementsByClassName("block")[block]);
  opened.delete(block);
  opened.set(block, samples);
  if (opened.size > KEPT_BLOCKS) opened.delete(opened.keys().next().value);
  return (await samples)[position - starts[block]];
}
