/**
 * Makes elements. Text only ever becomes a text node; it refuses markup in any form.
 */
import type { CaseStatus } from "../../../src/core/events.js";

export type Child = Node | string | undefined | false;

type Attributes = Readonly<Record<string, string | boolean | ((event: Event) => void) | undefined>>;

/** An element: a tag with classes (`div.row.red`), attributes and listeners (`onclick`), children. */
export function el(what: string, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElement {
  const [tag = "div", ...classes] = what.split(".");
  const element = document.createElement(tag);
  if (classes.length > 0) element.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (typeof value === "string") element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** The picture of a status; the words stand beside it, or in its label. */
export function icon(status: CaseStatus, label?: string): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon ${status}`);
  if (label === undefined) svg.setAttribute("aria-hidden", "true");
  else {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  }
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${status}`);
  svg.append(use);
  return svg;
}

/** A part that can be unfolded; its content is made when it is first seen. */
export function fold(summary: readonly Child[], content: () => readonly Child[], open = false): HTMLElement {
  const body = el("div.folded");
  let isEmpty = true;
  const fill = (): void => {
    if (!isEmpty) return;
    isEmpty = false;
    body.append(...content().filter((child) => child !== undefined && child !== false));
  };
  const details = el("details", {}, el("summary", {}, ...summary), body) as HTMLDetailsElement;
  details.addEventListener("toggle", fill);
  if (open) {
    details.open = true;
    fill();
  }
  return details;
}

/** A button that puts a text on the clipboard. Without a clipboard it selects the text. */
export function copyButton(text: string, beside: HTMLElement): HTMLElement {
  const button = el("button.copy", { type: "button", "aria-label": `Copy: ${text}` }, "Copy");
  const said = (word: string): void => {
    button.textContent = word;
    window.setTimeout(() => (button.textContent = "Copy"), 1500);
  };
  button.addEventListener("click", () => {
    const select = (): void => {
      window.getSelection()?.selectAllChildren(beside);
      said("Selected");
    };
    // There is none on a page from disk in some browsers.
    const clipboard = window.navigator.clipboard as Clipboard | undefined;
    if (clipboard === undefined) select();
    else clipboard.writeText(text).then(() => said("Copied"), select);
  });
  return button;
}

/** A command in a box of its own, to be copied. */
export function command(text: string): HTMLElement {
  const code = el("code.command", {}, text);
  return el("span.type", {}, code, copyButton(text, code));
}

/** At most so many of a list; a button brings the rest. */
export function capped<T>(items: readonly T[], max: number, make: (item: T) => Node): HTMLElement {
  const list = el("div.list", {}, ...items.slice(0, max).map(make));
  if (items.length <= max) return list;
  const rest = items.length - max;
  const button = el("button.more", { type: "button" }, `Show ${String(rest)} more`);
  button.addEventListener("click", () => {
    button.replaceWith(...items.slice(max).map(make));
  });
  list.append(button);
  return list;
}

/** A text with the words of a search marked. */
export function marked(text: string, words: readonly string[]): readonly Child[] {
  const lower = text.toLowerCase();
  // A letter that gets longer in lower case would move everything after it.
  if (words.length === 0 || lower.length !== text.length) return [text];
  const at = words.map((word) => ({ from: lower.indexOf(word), length: word.length }));
  const first = at.filter(({ from }) => from >= 0).sort((a, b) => a.from - b.from)[0];
  if (first === undefined) return [text];
  const end = first.from + first.length;
  return [
    text.slice(0, first.from),
    el("mark", {}, text.slice(first.from, end)),
    ...marked(text.slice(end), words),
  ];
}
