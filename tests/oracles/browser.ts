/**
 * A real browser that looks at pages from disk, with nobody to talk to, and remembers everything that it complained of. It
 * refuses to be missing: a page that nobody has opened is not tested.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Browser as Chromium, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

const ARGUMENTS = [
  "--no-sandbox",
  // Each context would start a process of its own.
  "--renderer-process-limit=1",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** All tests by hand draw none. */
const isKept = process.env["UKTEST_TEST_MACHINES"] !== "one";
const SCREENSHOTS = fileURLToPath(new URL("../../../.uktest/screenshots/", import.meta.url));

function browserHere(): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) =>
    existsSync(file),
  );
  if (found === undefined) throw new Error(`none of ${NAMES.join(", ")} is here: tests/run installs one`);
  return found;
}

export interface Look {
  readonly page: Page;
  /** What the browser complained of: errors, warnings, breaches of the policy, requests for anything but the page. */
  readonly complaints: readonly string[];
  /** Keeps a picture for people: in CI, and where this test is named. */
  picture(name: string): Promise<void>;
}

export class Browser {
  readonly #folder = mkdtempSync(join(tmpdir(), "uktest-browser-"));
  #running: Promise<Chromium> | undefined;
  #files = 0;

  /** Opens a page as a file, in a browser that has never seen anything. */
  async open(html: string, options: BrowserContextOptions = {}, fragment = ""): Promise<Look> {
    this.#files += 1;
    const file = join(this.#folder, `page-${String(this.#files)}.html`);
    writeFileSync(file, html);
    const page = await this.#page(options);
    const complaints: string[] = [];
    const url = pathToFileURL(file).href;
    page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(`error: ${String(error)}`));
    page.on("request", (request) => {
      if (request.url().split("#")[0] !== url) complaints.push(`request: ${request.url()}`);
    });
    await page.goto(url + fragment);
    await page.waitForSelector("html[data-cases]");
    const picture = async (name: string): Promise<void> => {
      if (!isKept) return;
      mkdirSync(SCREENSHOTS, { recursive: true });
      await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
    };
    return { page, complaints, picture };
  }

  /** Opens a page that is not ours, with the means to draw that it may need. */
  async visit(url: string): Promise<Page> {
    const page = await this.#page({});
    await page.goto(url);
    return page;
  }

  async #page(options: BrowserContextOptions): Promise<Page> {
    this.#running ??= chromium.launch({ executablePath: browserHere(), args: ARGUMENTS });
    const running = await this.#running;
    const viewport = { width: 1280, height: 860 };
    // One page is looked at at a time.
    await Promise.all(running.contexts().map((one) => one.close()));
    const context = await running.newContext({ viewport, colorScheme: "light", ...options });
    return context.newPage();
  }

  async close(): Promise<void> {
    await (await this.#running)?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
