/**
 * The client of QEMU's monitor over a pair of streams: answers in their order, events in between, and no hope in vain.
 */
import { Duplex } from "node:stream";
import test from "ava";
import { openQmp, type Qmp } from "../../runner/qemu/qmp.js";

interface Peer {
  readonly qmp: Qmp;
  readonly socket: Duplex;
  /** What was said to QEMU, a document a line. */
  readonly heard: () => readonly unknown[];
  readonly say: (...messages: readonly unknown[]) => void;
  readonly raw: (text: string) => void;
}

function connect(): Peer {
  let text = "";
  const socket = new Duplex({
    read: () => undefined,
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString("utf8");
      done();
    },
  });
  const qmp = openQmp(socket);
  const raw = (words: string): void => void socket.push(Buffer.from(words, "utf8"));
  return {
    qmp,
    socket,
    raw,
    say: (...messages) => raw(messages.map((one) => `${JSON.stringify(one)}\r\n`).join("")),
    heard: () =>
      text
        .split("\n")
        .filter(Boolean)
        .map((line): unknown => JSON.parse(line)),
  };
}

const GREETING = { QMP: { version: {}, capabilities: [] } };
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("the client says that it can speak, then asks, and gets answers in their order", async (t) => {
  const { qmp, say, heard } = connect();
  const [status, read] = [qmp.ask("query-status"), qmp.ask("memsave", { val: 1, size: 2 })];
  t.deepEqual(heard(), [
    { execute: "qmp_capabilities" },
    { execute: "query-status" },
    { execute: "memsave", arguments: { val: 1, size: 2 } },
  ]);
  say(GREETING, { return: {} }, { return: { status: "paused" } }, { return: {} });
  t.deepEqual(await status, { status: "paused" });
  t.deepEqual(await read, {});
});

test("a refusal is no answer, and the next one is not taken for it", async (t) => {
  const { qmp, say } = connect();
  const [refused, answered] = [qmp.ask("nonsense"), qmp.ask("query-status")];
  say(GREETING, { return: {} }, { error: { class: "CommandNotFound", desc: "no" } }, { return: 1 });
  t.is(await refused, undefined);
  t.is(await answered, 1);
});

test("events reach all who listen for them, between answers too, in whatever pieces", async (t) => {
  const { qmp, raw } = connect();
  const heard: unknown[] = [];
  qmp.on("GUEST_PANICKED", (data) => heard.push(["first", data]));
  qmp.on("GUEST_PANICKED", (data) => heard.push(["second", data]));
  qmp.on("STOP", (data) => heard.push(data));
  const answer = qmp.ask("query-status");
  const text = [
    { return: {} },
    { event: "GUEST_PANICKED", data: { action: "pause" }, timestamp: {} },
    { event: "OTHER" },
    { event: "STOP" },
    { return: "ü" },
  ]
    .map((one) => `${JSON.stringify(one)}\n`)
    .join("");
  for (const char of text) raw(char);
  t.is(await answer, "ü");
  t.deepEqual(heard, [["first", { action: "pause" }], ["second", { action: "pause" }], undefined]);
});

test("garbage is passed over", async (t) => {
  const { qmp, raw, say } = connect();
  const answer = qmp.ask("query-status");
  raw('not json\n\n{"half": \n[]\n"text"\n12\n');
  say({ return: {} }, { neither: 1 }, { return: 2 });
  t.is(await answer, 2);
});

test("valid JSON that is no document is passed over too", async (t) => {
  const { qmp, raw, say } = connect();
  const answer = qmp.ask("query-status");
  raw("null\n");
  say({ return: {} }, { return: 3 });
  t.is(await answer, 3);
});

test("whoever waits gets nothing when the socket closes or breaks, and later questions neither", async (t) => {
  for (const error of [undefined, new Error("gone")]) {
    const { qmp, socket } = connect();
    const answer = qmp.ask("query-status");
    socket.destroy(error);
    t.is(await answer, undefined);
    t.is(await qmp.ask("query-status"), undefined);
  }
});

test("an answer without an end closes the socket", async (t) => {
  const { qmp, socket, raw } = connect();
  const answer = qmp.ask("query-status");
  raw("x".repeat((4 << 20) + 1));
  await settle();
  t.is(await answer, undefined);
  t.true(socket.destroyed);
});
