// Registers the coverage hook; loaded by NODE_OPTIONS=--import in coverage runs only.
import { register } from "node:module";

if (process.env.NYC_CONFIG) register("./hook.mjs", import.meta.url);
