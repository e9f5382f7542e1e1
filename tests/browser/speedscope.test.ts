/**
 * Our JSON for Chrome in a reader that is not ours: speedscope's own importer, opened from disk in a real browser. It shows
 * each thread as a profile, and spans as frames.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import test from "ava";
import type { Page } from "playwright-core";
import { chromeOf } from "../../src/trace/chrome.js";
import { Browser } from "../oracles/browser.js";
import { KEPT, MODEL } from "../trace/traces.js";

const APP = join(
  dirname(createRequire(import.meta.url).resolve("speedscope/package.json")),
  "dist/release/index.html",
);
const browser = new Browser();
const folder = mkdtempSync(join(tmpdir(), "uktest-speedscope-"));
test.after.always(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What speedscope's command writes for its page, which reads nothing itself from disk. */
function handOver(name: string, content: string): string {
  const path = join(folder, `${name}.js`);
  const bytes = Buffer.from(content).toString("base64");
  writeFileSync(path, `speedscope.loadFileFromBase64(${JSON.stringify(name)}, ${JSON.stringify(bytes)})`);
  return `${pathToFileURL(APP).href}#localProfilePath=${path}`;
}

const AMOUNT = /^[<>]?[\d.]+(?:ns|\u00b5s|ms|s)(?: \(.*\))?$|^\s*$/;

/** The profiles that speedscope shows, each with the names of its frames in order; at most `most` of them. */
async function profilesOf(
  page: Page,
  most: number,
): Promise<readonly (readonly [string, readonly string[]])[]> {
  const profiles: (readonly [string, readonly string[]])[] = [];
  // Its table of frames: the other views are pictures.
  await page.keyboard.press("3");
  await page.getByText("Symbol Name").waitFor();
  for (let at = 1; at <= most; at += 1) {
    const number = `(${String(at)}/${String(most)})`;
    await page.getByText(number).first().waitFor();
    const lines = (await page.locator("body").innerText()).split("\n").map((line) => line.trim());
    const title = lines.find((line) => line.endsWith(number)) ?? "";
    const rows = lines.slice(lines.findIndex((line) => line.endsWith("Symbol Name")) + 1);
    const names = rows.filter((line) => !AMOUNT.test(line)).map((line) => line.replace(/ \{.*$/s, ""));
    profiles.push([title.replace(/ \(pid.*?\)/, ""), names.toSorted()]);
    await page.keyboard.press("n");
  }
  return profiles;
}

test("speedscope imports a run: threads are profiles, builds, boots and cases are frames", async (t) => {
  t.timeout(600_000);
  const page = await browser.visit(handOver("run.json", chromeOf(MODEL, [KEPT])));
  await page.getByText("(1/5)").first().waitFor();
  t.is(await page.title(), "run.json - speedscope");
  const profiles = await profilesOf(page, 5);
  const [host, guest] = [
    "uktest: builds, boots and cases, clock of the host",
    "demo on v86 (b1), clock of the guest, 5 events lost",
  ];
  const expected = [
    [`${host}, builds (tid 1) (1/5)`, ["broken", "demo"]],
    [
      `${host}, demo on v86 (b1) (tid 2) (2/5)`,
      ["demo on v86 (b1)", "grows", "leaks", "list", "one", "ring", "wraps"],
    ],
    [`${host}, demo on v86 (b2) (tid 3) (3/5)`, ["demo on v86 (b2)", "leaks", "ring"]],
    [`${host}, broken on v86 (b3) (tid 4) (4/5)`, ["broken on v86 (b3)"]],
    [`${guest}, tracepoints of demo on v86 (b1) (tid 1000000) (5/5)`, ["ring.wraps/7"]],
  ] as const;
  t.deepEqual(profiles, expected);
});
