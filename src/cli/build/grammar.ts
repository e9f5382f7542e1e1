/** The options of `uktest build`: those of a run, and what is built for it. */
import type { Argv } from "yargs";
import { EXIT_CODES, examples } from "../options.js";
import { running } from "../run-options.js";
import { NOT_BUILT } from "./arguments.js";

const EXAMPLES = examples([
  ["uktest build --unikraft ~/unikraft ukargparse ukstreambuf", "the tests of two libraries"],
  ["uktest build --unikraft ~/unikraft --app ~/app -m qemu-arm64", "those of an application's libraries"],
  ["uktest build --unikraft ~/unikraft ukconsole --no-run", "prints the path of the image"],
]);

export const buildOptions = (command: Argv): Argv => {
  const all = running(command)
    .usage(
      "uktest build --unikraft FOLDER [library…]\n\nBuilds an image of Unikraft in which tests are on, and runs it. A copy of the configuration is changed:\nnothing is written into the tree or the application.",
    )
    .positional("pattern", {
      type: "string",
      array: true,
      defaultDescription: "those that the configuration has",
      describe: "libraries of the tree whose tests have to be in the image",
    })
    .option("unikraft", { type: "string", requiresArg: true, describe: "folder of Unikraft's tree" })
    .option("app", {
      type: "string",
      requiresArg: true,
      defaultDescription: "one that does nothing",
      describe: "folder of an application",
    })
    .option("from", {
      type: "string",
      requiresArg: true,
      defaultDescription: ".config of the application",
      describe: "the configuration to copy: a .config or a defconfig",
    })
    .option("lib", {
      type: "string",
      requiresArg: true,
      describe: "folder of a library beside the tree; may be repeated",
    })
    .option("no-run", { type: "boolean", default: false, describe: "build only, and print the image's path" })
    .group(["unikraft", "app", "from", "lib", "no-run"], "Build:");
  for (const name of NOT_BUILT) all.hide(name);
  return all.epilogue(EXAMPLES + EXIT_CODES);
};
