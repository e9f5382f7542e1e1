/**
 * Shows what images offer through ukstore, and what guests had there: as a table for people, as one JSON document for programs.
 * It reads no image and no record.
 */
import { plural } from "../../core/plural.js";
import type { BootModel, ValueModel } from "../../core/model.js";
import type { StoreEntry } from "../../image/store.js";
import type { ImageStore } from "../../run/list-stores.js";
import { jsonLine } from "../../text/json.js";
import { visibleLine } from "../../text/visible.js";
import { columns } from "../../text/width.js";

/** Versions of the documents. */
const STORE_SCHEMA = "uktest-store/1";
const VALUES_SCHEMA = "uktest-store-values/1";

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

const pathOf = ({ library, object, name }: ValueModel): string =>
  [library, ...(object === undefined ? [] : [object]), name].map(visibleLine).join("/");

/** Each value that a boot had when it stopped. */
export function valuesTable({ id, source, values = [] }: BootModel): string {
  const rows = [
    ["VALUE", "TYPE", "NOW"],
    ...values.map((one) => [pathOf(one), one.valueType, visibleLine(one.value)]),
  ];
  return `${visibleLine(id)} ${visibleLine(source)}\n\n${columns(rows).join("\n")}\n\n${plural(values.length, "value")}\n`;
}

/** One line with all of it. */
export const valuesJson = ({ id, source, values = [] }: BootModel): string =>
  jsonLine({ schema: VALUES_SCHEMA, boot: id, source, values });
