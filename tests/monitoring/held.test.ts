/** Which allocations of a call are held, by how the bytes in use changed: none is named that may have been given back. */
import test from "ava";
import fc from "fast-check";
import { heldOf } from "../../src/run/boots/held.js";

const change = (by: number, ...stack: readonly number[]) => ({ by: BigInt(by), stack });
const held = (bytes: number, ...trace: readonly string[]) => ({ bytes, trace });

test("what was allocated and not given back is held, each at its calls", (t) => {
  t.deepEqual(heldOf([]), []);
  t.deepEqual(heldOf([change(64, 0x10, 0x2a), change(8, 0x11)]), [held(64, "10", "2a"), held(8, "11")]);
  t.deepEqual(heldOf([change(64, 0x10), change(8, 0x11), change(-64, 0x99)]), [held(8, "11")]);
});

test("of allocations of one size some of which were given back none is named, unless all have one place", (t) => {
  t.deepEqual(heldOf([change(4096, 0x10), change(4096, 0x20), change(-4096)]), []);
  t.deepEqual(heldOf([change(4096, 0x10), change(4096, 0x10), change(-4096)]), [held(4096, "10")]);
});

test("what is given back before anything of its size was allocated is of before", (t) => {
  t.deepEqual(heldOf([change(-64), change(64, 0x10)]), [held(64, "10")]);
});

test("no more is named than what the bytes in use have grown by, apart from what is of before", (t) => {
  const one = fc.record({
    by: fc.constantFrom(-64n, -8n, 8n, 64n),
    stack: fc.array(fc.nat(3), { maxLength: 2 }),
  });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 30 }), (changes) => {
      for (const size of [8, 64]) {
        const named = heldOf(changes).filter(({ bytes }) => bytes === size).length;
        const count = (by: number): number => changes.filter((some) => some.by === BigInt(by)).length;
        t.true(named <= count(size));
        // The least number that can be there at the end, whatever the order.
        t.true(named === 0 || named >= count(size) - count(-size));
      }
    }),
  );
});
