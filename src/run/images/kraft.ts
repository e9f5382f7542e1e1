/**
 * A folder that Unikraft's build or kraft has built in: which file boots, and with which words and initial RAM disk. It
 * reads names and a Kraftfile, and starts nothing.
 *
 * Source: Unikraft's Makefile (`NAME_PLATFORM-ARCH` and its .dbg), kraft 0.9 to 0.12 (`.unikraft/build`, Kraftfile v0.5 and
 * v0.6: `cmd`, `rootfs`).
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { RigError, UsageError } from "../../core/errors.js";

export interface BuiltImage {
  readonly image: string;
  /** Words for the guest, where the Kraftfile has some. */
  readonly append?: readonly string[];
  readonly initrd?: string;
}

const BUILD_FOLDERS = ["", "build", ".unikraft/build"];
/** What Unikraft's build calls an image that QEMU boots. */
const IMAGE = /^[\w.+-]{1,100}_(?:qemu|kvm)-(?:x86_64|arm64)$/;
const KRAFTFILES = ["Kraftfile", "kraft.yaml", "Kraftfile.yaml", "kraft.yml"];

/**
 * Finds the image in a folder.
 * @throws UsageError where there is none or several, RigError for a Kraftfile that makes no sense
 */
export function imageIn(folder: string): BuiltImage {
  const found = BUILD_FOLDERS.map((name) => join(folder, name)).filter(isFolder);
  const images = found.flatMap((path) =>
    readdirSync(path)
      .filter((name) => IMAGE.test(name))
      .map((name) => join(path, name)),
  );
  const [image, ...others] = images.sort();
  if (image === undefined)
    throw new UsageError(
      `${folder} holds no image of Unikraft`,
      "make, or kraft build, leaves one as build/NAME_qemu-x86_64 or below .unikraft/build",
    );
  if (others.length > 0)
    throw new UsageError(
      `${folder} holds ${String(images.length)} images`,
      `name one with --image: ${images.slice(0, 6).join(", ")}`,
    );
  return { image, ...fromKraftfile(folder) };
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

function fromKraftfile(folder: string): Omit<BuiltImage, "image"> {
  const path = KRAFTFILES.map((name) => join(folder, name)).find(existsSync);
  if (path === undefined) return {};
  const { cmd, rootfs } = read(path);
  const append = cmd === undefined ? undefined : wordsOf(cmd, path);
  const initrd = rootfs === undefined ? undefined : initrdOf(rootfs, folder, path);
  return { ...(append !== undefined && { append }), ...(initrd !== undefined && { initrd }) };
}

function read(path: string): Readonly<Record<string, unknown>> {
  const document = parseDocument(readFileSync(path, "utf8"));
  const [error] = document.errors;
  if (error !== undefined) throw new RigError(`${path} is no YAML: ${error.message.split("\n")[0] ?? ""}`);
  const value: unknown = document.toJS();
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new RigError(`${path} is no Kraftfile: it holds no keys`);
  return value as Readonly<Record<string, unknown>>;
}

const isText = (value: unknown): value is string => typeof value === "string";

function wordsOf(cmd: unknown, path: string): readonly string[] {
  if (isText(cmd)) return cmd.split(/\s+/).filter((word) => word !== "");
  if (Array.isArray(cmd) && cmd.every(isText)) return cmd;
  throw new RigError(`${path}: cmd has to be a text or a list of texts`);
}

/** An archive is taken as it is; of a folder or a Dockerfile kraft makes one below .unikraft/build. */
function initrdOf(rootfs: unknown, folder: string, path: string): string {
  const source =
    isText(rootfs) || typeof rootfs !== "object" || rootfs === null
      ? rootfs
      : (rootfs as Readonly<Record<string, unknown>>)["source"];
  if (!isText(source)) throw new RigError(`${path}: rootfs has to name a file`);
  const own = join(folder, source);
  if (/\.cpio(?:\.gz)?$/.test(source) && existsSync(own)) return own;
  const built = join(folder, ".unikraft/build");
  const made = isFolder(built) ? readdirSync(built).filter((name) => /^initramfs.*\.cpio$/.test(name)) : [];
  const [archive] = made.sort();
  if (archive !== undefined) return join(built, archive);
  throw new RigError(
    `${path}: the rootfs ${source} is not built`,
    `kraft build leaves it below ${built}; --initrd FILE gives another one`,
  );
}
