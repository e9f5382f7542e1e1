/**
 * Capacity on a host: limits of control groups of both versions, memory, and how many boots that makes.
 */
import test from "ava";
import {
  HERE,
  type Readings,
  type Capacity,
  capacityOf,
  concurrencyFor,
} from "../../runner/host/capacity.js";
import type { Project } from "../../src/run/task.js";
import { concurrencyOf } from "../../src/run/boots/concurrency.js";

const GIB = 1024 ** 3;

const host = (files: Readonly<Record<string, string>>, processors = 8): Readings => ({
  processors,
  read: (path) => files[path],
});

const MEMORY = { "/proc/meminfo": "MemTotal:  16777216 kB\nMemFree: 1 kB\nMemAvailable:    8388608 kB\n" };
const V2 = { "/proc/self/cgroup": "0::/a.slice/b\n", ...MEMORY };
const V1 = { "/proc/self/cgroup": "4:memory:/x/y\n3:cpu,cpuacct:/x\n2:pids:/z\n", ...MEMORY };

const rows: readonly (readonly [string, Readings, Capacity])[] = [
  ["nothing is told", host({}), { processors: 8, memoryMiB: undefined }],
  ["no groups", host(MEMORY), { processors: 8, memoryMiB: 8192 }],
  [
    "no limits",
    host({
      ...V2,
      "/sys/fs/cgroup/a.slice/b/cpu.max": "max 100000\n",
      "/sys/fs/cgroup/a.slice/b/memory.max": "max\n",
    }),
    { processors: 8, memoryMiB: 8192 },
  ],
  [
    "a quota of our group",
    host({ ...V2, "/sys/fs/cgroup/a.slice/b/cpu.max": "250000 100000\n" }),
    { processors: 2, memoryMiB: 8192 },
  ],
  [
    "a quota above it",
    host({ ...V2, "/sys/fs/cgroup/a.slice/cpu.max": "50000 100000\n" }),
    { processors: 1, memoryMiB: 8192 },
  ],
  [
    "a container, whose group is the root it sees",
    host({ ...V2, "/sys/fs/cgroup/cpu.max": "300000 100000\n" }),
    { processors: 3, memoryMiB: 8192 },
  ],
  [
    "more than there is",
    host({ ...V2, "/sys/fs/cgroup/cpu.max": "9900000 100000\n" }, 4),
    { processors: 4, memoryMiB: 8192 },
  ],
  [
    "memory of a group: what is cached is free",
    host({
      ...V2,
      "/sys/fs/cgroup/a.slice/memory.max": `${String(2 * GIB)}\n`,
      "/sys/fs/cgroup/a.slice/memory.current": `${String(1.5 * GIB)}\n`,
      "/sys/fs/cgroup/a.slice/memory.stat": `anon 5\ninactive_file ${String(0.5 * GIB)}\nactive_file 7\n`,
    }),
    { processors: 8, memoryMiB: 1024 },
  ],
  [
    "the host has less than the group may take",
    host({ ...V2, "/sys/fs/cgroup/memory.max": `${String(64 * GIB)}\n` }),
    { processors: 8, memoryMiB: 8192 },
  ],
  [
    "a group beyond its limit",
    host({ ...V2, "/sys/fs/cgroup/memory.max": "1048576\n", "/sys/fs/cgroup/memory.current": "2097152\n" }),
    { processors: 8, memoryMiB: 0 },
  ],
  [
    "version 1",
    host({
      ...V1,
      "/sys/fs/cgroup/cpu,cpuacct/x/cpu.cfs_quota_us": "400000\n",
      "/sys/fs/cgroup/cpu,cpuacct/x/cpu.cfs_period_us": "100000\n",
      "/sys/fs/cgroup/memory/x/memory.limit_in_bytes": `${String(GIB)}\n`,
      "/sys/fs/cgroup/memory/x/memory.usage_in_bytes": `${String(GIB / 2)}\n`,
    }),
    { processors: 4, memoryMiB: 512 },
  ],
  [
    "version 1 without limits",
    host({
      ...V1,
      "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "-1\n",
      "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
      "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
    }),
    { processors: 8, memoryMiB: 8192 },
  ],
  [
    "nonsense",
    host({ ...V2, "/sys/fs/cgroup/cpu.max": "x y\n", "/sys/fs/cgroup/memory.max": "-5\n" }),
    { processors: 8, memoryMiB: 8192 },
  ],
  [
    "a period of nothing",
    host({ ...V2, "/sys/fs/cgroup/cpu.max": "100 0\n" }),
    { processors: 8, memoryMiB: 8192 },
  ],
];

for (const [what, readings, room] of rows)
  test(`room: ${what}`, (t) => t.deepEqual(capacityOf(readings), room));

test("this host has room for a boot", (t) => {
  const { processors, memoryMiB } = capacityOf(HERE);
  t.true(processors >= 1 && processors <= HERE.processors);
  t.true(memoryMiB === undefined || memoryMiB > 0);
});

test("boots side by side: processors, what was asked for, memory", (t) => {
  const room = { processors: 4, memoryMiB: 1000 };
  t.deepEqual(concurrencyFor(room, 64), { boots: 4, isCut: false });
  t.deepEqual(concurrencyFor(room, 64, 6), { boots: 6, isCut: false });
  t.deepEqual(concurrencyFor(room, 64, 7), { boots: 6, isCut: true });
  t.deepEqual(concurrencyFor(room, 256), { boots: 2, isCut: false });
  t.deepEqual(
    concurrencyFor({ ...room, memoryMiB: 3 }, 64, 2),
    { boots: 1, isCut: true },
    "one always boots",
  );
  t.deepEqual(concurrencyFor({ ...room, memoryMiB: undefined }, 64, 99), { boots: 99, isCut: false });
});

test("the width of a run: the largest guest counts, and it is said once", (t) => {
  const kit = { image: { isKit: true } };
  const project = { tasks: [kit, { image: { isKit: false } }, { failure: {} }] } as unknown as Project;
  const said: string[] = [];
  const width = concurrencyOf(
    project,
    { acceleration: "tcg", jobs: 90 },
    (line) => said.push(line),
    host(MEMORY),
  );
  t.deepEqual(said, [], "nothing is read before somebody asks");
  // 8192 MiB, by 256 MiB and what the emulator takes.
  t.deepEqual([width(), width()], [23, 23]);
  t.deepEqual(said, ["--jobs 90: memory is left for 23 guests of 256 MiB"]);
  const few = concurrencyOf(
    project,
    { acceleration: "tcg", memoryMiB: 4000 },
    (line) => said.push(line),
    host(MEMORY),
  );
  t.is(few(), 2);
  t.is(said.length, 1, "nobody asked for a number");
});
