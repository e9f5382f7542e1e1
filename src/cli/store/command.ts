/** The command `uktest store`: finds the tables of images, or the values that a record keeps, and shows them. */
import { UsageError } from "../../core/errors.js";
import { storesOf } from "../../run/list-stores.js";
import type { ProjectArguments } from "../../run/task.js";
import { recordedRun } from "../trace/record.js";
import { storeJson, storeTable, valuesJson, valuesTable } from "./table.js";

export interface StoreArguments extends ProjectArguments {
  readonly json: boolean;
  /** Shows the values in the guests of a run that was recorded; no image is read then. */
  readonly record?: string;
}

/** What the command prints; as JSON a line for each image or boot. @throws UsageError, RigError */
export async function store({ json, record, ...args }: StoreArguments): Promise<string> {
  if (record !== undefined) return recorded(record, json);
  const stores = await storesOf(args);
  return json ? stores.map(storeJson).join("") : stores.map(storeTable).join("\n");
}

async function recorded(record: string, json: boolean): Promise<string> {
  const hint = "uktest run --store --record FOLDER keeps them";
  const { boots } = (await recordedRun(record, hint)).model;
  const known = boots.filter(({ values }) => values !== undefined);
  if (known.length === 0) throw new UsageError(`${record} has no values of ukstore`, hint);
  return json ? known.map(valuesJson).join("") : known.map(valuesTable).join("\n");
}
