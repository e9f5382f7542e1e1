/** Shows what images offer through ukstore: as a table for people, as one JSON document for programs. It reads no image. */
import { plural } from "../../core/plural.js";
import type { StoreEntry } from "../../image/store.js";
import type { ImageStore } from "../../run/list-stores.js";
import { jsonLine } from "../../text/json.js";
import { visibleLine } from "../../text/visible.js";
import { columns } from "../../text/width.js";

/** Version of the document of `storeJson`. */
const STORE_SCHEMA = "uktest-store/1";

const accessOf = ({ canRead, canWrite }: StoreEntry): string =>
  [...(canRead ? ["read"] : []), ...(canWrite ? ["write"] : [])].join(", ") || "none";

/** Each value with its number, its type and what can be done with it; an image without any says so. */
export function storeTable({ image, entries }: ImageStore): string {
  const head = visibleLine(image);
  if (entries.length === 0) return `${head}\n\nno library of it offers values: ukstore is not in it\n`;
  const rows = [
    ["VALUE", "ID", "TYPE", "ACCESS"],
    ...entries.map((one) => [
      `${visibleLine(one.library)}/${visibleLine(one.name)}`,
      one.id ?? "-",
      one.type,
      accessOf(one),
    ]),
  ];
  return `${head}\n\n${columns(rows).join("\n")}\n\n${plural(entries.length, "value")}\n`;
}

/** One line with all of it. */
export const storeJson = ({ image, entries }: ImageStore): string =>
  jsonLine({ schema: STORE_SCHEMA, image, entries });
