import {
  type Command,
  finishTimes,
  longestChain,
  secondsInOrder,
  type Task,
} from "../../../scenarios/bench/makespan/schedule";

function task(name: string, seconds: number, ...needs: string[]): Task {
  return { name, seconds, needs: needs.map((needed) => ({ task: needed, because: "it is so" })) };
}

const HOUSE = [
  task("ground", 10),
  task("walls", 30, "ground"),
  task("garden", 35, "ground"),
  task("roof", 20, "walls"),
  task("party", 5, "roof", "garden"),
];

function command(returns: Command["returns"], ...begins: string[]): Command {
  return { line: begins.join(), begins, returns };
}

it("begins everything as soon as it can", () => {
  expect(Object.fromEntries(finishTimes(HOUSE))).toEqual({
    ground: 10,
    walls: 40,
    garden: 45,
    roof: 60,
    party: 65,
  });
});

it("finds the tasks that decide the end", () => {
  expect(longestChain(HOUSE).map(({ name }) => name)).toEqual(["ground", "walls", "roof", "party"]);
  expect(longestChain([])).toEqual([]);
});

it("gives one command after another", () => {
  const order = ["ground", "garden", "walls", "roof", "party"];
  const sum = HOUSE.reduce((total, { seconds }) => total + seconds, 0);
  expect(
    secondsInOrder(
      HOUSE,
      order.map((name) => command("when done", name)),
    ),
  ).toBe(sum);
});

it("goes on as soon as a command's tasks have begun where it does not wait", () => {
  const commands = [
    command("when begun", "ground"),
    // Refused for 10 seconds, and so is what comes after it.
    command("when begun", "garden"),
    command("when done", "walls"),
    command("when done", "roof", "party"),
  ];
  expect(secondsInOrder(HOUSE, commands)).toBe(65);
  // The garden keeps nobody but the party waiting.
  expect(secondsInOrder(HOUSE, [command("when done", "ground", "garden")])).toBe(65);
});

it("does not hold up later commands by one that is only noted", () => {
  const tasks = [task("slow", 100), task("follower", 1, "slow"), task("other", 10)];
  const others = [command("when begun", "slow"), command("at once", "follower")];
  expect(secondsInOrder(tasks, [...others, command("when done", "other")])).toBe(101);
  const held = [command("when begun", "slow"), command("when begun", "follower")];
  expect(secondsInOrder(tasks, [...held, command("when done", "other")])).toBe(110);
});

it("begins by itself what no command begins, but not before what it needs", () => {
  const commands = [
    command("when done", "garden", "ground"),
    command("when done", "roof", "walls"),
  ];
  expect(secondsInOrder(HOUSE, commands)).toBe(45 + 50 + 5);
});

it("refuses an order in which a command needs what a later one begins", () => {
  const commands = [command("when done", "roof"), command("when done", "walls")];
  expect(() => secondsInOrder(HOUSE, commands)).toThrow(
    '"walls" is needed before the command that begins it',
  );
});

it("refuses circles and tasks that do not exist", () => {
  expect(() => finishTimes([task("a", 1, "b"), task("b", 1, "a")])).toThrow(
    "a needs b needs a: a circle",
  );
  expect(() => finishTimes([task("a", 1, "c")])).toThrow('unknown task "c"');
});
