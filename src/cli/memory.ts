/**
 * Keeps the engine's young generation from growing. A run makes much garbage that dies at once, so a larger young
 * generation costs tens of MiB and saves no time (bench/parse.ts prints both). Imported before everything else.
 */
import { setFlagsFromString } from "node:v8";

setFlagsFromString("--semi-space-growth-factor=1");
