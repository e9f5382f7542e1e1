/**
 * How much of the host is ours: processors and memory, as far as a control group leaves them to us. It is read once;
 * how many boots fit in it is a sum here, and what runs is decided elsewhere.
 */
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

export interface Readings {
  /** Processors that the system would let us use. */
  readonly processors: number;
  /** The text of a file; undefined where it cannot be read. */
  readonly read: (path: string) => string | undefined;
}

export interface Capacity {
  readonly processors: number;
  /** Undefined where the system does not tell. */
  readonly memoryMiB: number | undefined;
}

const MIB = 1024 * 1024;
/** What an emulator takes besides the memory of its guest: its own code, and what it has translated. */
const EMULATOR_MIB = 96;

/** This host. */
export const HERE: Readings = {
  processors: availableParallelism(),
  read: (path) => {
    try {
      return readFileSync(path, "utf8");
    } catch {
      return undefined;
    }
  },
};

/**
 * What there is. Limits are those of Linux's control groups, version 2 (`cpu.max`, `memory.max`) and 1
 * (`cpu.cfs_quota_us`, `memory.limit_in_bytes`), of our own group and of all above it; see cgroups(7).
 */
export function capacityOf({ processors, read }: Readings): Capacity {
  const groups = groupsIn(read("/proc/self/cgroup") ?? "");
  const shares = groups.flatMap((folder) => quotasIn(folder, read));
  const available = /^MemAvailable:\s+(\d+) kB$/m.exec(read("/proc/meminfo") ?? "")?.[1];
  const free = [
    ...(available === undefined ? [] : [Number(available) * 1024]),
    ...groups.flatMap((folder) => freeIn(folder, read)),
  ];
  return {
    // Half a processor is one to whoever has no other.
    processors: Math.max(1, Math.floor(Math.min(processors, ...shares))),
    memoryMiB: free.length === 0 ? undefined : Math.max(0, Math.floor(Math.min(...free) / MIB)),
  };
}

/** Folders of our control groups and of those above them. */
function groupsIn(table: string): readonly string[] {
  const found = table.split("\n").flatMap((line): readonly string[] => {
    const [, controllers, path = "/"] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (controllers === undefined) return [];
    if (controllers === "") return upwards("/sys/fs/cgroup", path);
    const isOurs = controllers.split(",").some((one) => one === "cpu" || one === "memory");
    return isOurs ? upwards(`/sys/fs/cgroup/${controllers}`, path) : [];
  });
  return [...new Set(found)];
}

/** A path of a group may be one that only the host of a container sees: its root counts in any case. */
function upwards(root: string, path: string): readonly string[] {
  const parts = path.split("/").filter((part) => part !== "");
  return parts.map((_, at) => `${root}/${parts.slice(0, parts.length - at).join("/")}`).concat(root);
}

type Read = Readings["read"];

/** A positive number at the beginning of a file; `max` and -1 are none. */
function numberIn(text: string | undefined): number | undefined {
  const value = /^(\d+)\s*$/.exec(text ?? "")?.[1];
  return value === undefined ? undefined : Number(value);
}

/** Processors that a group may keep busy, from its quota and its period in microseconds. */
function quotasIn(folder: string, read: Read): readonly number[] {
  const [, quota, period] = /^(\d+) (\d+)\s*$/.exec(read(`${folder}/cpu.max`) ?? "") ?? [];
  const [taken, of] =
    quota === undefined
      ? [numberIn(read(`${folder}/cpu.cfs_quota_us`)), numberIn(read(`${folder}/cpu.cfs_period_us`))]
      : [Number(quota), Number(period)];
  return taken === undefined || of === undefined || of === 0 ? [] : [taken / of];
}

/** Bytes that a group may still take; files that it has read and does not need are as good as free. */
function freeIn(folder: string, read: Read): readonly number[] {
  const limit = numberIn(read(`${folder}/memory.max`)) ?? numberIn(read(`${folder}/memory.limit_in_bytes`));
  if (limit === undefined) return [];
  const used =
    numberIn(read(`${folder}/memory.current`)) ?? numberIn(read(`${folder}/memory.usage_in_bytes`));
  const cached = /^(?:total_)?inactive_file (\d+)$/m.exec(read(`${folder}/memory.stat`) ?? "")?.[1];
  return [limit - Math.max(0, (used ?? 0) - Number(cached ?? 0))];
}

export interface Concurrency {
  /** Boots side by side, at least one. */
  readonly boots: number;
  /** Set where somebody asked for more than there is memory for. */
  readonly isCut: boolean;
}

/**
 * How many boots fit.
 * @param guestMiB memory of the largest guest
 * @param jobs what the user asked for; absent: one for each processor
 */
export function concurrencyFor(
  { processors, memoryMiB }: Capacity,
  guestMiB: number,
  jobs?: number,
): Concurrency {
  const most =
    memoryMiB === undefined ? Infinity : Math.max(1, Math.floor(memoryMiB / (guestMiB + EMULATOR_MIB)));
  return { boots: Math.min(jobs ?? processors, most), isCut: jobs !== undefined && jobs > most };
}
