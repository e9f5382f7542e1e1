/**
 * One look at each thing that a run may need: the node, compilers, emulators, small tools, memory, KVM. It says what is
 * missing, what that is good for and what to type; it boots nothing but the probe guest of KVM.
 */
import { probeCache } from "../../../runner/kvm/cache.js";
import { missingForKvm } from "../../../runner/kvm.js";
import { machines } from "../../../runner/machines.js";
import { NATIVE } from "../../../runner/host/native.js";
import { roomIn, versionOf } from "../../../runner/host/tools.js";
import { configAt, runFolderBeside } from "../../config/load.js";
import { nodeRange } from "../../delivery/tool.js";

export interface Check {
  readonly name: string;
  /** `missing` and `failed` come with `mend`; `lesser` works, and could be better. */
  readonly state: "ok" | "missing" | "failed" | "lesser";
  readonly detail: string;
  /** What to type, or to do. */
  readonly mend?: string;
}

interface Tool {
  readonly program: string;
  readonly debianPackage: string;
  /** What there is less of without it. */
  readonly lesser: string;
}

const [crossOf, cross] = NATIVE === "arm64" ? ["x86_64", "x86_64-linux-gnu"] : ["arm64", "aarch64-linux-gnu"];
const crossPackage = cross.replaceAll("_", "-");

const TOOLS: readonly Tool[] = [
  { program: "gcc", debianPackage: "gcc", lesser: "nothing is built without --cc clang" },
  { program: "g++", debianPackage: "g++", lesser: "no suites in C++ without --cc clang" },
  { program: "ld", debianPackage: "binutils", lesser: "nothing is linked" },
  { program: "clang", debianPackage: "clang", lesser: "no --cc clang" },
  { program: `${cross}-gcc`, debianPackage: `gcc-${crossPackage}`, lesser: `no images for ${crossOf}` },
  { program: `${cross}-g++`, debianPackage: `g++-${crossPackage}`, lesser: `no C++ for ${crossOf}` },
  { program: `${cross}-ld`, debianPackage: `binutils-${crossPackage}`, lesser: `no images for ${crossOf}` },
  { program: "rustc", debianPackage: "rustc", lesser: "no suites in Rust" },
  { program: "qemu-system-x86_64", debianPackage: "qemu-system-x86", lesser: "no x86_64 guests" },
  { program: "qemu-system-i386", debianPackage: "qemu-system-x86", lesser: "i386 guests run on v86 only" },
  { program: "qemu-system-aarch64", debianPackage: "qemu-system-arm", lesser: "no arm64 guests" },
  {
    program: "setpriv",
    debianPackage: "util-linux",
    lesser: "an emulator may outlive a uktest that is killed",
  },
  { program: "mkfifo", debianPackage: "coreutils", lesser: "consoles are read more slowly" },
];

/** The checks, in the order in which they are shown. Never rejects. */
export async function lookAround(): Promise<readonly Check[]> {
  const tools = await Promise.all(TOOLS.map(toolCheck));
  return [nodeCheck(), ...tools, memoryCheck(), await kvmCheck()];
}

/** Whether a version is one of a range as package.json has it: `^a.b.c` and `>=a`, joined by `||`. */
export function isWithin(version: string, range: string): boolean {
  const numbers = (text: string): readonly number[] => (text.match(/\d+/g) ?? []).map(Number);
  const [major = 0, minor = 0] = numbers(version);
  return range.split("||").some((part) => {
    const [wantedMajor = 0, wantedMinor = 0] = numbers(part);
    if (part.includes(">=") && major > wantedMajor) return true;
    return major === wantedMajor && minor >= wantedMinor;
  });
}

function nodeCheck(): Check {
  const version = process.version;
  const range = nodeRange();
  if (isWithin(version, range)) return { name: "node", state: "ok", detail: version };
  return { name: "node", state: "lesser", detail: `${version} was never tried`, mend: `install ${range}` };
}

async function toolCheck({ program, debianPackage, lesser }: Tool): Promise<Check> {
  const version = await versionOf(program);
  return version === undefined
    ? { name: program, state: "missing", detail: lesser, mend: `apt-get install ${debianPackage}` }
    : { name: program, state: "ok", detail: version };
}

const MIB = 1024 * 1024;
/** Memory of a guest of the kit, as run/boots/options.ts has it, for two of them side by side. */
const WANTED_MIB = 128;
const SHARED_MEMORY = "/dev/shm";

function memoryCheck(): Check {
  const room = roomIn(SHARED_MEMORY);
  const name = SHARED_MEMORY;
  if (room === undefined)
    return {
      name,
      state: "missing",
      detail: "guests' memory is kept on disk",
      mend: `mount a tmpfs on ${name}`,
    };
  const detail = `${String(Math.floor(room / MIB))} MiB free`;
  if (room >= WANTED_MIB * MIB) return { name, state: "ok", detail };
  return {
    name,
    state: "lesser",
    detail: `${detail}: guests' memory is kept on disk`,
    mend: `give a container --shm-size ${String(WANTED_MIB * 2)}m`,
  };
}

async function kvmCheck(): Promise<Check> {
  const able = (await machines()).find((one) => one.kvmBinary !== undefined && one.lack() === undefined);
  if (able?.kvmBinary === undefined)
    return { name: "kvm", state: "lesser", detail: "no emulator that could use it is installed" };
  const config = configAt();
  const folder = config === undefined ? undefined : runFolderBeside(config);
  const lack = await missingForKvm(able.kvmBinary, probeCache(folder));
  if (lack === undefined) return { name: "kvm", state: "ok", detail: "a probe guest ran to its end" };
  return { name: "kvm", state: "lesser", detail: lack.what, mend: lack.hint };
}
