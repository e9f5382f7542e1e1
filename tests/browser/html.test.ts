/**
 * The page in a real browser: it opens from disk without a complaint, reads well, and answers mouse, keyboard and address.
 */
import test from "ava";
import { reporter } from "../../reporters/html.js";
import type { CaseStatus, PastStatus, RunEvent } from "../../src/core/events.js";
import { amount } from "../amount.js";
import { Browser, type Look } from "../oracles/browser.js";
import { EVERYTHING } from "../oracles/hostile.js";
import { RunBuilder } from "../reporters/builder.js";
import { coveredRun } from "../reporters/covered.js";
import { render } from "../reporters/render.js";
import {
  emptyRun,
  greenRun,
  hostileRun,
  leakingRun,
  manyCases,
  redRun,
  symbolizedRun,
  tracedRun,
  twoBoots,
} from "../reporters/samples.js";

const browser = new Browser();
test.after.always(() => browser.close());
// What a page is asked to do has no limit of its own, and a browser that draws no frame would never answer.
test.beforeEach((t) => {
  t.timeout(600_000);
});

const open = async (
  run: readonly RunEvent[],
  options?: Parameters<Browser["open"]>[1],
  fragment?: string,
): Promise<Look> => browser.open(await render(reporter, run), options, fragment);

const texts = ({ page }: Look, selector: string): Promise<readonly string[]> =>
  page.locator(selector).allInnerTexts();
const text = async ({ page }: Look, selector: string): Promise<string> =>
  (await page.locator(selector).first().innerText()).replace(/\s+/g, " ");

const NARROW = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;

const DARK_PHONE = { "phone-dark": { ...NARROW, colorScheme: "dark" } } as const;

/** By hand the two that differ most. */
const LOOKS = amount(
  { light: { colorScheme: "light" }, dark: { colorScheme: "dark" }, phone: NARROW, ...DARK_PHONE } as const,
  { light: { colorScheme: "light" }, ...DARK_PHONE } as const,
);

const RUNS = {
  green: greenRun,
  red: redRun,
  crash: symbolizedRun,
  machines: twoBoots,
  leaking: () => leakingRun(),
  traced: tracedRun,
  covered: coveredRun,
  empty: emptyRun,
};

for (const [look, options] of Object.entries(LOOKS))
  test.serial(`opens without a complaint and fits: ${look}`, async (t) => {
    for (const [name, run] of Object.entries(RUNS)) {
      const seen = await open(run(), options);
      await seen.picture(`${name}-${look}`);
      const width = await seen.page.evaluate<number>("document.documentElement.scrollWidth");
      const room = "viewport" in options ? options.viewport.width : 1280;
      t.true(width <= room, `${name} is ${String(width)} wide`);
      await seen.page.getByRole("button", { name: "Overview" }).click();
      await seen.picture(`${name}-${look}-overview`);
      t.deepEqual(seen.complaints, [], name);
    }
  });

test.serial("opens on what broke first, with both values and the place", async (t) => {
  const seen = await open(redRun());
  t.is(await text(seen, ".detail h2"), "demo_test_crash");
  await seen.page.getByRole("treeitem", { name: "demo_test_add" }).click();
  t.is(await text(seen, ".failure .expression"), "2 + 2");
  t.is(await text(seen, ".failure .expected dd"), "5");
  t.is(await text(seen, ".failure .actual dd"), "4");
  t.is(await text(seen, ".failure .at"), "main.c:12");
  t.regex(await text(seen, ".lines.log"), /a line of the application in front of the failure/);
  t.regex(seen.page.url(), /#demo_arith_testsuite\.demo_test_add$/);
  t.deepEqual(seen.complaints, []);
});

test.serial("a permanent link opens its case, and a changed one another", async (t) => {
  const seen = await open(redRun(), {}, "#demo_net_testsuite.demo_test_wait");
  t.is(await text(seen, ".detail h2"), "demo_test_wait");
  await seen.page.evaluate('location.hash = "#ukargparse.parse_null"');
  await seen.page.waitForSelector('article[aria-label="ukargparse.parse_null"]');
  await seen.page.evaluate('location.hash = "#overview"');
  await seen.page.waitForSelector("article.overview");
  t.deepEqual(seen.complaints, []);
});

test.serial("search and filters leave what they say", async (t) => {
  const seen = await open(redRun());
  const { page } = seen;
  const names = (): Promise<readonly string[]> => texts(seen, ".row.case .name");
  const all = (await names()).length;
  await page.getByRole("searchbox").fill("strcmp");
  t.deepEqual(await names(), ["demo_test_desc"]);
  t.is(await text(seen, ".found"), "1 of 13 cases");
  await page.getByRole("searchbox").fill("no such thing");
  t.deepEqual(await names(), []);
  t.true(await page.getByText("No case is like that.").isVisible());
  await page.getByRole("searchbox").fill("");
  await page.getByRole("button", { name: "skipped" }).click();
  t.deepEqual(await names(), ["uk_console_hotplug"]);
  await page.getByRole("button", { name: "skipped" }).click();
  t.is((await names()).length, all);
  await page.getByRole("treeitem", { name: "ukargparse" }).click();
  t.is((await names()).length, all - 2);
  t.deepEqual(seen.complaints, []);
});

test.serial("the keyboard does everything", async (t) => {
  const seen = await open(redRun());
  const { page } = seen;
  const title = (): Promise<string> => text(seen, ".detail h2");
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await press("k");
  t.is(await title(), "demo_test_cut");
  await press("p");
  t.is(await title(), "demo_test_wait");
  await press("n", "n");
  t.is(await title(), "demo_test_crash");
  await press("f");
  t.is((await texts(seen, ".row.case")).length, 6);
  await press("f");
  t.is((await texts(seen, ".row.case")).length, 13);
  await press("5");
  t.deepEqual(await texts(seen, ".row.case .name"), ["uk_console_hotplug"]);
  await press("Escape");
  t.is((await texts(seen, ".row.case")).length, 13);
  await press("/", "q", "u", "o", "t", "e", "s");
  t.deepEqual(await texts(seen, ".row.case .name"), ["parse_quotes"]);
  t.is(await text(seen, "mark"), "quotes");
  await press("Escape", "Escape");
  await press("o");
  t.is(await page.locator("article.overview").count(), 1);
  await press("?");
  t.true(await page.getByRole("dialog", { name: "Keys" }).isVisible());
  await press("Escape");
  t.false(await page.locator("dialog").isVisible());
  await page.getByRole("tree").focus();
  await press("Home", "ArrowLeft");
  t.is(await page.locator('[aria-expanded="false"]').count(), 1);
  await press("ArrowRight", "ArrowDown", "Enter");
  t.is(await title(), "parse_null");
  t.is(await page.evaluate("document.activeElement.tagName"), "H2");
  await press("End");
  t.deepEqual(seen.complaints, []);
});

test.serial("dark and light change by hand, and stay", async (t) => {
  const seen = await open(greenRun());
  const ground = (): Promise<string> =>
    seen.page.evaluate<string>("getComputedStyle(document.documentElement).backgroundColor");
  const light = await ground();
  await seen.page.getByRole("button", { name: "Dark or light" }).click();
  const dark = await ground();
  t.not(dark, light);
  await seen.page.reload();
  await seen.page.waitForSelector("html[data-cases]");
  t.is(await ground(), dark);
  await seen.page.keyboard.press("t");
  t.is(await ground(), light);
  t.deepEqual(seen.complaints, []);
});

test.serial("a phone shows one side at a time", async (t) => {
  const seen = await open(redRun(), NARROW);
  const { page } = seen;
  t.false(await page.locator(".pane").isVisible());
  await page.locator(".lead a").tap();
  t.is(await text(seen, ".detail h2"), "demo_test_crash");
  t.true(await page.locator(".pane").isVisible());
  await page.getByRole("button", { name: "Cases" }).tap();
  t.false(await page.locator(".pane").isVisible());
  t.deepEqual(seen.complaints, []);
});

test.serial("a crash shows frames of the program, and unfolds the machinery", async (t) => {
  const seen = await open(symbolizedRun());
  const { page } = seen;
  t.deepEqual(await texts(seen, ".crash > .frames > li:not(.machinery) .function"), [
    "load",
    "read_from",
    "test_read",
    "000000000010005b",
  ]);
  t.regex(await text(seen, ".lines.source .marked"), /22 return \*pointer;/);
  await page.getByText("3 frames of the test machinery and the boot").click();
  await page.locator(".machinery .function", { hasText: "uktest_guarded" }).waitFor();
  await page.getByText("2 registers").click();
  t.regex(await text(seen, ".registers"), /RIP 00000000001096bb/);
  t.deepEqual(seen.complaints, []);
});

test.serial("machines side by side, in a case and in the overview", async (t) => {
  const run = new RunBuilder()
    .boot("x86.log", "normal", (boot) => boot.suite("both", { name: "a" }))
    .boot("arm.log", "normal", (boot) =>
      boot.suite("both", { name: "a", status: "failed", body: [{ fail: "expected `x` to be 1 but was 2" }] }),
    )
    .end();
  const seen = await open(run);
  const { page } = seen;
  t.is(await text(seen, ".detail .facts .pill"), "arm.log");
  t.deepEqual(await texts(seen, ".machines b, .machines a"), ["x86.log", "arm.log"]);
  await page.locator(".machines a").click();
  await page.waitForSelector("html:has(.detail.passed)");
  t.regex(page.url(), /#both\.a@x86\.log$/);
  await page.keyboard.press("o");
  t.regex(await text(seen, "#part-machines tbody:last-child"), /both\.a passed failed/);
  await seen.picture("differing-light-overview");
  t.deepEqual(seen.complaints, []);
});

/** Four boots, two at a time, and a case whose history has everything in it. */
const timedRun = (): readonly RunEvent[] => {
  const names = ["broke", "mended", "steady", "young"];
  const statuses = [
    "passed",
    "absent",
    "failed",
    "timed-out",
    "crashed",
    "skipped",
    "not-run",
    "passed",
  ] as const;
  const always = (status: CaseStatus): readonly PastStatus[] => statuses.map(() => status);
  const cases = [
    { source: "p0 on v86", name: "s0.broke", statuses },
    { source: "p1 on v86", name: "s1.mended", statuses: always("failed") },
    { source: "p2 on v86", name: "s2.steady", statuses: always("passed") },
  ];
  const run = new RunBuilder().history(
    statuses.map((_, at) => `run-000${String(at + 1)}`),
    cases,
  );
  const times = [
    [0, 400],
    [10, 150],
    [165, 120],
    [300, 90],
  ] as const;
  for (const [at, [startMs, wallMs]] of times.entries())
    run.boot(
      `p${String(at)} on v86`,
      "normal",
      (boot) =>
        boot.suite(`s${String(at)}`, {
          name: names[at] ?? "",
          ...(at === 0 && { status: "failed" as const, body: [{ fail: "expected `x` to be 1 but was 2" }] }),
        }),
      { startMs, wallMs },
    );
  return run.end();
};

test.serial("the history of a case is read, pointed at and walked through", async (t) => {
  for (const [look, options] of Object.entries(LOOKS)) {
    const seen = await open(timedRun(), options, "#s0.broke");
    await seen.picture(`history-${look}`);
    t.true(
      (await seen.page.evaluate<number>("document.documentElement.scrollWidth")) <=
        (look.startsWith("phone") ? 390 : 1280),
    );
    t.deepEqual(seen.complaints, []);
  }
  const seen = await open(timedRun(), {}, "#s0.broke");
  const { page } = seen;
  t.is(await text(seen, ".detail .turn"), "newly broken");
  const moments = page.getByRole("list", { name: "Results, the oldest first" }).getByRole("listitem");
  const names = await Promise.all((await moments.all()).map((one) => one.getAttribute("aria-label")));
  t.deepEqual(names.slice(0, 3), ["run-0001: passed", "run-0002: not there", "run-0003: failed"]);
  t.is(names.at(-1), "this run: failed");
  t.is(names.length, 9);
  // No two statuses look alike without their colours.
  const pictures = await page.evaluate<readonly string[]>(
    "[...document.querySelectorAll('.detail .moment')].map((one) => one.querySelector('use')?.getAttribute('href') ?? one.textContent)",
  );
  t.is(new Set(pictures).size, 7);
  t.is(await text(seen, ".past .said"), "this run: failed");
  t.is(await page.locator(".detail .moment[tabindex='0']").count(), 1);
  await moments.last().focus();
  for (const key of ["ArrowLeft", "ArrowLeft"]) await page.keyboard.press(key);
  t.is(await text(seen, ".past .said"), "run-0007: not run");
  t.is(await page.evaluate("document.activeElement.getAttribute('aria-label')"), "run-0007: not run");
  await page.keyboard.press("Home");
  t.is(await text(seen, ".past .said"), "run-0001: passed");
  await page.keyboard.press("ArrowLeft");
  t.is(await text(seen, ".past .said"), "run-0001: passed");
  await moments.nth(3).hover();
  t.is(await text(seen, ".past .said"), "run-0004: timed out");
  await page.getByRole("searchbox").fill("fixed");
  t.deepEqual(await texts(seen, ".row.case .name"), ["mended"]);
  await page.getByRole("searchbox").fill("");
  await page.keyboard.press("Escape");
  t.deepEqual(await texts(seen, ".row.case .turn"), ["newly broken", "fixed", "new"]);
  await page.getByRole("treeitem", { name: "young" }).click();
  t.true(await page.getByText("None of the earlier runs has this case.").isVisible());
  t.deepEqual(seen.complaints, []);
});

test.serial("the overview has what changed, and boots side by side where they ran so", async (t) => {
  for (const [look, options] of Object.entries(LOOKS)) {
    const seen = await open(timedRun(), options, "#overview");
    await seen.page.locator("#part-boots").scrollIntoViewIfNeeded();
    await seen.picture(`timed-${look}-overview`);
    t.deepEqual(seen.complaints, []);
  }
  const seen = await open(timedRun(), {}, "#overview");
  const { page } = seen;
  t.regex(await text(seen, "#part-past"), /8 earlier runs, from run-0001 to run-0008\. 2 cases did not have/);
  t.deepEqual(await texts(seen, ".past-row .case-link"), ["s0.broke", "s1.mended"]);
  const first = page.locator(".past-row").first().getByRole("img");
  t.regex(
    (await first.first().getAttribute("aria-label")) ?? "",
    /^run-0001: passed, run-0002: not there, .*this run: failed$/,
  );
  interface Box {
    readonly left: number;
    readonly right: number;
    readonly top: number;
  }
  const boxes = await page.evaluate<readonly Box[]>(
    "[...document.querySelectorAll('.chart .span')].map((one) => one.getBoundingClientRect()).map(({ left, right, top }) => ({ left, right, top }))",
  );
  const [long, second, third, fourth] = boxes;
  if (!long || !second || !third || !fourth) return t.fail("four bars");
  // One line has the first boot, the other one the three that ran meanwhile, one after the other.
  t.true(second.top === third.top && third.top === fourth.top && long.top < second.top);
  t.true(second.right <= third.left && third.right <= fourth.left);
  t.true(second.left > long.left && fourth.right < long.right);
  t.is(await page.locator(".lane").count(), 2);
  t.regex(await text(seen, "#part-boots .boot:nth-child(3)"), /from 165 ms/);
  t.deepEqual(seen.complaints, []);
});

test.serial("the timeline of a boot: every line fits, is pointed at, and opens its cases", async (t) => {
  for (const [look, options] of Object.entries(LOOKS)) {
    const seen = await open(tracedRun(), options, "#overview");
    await seen.page.locator("#part-timeline").scrollIntoViewIfNeeded();
    const room = look.startsWith("phone") ? 390 : 1280;
    t.true((await seen.page.evaluate<number>("document.documentElement.scrollWidth")) <= room);
    const right = await seen.page.evaluate<number>(
      "Math.max(...[...document.querySelectorAll('.axis-line rect')].map((one) => one.getBoundingClientRect().right))",
    );
    t.true(right <= room, `${look}: a shape ends at ${String(right)}`);
    await seen.picture(`timeline-${look}`);
    t.deepEqual(seen.complaints, []);
  }
  const seen = await open(tracedRun(), {}, "#overview");
  const { page } = seen;
  const timeline = page.getByRole("group", { name: "Timeline of boot 1, demo on v86" });
  const said = (): Promise<string> => text(seen, ".boot-axis .said");
  await timeline.getByRole("button", { name: /^ring\.grows, passed/ }).hover();
  t.regex(await said(), /took 3\.4 ms, from 1\.9 ms/);
  await page.getByText("The same in words").click();
  await page.getByRole("list", { name: "Crashes" }).waitFor();
  t.is(await page.getByRole("list", { name: "Cases", exact: true }).getByRole("listitem").count(), 5);
  t.regex(
    await page.getByRole("list", { name: "Crashes" }).innerText(),
    /6 ms: page fault at 0x10, in net\.crashes/,
  );
  await timeline.getByRole("button", { name: /^ring\.grows, passed/ }).click();
  t.is(await text(seen, ".detail h2"), "grows");
  t.deepEqual(seen.complaints, []);
});

test.serial("the keys walk through a timeline and look closer; many cases are few shapes", async (t) => {
  const seen = await open(tracedRun(), {}, "#overview");
  const { page } = seen;
  const said = (): Promise<string> => text(seen, ".boot-axis .said");
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  t.is(await page.locator(".axis-line rect[tabindex='0']").count(), 1);
  await page.locator(".axis-line rect[tabindex='0']").focus();
  t.is(await said(), "ring: 3 cases");
  await press("ArrowDown");
  t.regex(await said(), /^ring\./);
  await press("Home", "ArrowRight");
  t.regex(await said(), /^ring\.wraps/);
  await press("+", "+");
  t.regex(await said(), /^ring\.wraps/, "what is looked at stays");
  const ruler = (): Promise<readonly string[]> => page.locator(".ruler text").allTextContents();
  const near = await ruler();
  await press("End", "ArrowRight", "ArrowRight");
  t.notDeepEqual(await ruler(), near, "the window moves with what is looked at");
  await press("-", "-", "-");
  t.true(await page.getByRole("button", { name: "All of it" }).isDisabled());
  await press("End", "Enter");
  t.is(await text(seen, ".detail h2"), "crashes");
  t.deepEqual(seen.complaints, []);

  const many = await open(manyCases(5000), {}, "#overview");
  const shapes = await many.page.locator(".axis-line rect").count();
  t.true(shapes > 50 && shapes < 1000, String(shapes));
  const first = many.page.locator(".axis-row:nth-child(2) rect").first();
  const before = (await first.getAttribute("aria-label")) ?? "";
  t.regex(before, /^\d+( from .* to .*)?, among them /);
  for (let steps = 0; steps < 5 && (await many.page.locator(".detail h2").count()) === 0; steps += 1)
    await many.page.locator(".axis-row:nth-child(2) rect").nth(1).click();
  t.is(await many.page.locator(".detail h2").count(), 1, "a closer look ends at a case");
  t.deepEqual(many.complaints, []);
});

test.serial("colours of a console are colours, and control bytes are seen", async (t) => {
  const painted = "plain \x1b[31mred\x1b[0m \x01 end";
  const body = [{ console: "plain red \x01 end", painted }, { fail: "no" }];
  const run = new RunBuilder()
    .boot("b", "normal", (boot) => boot.suite("s", { name: "c", status: "failed", body }))
    .end();
  const seen = await open(run);
  const colourOf = (selector: string): Promise<string> =>
    seen.page.evaluate<string>(`getComputedStyle(document.querySelector("${selector}")).color`);
  t.is(await text(seen, ".lines.log .t"), "plain red \\x01 end");
  t.is(await text(seen, ".lines .a-f1"), "red");
  t.not(await colourOf(".lines .a-f1"), await colourOf(".lines .t"));
  t.is(await text(seen, ".lines .a-ctl"), "\\x01");
  t.deepEqual(seen.complaints, []);
});

test.serial("paper has the overview and what broke", async (t) => {
  const seen = await open(redRun());
  await seen.page.emulateMedia({ media: "print" });
  await seen.page.evaluate('window.dispatchEvent(new Event("beforeprint"))');
  t.is(await seen.page.locator(".paper .detail").count(), 6);
  t.false(await seen.page.locator("#page").isVisible());
  t.regex(await text(seen, ".paper"), /and one after it/);
  t.is(await seen.page.locator(".paper details:not([open]), .paper .folded:empty").count(), 0);
  await seen.picture("red-paper");
  await seen.page.evaluate('window.dispatchEvent(new Event("afterprint"))');
  t.is(await seen.page.locator(".paper .detail").count(), 0);
  t.deepEqual(seen.complaints, []);
});

test.serial("whatever a guest prints stays text", async (t) => {
  for (const said of [
    EVERYTHING,
    "<img src=x onerror=window.taken=1>",
    "</script><script>window.taken=1</script>",
  ]) {
    const seen = await open(hostileRun(said));
    const { page } = seen;
    const shape = (): Promise<unknown> =>
      page.evaluate(
        "[window.taken, document.querySelectorAll('img, iframe, base, object, script:not([type])').length, [...document.querySelectorAll('a')].every((a) => a.getAttribute('href').startsWith('#'))]",
      );
    await page.keyboard.press("o");
    t.deepEqual(await shape(), [undefined, 1, true]);
    const rows = await page.locator(".row.case").count();
    t.is(rows, 6);
    for (let row = 0; row < rows; row += 1) {
      await page.locator(".row.case").nth(row).click();
      for (const summary of await page.locator("summary").all()) await summary.click();
      // The browser tells of what was unfolded in a task of its own.
      await page.evaluate("new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))");
      t.is(await page.locator("details[open] > .folded:empty").count(), 0);
      t.deepEqual(await shape(), [undefined, 1, true]);
    }
    if (said !== EVERYTHING) t.is(await page.locator(".detail h2").innerText(), said);
    // No character that turns the reading direction or controls anything is on the screen.
    const shown = await page.evaluate<string>("document.body.textContent.replace(/\\n/g, '')");
    t.notRegex(shown, /[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/u);
    t.deepEqual(seen.complaints, []);
  }
});

test.serial("the policy holds: nothing runs that is not the page's own script", async (t) => {
  const seen = await open(greenRun());
  await seen.page.evaluate(
    `document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.taken=1'><b onclick='window.taken=1'>x</b>");
     const own = document.createElement("script"); own.textContent = "window.taken = 1"; document.body.append(own);
     document.querySelector("b").click()`,
  );
  await seen.page.waitForTimeout(200);
  t.is(await seen.page.evaluate("window.taken"), undefined);
  t.true(seen.complaints.length > 0, "the browser says what it refused");
});

test.serial(
  "twenty thousand cases open, scroll and are searched, with few rows in the document",
  async (t) => {
    const html = await render(reporter, manyCases(20_000));
    const start = performance.now();
    const seen = await browser.open(html);
    const { page } = seen;
    t.log(`opened in ${(performance.now() - start).toFixed(0)} ms with the browser's start`);
    t.is(await page.evaluate("document.documentElement.dataset.cases"), "20000");
    const longest = await page.evaluate<number>(
      `new Promise((resolve) => {
       const tree = document.querySelector(".tree");
       let at = 0, before = performance.now(), longest = 0;
       const step = (now) => {
         if (at > 0) longest = Math.max(longest, now - before);
         before = now;
         at += 1;
         if (at > 120) return resolve(longest);
         tree.scrollTop = (tree.scrollHeight * at) / 120;
         requestAnimationFrame(step);
       };
       requestAnimationFrame(step);
     })`,
    );
    t.log(`longest frame of a scroll through all: ${longest.toFixed(0)} ms`);
    t.true((await page.locator(".row").count()) < 120);
    await page.keyboard.press("End");
    await page.locator(".tree").focus();
    await page.keyboard.press("End");
    const last = await texts(seen, ".row.case .name");
    t.true(last.length > 0);
    const typed = await page.evaluate<number>(
      `(() => {
       const input = document.querySelector("input");
       input.value = "case_19999";
       const start = performance.now();
       input.dispatchEvent(new Event("input"));
       return performance.now() - start;
     })()`,
    );
    t.log(`first search: ${typed.toFixed(0)} ms`);
    t.true(typed < 2000);
    t.regex(await text(seen, ".found"), /^\d of 20000 cases$/);
    await seen.picture("many-light");
    t.deepEqual(seen.complaints, []);
  },
);

test.serial(
  "sources show what ran, of all cases and of one, and a line says which cases ran it",
  async (t) => {
    const source = ["int ring;", "\tif (ring)", ...Array.from({ length: 20 }, () => "</script><b>x</b>")];
    const html = await render(reporter, coveredRun(), {
      source: (file) => (file.endsWith("ring.c") ? source : undefined),
    });
    const look = await browser.open(html, {}, "#overview");
    const { page } = look;
    t.is(await text(look, "#part-coverage > p"), "50.0 % of the lines ran: 5 of 10, by gcc.");
    t.deepEqual(
      (await texts(look, "#part-coverage summary")).map((one) => one.replace(/\s+/g, " ").trim()),
      ["ring.c 62.5 % 5 of 8 lines", 'lib/<odd> & "name".c 0.0 % 0 of 2 lines'],
    );
    await page.locator("#part-coverage summary").first().click();
    await page.waitForSelector(".source-line");
    const states = (): Promise<readonly string[]> =>
      page.evaluate<readonly string[]>(
        "[...document.querySelectorAll('.source-line')].map((row) => row.className.replace('source-line ', ''))",
      );
    const of = async (line: number) => (await states())[line - 1];
    t.deepEqual([await of(1), await of(3), await of(7)], ["none", "ran", "missed"]);
    t.is(await text(look, ".source-line:nth-child(3) .hits"), "4");
    await page.locator("button.line-number", { hasText: /^6$/ }).click();
    t.is(await text(look, ".who"), "ring.c:6: ring.keeps");
    await page.locator("button.line-number", { hasText: /^8$/ }).click();
    t.is(await text(look, ".who"), "ring.c:8: no case ran it");
    t.is(await page.locator(".listing b").count(), 0, "the text of a source is only text");
    await page.locator("#part-coverage select").selectOption("ring.keeps");
    t.is(await text(look, "#part-coverage > p"), "30.0 % of the lines ran in ring.keeps: 3 of 10, by gcc.");
    await page.locator("#part-coverage summary").first().click();
    await page.waitForSelector(".source-line");
    t.deepEqual([await of(6), await of(9)], ["ran", "missed"]);
  },
);
