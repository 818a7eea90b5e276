import { type Change, type ExpectedStep, remove, type Step, targetFlags } from "./change";
import { GatewayWatch, outages, pausedRegions, type Sample } from "./gatewayWatch";
import { replacedOldFirst, stepsOf } from "./eventLog";
import { differences, spellOut } from "./expectation";
import { Inventory, type Model } from "./inventory";
import { type Addresses, breaches, movedRegions } from "./rules";
import type { Run, RunningStack } from "./runningStack";

/** With it a model is loaded in a quarter of a second: long enough to notice if nothing else serves meanwhile. */
const TIME_SCALE = 0.001;

/** What a change did. */
export interface Outcome {
  steps: Step[];
  /** One line for each thing that is not as it should be. */
  problems: string[];
}

/** Takes one running stack through the table of changes, each on top of those before it. */
export class Course {
  /** How many changes the stack has seen; undefined where that is not known. */
  private at?: number;

  /**
   * @param base merged into the stack file before any change
   * @param model a cluster that exists from the start, a member and nothing else
   */
  constructor(
    private readonly stack: RunningStack,
    private readonly base: Record<string, unknown>,
    private readonly changes: Change[],
    private readonly model: Model,
  ) {}

  /** Brings the stack to where it is after the first `count` changes, however it gets there. */
  async reach(count: number): Promise<void> {
    if (this.at === count) return;
    const { sandbox } = this.stack;
    await sandbox.cloud.turn({ timeScale: 0 });
    this.configure(count);
    await sandbox.up();
    this.at = count;
    await sandbox.cloud.turn({ timeScale: TIME_SCALE });
  }

  /** Makes one change of the table and compares all that it does with its row. */
  async make(change: Change): Promise<Outcome> {
    const index = this.changes.indexOf(change);
    await this.reach(index);
    const before = this.stack.clusters();
    this.configure(index, change);
    const after = this.stack.clusters();
    const about = change.clusters ?? [...new Set([...before, ...after])];
    // Read from the current stack: the earlier changes decide what a cluster consists of.
    const inventory = new Inventory(await this.stack.resources(), this.model);

    const spell = (steps: ExpectedStep[]) => spellOut(steps, about, inventory);
    const { first, preview, up, seen } = await this.apply(index, change, spell);
    this.at = change.refused ? undefined : index + 1;

    const expected = spell(change.steps);
    const steps = change.refused ? stepsOf(up.events).filter(isReal) : stepsOf(up.events);
    const oldFirst = replacedOldFirst(up.events);
    const problems = [
      ...first.problems,
      ...(change.refused ? [] : judgePlan(expected, preview)),
      ...differences(expected, steps).map((line) => `up: ${line}`),
      ...breaches({ steps, oldFirst, clusters: { before, after }, about }),
      ...judgeFailure(change, up),
      ...judgeOrder(spell(change.deletesFirst?.map(remove) ?? []), oldFirst),
      ...judgeOutage(change, seen.samples),
      ...judgeAddresses(change, seen.addresses),
      ...(up.failure === undefined ? judgeStack(change, await this.stack.problems()) : []),
    ];
    return { steps: [...first.steps, ...steps], problems };
  }

  /** Runs its commands, and watches the gateway all the time. */
  private async apply(index: number, change: Change, spell: Spell) {
    const { cloud } = this.stack.sandbox;
    const watch = new GatewayWatch(() => cloud.loadBalancers());
    try {
      const first = await this.doFirst(index, change, spell);
      const preview = await this.stack.run("preview");
      const up = await this.stack.run("up");
      return { first, preview, up, seen: await watch.stop() };
    } finally {
      await watch.stop();
    }
  }

  /** `destroy` leaves the stack file as it was before the change, `up` works by the changed one. */
  private async doFirst(index: number, change: Change, spell: Spell): Promise<Outcome> {
    if (!change.first) return { steps: [], problems: [] };
    const { command, target, steps: expected } = change.first;
    if (command === "destroy") this.configure(index);
    const { events, failure } = await this.stack.run(command, ...targetFlags(change.first));
    if (command === "destroy") this.configure(index, change);
    const steps = stepsOf(events);
    const problems = [
      ...differences(spell(expected), steps),
      ...(failure === undefined ? [] : [failure]),
    ];
    return { steps, problems: problems.map((line) => `${command} --target ${target}: ${line}`) };
  }

  /** A change that was refused has left nothing in the stack file. */
  private configure(count: number, change?: Change): void {
    const made = this.changes.slice(0, count).filter(({ refused }) => !refused);
    const patches = [...made, ...(change ? [change] : [])].map(({ settings }) => settings);
    this.stack.configure([this.base, ...patches]);
  }
}

/** Spells out the steps of a row. */
type Spell = (steps: ExpectedStep[]) => Step[];

/** Components are only names; how many an `up` reaches before it fails is chance. */
function isReal({ resource }: Step): boolean {
  return !resource.startsWith("inference-gateway:");
}

function judgePlan(expected: Step[], { events, failure }: Run): string[] {
  const problems = [
    ...differences(expected, stepsOf(events)),
    ...(failure === undefined ? [] : [failure]),
  ];
  return problems.map((line) => `preview: ${line}`);
}

function judgeFailure({ refused }: Change, { failure }: Run): string[] {
  if (!refused) return failure === undefined ? [] : [`up failed: ${failure}`];
  if (failure === undefined) return [`up passed; it should have failed with ${refused}`];
  return refused.test(failure) ? [] : [`up failed, but not with ${refused}: ${failure}`];
}

/** @param expected deletions of predecessors */
function judgeOrder(expected: Step[], oldFirst: string[]): string[] {
  return differences(expected, oldFirst.map(remove)).map((line) => `successor later: ${line}`);
}

function judgeOutage({ interrupts, pausesRegion }: Change, samples: Sample[]): string[] {
  const dark = outages(samples);
  if (dark > 0 && !interrupts) {
    return [`no region could serve at ${dark} of the moments that were looked at`];
  }
  if (dark === 0 && interrupts) {
    return ["some region served all the time, though the table says that it interrupts"];
  }
  const paused = interrupts ? [] : pausedRegions(samples);
  if (paused.length > 0 && !pausesRegion) return [`could not serve for a while: ${paused.join()}`];
  if (paused.length === 0 && pausesRegion) {
    return ["every region served all the time, though the table says that one pauses"];
  }
  return [];
}

function judgeStack({ complaint }: Change, problems: string[]): string[] {
  if (!complaint) return problems;
  const others = problems.filter((problem) => !complaint.test(problem));
  return others.length < problems.length
    ? others
    : [...others, `no complaint matches ${complaint}`];
}

function judgeAddresses({ movesAddresses = false }: Change, addresses: Addresses): string[] {
  if (movesAddresses) return [];
  return movedRegions(addresses).map(
    (region) =>
      `${region} has lost its address: ${addresses.before[region]}, now ${addresses.after[region]}`,
  );
}
