// Opens the page: reads the data it carries and hands them on, or says why it cannot.
const NO_STREAMS =
  "This browser cannot unpack the data: it lacks DecompressionStream. " +
  "Chrome and Edge 80, Firefox 113, Safari 16.4 and later have it.";

function complain(words) {
  find("notice").textContent = words;
  find("notice").className = "trouble";
}

// `names` of the packed data, in the order in which `open` takes them; `remedy` for a page whose data are damaged.
async function openPage(names, open, remedy) {
  startTheme();
  if (!canUnpack()) {
    complain(NO_STREAMS);
    return;
  }
  try {
    open(...(await Promise.all(names.map(name => unpack(find(`data-${name}`))))));
  } catch (error) {
    complain(`The data of this page are damaged: ${error.message}. ${remedy}`);
    throw error;
  }
}
