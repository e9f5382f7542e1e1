/** The proxy between a debugger and a stub, both played by the test over real connections. */
import { createConnection, createServer, type Socket } from "node:net";
import test, { type ExecutionContext } from "ava";
import { openProxy, type Proxy, type Watching } from "../../runner/debug/proxy.js";
import { exited, signalled } from "../../src/rsp/packets.js";
import { until } from "../runner/processes.js";
import { type End, endOf } from "./remote-end.js";

/** Both ends of a connection over loopback. */
async function connection(t: ExecutionContext): Promise<readonly [Socket, Socket]> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const accepted = new Promise<Socket>((resolve) => server.once("connection", resolve));
  const one = createConnection(port, "127.0.0.1");
  const other = await accepted;
  server.close();
  t.teardown(() => {
    one.destroy();
    other.destroy();
  });
  return [one, other];
}

interface Set {
  readonly proxy: Proxy;
  readonly debug: End;
  readonly stub: End;
  readonly events: string[];
}

async function proxied(t: ExecutionContext, watching: Partial<Watching> = {}): Promise<Set> {
  const [ours, theirs] = await connection(t);
  const [debug, accepted] = await connection(t);
  const events: string[] = [];
  const proxy = openProxy(ours, {
    resumed: () => events.push("resumed"),
    stopped: () => Promise.resolve(void events.push("stopped")),
    monitor: (command) => (command === "uktest stopped" ? "why\n" : undefined),
    killed: () => events.push("killed"),
    left: () => events.push("left"),
    ...watching,
  });
  proxy.attach(accepted);
  return { proxy, debug: endOf(debug), stub: endOf(theirs), events };
}

const hex = (text: string): string => Buffer.from(text).toString("hex");

test("packets pass both ways, each acknowledged on its own side", async (t) => {
  const { debug, stub } = await proxied(t);
  debug.send("qSupported:swbreak+");
  t.true(await stub.hears("$qSupported:swbreak+"));
  t.true(await debug.hears("ack"));
  stub.send("PacketSize=1000");
  t.true(await debug.hears("$PacketSize=1000;QStartNoAckMode+"), "what the stub lacks is added");
  t.true(await stub.hears("ack"));
  debug.send("m1000,4");
  stub.send("deadbeef");
  t.true(await debug.hears("$deadbeef"));
});

test("a line that comes in pieces is shown as one, and a beginning without its end after a while", async (t) => {
  const { proxy, debug, stub } = await proxied(t);
  debug.send("c");
  t.true(await stub.hears("$c"));
  for (const piece of ["one", " li", "ne\n", "a be", "ginning"]) proxy.show(Buffer.from(piece));
  t.true(await debug.hears(`$O${hex("one line\n")}`, `$O${hex("a beginning")}`));
});

test("acknowledgements end on the debugger's side alone", async (t) => {
  const { debug, stub } = await proxied(t);
  debug.send("QStartNoAckMode");
  t.true(await debug.hears("ack", "$OK"));
  const acks = debug.heard.filter((one) => one === "ack").length;
  debug.send("g");
  t.true(await stub.hears("$g"));
  stub.send("00");
  t.true(await debug.hears("$00"));
  t.is(debug.heard.filter((one) => one === "ack").length, acks);
  t.true(await stub.hears("ack"));
  t.false(stub.heard.includes("$QStartNoAckMode"));
});

test("what the guest prints is shown while it runs, and all of it in front of the stop", async (t) => {
  let stopping = (): void => undefined;
  const { proxy, debug, stub, events } = await proxied(t, {
    stopped: () => new Promise((resolve) => (stopping = resolve)),
  });
  proxy.show(Buffer.from("before\n"));
  debug.send("vCont;c");
  t.true(await debug.hears(`$O${hex("before\n")}`), "what waited for the guest to run");
  t.true(await stub.hears("$vCont;c"));
  t.deepEqual(events, ["resumed"]);
  proxy.show(Buffer.from("while\n"));
  t.true(await debug.hears(`$O${hex("while\n")}`));
  stub.send("T05thread:01;");
  t.true(await stub.hears("ack"));
  proxy.show(Buffer.from("last\n"));
  t.false(debug.heard.includes("$T05thread:01;"));
  stopping();
  t.true(await debug.hears("$T05thread:01;"));
  t.true(debug.heard.indexOf(`$O${hex("last\n")}`) < debug.heard.indexOf("$T05thread:01;"));
  proxy.show(Buffer.from("late\n"));
  debug.send("g");
  stub.send("00");
  t.true(await debug.hears("$00"));
  t.false(debug.heard.includes(`$O${hex("late\n")}`), "nothing comes between a stop and a resume");
});

test("a long line is cut into pieces, byte by byte as it was", async (t) => {
  const { proxy, debug } = await proxied(t);
  debug.send("c");
  const text = Buffer.from(Array.from({ length: 5000 }, (_, at) => at & 0xff));
  t.true(await until(() => debug.heard.includes("ack")));
  proxy.show(text);
  const shown = (): string =>
    debug.heard.flatMap((one) => (one.startsWith("$O") ? one.slice(2) : [])).join("");
  t.true(await until(() => shown().length >= 10_000));
  t.is(shown(), text.toString("hex"));
});

test("the end of the guest is reported to a debugger that waits for it, and to no other", async (t) => {
  const first = await proxied(t);
  first.debug.send("c");
  t.true(await first.stub.hears("$c"));
  // The emulator's own word for it comes first, and says less.
  first.stub.send("W00");
  t.true(await first.stub.hears("ack"));
  first.proxy.end(signalled(6));
  t.true(await first.debug.hears("$X06"));
  t.false(first.debug.heard.includes("$W00"));
  const second = await proxied(t);
  second.debug.send("g");
  t.true(await second.stub.hears("$g"));
  second.proxy.end(exited(0));
  await new Promise((resolve) => second.debug.socket.once("close", resolve));
  t.deepEqual(second.debug.heard, ["ack"]);
});

test("what is answered in the stub's place, and what is not", async (t) => {
  const { debug, stub } = await proxied(t);
  debug.send("qAttached");
  t.true(await debug.hears("$0"), "a debugger that leaves ends its guest");
  debug.send(`qRcmd,${hex("uktest stopped")}`);
  t.true(await debug.hears(`$${hex("why\n")}`));
  debug.send(`qRcmd,${hex("info registers")}`);
  t.true(await stub.hears(`$qRcmd,${hex("info registers")}`));
});

test("Ctrl-C reaches a guest that runs, and no other", async (t) => {
  const { debug, stub } = await proxied(t);
  debug.say("\x03");
  debug.send("g");
  t.true(await stub.hears("$g"));
  t.false(stub.heard.includes("interrupt"));
  debug.send("c");
  t.true(await stub.hears("$c"));
  debug.say("\x03");
  t.true(await stub.hears("interrupt"));
});

test("damaged packets are asked for again, and sent again", async (t) => {
  const { debug, stub } = await proxied(t);
  debug.say("$g#00");
  t.true(await debug.hears("nak"));
  t.false(stub.heard.includes("$g"));
  debug.send("g");
  t.true(await stub.hears("$g"));
  stub.say("-");
  t.true(await until(() => stub.heard.filter((one) => one === "$g").length === 2));
  // A line that damages everything ends.
  for (let at = 0; at < 60; at += 1) stub.say("-");
  await new Promise((resolve) => stub.socket.once("close", resolve));
  t.true(stub.heard.filter((one) => one === "$g").length < 60);
});

test("a second debugger is turned away, and the first one's end is reported", async (t) => {
  const { proxy, debug, stub, events } = await proxied(t);
  debug.send("g");
  t.true(await stub.hears("$g"));
  const [second, accepted] = await connection(t);
  second.on("error", () => undefined);
  proxy.attach(accepted);
  await new Promise((resolve) => second.once("close", resolve));
  debug.socket.destroy();
  t.true(await until(() => events.includes("left")));
});

test("a connection without a packet was no debugger's, and the next one may be", async (t) => {
  const { proxy, debug, stub, events } = await proxied(t);
  debug.say("GET / HTTP/1.1\r\n\r\n");
  debug.socket.destroy();
  let next: End | undefined;
  t.true(
    await until(() => {
      if (next === undefined || next.socket.destroyed) void attach();
      return next?.heard.includes("ack") === true;
    }),
  );
  t.true(await stub.hears("$g"));
  t.deepEqual(events, []);
  async function attach(): Promise<void> {
    const [one, accepted] = await connection(t);
    next = endOf(one);
    proxy.attach(accepted);
    next.send("g");
  }
});

test("Ctrl-C between two steps stops the next one, and says so", async (t) => {
  const { debug, stub } = await proxied(t);
  debug.send("vCont;s:1");
  t.true(await stub.hears("$vCont;s:1"));
  debug.say("\x03");
  t.true(await stub.hears("interrupt"));
  // The step has ended by then, and its stop is no word of the interrupt.
  stub.send("T05thread:01;");
  t.true(await debug.hears("$T02thread:01;"));
  debug.send("vCont;s:1");
  t.true(await until(() => stub.heard.filter((one) => one === "$vCont;s:1").length === 2));
  stub.send("T05thread:01;");
  t.true(await debug.hears("$T05thread:01;"), "just once");
});

for (const packet of ["k", "vKill;1"])
  test(`a debugger that ends its guest by ${packet} is reported, once the stub has it`, async (t) => {
    const { debug, stub, events } = await proxied(t);
    debug.send(packet);
    t.true(await stub.hears(`$${packet}`));
    t.deepEqual(events, ["killed"]);
  });
