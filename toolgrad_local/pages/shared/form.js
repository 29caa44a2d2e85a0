// What the forms that choose rows are made of.
function makeSearch(placeholder, label) {
  return make("input", {
    type: "search",
    id: "search",
    name: "text",
    autocomplete: "off",
    spellcheck: "false",
    placeholder,
    "aria-label": label,
  });
}

// `values` are pairs of a value and how many rows have it; `words` is what a value is called.
function makeChoice(name, title, all, values, words) {
  return make(
    "label",
    {},
    make("span", {}, title),
    make(
      "select",
      { name, id: `filter-${name}` },
      make("option", { value: "" }, all),
      ...values.map(([value, count]) => make("option", { value }, `${words(value)} (${plain(count)})`)),
    ),
  );
}
