/**
 * Dark or light: as the system says, until somebody says otherwise. It does not need a store: a page from disk may have none.
 */
import { el } from "./dom.js";

const KEY = "uktest-theme";

function remembered(): string | null {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(theme: string): void {
  try {
    window.localStorage.setItem(KEY, theme);
  } catch {
    // Then it lasts as long as the page.
  }
}

const isDark = (): boolean => {
  const { theme } = document.documentElement.dataset;
  if (theme !== undefined) return theme === "dark";
  return window.matchMedia("(prefers-color-scheme: dark)").matches;
};

/** Changes to the other one. */
export function switchTheme(): void {
  const theme = isDark() ? "light" : "dark";
  document.documentElement.dataset["theme"] = theme;
  remember(theme);
}

/** The button, with what was chosen the last time in force. */
export function themeButton(): HTMLElement {
  const before = remembered();
  if (before === "dark" || before === "light") document.documentElement.dataset["theme"] = before;
  return el("button.quiet-button.theme", {
    type: "button",
    "aria-label": "Dark or light",
    title: "Dark or light (t)",
    onclick: switchTheme,
  });
}
