/**
 * The names that a guest itself has for the frames of its crash: those that the host reads from the image, on every machine
 * and for every kind of crash. What else the table does is in suites/uksymtab.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { tableText } from "../../runner/build/symbol-table.js";
import { withImage } from "../../src/image/elf/bytes.js";
import { functionsOf, functionSymbolsOf } from "../../src/image/elf/functions.js";
import { readElf } from "../../src/image/elf.js";
import { amount, turns } from "../amount.js";
import { documentOf, MACHINES, ROOT, runKit } from "../runner/kit.js";

for (const machine of turns(MACHINES, "guest/symbol-table"))
  test.serial(`${machine}: guest and host name every frame of every crash alike`, async (t) => {
    const { faults } = documentOf(
      await runKit("ukdebug", "-m", machine, "--case-timeout", amount("2", "1"), "-r", "json"),
    );
    let frames = 0;
    for (const { title, callTrace } of faults)
      for (const { symbol, function: name, isInlined } of callTrace) {
        if (symbol === undefined) continue;
        t.not(isInlined, true, "what is inlined has no symbol of its own");
        t.is(symbol.replace(/\+[0-9a-f]+$/, ""), name ?? "", `${title}: ${symbol}`);
        frames += 1;
      }
    t.true(frames > 50, String(frames));
  });

test.serial(
  "the table holds each function of the image once, in the image that was linked last",
  async (t) => {
    t.is((await runKit("uksymtab", "-m", "qemu-x86_64")).code, 0);
    const path = join(ROOT, ".uktest/build/x86_64-gcc/uksymtab.elf");
    withImage(path, (bytes) => {
      const elf = readElf(bytes);
      const all = functionSymbolsOf(elf);
      t.true(all.length > 200);
      t.deepEqual(
        all.map(({ address }) => address),
        [...new Set(all.map(({ address }) => address))].sort((a, b) => a - b),
      );
      const functionAt = functionsOf(elf);
      for (const one of all) t.is(functionAt(one.address)?.name, one.name);
      const section = elf.sections.find(({ name }) => name === ".uk_symtab");
      const content = readFileSync(path).subarray(
        section?.offset,
        (section?.offset ?? 0) + (section?.sizeBytes ?? 0),
      );
      const sized = all.filter(({ sizeBytes }) => sizeBytes > 0);
      t.is(content.readUInt32LE(0), sized.length);
      const names = content
        .subarray(4 + 12 * sized.length)
        .toString("latin1")
        .split("\0")
        .slice(0, sized.length);
      t.deepEqual(
        names,
        sized.map(({ name }) => name),
      );
    });
  },
);

test("names of any characters are one line of assembly each", (t) => {
  const all = [
    { name: 'operator"" _x', address: 0x1010, sizeBytes: 4 },
    { name: "back\\slash", address: 0x1020, sizeBytes: 8 },
  ];
  const text = tableText({ start: 0x1000, all });
  t.true(
    text.includes(
      '\t.long 16, 4, 28\n\t.long 32, 8, 42\n\t.asciz "operator\\"\\" _x"\n\t.asciz "back\\\\slash"\n',
    ),
    text,
  );
});
