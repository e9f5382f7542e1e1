/**
 * The keyboard: what each key does, and the page that says so. It refuses keys while somebody types, and those of the browser.
 */
import { el } from "./dom.js";

export interface Key {
  readonly keys: readonly string[];
  readonly what: string;
  readonly act: (key: string) => void;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;

/** What the help calls a key. */
const nameOf = (key: string): string => (key === "Escape" ? "Esc" : key);

/** Keys that stand in a row are shown by the first and the last. */
const shownOf = (keys: readonly string[]): readonly (Node | string)[] => {
  const [first = "", last = ""] = [keys[0], keys.at(-1)];
  const named = el("kbd", {}, nameOf(first));
  return keys.length === 1 ? [named] : [named, "\u2013", el("kbd", {}, nameOf(last))];
};

/** Listens to the keys of the table; the dialog lists them. */
export function keyboard(table: readonly Key[]): { readonly dialog: HTMLDialogElement } {
  const close = el("button.quiet-button", { type: "button", onclick: () => dialog.close() }, "Close");
  const dialog = el(
    "dialog",
    { "aria-label": "Keys" },
    el("h2", {}, "Keys"),
    el(
      "dl.keys",
      {},
      ...table.map(({ keys, what }) => el("div", {}, el("dt", {}, ...shownOf(keys)), el("dd", {}, what))),
    ),
    close,
  ) as HTMLDialogElement;
  const acts = new Map(table.flatMap(({ keys, act }) => keys.map((key) => [key, act] as const)));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    if (isTyping(event.target) && event.key !== "Escape") return;
    const act = acts.get(event.key);
    if (act === undefined) return;
    // A button or a link has its own Enter.
    const isOwn = event.target instanceof Element && event.target.closest("button, a, summary") !== null;
    if (event.key === "Enter" && isOwn) return;
    event.preventDefault();
    act(event.key);
  });
  return { dialog };
}
