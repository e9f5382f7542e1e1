/** The command `uktest store`: finds the tables of images and shows them. */
import { storesOf } from "../../run/list-stores.js";
import type { ProjectArguments } from "../../run/task.js";
import { storeJson, storeTable } from "./table.js";

/** What the command prints; as JSON a line for each image. @throws UsageError, RigError */
export async function store(args: ProjectArguments, json: boolean): Promise<string> {
  const stores = await storesOf(args);
  return json ? stores.map(storeJson).join("") : stores.map(storeTable).join("\n");
}
