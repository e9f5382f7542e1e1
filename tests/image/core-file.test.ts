/** The layout of core files: what readelf reads of them, on every architecture and at the edges. */
import { spawnSync } from "node:child_process";
import test from "ava";
import fc from "fast-check";
import { type CoreOrder, coreLayout } from "../../src/image/core-file.js";
import { scratch } from "../cli/run.js";

const ORDER: CoreOrder = {
  architecture: "x86_64",
  threads: [
    {
      registers: [
        { name: "RIP", value: "1000" },
        { name: "R8", value: "ffffffffffffffff" },
      ],
      signal: 11,
    },
  ],
  memory: [{ address: 0, bytes: 8192 }],
  program: "an image with a long name.elf",
  what: "suite.case",
};

const registersAt = (order: CoreOrder): Buffer => Buffer.from(coreLayout(order).header);

test("readelf reads the header, the notes and the memory of each architecture", (t) => {
  const { put } = scratch(t);
  for (const [architecture, machine, bits] of [
    ["x86_64", "X86-64", "ELF64"],
    ["i386", "Intel 80386", "ELF32"],
    ["arm64", "AArch64", "ELF64"],
  ] as const) {
    const order = {
      ...ORDER,
      architecture,
      memory: [
        { address: 0x40000000, bytes: 8192 },
        { address: 0x50000000, bytes: 4096 },
      ],
    };
    const { header, bytes, offsets } = coreLayout(order);
    const core = put(architecture, Buffer.concat([header, Buffer.alloc(bytes - header.length)]));
    const { stdout, stderr } = spawnSync("readelf", ["-hlnW", core], {
      encoding: "utf8",
      env: { LC_ALL: "C" },
    });
    t.is(stderr, "");
    t.true(stdout.includes("CORE (Core file)") && stdout.includes(machine) && stdout.includes(bits), stdout);
    const loads = [
      ...stdout.matchAll(/^ +LOAD +0x([0-9a-f]+) 0x0*([0-9a-f]+) 0x0*([0-9a-f]+) 0x0*([0-9a-f]+) /gm),
    ];
    t.deepEqual(
      loads.map(([, offset = "", address = "", , size = ""]) =>
        [offset, address, size].map((one) => parseInt(one, 16)),
      ),
      order.memory.map(({ address, bytes: size }, at) => [offsets[at], address, size]),
    );
    t.regex(stdout, /CORE +0x[0-9a-f]+\s+NT_PRSTATUS/);
    t.regex(stdout, /CORE +0x[0-9a-f]+\s+NT_PRPSINFO/);
  }
});

test("registers stand where Linux has them, under each of their names", (t) => {
  const header = registersAt(ORDER);
  // The notes follow the headers of the file and of its two segments; the content of the first one its head.
  const status = 64 + 2 * 56 + 20;
  t.is(header.readUInt16LE(status + 12), 11);
  t.is(header.readBigUInt64LE(status + 112 + 16 * 8), 0x1000n, "RIP");
  t.is(header.readBigUInt64LE(status + 112 + 9 * 8), 0xffffffffffffffffn, "R8");
  t.is(header.readBigUInt64LE(status + 112), 0n, "R15, which nobody has said");
  const arm = registersAt({
    ...ORDER,
    architecture: "arm64",
    threads: [
      {
        signal: 6,
        registers: [
          { name: "X03", value: "33" },
          { name: "LR", value: "30" },
          { name: "PC", value: "99" },
        ],
      },
    ],
  });
  t.is(arm.readBigUInt64LE(status + 112 + 3 * 8), 0x33n);
  t.is(arm.readBigUInt64LE(status + 112 + 30 * 8), 0x30n);
  t.is(arm.readBigUInt64LE(status + 112 + 32 * 8), 0x99n);
});

test("several threads, and nothing at all", (t) => {
  const two = coreLayout({ ...ORDER, threads: [...ORDER.threads, { registers: [], signal: 0 }] });
  t.is(two.header.length - coreLayout(ORDER).header.length, 20 + 336);
  const none = coreLayout({ ...ORDER, threads: [], memory: [] });
  t.is(none.offsets.length, 0);
  t.true(none.bytes >= none.header.length);
});

test("whatever a guest shows as a register, a layout comes of it", (t) => {
  const any = fc.record({ name: fc.constantFrom("RIP", "R8", "XYZ"), value: fc.string() });
  fc.assert(
    fc.property(
      fc.array(any),
      fc.string(),
      fc.array(fc.record({ address: fc.nat(), bytes: fc.nat() })),
      (registers, what, memory) => {
        const { header, offsets, bytes } = coreLayout({
          ...ORDER,
          what,
          memory,
          threads: [{ registers, signal: 11 }],
        });
        t.true(header.length <= (offsets[0] ?? bytes));
        t.true(offsets.every((offset) => offset % 4096 === 0));
      },
    ),
  );
});
