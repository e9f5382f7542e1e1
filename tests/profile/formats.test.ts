/**
 * Profiles in each format, read again: by the schema of speedscope and by checks of what a schema cannot see, by an own
 * decoder of pprof's messages, as text.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Ajv } from "ajv";
import test from "ava";
import type { SymbolFrame } from "../../src/core/fault/symbols.js";
import { flamegraphOf } from "../../src/profile/flamegraph.js";
import { foldedOf } from "../../src/profile/folded.js";
import { pprofOf } from "../../src/profile/pprof.js";
import type { Profile, Spot } from "../../src/profile/profile.js";
import { varint } from "../../src/profile/protobuf.js";
import { speedscopeOf } from "../../src/profile/speedscope.js";

const frame = (name: string, line?: number, isInlined = false): SymbolFrame => ({
  function: name,
  ...(line !== undefined && { file: "work.c", line }),
  isInlined,
});
const spot = (address: number, ...frames: readonly SymbolFrame[]): Spot => ({ address, frames });
const MAIN = spot(0x1000, frame("main"));
const WORK = spot(0x2000, frame("inner", 7, true), frame("work", 20));
const HOT = spot(0xffff_8000_1234, frame("hot", 3));
const ODD = spot(0x30, frame('operator;<"&>\n'));
const PROFILE: Profile = {
  ...{ source: "work on qemu-x86_64", hz: 250, taken: 10, missed: 1, stoodMs: 8, totalMs: 40 },
  stacks: [
    { spots: [HOT, WORK, MAIN], count: 7, name: "s.a" },
    { spots: [WORK, MAIN], count: 2, name: "s.b" },
    { spots: [ODD], count: 1 },
  ],
};

test("folded: outermost first, with what is inlined, and no name breaks a line", (t) => {
  const text = foldedOf(PROFILE.stacks, false);
  t.is(text, 'main;work;inner 2\nmain;work;inner;hot 7\noperator_<"&>_ 1\n');
  t.is(
    foldedOf(PROFILE.stacks, true),
    '(no case);operator_<"&>_ 1\ns.a;main;work;inner;hot 7\ns.b;main;work;inner 2\n',
  );
  const twice = foldedOf([...PROFILE.stacks, ...PROFILE.stacks], false);
  t.is(twice.split("\n").length, text.split("\n").length, "stacks of one text are one line");
  t.is(foldedOf([], false), "");
});

interface Speedscope {
  readonly shared: { readonly frames: readonly { readonly name: string; readonly line?: number }[] };
  readonly profiles: readonly {
    readonly name: string;
    readonly endValue: number;
    readonly samples: readonly (readonly number[])[];
    readonly weights: readonly number[];
  }[];
}

const SCHEMA = join(
  dirname(createRequire(import.meta.url).resolve("speedscope/package.json")),
  "dist/release/file-format-schema.json",
);

test("speedscope: its schema, its indices, and what the samples say", (t) => {
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(SCHEMA, "utf8")) as object);
  for (const isByCase of [false, true]) {
    const document = JSON.parse(speedscopeOf([PROFILE], isByCase, "uktest")) as Speedscope;
    t.true(validate(document), JSON.stringify(validate.errors));
    const { frames } = document.shared;
    t.is(new Set(frames.map((one) => JSON.stringify(one))).size, frames.length);
    for (const { samples, weights, endValue } of document.profiles) {
      t.is(samples.length, weights.length);
      t.is(
        weights.reduce((sum, weight) => sum + weight, 0),
        endValue,
      );
      for (const index of samples.flat()) t.true(index in frames);
    }
    const names = document.profiles.map(({ name, samples }) => [
      name,
      samples.map((one) => one.map((index) => frames[index]?.name).join(" ")),
    ]);
    const odd = 'operator;<"&>\n';
    const [a, b] = ["main work inner hot", "main work inner"];
    t.deepEqual(
      names,
      isByCase
        ? [
            ["s.a (work on qemu-x86_64)", [a]],
            ["s.b (work on qemu-x86_64)", [b]],
            ["(no case) (work on qemu-x86_64)", [odd]],
          ]
        : [["work on qemu-x86_64", [a, b, odd]]],
    );
  }
});

type Message = ReadonlyMap<number, readonly (number | Uint8Array)[]>;

/** A message, field by field. Source: https://protobuf.dev/programming-guides/encoding/ . */
function decode(bytes: Uint8Array): Message {
  const fields = new Map<number, (number | Uint8Array)[]>();
  let at = 0;
  const number = (): number => {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error("the message is cut off");
      value += (byte & 0x7f) * scale;
      scale *= 0x80;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = number();
    const first = number();
    if ((tag & 7) === 2 && at + first > bytes.length) throw new Error("a field is cut off");
    const value = (tag & 7) === 2 ? bytes.subarray(at, at + first) : first;
    if (value instanceof Uint8Array) at += first;
    fields.set(tag >> 3, [...(fields.get(tag >> 3) ?? []), value]);
  }
  return fields;
}

const messages = (message: Message, field: number): readonly Message[] =>
  (message.get(field) ?? []).map((one) => decode(one as Uint8Array));
const numberIn = (message: Message | undefined, field: number): number =>
  (message?.get(field)?.[0] ?? 0) as number;
const packed = (message: Message, field: number): readonly number[] => {
  const bytes = message.get(field)?.[0] as Uint8Array;
  const values: number[] = [];
  let [value, scale] = [0, 1];
  for (const byte of bytes) {
    value += (byte & 0x7f) * scale;
    scale *= 0x80;
    if (byte < 0x80) {
      values.push(value);
      [value, scale] = [0, 1];
    }
  }
  return values;
};

test("pprof: Go's own reader takes it, and names functions, cases and boots", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "uktest-pprof-"));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const file = join(folder, "work.pb.gz");
  writeFileSync(file, pprofOf([PROFILE], "app.elf"));
  const read = (...words: readonly string[]): string =>
    execFileSync("go", ["tool", "pprof", "-symbolize=none", ...words, file], {
      encoding: "utf8",
      env: { ...process.env, PPROF_TMPDIR: folder, HOME: folder },
      stdio: ["ignore", "pipe", "ignore"],
    });
  // 10 samples of 250 in a second are 40 ms.
  const top = read("-top");
  t.regex(top, /^Duration: 40ms, Total samples = 40ms \(\s*100%\)$/m);
  t.regex(top, /^ +28ms 70\.00% 70\.00% +28ms 70\.00% +hot$/m);
  t.regex(top, /^ +8ms 20\.00% .* 36ms 90\.00% +inner \(inline\)$/m);
  t.regex(top, /^ +0 .* 36ms 90\.00% +main$/m);
  const tags = read("-tags");
  t.regex(tags, /28\.0ms .*: s\.a$/m);
  t.regex(tags, /40\.0ms .*: work on qemu-x86_64$/m);
  t.regex(read("-list=^hot$"), /ROUTINE =+ hot in work\.c/);
});

test("pprof: every id leads somewhere, and the samples are those that were taken", (t) => {
  const profile = decode(gunzipSync(pprofOf([PROFILE], "app.elf")));
  const texts = (profile.get(6) ?? []).map((one) => Buffer.from(one as Uint8Array).toString());
  t.is(texts[0], "");
  const textOf = (message: Message | undefined, field: number): string =>
    texts[numberIn(message, field)] ?? "missing";
  const types = messages(profile, 1).map((one) => [textOf(one, 1), textOf(one, 2)]);
  t.deepEqual(types, [
    ["samples", "count"],
    ["time", "nanoseconds"],
  ]);
  const functions = new Map(messages(profile, 5).map((one) => [numberIn(one, 1), one]));
  const locations = new Map(messages(profile, 4).map((one) => [numberIn(one, 1), one]));
  t.false(functions.has(0) || locations.has(0), "ids begin at 1");
  const samples = messages(profile, 2).map((sample) => ({
    stack: packed(sample, 1).map((id) => {
      const location = locations.get(id);
      t.not(location, undefined);
      const lines = location === undefined ? [] : messages(location, 4);
      const names = lines.map((line) => {
        const called = functions.get(numberIn(line, 1));
        return `${textOf(called, 2)}:${textOf(called, 4)}:${String(numberIn(line, 2))}`;
      });
      return `${numberIn(location, 3).toString(16)} ${names.join(" < ")}`;
    }),
    values: packed(sample, 2),
    labels: messages(sample, 3).map((label) => `${textOf(label, 1)}=${textOf(label, 2)}`),
  }));
  const [main, work] = ["1000 main::0", "2000 inner:work.c:7 < work:work.c:20"];
  const boot = "boot=work on qemu-x86_64";
  t.deepEqual(samples, [
    { stack: ["ffff80001234 hot:work.c:3", work, main], values: [7, 28e6], labels: ["case=s.a", boot] },
    { stack: [work, main], values: [2, 8e6], labels: ["case=s.b", boot] },
    { stack: ['30 operator;<"&>\n::0'], values: [1, 4e6], labels: [boot] },
  ]);
  t.is(numberIn(profile, 12), 4e6);
  t.is(numberIn(profile, 10), 40e6);
  t.is(textOf(messages(profile, 3)[0], 5), "app.elf");
});

test("numbers of any size", (t) => {
  t.deepEqual(varint(0), [0]);
  t.deepEqual(varint(300), [0xac, 2]);
  t.deepEqual(varint(Number.MAX_SAFE_INTEGER), [255, 255, 255, 255, 255, 255, 255, 15]);
});

test("a flame graph: widths are shares, callers are below, names are text", (t) => {
  const page = flamegraphOf([PROFILE], false, ["a <note>"]);
  const boxes = [...page.matchAll(/<title>([^<]*)<\/title><rect x="([\d.]+)" y="(\d+)" width="([\d.]+)"/g)];
  const of = (name: string) => boxes.find(([, title]) => title?.startsWith(`${name}:`) === true);
  const [main, hot] = [of("main"), of("hot")];
  t.is(main?.[1], "main: 9 samples, 90.0 %");
  t.is(Number(main?.[4]), 1080);
  t.is(Number(hot?.[4]), 840);
  t.true(Number(main?.[3]) > Number(hot?.[3]));
  t.true(page.includes("a &lt;note&gt;"));
  t.false(page.includes("<script") || page.includes('<"&>'));
  t.is([...flamegraphOf([PROFILE], true, []).matchAll(/<svg /g)].length, 3);
});
