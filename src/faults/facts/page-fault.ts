/** The error code of an x86 page fault in words. It reads no lines. */

/**
 * Words such as ` (write, page not present)`; nothing without a code.
 * @param code hexadecimal, without 0x. Source: Intel SDM volume 3, 4.7
 */
export function accessOf(code: string | undefined): string {
  if (code === undefined) return "";
  const bits = Number.parseInt(code, 16);
  const access = (bits & 16) !== 0 ? "instruction fetch" : (bits & 2) !== 0 ? "write" : "read";
  const from = (bits & 4) !== 0 ? " from user mode" : "";
  const why = (bits & 8) !== 0 ? "reserved bit set" : (bits & 1) !== 0 ? "not permitted" : "page not present";
  return ` (${access}${from}, ${why})`;
}
