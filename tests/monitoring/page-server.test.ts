/**
 * The server of metrics against what may connect to it: who asks for something else, says too much, says too little, or comes
 * in numbers. Each is refused or let go, and the page is there for the next one.
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { text as textOf } from "node:stream/consumers";
import test, { type ExecutionContext } from "ava";
import { UsageError } from "../../src/core/errors.js";
import { formatFor } from "../../src/delivery/live-metrics.js";
import { servePage } from "../../runner/host/page-server.js";

const PAGE = "/metrics";

/** A page that says which types it was asked for; gone when the test is over. */
async function served(
  t: ExecutionContext,
  page = (accept: string) => ({ type: "text/plain", body: accept }),
) {
  const { address, close } = await servePage(0, PAGE, page);
  t.teardown(close);
  return { address, close, port: Number(new URL(address).port) };
}

const open = async (t: ExecutionContext, port: number): Promise<Socket> => {
  const socket = connect(port, "127.0.0.1");
  t.teardown(() => socket.destroy());
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
};

/** Everything that is answered to some bytes. */
async function answerTo(t: ExecutionContext, port: number, bytes: string): Promise<string> {
  const socket = await open(t, port);
  socket.write(bytes);
  return textOf(socket);
}

test("the page, its head, and what is no question for it", async (t) => {
  const { address, port } = await served(t);
  t.regex(address, /^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
  const page = await fetch(address, { headers: { accept: "text/x" } });
  t.is(page.headers.get("content-type"), "text/plain");
  t.is(await page.text(), "text/x");
  const head = await fetch(address, { method: "HEAD", headers: { accept: "text/x" } });
  t.is(head.headers.get("content-length"), "6");
  t.is(await head.text(), "");
  t.is((await fetch(`${address}?name=x`)).status, 200);
  t.is((await fetch(`${address}/more`)).status, 404);
  t.regex(await (await fetch(new URL("/", address))).text(), /at \/metrics/);
  const posted = await fetch(address, { method: "POST", body: "x".repeat(1 << 20) }).catch(() => undefined);
  t.true(posted === undefined || posted.status === 405);
  // A browser that a page of somebody else's leads here by its own name.
  const foreign = await answerTo(
    t,
    port,
    `GET ${PAGE} HTTP/1.1\r\nHost: evil.example:${String(port)}\r\n\r\n`,
  );
  t.regex(foreign, /^HTTP\/1\.1 421 /);
  t.regex(await answerTo(t, port, "GET /metrics HTTP/1.0\r\n\r\n"), /^HTTP\/1\.1 200 /);
});

test("too much is refused, and what is no HTTP", async (t) => {
  const { address, port } = await served(t);
  const long = `GET ${PAGE} HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(20_000)}\r\n\r\n`;
  t.regex(await answerTo(t, port, long), /^HTTP\/1\.1 431 /);
  t.regex(await answerTo(t, port, "\x16\x03\x01\r\n\r\n"), /^HTTP\/1\.1 400 /);
  t.is((await fetch(address)).status, 200);
});

test("who says nothing is let go, and of many some are not taken", async (t) => {
  const { address, port } = await served(t);
  const sockets = await Promise.all(Array.from({ length: 40 }, () => open(t, port)));
  sockets[0]?.write(`GET ${PAGE} HTTP/1.1\r\nHost: loc`);
  await Promise.all(
    sockets.map(async (socket) => {
      socket.resume();
      if (!socket.closed) await once(socket, "close");
    }),
  );
  t.is((await fetch(address)).status, 200);
});

test("a page that throws is an answer, and the end of the server one for all", async (t) => {
  const broken = await served(t, () => {
    throw new Error("no numbers");
  });
  const said = await fetch(broken.address);
  t.is(said.status, 500);
  t.regex(await said.text(), /no numbers/);
  const waiting = await open(t, broken.port);
  broken.close();
  waiting.resume();
  await once(waiting, "close");
  await t.throwsAsync(fetch(broken.address));
});

test("a port that is in use, and none at all, are one clear error", async (t) => {
  const { port } = await served(t);
  const page = () => ({ type: "", body: "" });
  const taken = await t.throwsAsync(servePage(port, PAGE, page), { instanceOf: UsageError });
  t.is(taken.message, `port ${String(port)} is in use`);
  await t.throwsAsync(servePage(70_000, PAGE, page), { instanceOf: UsageError, message: /no port 70000/ });
});

const PROMETHEUS =
  "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

test("the format is the one that is wanted most, and that we have", (t) => {
  const rows: readonly (readonly [string, "openmetrics" | "prometheus"])[] = [
    [PROMETHEUS, "openmetrics"],
    ["", "prometheus"],
    ["*/*", "prometheus"],
    ["text/html, */*;q=0.8", "prometheus"],
    ["application/openmetrics-text", "openmetrics"],
    ['Application/OpenMetrics-Text; version="1.0.0"; charset=utf-8', "openmetrics"],
    ["application/openmetrics-text;version=0.0.1", "prometheus"],
    ["application/openmetrics-text;q=0.4,text/plain;q=0.5", "prometheus"],
    ["application/openmetrics-text;q=0.5,text/plain;q=0.5", "openmetrics"],
    ["application/openmetrics-text;q=0.3,text/*;q=0.4", "prometheus"],
    ["application/openmetrics-text;q=0.3,text/plain;version=9;q=0.4", "openmetrics"],
    ["application/openmetrics-text;q=0", "prometheus"],
    ["application/openmetrics-text;q=x", "prometheus"],
    ["application/openmetrics-text;q=7", "prometheus"],
    ["constructor;q=1,__proto__", "prometheus"],
    [";;,,;q=1", "prometheus"],
  ];
  for (const [accept, wanted] of rows) t.is(formatFor(accept), wanted, accept);
});
