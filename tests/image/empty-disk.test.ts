/** The empty disk of a recording, read as its format is described. That QEMU takes it is shown in tests/debug/reverse.test.ts. */
import test from "ava";
import { emptyDisk } from "../../src/image/empty-disk.js";

test("header, counts and L1 table each have a cluster, and all of them are counted", (t) => {
  const disk = emptyDisk();
  const view = new DataView(disk.buffer, disk.byteOffset, disk.byteLength);
  const cluster = 1 << view.getUint32(20);
  t.is(Buffer.from(disk.subarray(0, 4)).toString("latin1"), "QFI\xfb");
  t.is(view.getUint32(4), 3);
  t.is(disk.length % cluster, 0);
  t.is(view.getBigUint64(24), 0n, "no content");
  t.is(view.getUint32(100), 104, "length of the header");
  t.is(1 << view.getUint32(96), 16, "bits of a count");
  const table = Number(view.getBigUint64(48));
  const block = Number(view.getBigUint64(table));
  const l1 = Number(view.getBigUint64(40));
  t.deepEqual([0, table, block, l1].map((at) => at / cluster).sort(), [0, 1, 2, 3]);
  const counts = Array.from({ length: cluster / 2 }, (_, at) => view.getUint16(block + 2 * at));
  t.deepEqual(counts.slice(0, 4), [1, 1, 1, 1]);
  t.true(counts.slice(4).every((count) => count === 0));
  t.is(disk.length, 4 * cluster);
});
