/** Something that takes time, and what has to be done before it can begin. */
export interface Task {
  name: string;
  /** On the real cloud. */
  seconds: number;
  needs: Need[];
}

export interface Need {
  task: string;
  /** Why no order of commands gets around it. */
  because: string;
}

/** One command of a sequence that a person runs by hand. */
export interface Command {
  /** As it is written, shortened. */
  line: string;
  /** Tasks that it begins. */
  begins: string[];
  /**
   * `when done` and `when begun`: it is refused, and given again, until its tasks can begin. `at once`: what it asks
   * for is noted, and a controller begins it when it can.
   */
  returns: "when done" | "when begun" | "at once";
}

/** Seconds from the start until each task is done where every one begins as soon as it can. */
export function finishTimes(tasks: Task[]): Map<string, number> {
  const finish = finisher(tasks, () => 0);
  return new Map(tasks.map(({ name }) => [name, finish(name)]));
}

/**
 * The tasks that decide when all are done, in order: each could not begin before the one in front of it was done. What
 * they take together is the least time that any schedule needs.
 */
export function longestChain(tasks: Task[]): Task[] {
  const finished = finishTimes(tasks);
  const latest = (names: string[]) =>
    [...names].sort((a, b) => (finished.get(b) ?? 0) - (finished.get(a) ?? 0))[0];
  const chain: Task[] = [];
  let task = tasks.find(({ name }) => name === latest([...finished.keys()]));
  while (task) {
    chain.unshift(task);
    const before = latest(task.needs.map((need) => need.task));
    task = tasks.find(({ name }) => name === before);
  }
  return chain;
}

/**
 * Seconds until all is done where the commands are given one after another, each at the moment at which the one before
 * it returns. Tasks of no command begin by themselves: they are what controllers do.
 * @throws Error if a command needs what a later one begins
 */
export function secondsInOrder(tasks: Task[], commands: Command[]): number {
  const commanded = new Set(commands.flatMap(({ begins }) => begins));
  const given = new Map<string, number>();
  const finish = finisher(tasks, (name) => {
    const at = given.get(name);
    if (at === undefined && commanded.has(name)) {
      throw new Error(`"${name}" is needed before the command that begins it`);
    }
    return at ?? 0;
  });
  const secondsOf = new Map(tasks.map(({ name, seconds }) => [name, seconds]));
  let now = 0;
  for (const { begins, returns } of commands) {
    for (const name of begins) given.set(name, now);
    const ends = begins.map(finish);
    const starts = begins.map((name) => finish(name) - (secondsOf.get(name) ?? 0));
    if (returns !== "at once") now = Math.max(now, ...(returns === "when done" ? ends : starts));
  }
  return Math.max(0, ...tasks.map(({ name }) => finish(name)));
}

/** Tells when a task is done. @param earliest when it may begin at the earliest, whatever it needs */
function finisher(tasks: Task[], earliest: (name: string) => number): (name: string) => number {
  const known = new Map(tasks.map((task) => [task.name, task]));
  const finished = new Map<string, number>();
  const finish = (name: string, above: string[]): number => {
    const done = finished.get(name);
    if (done !== undefined) return done;
    const task = known.get(name);
    if (!task) throw new Error(`unknown task "${name}"`);
    if (above.includes(name)) throw new Error(`${[...above, name].join(" needs ")}: a circle`);
    const ready = task.needs.map((need) => finish(need.task, [...above, name]));
    const end = Math.max(earliest(name), ...ready) + task.seconds;
    finished.set(name, end);
    return end;
  };
  return (name) => finish(name, []);
}
