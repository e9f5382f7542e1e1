/**
 * Events to model: the one place that turns the stream into a value. It judges nothing and drops nothing it is given;
 * what an event says is taken as said, because assemble.ts has already concluded it.
 */
import type { Writable } from "../writable.js";
import { replaces } from "./attempt.js";
import type { FinishedPlace, MutableSuite, RunningCase } from "./open-run.js";
import { EarlierResults } from "./earlier-results.js";
import { proveBoot } from "./proven.js";
import { CoverageTable } from "./coverage/table.js";
import { FindingTable } from "./finding-table.js";
import type {
  AssertionEvaluated,
  BootFinished,
  BootProven,
  BootReason,
  BootStarted,
  CaseFinished,
  CaseStarted,
  ConsoleLine,
  ChangesGiven,
  CoverageGiven,
  EvidenceGiven,
  FaultReported,
  FaultRepeated,
  Measurement,
  ProblemReported,
  RunEvent,
  SuiteStarted,
  ValueRead,
  TraceSummed,
} from "../events.js";
import type {
  AssertionModel,
  BootModel,
  BuildModel,
  CaseModel,
  FaultModel,
  ProblemModel,
  RunModel,
  ValueModel,
} from "../model.js";

// Shared by the many cases that have nothing of either.
const NONE: readonly never[] = [];

/** Builds a model event by event; `model()` may be asked at any time and is whole after `run-finished`. */
export class ModelBuilder {
  #started: Extract<RunEvent, { type: "run-started" }> | undefined;
  readonly #boots: Writable<BootModel>[] = [];
  readonly #suites: MutableSuite[] = [];
  readonly #suiteByName = new Map<string, MutableSuite>();
  readonly #suiteById = new Map<string, MutableSuite>();
  readonly #running = new Map<string, RunningCase>();
  /** How many problems and faults there were when a boot began. */
  readonly #begun = new Map<string, { readonly problems: number; readonly faults: number }>();
  /** `suite.case` of the cases that findings and faults name. */
  readonly #titles = new Map<string, string>();
  readonly #findings = new FindingTable();
  readonly #faults: FaultModel[] = [];
  /** Those of them that the memory of their guest may prove never to have been. */
  readonly #doubtful = new Set<FaultModel>();
  readonly #problems: ProblemModel[] = [];
  readonly #builds: BuildModel[] = [];
  readonly #before = new EarlierResults();
  readonly #coverage = new CoverageTable();
  #changes: ChangesGiven | undefined;
  #complete = false;
  /** Suites of what the boots of one image share, and the results of the open boot by id. */
  #isPart = false;
  #group = "";
  #why: BootReason | undefined;
  readonly #finishedCases = new Map<string, FinishedPlace>();
  /** Where a case stands in its suite, for boots that run it again. */
  readonly #places = new Map<string, number>();

  /** Takes the next event. */
  add(event: RunEvent): void {
    switch (event.type) {
      case "run-started":
        this.#started = event;
        return;
      case "baseline":
        return this.#before.given(event);
      case "history":
        return this.#before.remembered(event);
      case "boot-started":
        return this.#boot(event);
      case "suite-started":
        return this.#suite(event);
      case "case-started":
        return this.#case(event);
      case "assertion":
        return this.#assertion(event);
      case "console":
        return this.#printed(event);
      case "finding":
        return this.#findings.add(event, this.#suiteOf(event.case), (id) => this.#title(id));
      case "fault":
        return this.#fault(event);
      case "fault-repeated":
        return this.#repeated(event);
      case "problem":
        return this.#problem(event);
      case "case-finished":
        return this.#finished(event);
      case "evidence":
        return this.#evidence(event);
      case "measurement":
        return this.#measured(event);
      case "boot-proven":
        return this.#proven(event);
      case "suite-finished":
        return void this.#suiteById.delete(event.suite);
      case "boot-finished":
        return this.#bootFinished(event);
      case "trace":
        return this.#traced(event);
      case "build": {
        const { type: _, ...build } = event;
        this.#builds.push(build);
        return;
      }
      // Its data lies in a file, which no model has.
      case "artifact":
        return;
      case "value":
        return this.#value(event);
      case "coverage":
        return this.#covered(event);
      case "changes":
        return void (this.#changes = event);
      case "run-finished":
        this.#complete = true;
        return;
    }
  }

  /** The run so far. Cases that have not finished are not in it. */
  model(): RunModel {
    const started = this.#started;
    const coverage = this.#coverage.model();
    return {
      tool: started?.tool ?? { name: "uktest", version: "unknown" },
      sources: started?.sources ?? [],
      ...(started?.image !== undefined && { image: started.image }),
      policy: started?.policy ?? { ubsan: "fail" },
      ...(started?.openings !== undefined && { openings: started.openings }),
      ...(started?.shard !== undefined && { shard: started.shard }),
      ...(started?.selection !== undefined && { selection: started.selection }),
      ...this.#before.parts(),
      ...(this.#builds.length > 0 && { builds: this.#builds }),
      boots: this.#boots,
      suites: this.#suites,
      findings: this.#findings.all(),
      faults: this.#faults,
      problems: this.#problems,
      ...(coverage !== undefined && { coverage }),
      ...(this.#changes !== undefined && { changes: this.#changes }),
      complete: this.#complete,
    };
  }

  #boot({ boot, source, group, why, startMs }: BootStarted): void {
    const model: Writable<BootModel> = { id: boot, source };
    if (group !== undefined) model.group = group;
    if (why !== undefined) model.why = why;
    if (startMs !== undefined) model.startMs = startMs;
    this.#boots.push(model);
    this.#begun.set(boot, { problems: this.#problems.length, faults: this.#faults.length });
    this.#isPart = group !== undefined;
    this.#group = group ?? boot;
    this.#why = why;
  }

  /** Suites are one per image and machine, or boot, and name: the planned rest of a suite joins what ran of it. */
  #suite({ boot, suite, name }: SuiteStarted): void {
    const key = `${this.#group}\0${name}`;
    const known = this.#suiteByName.get(key);
    const model = known ?? { boot, name, cases: [] };
    if (known === undefined) {
      this.#suiteByName.set(key, model);
      this.#suites.push(model);
    }
    this.#suiteById.set(suite, model);
  }

  #case(event: CaseStarted): void {
    const suite = this.#suiteById.get(event.suite);
    if (suite !== undefined)
      this.#running.set(event.case, { started: event, suite, assertions: [], output: [] });
  }

  #assertion({ case: id, status, message, file, line, origin }: AssertionEvaluated): void {
    const model: Writable<AssertionModel> = { status, message, origin };
    if (file !== undefined) model.file = file;
    if (line !== undefined) model.line = line;
    this.#running.get(id)?.assertions.push(model);
  }

  #printed({ case: id, text, painted, origin }: ConsoleLine): void {
    const line = { line: origin.line, text };
    this.#running.get(id)?.output.push(painted === undefined ? line : { ...line, painted });
  }

  #finished(event: CaseFinished): void {
    const running = this.#running.get(event.case);
    if (running === undefined) return;
    this.#running.delete(event.case);
    const { started, suite, assertions, output } = running;
    const model: Writable<CaseModel> = {
      id: started.case,
      suite: suite.name,
      name: started.name,
      status: event.status,
      evidence: event.evidence,
      assertions: assertions.length === 0 ? NONE : assertions,
      evaluations: event.evaluations,
      output: output.length === 0 ? NONE : output,
      droppedConsoleLines: event.droppedConsoleLines,
      origin: started.origin,
      boot: this.#boots.at(-1)?.id ?? "",
    };
    // Set one by one: spreads make the engine a new hidden class for every case.
    if (started.description !== undefined) model.description = started.description;
    if (started.file !== undefined) model.file = started.file;
    if (started.line !== undefined) model.line = started.line;
    if (event.reason !== undefined) model.reason = event.reason;
    if (event.survived !== undefined) model.survived = event.survived;
    if (event.durationMs !== undefined) model.durationMs = event.durationMs;
    this.#place(suite, model);
  }

  /** Puts a result where it belongs: after the others, or in the place of the same case's result of another boot. */
  #place(suite: MutableSuite, model: Writable<CaseModel>): void {
    this.#finishedCases.set(model.id, { suite, name: model.name, index: suite.cases.length });
    if (!this.#isPart) return void suite.cases.push(model);
    const key = `${this.#group}\0${suite.name}\0${model.name}`;
    const place = this.#why === undefined ? undefined : this.#places.get(key);
    const known = place === undefined ? undefined : suite.cases[place];
    if (place === undefined || known === undefined) {
      this.#places.set(key, suite.cases.length);
      suite.cases.push(model);
      return;
    }
    suite.cases[place] = replaces(known, model, this.#why === "retry");
    const index = suite.cases[place].id === model.id ? place : -1;
    this.#finishedCases.set(model.id, { suite, name: model.name, index });
  }

  #evidence({ case: id, evidence, status, reason }: EvidenceGiven): void {
    this.#change(id, ({ reason: old, ...rest }) => {
      const words = status === undefined ? old : reason;
      return {
        ...rest,
        evidence,
        status: status ?? rest.status,
        ...(words !== undefined && { reason: words }),
      };
    });
  }

  #measured({ type: _, boot: __, case: id, ...one }: Measurement): void {
    this.#change(id, (known) => ({ ...known, measurements: [...(known.measurements ?? []), one] }));
  }

  /** Of the boot that is open: it stands last. */
  #value({ type: _, boot, ...one }: ValueRead): void {
    const open = this.#boots.at(-1);
    if (open?.id !== boot) return;
    if (open.values === undefined) this.#boots[this.#boots.length - 1] = { ...open, values: [one] };
    else (open.values as ValueModel[]).push(one);
  }

  #problem({ type: _, ...problem }: ProblemReported): void {
    this.#problems.push(problem);
  }

  #covered(event: CoverageGiven): void {
    const { case: id } = event;
    if (id === undefined) return this.#coverage.addBoot(event);
    const name = this.#finishedCases.get(id)?.name;
    if (name !== undefined) this.#coverage.addCase(this.#suiteOf(id), name, event);
  }

  /** Says more of a result of the open boot; one that another boot's has replaced stays as it is. */
  #change(id: string, changed: (known: CaseModel) => CaseModel): void {
    const at = this.#finishedCases.get(id);
    const known = at?.suite.cases[at.index];
    if (at !== undefined && known !== undefined) at.suite.cases[at.index] = changed(known);
  }

  #proven({ boot }: BootProven): void {
    // Nothing of a boot stands in front of it: a run of many boots must not be searched from its start each time.
    const from = this.#begun.get(boot) ?? { problems: 0, faults: 0 };
    const concluded = { problems: this.#problems, faults: this.#faults, doubtful: this.#doubtful };
    proveBoot(boot, concluded, from);
  }

  #suiteOf(id = ""): string {
    return (this.#running.get(id)?.suite ?? this.#finishedCases.get(id)?.suite)?.name ?? "";
  }

  #title(id: string): string {
    const name = this.#running.get(id)?.started.name ?? this.#finishedCases.get(id)?.name;
    if (name !== undefined) this.#titles.set(id, `${this.#suiteOf(id)}.${name}`);
    return this.#titles.get(id) ?? id;
  }

  #fault({ boot, suite, case: id, fault, isDoubtful, origin }: FaultReported): void {
    const charged = id === undefined ? {} : { case: this.#title(id), caseId: id };
    const model = { ...fault, boot, ...(suite !== undefined && { suite }), ...charged, origin };
    this.#faults.push(model);
    if (isDoubtful === true) this.#doubtful.add(model);
  }

  #repeated({ boot, fault: index, times }: FaultRepeated): void {
    // The boot is the last that began, so its faults are the last as well.
    const first = this.#faults.findLastIndex((one) => one.boot !== boot) + 1;
    const known = this.#faults[first + index];
    // Changed in its place: whoever has found it by its case has this one.
    if (known !== undefined) Object.assign(known, { title: `${known.title} (${times} times)`, times });
  }

  #traced({ type: _, boot: id, ...trace }: TraceSummed): void {
    const boot = this.#boots.findLast((one) => one.id === id);
    if (boot !== undefined) boot.trace = trace;
  }

  #bootFinished({ boot: id, end, mainReturned, kernel, wallMs }: BootFinished): void {
    this.#finishedCases.clear();
    // The boot that ends is the last that began: a log of many boots must not be searched from its start.
    const boot = this.#boots.findLast((one) => one.id === id);
    if (boot === undefined) return;
    boot.end = end;
    if (mainReturned !== undefined) boot.mainReturned = mainReturned;
    if (kernel !== undefined) boot.kernel = kernel;
    if (wallMs !== undefined) boot.wallMs = wallMs;
  }
}

/** The model of a whole stream. */
export function reduce(events: Iterable<RunEvent>): RunModel {
  const builder = new ModelBuilder();
  for (const event of events) builder.add(event);
  return builder.model();
}
