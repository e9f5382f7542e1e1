/**
 * Debian's Prometheus reads what a run serves while its guests run: the target is up, its values change, and every expression
 * of the dashboard is one that it can evaluate and that asks for what we emit. Nothing is left after a signal.
 */
import { setTimeout as pause } from "node:timers/promises";
import test, { type ExecutionContext } from "ava";
import { dashboard } from "../../src/delivery/dashboard.js";
import { servePage } from "../../runner/host/page-server.js";
import { METRICS } from "../../reporters/view/metrics.js";
import { sampleName } from "../../src/text/exposition.js";
import { type Running, scratch, start, startProgram, uktest } from "../cli/run.js";
import { ROOT } from "../runner/kit.js";
import { runTool } from "../oracles/run-tool.js";

interface Dashboard {
  readonly title: string;
  readonly uid: string;
  readonly schemaVersion: number;
  readonly templating: { readonly list: readonly { readonly name: string; readonly type: string }[] };
  readonly panels: readonly {
    readonly id: number;
    readonly title: string;
    readonly gridPos: Readonly<Record<"x" | "y" | "w" | "h", number>>;
    readonly datasource: { readonly uid: string };
    readonly targets: readonly {
      readonly expr: string;
      readonly refId: string;
      readonly datasource: { readonly uid: string };
    }[];
  }[];
}

const board = JSON.parse(dashboard()) as Dashboard;
/** As Grafana fills them in for all machines and suites. */
const EXPRESSIONS = board.panels
  .flatMap(({ targets }) => targets)
  .map(({ expr }) => expr.replace(/\$\w+/g, ".*"));

/** Asks until it is so; what it was at last where it never is. */
async function until<T>(ask: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const value = await ask();
    if (isSo(value) || tries === 600) return value;
    await pause(100);
  }
}

/** What a program has said on stderr that is of this form. */
async function saidBy({ child, end }: Running, form: RegExp): Promise<string> {
  let text = "";
  return new Promise((resolve, reject) => {
    child.stderr?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const [, found] = form.exec(text) ?? [];
      if (found !== undefined) resolve(found);
    });
    void end.then(() => {
      reject(new Error(`it ended: ${text}`));
    });
  });
}

/** A Prometheus that reads one target; its address. */
async function prometheusFor(t: ExecutionContext, target: string): Promise<string> {
  const folder = scratch(t);
  const config = folder.put(
    "prometheus.yml",
    `scrape_configs:\n  - job_name: uktest\n    scrape_interval: 200ms\n    scrape_timeout: 200ms\n    static_configs: [{ targets: ["${target}"] }]\n`,
  );
  const words = [
    `--config.file=${config}`,
    `--storage.tsdb.path=${folder.file("data")}`,
    "--web.listen-address=127.0.0.1:0",
  ];
  const running = startProgram("prometheus", words, { cwd: folder.path });
  t.teardown(async () => {
    running.child.kill("SIGKILL");
    await running.end;
  });
  return `http://${await saidBy(running, /msg="Listening on" address=(127\.0\.0\.1:[1-9]\d*)/)}`;
}

interface Result {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, value: string];
}

interface Answer {
  readonly status: string;
  readonly error?: string;
  readonly data?: { readonly result: readonly Result[] };
}

async function query(prometheus: string, expr: string): Promise<Answer> {
  const asked = await fetch(`${prometheus}/api/v1/query?${new URLSearchParams({ query: expr }).toString()}`);
  return (await asked.json()) as Answer;
}

test("a real Prometheus sees a run while its guests run", async (t) => {
  t.timeout(600_000);
  const run = start(["run", "ukbits", "-m", "qemu-x86_64", "--repeat", "1000", "-j", "1", "--metrics"], {
    cwd: ROOT,
  });
  const target = await saidBy(run, /uktest: metrics: http:\/\/(127\.0\.0\.1:\d+)\/metrics\n/);
  const prometheus = await prometheusFor(t, target);
  const health = await until(
    async () => await (await fetch(`${prometheus}/api/v1/targets`)).text(),
    (text) => text.includes('"health":"up"'),
  );
  t.regex(health, /"health":"up"/);
  const boots = async (): Promise<number> =>
    Number((await query(prometheus, "uktest_run_boots")).data?.result[0]?.value[1] ?? 0);
  const first = await until(boots, (value) => value > 0);
  t.true(first > 0);
  const later = await until(boots, (value) => value > first);
  t.true(later > first, `${String(first)}, then ${String(later)}`);
  t.is(run.child.exitCode, null);
  const cases = await query(prometheus, 'uktest_case_status{machine="qemu-x86_64",status="passed"} == 1');
  t.true((cases.data?.result.length ?? 0) > 3);
  for (const expr of EXPRESSIONS) t.like(await query(prometheus, expr), { status: "success" }, expr);
  t.like(await query(prometheus, "sum("), { status: "error" });
  run.child.kill("SIGINT");
  const { code, stderr } = await run.end;
  t.is(code, 130, stderr);
  await t.throwsAsync(fetch(`http://${target}/metrics`));
});

test("a port that is in use, or none, is one error, before anything is built or booted", async (t) => {
  const { address, close } = await servePage(0, "/", () => ({ type: "", body: "" }));
  t.teardown(close);
  const { port } = new URL(address);
  for (const [wrong, words] of [
    [port, `port ${port} is in use`],
    ["70000", "there is no port 70000"],
    ["x", "--metrics has to be a whole number"],
  ] as const) {
    const { code, stdout, stderr } = await uktest(
      ["run", "ukbits", "-m", "qemu-x86_64", `--metrics=${wrong}`],
      {
        cwd: ROOT,
      },
    );
    t.is(code, 2, wrong);
    t.is(stdout, "");
    t.true(stderr.startsWith(`uktest: error: ${words}\n`), stderr);
    t.is(stderr.split("\n").length, 3, stderr);
  }
});

test("the dashboard asks for what is emitted, and lays its panels out", (t) => {
  t.is(board.uid, "uktest");
  t.true(board.schemaVersion >= 30);
  t.like(board.templating.list[0], { name: "datasource", type: "datasource" });
  const names = new Set(METRICS.map(sampleName));
  const asked = new Set(EXPRESSIONS.flatMap((expr) => expr.match(/\buktest_\w+/g) ?? []));
  t.deepEqual(
    [...asked].filter((name) => !names.has(name)),
    [],
  );
  t.true(asked.size > 10);
  const rules = EXPRESSIONS.map((expr, at) => ({ record: `expression:${String(at)}`, expr }));
  const file = JSON.stringify({ groups: [{ name: "dashboard", rules }] });
  const { status, output } = runTool("promtool", (path) => ["check", "rules", path], file);
  t.is(status, 0, output);
  const cells = board.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, at) => `${String(x + (at % w))},${String(y + Math.floor(at / w))}`),
  );
  t.is(new Set(cells).size, cells.length, "no panel lies on another");
  t.true(board.panels.every(({ gridPos: { x, w } }) => x >= 0 && x + w <= 24));
  t.is(new Set(board.panels.map(({ id }) => id)).size, board.panels.length);
  for (const { title, datasource, targets } of board.panels) {
    t.true(targets.length > 0, title);
    for (const { uid } of [datasource, ...targets.map((one) => one.datasource)]) t.is(uid, "${datasource}");
  }
});

test("uktest grafana prints it", async (t) => {
  const { code, stdout } = await uktest(["grafana"]);
  t.is(code, 0);
  t.is(stdout, dashboard());
});
