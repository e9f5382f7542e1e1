/**
 * An empty disk for an emulator that keeps states of its guest in one: a qcow2 file of version 3 without a byte of content.
 * Layout only; who writes the file is elsewhere.
 *
 * Source: QEMU, `docs/interop/qcow2.txt`: the header, the table of reference counts with its one block, and the L1 table take
 * a cluster each, and the block counts each of these four as used once.
 */

const CLUSTER_BITS = 16;
const CLUSTER_BYTES = 1 << CLUSTER_BITS;

/** Clusters of the file, in their order. */
const COUNTS_TABLE = 1;
const COUNTS_BLOCK = 2;
const L1_TABLE = 3;
const CLUSTERS = 4;

const MAGIC = 0x51_46_49_fb;
const VERSION = 3;
/** A reference count has 16 bits: two to the power of this. */
const COUNT_ORDER = 4;
const HEADER_BYTES = 104;

const offsetOf = (cluster: number): bigint => BigInt(cluster * CLUSTER_BYTES);

/** The bytes of such a file. Its disk has no size, so the guest has no use for it. */
export function emptyDisk(): Uint8Array {
  const bytes = new Uint8Array(CLUSTERS * CLUSTER_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC);
  view.setUint32(4, VERSION);
  view.setUint32(20, CLUSTER_BITS);
  view.setUint32(36, 1); // entries of the L1 table
  view.setBigUint64(40, offsetOf(L1_TABLE));
  view.setBigUint64(48, offsetOf(COUNTS_TABLE));
  view.setUint32(56, 1); // clusters of the table of counts
  view.setUint32(96, COUNT_ORDER);
  view.setUint32(100, HEADER_BYTES);
  view.setBigUint64(COUNTS_TABLE * CLUSTER_BYTES, offsetOf(COUNTS_BLOCK));
  for (let cluster = 0; cluster < CLUSTERS; cluster += 1)
    view.setUint16(COUNTS_BLOCK * CLUSTER_BYTES + 2 * cluster, 1);
  return bytes;
}
