/**
 * Values of ukstore as they are read of a guest's memory: variables, sums over lists, objects. The memory is that of an image
 * whose content is all there from the start, and then any other: whatever lies in it, reading ends, and throws nothing.
 */
import test from "ava";
import fc from "fast-check";
import { addressSpaceOf } from "../../src/image/elf/address-space.js";
import { bytesOf } from "../../src/image/elf/bytes.js";
import { type Elf, readElf } from "../../src/image/elf.js";
import { readSymbols } from "../../src/image/elf/symbols.js";
import { type ReadMemory, storeMapOf, type StoreValue } from "../../src/image/store-values.js";
import { assertDamageIsData } from "./damage.js";
import { amount } from "../amount.js";
import { type Compiler, compile, contentOf } from "./images.js";

const elfOf = (compiler: Compiler): Elf =>
  readElf(bytesOf("image", contentOf(compile(compiler, ["store-objects.c"]))));

/** What the file holds is the memory; the bytes after it are 0, as those of the guest are. */
function memoryOf(elf: Elf): ReadMemory {
  const space = addressSpaceOf(elf);
  const byteAt = (address: number): number | undefined => {
    try {
      return space.read(BigInt(address), 1, "a byte").bytes[0];
    } catch {
      return undefined;
    }
  };
  return (address, bytes) => {
    if (bytes > 65_536 || byteAt(address) === undefined) return Promise.resolve(undefined);
    return Promise.resolve(Uint8Array.from({ length: bytes }, (_, nth) => byteAt(address + nth) ?? 0));
  };
}

const shown = (values: readonly StoreValue[]): readonly string[] =>
  values.map(({ library, object, name, valueType, value }) =>
    [library, ...(object === undefined ? [] : [object]), `${name} ${valueType} ${value}`].join("/"),
  );

const COMPILERS: readonly Compiler[] = ["x86_64", "i386", "arm64"];

for (const compiler of COMPILERS)
  test(`values of a guest: ${compiler}`, async (t) => {
    const elf = elfOf(compiler);
    const { values } = (await storeMapOf(elf)?.read(memoryOf(elf))) ?? {};
    t.deepEqual(shown(values ?? []), [
      "demo/level s8 -2",
      "demo/used s64 7",
      "demo/text charp up to now",
      "net/http/port u16 80",
      "net/https/port u16 443",
    ]);
  });

for (const compiler of COMPILERS)
  test(`numbers without data are those that their getters say, in their types: ${compiler}`, async (t) => {
    const elf = elfOf(compiler);
    t.is((await storeMapOf(elf)?.read(memoryOf(elf)))?.unread, 2);
    const [getter] = readSymbols(elf, (name) => name === "get_unknown");
    const asked: (readonly [bigint, boolean])[] = [];
    const said = await storeMapOf(elf)?.read(memoryOf(elf), (address, cookie) => {
      asked.push([address, cookie !== 0n]);
      return Promise.resolve(Uint8Array.of(0xfe, 0xff, 1, 2, 3, 4, 5, 6));
    });
    const address = getter?.address ?? 0n;
    t.deepEqual(asked, [
      [address, false],
      [address, true],
    ]);
    t.is(said?.unread, 0);
    t.deepEqual(
      shown(said?.values ?? []).filter((one) => one.includes("unknown")),
      [`demo/unknown u64 ${String(0x0605_0403_0201_fffen)}`, "net/https/unknown u16 65534"],
    );
    const none = await storeMapOf(elf)?.read(memoryOf(elf), () => Promise.resolve(undefined));
    t.deepEqual(none, { values: (await storeMapOf(elf)?.read(memoryOf(elf)))?.values, unread: 0 });
  });

test("an image without a store has no values, and memory that is gone holds none", async (t) => {
  t.is(storeMapOf(readElf(bytesOf("image", contentOf(compile("x86_64", ["first.c"]))))), undefined);
  t.deepEqual((await storeMapOf(elfOf("i386"))?.read(() => Promise.resolve(undefined)))?.values, []);
});

test("hostile memory is data: reading ends, and every name is one", async (t) => {
  const elf = elfOf("x86_64");
  const map = storeMapOf(elf);
  const memory = memoryOf(elf);
  let reads = 0;
  /** A word of the memory points anywhere: most often to another place in it. */
  const at = fc.record({ word: fc.nat(120), to: fc.nat(4095), isOutside: fc.boolean() });
  const begin = Number(elf.segments[0]?.address);
  await fc.assert(
    fc.asyncProperty(fc.array(at, { minLength: 1, maxLength: 12 }), fc.boolean(), async (changes, isFull) => {
      reads = 0;
      const said = await map?.read(async (address, bytes) => {
        reads += 1;
        const found = isFull
          ? new Uint8Array(bytes).fill(0x41)
          : Uint8Array.from((await memory(address, bytes)) ?? []);
        const change = changes.find(({ word }) => word === reads % 121);
        if (change === undefined || found.length < 8) return found;
        new DataView(found.buffer).setBigUint64(
          0,
          change.isOutside ? 0xffff_ffff_ffff_fff0n : BigInt(begin + change.to),
          true,
        );
        return found;
      });
      return (
        reads < 20_000 &&
        (said?.values ?? []).every(({ name, value }) => /^[\w.:/-]+$/.test(name) && value.length <= 256)
      );
    }),
    { numRuns: amount(500, 40) },
  );
  t.pass();
});

test("a damaged file is an error of the image, or says less", (t) => {
  const whole = contentOf(compile("x86_64", ["store-objects.c"]));
  assertDamageIsData(whole, amount(2000, 100), (changed) => {
    storeMapOf(readElf(bytesOf("image", changed)));
    return true;
  });
  t.pass();
});

test("a list that runs in a circle is no list", async (t) => {
  const elf = elfOf("x86_64");
  const memory = memoryOf(elf);
  // Every pointer to the second element of the sum points to the first one instead, and objects to themselves.
  const said = await storeMapOf(elf)?.read(async (address, bytes) => {
    const found = await memory(address, bytes);
    if (found === undefined || bytes !== 8) return found;
    const view = new DataView(found.buffer);
    view.setBigUint64(0, BigInt(address), true);
    return found;
  });
  t.deepEqual(shown(said?.values ?? []), ["demo/level s8 -2", "demo/text charp up to now"]);
});
