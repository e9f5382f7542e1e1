/** The `images` of a configuration: images that are built elsewhere, and what their guests are given. */
import * as v from "valibot";
import { hooks } from "./hooks.js";
import { text } from "./values.js";

const lists = (what: string) => v.optional(v.pipe(v.array(text), v.description(what)));

/** One image; paths are relative to the configuration. */
export const image = v.pipe(
  v.strictObject({
    image: v.pipe(text, v.description("The file that boots, or a folder in which make or kraft has built.")),
    symbols: v.optional(v.pipe(text, v.description("The ELF with its symbols, where it has none itself."))),
    machine: v.optional(v.pipe(text, v.description("The machine, where --machine names none."))),
    append: lists("Words for the command line of the guest."),
    initrd: v.optional(v.pipe(text, v.description("Its initial RAM disk."))),
    cpus: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.description("Its processors."))),
    networks: lists("Its networks, as --net has them."),
    drives: lists("Its disks, as --drive has them."),
    folders: lists("Folders of the host, as --9p has them."),
    devices: lists("Its devices, as --device has them."),
    qemuArguments: lists("Further words for QEMU."),
    hooks: v.optional(hooks),
  }),
  v.description("One image that is there already."),
);

export type ConfiguredImage = v.InferOutput<typeof image>;
