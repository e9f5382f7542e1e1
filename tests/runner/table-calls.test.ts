/**
 * Calls through a table of functions, followed in real guests on the three machines that have a stub: the places where a
 * guest is stopped are those of watchpoints, and of breakpoints once something else has read the table.
 */
import test from "ava";
import { turns } from "../amount.js";
import { followCalls } from "../../runner/debug/calls.js";
import { chooseMachine } from "../../runner/machines.js";
import type { Connection } from "../../runner/machine.js";
import { withImage } from "../../src/image/elf/bytes.js";
import { readSymbols, type SizedSymbol } from "../../src/image/elf/symbols.js";
import { readElf } from "../../src/image/elf.js";
import { frameReader } from "../../src/rsp/framing.js";
import { scratch, uktest } from "../cli/run.js";
import { putKitObjects } from "../kit-objects.js";

/** Packed like Unikraft's test table; each row ends with its own function, which also says what else reads the rows. */
const SUITE = `#include <uk/essentials.h>
#include <uk/assert.h>
#include <uk/test.h>

struct one {
	const char *name, *desc;
	void (*func)(void);
	const char *file;
} __packed;

struct row {
	const char *name;
	void *init;
	struct one *end;
	__u32 failed;
	struct one ones[3];
} __packed;

volatile int counter;
static volatile __uptr seen;
extern struct row row_a, row_b, row_c;

__noinline void table_read(struct row *row)
{
	for (struct one *one = row->ones; one < row->end; one++)
		seen ^= (__uptr)one->func;
}

void a1(void) { counter += 1; }
void a2(void) { counter += 2; }
void a3(void) { table_read(&row_b); table_read(&row_a); counter += 3; }
void b1(void) { counter += 10; }
void b2(void) { counter += 20; }
void b3(void) { counter += 30; }
void c1(void) { counter += 100; }
void c2(void) { counter += 200; }
void c3(void) { UK_CRASH("it ends here"); }

#define ROW(x)								\\
	struct row row_ ## x = { "n", 0, row_ ## x.ones + 3, 0, {	\\
		{ "1", 0, x ## 1, "f" },				\\
		{ "2", 0, x ## 2, "f" },				\\
		{ "3", 0, x ## 3, "f" } } }
ROW(a);
ROW(b);
ROW(c);

__noinline void table_run(struct row *row)
{
	for (struct one *one = row->ones; one < row->end; one++) {
		seen = (__uptr)one->desc;
		counter += 1000;
		one->func();
		seen = (__uptr)one->file;
		row->failed += counter < 0;
	}
}

UK_TESTCASE(tables, are_run)
{
	table_run(&row_a);
	table_run(&row_b);
	table_read(&row_c);
	table_run(&row_c);
	UK_TEST_EXPECT(0);
}
uk_testsuite_register(tables, NULL);
`;

const ROWS = ["a", "b", "c"] as const;
const PLACES = [1, 2, 3] as const;
/** What the counter says before and after each call. */
const COUNTED: readonly (readonly [name: string, before: number, after?: number])[] = [
  ["a1", 1000, 1001],
  ["a2", 2001, 2003],
  ["a3", 3003, 3006],
  ["b1", 4006, 4016],
  ["b2", 5016, 5036],
  ["b3", 6036, 6066],
  ["c1", 7066, 7166],
  ["c2", 8166, 8366],
  ["c3", 9366],
];

/** A connection that notes the packets that are sent over it. */
function noted(stub: Connection, packets: string[]): Connection {
  const reader = frameReader();
  const write: Connection["write"] = (bytes) => {
    const all = typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes;
    for (const one of reader.feed(all)) if (one.kind === "packet") packets.push(one.data);
    return stub.write(bytes);
  };
  return new Proxy(stub, {
    get: (target, key) => {
      if (key === "write") return write;
      const value = Reflect.get(target, key) as unknown;
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}

for (const architecture of turns(["x86_64", "i386", "arm64"] as const, "runner/table-calls"))
  test(`calls through a table are followed, whatever else reads it: ${architecture}`, async (t) => {
    t.timeout(600_000);
    const folder = scratch(t);
    const name = `qemu-${architecture}`;
    folder.put("suite.c", SUITE);
    folder.put("uktest.config.json", JSON.stringify({ suites: { tables: { sources: ["*.c"] } } }));
    await putKitObjects(folder.path, [name]);
    const built = await uktest(["run", "-m", name], { cwd: folder.path });
    t.is(built.code, 1, built.stderr);
    const path = folder.file(`.uktest/build/${architecture}-gcc/tables.elf`);
    const symbols = withImage(path, (bytes) => readSymbols(readElf(bytes), () => true));
    const symbol = (wanted: string): SizedSymbol => {
      const found = symbols.find((one) => one.name === wanted);
      if (found === undefined) throw new Error(`no ${wanted}`);
      return found;
    };
    const address = (wanted: string): number => Number(symbol(wanted).address);
    const word = architecture === "i386" ? 4 : 8;
    const image = { path, architecture, isKit: true, words: [] };
    const { machine } = await chooseMachine(name, image);
    const boot = machine.boot(image, { memoryMiB: 64, acceleration: "tcg", debug: true });
    t.teardown(() => {
      boot.stop();
      boot.release();
    });
    const packets: string[] = [];
    if (boot.stub === undefined) throw new Error("no stub");
    const calls = followCalls(noted(boot.stub, packets), {
      architecture,
      rows: ROWS.map((row) => PLACES.map((place) => address(`${row}${String(place)}`))),
      table: {
        caller: { address: address("table_run"), bytes: symbol("table_run").bytes },
        rows: ROWS.map((row) => {
          const from = address(`row_${row}`);
          const ones = from + 3 * word + 4;
          return {
            functions: PLACES.map((_, at) => ones + at * 4 * word + 2 * word),
            end: from + 2 * word,
          };
        }),
      },
      ranges: () => [{ address: address("counter"), bytes: 4 }],
    });
    for await (const chunk of boot.output) t.true(chunk.length > 0);
    await boot.end;
    const number = (piece: Uint8Array | undefined): number | undefined =>
      piece && Buffer.from(piece).readInt32LE();
    t.deepEqual(
      calls.map(({ function: at, before, after }) => [at, number(before[0]), number(after?.[0])]),
      COUNTED.map(([called, before, after]) => [address(called), before, after]),
    );
    const kinds = packets.map((one) => one.slice(0, 2)).filter((one) => /^[zZ]/.test(one));
    const firstBreakpoint = kinds.indexOf("Z1");
    t.true(firstBreakpoint > 0, "row c has breakpoints");
    t.false(kinds.slice(firstBreakpoint).includes("Z3"), "and no watchpoints from then on");
    t.deepEqual(
      packets.filter((one) => one.startsWith("Z1")).slice(0, 1),
      [`Z1,${address("c1").toString(16)},1`],
      "the others have none",
    );
  });
