import test from "ava";
import { recycle, reuseEntries } from "../../runner/v86/ports.js";

/** As v86 makes its ports: a table of entries, filled by a method of the class. */
const none = (): number => 255;

class Io {
  readonly ports: ReturnType<Io["create_empty_entry"]>[] = [];

  constructor() {
    for (let port = 0; port < 4; port += 1) this.ports.push(this.create_empty_entry());
  }

  create_empty_entry() {
    const nobody: unknown = undefined;
    return {
      read8: none,
      read16: none,
      read32: none,
      write8: none,
      write16: none,
      write32: none,
      device: nobody,
    };
  }
}

test("the entries of a guest that is gone serve the next one, and are empty", (t) => {
  const first = new Io();
  reuseEntries(first);
  const [entry] = first.ports;
  if (entry === undefined) return t.fail();
  for (const key of ["read8", "read16", "read32", "write8", "write16", "write32"] as const)
    entry[key] = () => 1;
  entry.device = {};
  recycle(first);
  const second = new Io();
  t.true(second.ports.includes(entry));
  t.deepEqual(entry, new Io().ports[0]);
  t.is(new Set(second.ports).size, 4);
});

test("without a guest that is gone, and for a class of other insides, nothing changes", (t) => {
  const io = new Io();
  reuseEntries(io);
  reuseEntries(io);
  const other = new Io();
  t.false(other.ports.some((entry) => io.ports.includes(entry)));
  t.notThrows(() => {
    reuseEntries({});
    recycle({});
  });
});
