/**
 * Puts the page together: the tree on one side, a case or the overview on the other, and the address bar in step with both.
 * It does not fetch, and everything that the data does not say.
 */
import type { PageData } from "../data.js";
import { catalogueOf, isRed, rowsOf, Search, wordsOf, type Entry, type Group } from "./catalogue.js";
import { detail } from "./detail.js";
import { copyButton, el } from "./dom.js";
import { Filters } from "./filters.js";
import { keyboard } from "./keys.js";
import { overview } from "./overview.js";
import { switchTheme, themeButton } from "./theme.js";
import { Tree } from "./tree.js";

const data = JSON.parse(document.getElementById("data")?.textContent ?? "{}") as PageData;
const catalogue = catalogueOf(data);
const search = new Search();
const OVERVIEW = "overview";
/** More cases than this, and suites in which nothing is red begin closed. */
const OPEN_MAX = 400;

const closed = new Set<Group>(
  catalogue.entries.length > OPEN_MAX ? catalogue.groups.filter(({ worst }) => !isRed(worst)) : [],
);

const pane = el("div.pane", { id: "pane" });
const back = el("button.quiet-button.back", { type: "button", onclick: () => leave() }, "\u2190 Cases");
const side = el("section.side", { "aria-label": "Reading" }, back, pane);
const announce = el("p.found", { role: "status", "aria-live": "polite" });

const filters = new Filters(catalogue.counts, () => list());
const tree = new Tree(catalogue.entries.length === 0 ? "No case ran." : "No case is like that.", {
  chosen: ({ entry }, byHand) => {
    show(entry);
    if (byHand) enter();
  },
  toggled: (group, open) => {
    if (open) closed.delete(group);
    else closed.add(group);
    list();
  },
});

/** The rows under the choice. Whoever looks for something sees it wherever it is. */
function list(): void {
  const found = search.find(catalogue.entries, filters.choice);
  const isChosen = filters.isActive;
  announce.textContent = isChosen
    ? `${String(found.length)} of ${String(catalogue.entries.length)} cases`
    : "";
  tree.show(
    rowsOf(found, (group) => isChosen || !closed.has(group)),
    wordsOf(filters.choice.query),
  );
}

/** Puts an address into the bar without a new page of history for each key. */
function address(fragment: string): void {
  try {
    window.history.replaceState(null, "", fragment);
  } catch {
    // A page inside another one may have no address.
  }
}

function show(entry: Entry): void {
  pane.replaceChildren(detail(entry, data, catalogue));
  pane.scrollTop = 0;
  overviewButton.setAttribute("aria-pressed", "false");
  address(`#${entry.link}`);
}

function showOverview(): void {
  pane.replaceChildren(overview(data, catalogue));
  pane.scrollTop = 0;
  overviewButton.setAttribute("aria-pressed", "true");
  tree.select(() => false);
  address(`#${OVERVIEW}`);
}

/** Chooses a case in the tree as well, opening its suite. */
function go(entry: Entry): void {
  if (closed.delete(entry.group)) list();
  const isThis = (row: ReturnType<typeof rowsOf>[number]): boolean =>
    row.kind === "case" && row.entry === entry;
  tree.select(isThis);
  show(entry);
}

/** To what was chosen, where it is not beside the tree. */
function enter(): void {
  document.body.classList.add("reading");
  pane.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
}

function leave(): void {
  document.body.classList.remove("reading");
  tree.element.focus({ preventScroll: true });
}

/** What the address bar says: a case, or the overview. */
function follow(): boolean {
  const fragment = window.location.hash.slice(1);
  const entry = catalogue.byLink(fragment);
  if (entry !== undefined) go(entry);
  else if (fragment === OVERVIEW) showOverview();
  else return false;
  enter();
  return true;
}

const overviewButton = el(
  "button.overview-button",
  {
    type: "button",
    "aria-pressed": "false",
    onclick: () => {
      showOverview();
      enter();
    },
  },
  "Overview",
);

const step = (by: 1 | -1, isWanted: (entry: Entry) => boolean = () => true): void =>
  tree.move(by, (row) => row.kind === "case" && isWanted(row.entry));
const redStep = (by: 1 | -1): void => step(by, ({ one }) => isRed(one.status));

function escape(): void {
  if (document.activeElement instanceof HTMLInputElement && filters.choice.query === "") tree.element.focus();
  else if (document.body.classList.contains("reading")) leave();
  else filters.clear();
}

const { dialog } = keyboard([
  { keys: ["/"], what: "search", act: () => filters.focus() },
  { keys: ["j"], what: "next case", act: () => step(1) },
  { keys: ["k"], what: "case before", act: () => step(-1) },
  { keys: ["n"], what: "next red case", act: () => redStep(1) },
  { keys: ["p"], what: "red case before", act: () => redStep(-1) },
  { keys: ["Enter"], what: "read the case", act: enter },
  { keys: ["f"], what: "only red cases, or all", act: () => filters.toggleRed() },
  {
    keys: ["1", "2", "3", "4", "5", "6"],
    what: "only cases of the first status, the second, \u2026",
    act: (digit) => filters.toggleAt(Number(digit) - 1),
  },
  { keys: ["o"], what: "overview", act: showOverview },
  { keys: ["t"], what: "dark or light", act: switchTheme },
  { keys: ["Escape"], what: "back, or show everything", act: escape },
  { keys: ["?"], what: "these keys", act: () => dialog.showModal() },
]);

/** Paper has no tree: the overview and the cases that need somebody, one after the other. */
const PRINTED_MAX = 200;
const closedOn = (within: HTMLElement): HTMLDetailsElement | null =>
  within.querySelector("details:not([open])");
function print(): void {
  const red = catalogue.entries.filter(({ one }) => isRed(one.status)).slice(0, PRINTED_MAX);
  paper.replaceChildren(overview(data, catalogue), ...red.map((entry) => detail(entry, data, catalogue)));
  // What is folded on paper stays folded for ever. The browser tells of it too late, and there are folds within folds.
  for (let one = closedOn(paper); one !== null; one = closedOn(paper)) {
    one.open = true;
    one.dispatchEvent(new Event("toggle"));
  }
}
const paper = el("div.paper");
window.addEventListener("beforeprint", print);
window.addEventListener("afterprint", () => paper.replaceChildren());

const banner = document.querySelector(".banner .line");
banner?.append(
  el(
    "span.tools",
    {},
    themeButton(),
    el(
      "button.quiet-button",
      { type: "button", title: "Keys (?)", "aria-label": "Keys", onclick: () => dialog.showModal() },
      "?",
    ),
  ),
);
const typed = document.querySelector<HTMLElement>(".banner .command");
typed?.after(copyButton(typed.textContent, typed));
document.querySelector(".banner .lead a")?.addEventListener("click", (event) => {
  const { suite, case: one } = (event.currentTarget as HTMLElement).dataset;
  const entry = catalogue.groups[Number(suite)]?.entries[Number(one)];
  if (entry === undefined) return;
  event.preventDefault();
  go(entry);
  enter();
});

document
  .getElementById("page")
  ?.append(
    el(
      "nav.cases",
      { "aria-label": "Cases" },
      el("div.top", {}, filters.element, overviewButton),
      announce,
      tree.element,
    ),
    side,
  );
document.body.append(dialog, paper);
document.documentElement.classList.add("live");
list();
window.addEventListener("hashchange", follow);
if (!follow()) {
  const [lead] = document.querySelectorAll<HTMLElement>(".banner .lead a");
  const { suite, case: one } = lead?.dataset ?? {};
  const entry = catalogue.groups[Number(suite)]?.entries[Number(one)];
  if (entry === undefined) showOverview();
  else go(entry);
  // Nobody asked for an address yet.
  address(window.location.pathname + window.location.search);
}
// For who looks at the page from outside: it is whole.
document.documentElement.dataset["cases"] = String(catalogue.entries.length);
