/**
 * However a debugger of the stub in the guest ends: killed, cut off in the middle of a packet, detached. What comes after it
 * is another debugger, or the end of the guest as without one. QEMU is booted by hand here, since the end of uktest's own
 * debugger is the end of its guest; that of boards is in board.test.ts, and what a stub answers is in stub.test.ts.
 */
import { createConnection, type Socket } from "node:net";
import test, { type ExecutionContext } from "ava";
import { turns } from "../amount.js";
import { start } from "../cli/run.js";
import { ROOT } from "../runner/kit.js";
import { below, until } from "../runner/processes.js";
import {
  ARCHITECTURES,
  type Architecture,
  commandWords,
  boot,
  bootOnSocket,
  ENDED,
  ended,
  gdbOn,
  imageOf,
  type OnSocket,
  unwrapped,
  withoutTimes,
} from "./by-hand.js";
import { type End, endOf } from "./remote-end.js";
import { allGone } from "./terminal.js";

const PROFILE = "debug";

const target = (architecture: Architecture): Promise<string> =>
  imageOf(architecture, "ukgdb-target", { pattern: "ukgdb_target.counts", profile: PROFILE });

const caseOf = (name: string): string => `_uk_testsuite_ukgdb_target_case_${name}`;

/** What a first session does from the beginning of a case until it is killed, and what a second one does and finds then. */
interface Takeover {
  readonly from: string;
  readonly first: readonly string[];
  readonly second: readonly string[];
  readonly finds: readonly RegExp[];
}

const TAKEOVERS: Readonly<Record<"stands" | "runs", Takeover>> = {
  stands: {
    from: "counts",
    first: ["break bump", "continue", "echo ready\\n"],
    second: [
      ...["backtrace 2", "print counter", "set var place.y = 5", "print place"],
      ...["break ukgdb_add", "continue", "info args", "delete"],
      ...[`tbreak ${caseOf("goes_on_for_ever")}`, "continue", "next"],
    ],
    finds: [
      /^(?:[er]ip|pc) .*<bump\+\d+>$/m,
      /^#0 +(?:0x\w+ in )?bump \(by=0\)[^]*^#1 .*_case_counts \(/m,
      /^\$1 = 0$/m,
      /^\$2 = \{x = 3, y = 5\}$/m,
      /^Breakpoint 1, ukgdb_add \(a=6, b=1\)/m,
      /^a = 6\nb = 1$/m,
    ],
  },
  runs: {
    from: "goes_on_for_ever",
    first: [`break ${caseOf("reads_what_is_not_there")}`, "echo ready\\n", "continue"],
    second: ["print counter", "set var place.y = 5", "print place"],
    finds: [/^\$1 = 6$/m, /^\$2 = \{x = 7, y = 5\}$/m],
  },
};

/** A first session that is killed, once it is where it is to be. */
async function killedSession(t: ExecutionContext, on: OnSocket, image: string, { from, first }: Takeover) {
  // Where that is not forgotten, the guest stops for it at the end of the second one.
  const begin = [`tbreak ${caseOf(from)}`, "continue", "continue", "hbreak uk_crash_on_screen"];
  const gdb = gdbOn(on, image, commandWords([...begin, ...first]), null);
  await gdb.seen("ready");
  // A guest that runs says nothing of it: it was told to as often as the session says.
  const continues = commandWords([...begin, ...first]).filter((word) => word === "continue").length;
  const resumed = (): number => on.heard().match(/\$(?:vCont;)?c[#:]/g)?.length ?? 0;
  t.true(await until(() => resumed() >= continues), `${String(resumed())} of ${String(continues)}`);
  gdb.child.kill("SIGKILL");
  const said = await gdb.end;
  t.is(said.code, "SIGKILL", said.stderr);
}

for (const architecture of turns(ARCHITECTURES, "debug/stub-ends, killed"))
  for (const [state, takeover] of Object.entries(TAKEOVERS))
    test.serial(
      `${architecture}: a gdb is killed while the guest ${state}, and another one goes on`,
      async (t) => {
        const image = await target(architecture);
        const on = await bootOnSocket(t, { architecture, image, words: "uktest.gdb=boot" });
        await killedSession(t, on, image, takeover);
        const begin = ["info registers", "compare-sections .text"];
        const end = ["info symbol $pc", "return", "continue"];
        const commands = commandWords([...begin, ...takeover.second, ...end]);
        const { stdout, stderr } = await ended(t, gdbOn(on, image, ["-batch", ...commands]));
        const all = `${stdout}\n${stderr}`;
        for (const one of [
          ...takeover.finds,
          /^Section \.text, range .* matched\.$/m,
          /_case_goes_on_for_ever \+ \d+ in section \.text$/m,
          /^Program terminated with signal SIGABRT/m,
          /ukgdb_target->goes_on_for_ever passed/,
        ])
          t.regex(all, one);
        // What the first one has stopped at is forgotten. A gdb goes on from such a stop without a word.
        const sent = on.sent();
        t.false(sent.slice(sent.lastIndexOf("$PacketSize=")).includes("hwbreak:;"));
        t.is((await ended(t, on.guest)).code, ENDED.crash, all);
      },
    );

/** Packets that end too early, at each kind of place. */
const CUT = ["$", "$m0", "$m0,4}", "$?#", "$?#3", "+$?#", "+$?#3", "\x03$X0,4:ab"];

/** Says this over a new connection, and hangs up; all of it has arrived by then. */
async function cutOff(socket: Socket, text: string): Promise<void> {
  socket.on("error", () => undefined).resume();
  socket.end(Buffer.from(text, "latin1"));
  await new Promise((resolve) => socket.once("close", resolve));
}

/** How a debugger begins on a line that another one had. */
interface Greeting {
  /** For the words of a failure. */
  readonly what: string;
  /** What comes before its first packet: gdb acknowledges what it has not heard. */
  readonly hello: string;
  /** Whether it goes on with acknowledgements. */
  readonly acks: boolean;
}

/** The first words of gdb on a new line, and what it has to hear of them: nothing else, and no word twice. */
async function handshake(t: ExecutionContext, { line }: OnSocket, { what, hello }: Greeting): Promise<End> {
  const end = endOf(createConnection(line));
  t.teardown(() => end.socket.destroy());
  end.say(hello);
  for (const [packet, reply] of [
    ["qSupported:swbreak+", /^\$PacketSize=/],
    ["vMustReplyEmpty", /^\$$/],
    ["?", /^\$T/],
  ] as const) {
    const before = end.heard.length;
    end.send(packet);
    t.true(await until(() => end.heard.length >= before + 2), `${what}: ${packet} is answered`);
    t.is(end.heard[before], "ack", `${what}: ${end.heard.join(" ")}`);
    t.regex(end.heard[before + 1] ?? "", reply, `${what}: ${end.heard.join(" ")}`);
    end.say("+");
  }
  return end;
}

/** A whole session that ends without a word. */
async function leave(t: ExecutionContext, on: OnSocket, { what, hello, acks }: Greeting): Promise<void> {
  const end = await handshake(t, on, { what, hello, acks });
  if (!acks) {
    end.send("QStartNoAckMode");
    t.true(await end.hears("$OK"), what);
    end.say("+");
  }
  end.socket.destroy();
  await new Promise((resolve) => end.socket.once("close", resolve));
}

test.serial("a packet that is cut, and another debugger on the same line", async (t) => {
  const image = await target("x86_64");
  const on = await bootOnSocket(t, { architecture: "x86_64", image, words: "uktest.gdb=boot" });
  for (const { hello, acks } of [
    { hello: "+", acks: true },
    { hello: "", acks: true },
    { hello: "+", acks: false },
  ]) {
    await leave(t, on, { what: "at first", hello: "+", acks });
    for (const text of CUT) {
      await cutOff(createConnection(on.line), text);
      const what = `${JSON.stringify(text + hello)}${acks ? "" : " where nothing is acknowledged"}`;
      await leave(t, on, { what, hello, acks });
    }
  }
  const words = commandWords(["break bump", "continue", "continue", "backtrace 1", "kill"]);
  const said = await ended(t, gdbOn(on, image, ["-batch", ...words]));
  t.regex(said.stdout, /^#0 +bump \(by=0\)/m, said.stderr);
  t.is((await ended(t, on.guest)).code, ENDED.crash);
});

/** Has the stub keep breakpoints of which gdb knows nothing, and so takes none of them away. */
const unknownTo = (place: string, kind: number): readonly string[] =>
  ["Z0", "Z1"].map((type) => `eval "maint packet ${type},%lx,${String(kind)}", (long)&${place}`);

interface Detached {
  readonly image: string;
  /** Words for the guest, and up to where gdb goes before it detaches. */
  readonly words: string;
  readonly before: readonly string[];
  readonly shows: RegExp;
  readonly code: number;
}

const DETACHED: readonly Detached[] = [
  {
    image: "ukargparse",
    words: "uktest.gdb=boot",
    before: ["break uk_argnparse", "continue", "backtrace 1"],
    shows: /^#0 +uk_argnparse \(/m,
    code: ENDED.normal,
  },
  {
    image: "uktest-fails",
    words: "uktest.gdb",
    before: ["break uk_test_on_failure", "continue", "continue", "backtrace 1"],
    shows: /received signal SIGABRT/,
    code: ENDED.normal,
  },
  {
    image: "ukevent-crash",
    words: "uktest.gdb",
    before: ["break uk_crash_on_screen"],
    shows: /stub_stop_here|ukarch_gdb_trap/,
    code: ENDED.crash,
  },
];

for (const architecture of turns(ARCHITECTURES, "debug/stub-ends, detached"))
  for (const { image: name, words, before, shows, code } of DETACHED)
    test.serial(
      `${architecture}: detached from, ${name} goes on to its end as without a debugger`,
      async (t) => {
        const image = await imageOf(architecture, name, { profile: "debug-stub" });
        const plain = boot(t, { architecture, image });
        const on = await bootOnSocket(t, { architecture, image, words });
        const kind = architecture === "arm64" ? 4 : 1;
        const place = before[0]?.replace("break ", "") ?? "";
        const commands = [...before, "delete", ...unknownTo(place, kind), "detach"];
        const said = await ended(t, gdbOn(on, image, ["-batch", ...commandWords(commands)]));
        const all = `${said.stdout}\n${said.stderr}`;
        t.regex(all, shows);
        t.is([...all.matchAll(/^received: "OK"$/gm)].length, 2, all);
        t.regex(all, /\[Inferior 1 \([^)]*\) detached\]/);
        t.is((await ended(t, on.guest)).code, code, all);
        t.is((await ended(t, plain.guest)).code, code);
        t.true(plain.sent().length > 1000);
        t.is(withoutTimes(unwrapped(on.sent())), withoutTimes(plain.sent()));
      },
    );

test.serial("a gdb of one's own that is killed or detaches ends the guest of --server", async (t) => {
  for (const ending of ["SIGKILL", "detach"]) {
    const words = ["debug", "ukgdb_target.goes_on_for_ever", "-m", "qemu-x86_64", "--stub", "guest"];
    const server = start([...words, "--server", "0"], { cwd: ROOT, input: null });
    t.teardown(() => server.child.kill("SIGKILL"));
    let said = "";
    server.child.stderr?.on("data", (chunk: Buffer) => (said += String(chunk)));
    const address = /gdb (\S+) -ex "target remote ([\d.]+):(\d+)"/;
    t.true(await until(() => address.test(said)), said);
    const emulators = below(server.child.pid ?? -1);
    t.true(emulators.length > 0);
    const [, image = "", host = "", port = ""] = address.exec(said) ?? [];
    await cutOff(createConnection(Number(port), host), "+$qSupported:sw");
    const ends = ending === "detach" ? ["detach"] : ["continue"];
    const gdb = gdbOn(
      { line: `${host}:${port}` },
      image,
      commandWords([`tbreak ${caseOf("goes_on_for_ever")}`, "continue", ...ends]),
      null,
    );
    await gdb.seen(ending === "detach" ? "detached]" : "Temporary breakpoint 1, ");
    gdb.child.kill("SIGKILL");
    await gdb.end;
    t.is((await ended(t, server)).code, 0, said);
    t.regex(said, /^uktest: the debugger has left, and the guest was ended$/m);
    t.true(await allGone(emulators));
  }
});
