// Light or dark: what the system says, until the reader says otherwise.
const THEMES = { auto: "◐ Auto", light: "☀ Light", dark: "☾ Dark" };

function remembered() {
  try {
    return localStorage.getItem("toolgrad-theme") ?? "auto";
  } catch {
    return "auto"; // a page from disk may have no storage
  }
}

function wear(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  find("theme").textContent = THEMES[theme];
  find("theme").setAttribute("aria-label", `Colours: ${theme}`);
  try {
    localStorage.setItem("toolgrad-theme", theme);
  } catch {
    return;
  }
}

function startTheme() {
  let theme = THEMES[remembered()] ? remembered() : "auto";
  wear(theme);
  find("theme").addEventListener("click", () => {
    const names = Object.keys(THEMES);
    theme = names[(names.indexOf(theme) + 1) % names.length];
    wear(theme);
  });
}
