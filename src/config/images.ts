/** The `images` of a configuration: images that are built elsewhere, and what their guests are given. */
import * as v from "valibot";

const text = v.pipe(v.string(), v.nonEmpty());
const texts = (what: string) => v.optional(v.pipe(v.array(text), v.description(what)));

/** One image; paths are relative to the configuration. */
export const image = v.pipe(
  v.strictObject({
    image: v.pipe(text, v.description("The file that boots, or a folder in which make or kraft has built.")),
    symbols: v.optional(v.pipe(text, v.description("The ELF with its symbols, where it has none itself."))),
    machine: v.optional(v.pipe(text, v.description("The machine, where --machine names none."))),
    append: texts("Words for the command line of the guest."),
    initrd: v.optional(v.pipe(text, v.description("Its initial RAM disk."))),
    cpus: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.description("Its processors."))),
    networks: texts("Its networks, as --net has them."),
    drives: texts("Its disks, as --drive has them."),
    folders: texts("Folders of the host, as --9p has them."),
    devices: texts("Its devices, as --device has them."),
    qemuArguments: texts("Further words for QEMU."),
  }),
  v.description("One image that is there already."),
);

export type ConfiguredImage = v.InferOutput<typeof image>;
