/**
 * Which dialect a boot belongs to, once several have read the same lines. It reads no line itself.
 */
import type { Claim } from "../core/claims.js";
import type { DialectReader } from "../core/dialect.js";

/** A reader, and what it has claimed of the last line. */
export interface Spoken {
  readonly reader: DialectReader;
  readonly claims: Claim[];
}

/** Whose boot it is. Readers that are harder to imitate and still hold lines back have to decide before an easier one. */
export function elect(all: readonly Spoken[]): DialectReader | undefined {
  const owner = all.findIndex(({ reader }) => reader.owns);
  if (owner < 0) return undefined;
  for (const { reader, claims } of all.slice(0, owner)) {
    if (reader.holds === true) claims.push(...(reader.settle?.() ?? []));
    if (reader.owns) return reader;
  }
  return all[owner]?.reader;
}
