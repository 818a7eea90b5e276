import { howToCommands } from "../../../scenarios/bench/makespan/howTo";
import { necessaryTasks } from "../../../scenarios/bench/makespan/necessary";
import {
  finishTimes,
  longestChain,
  secondsInOrder,
} from "../../../scenarios/bench/makespan/schedule";

const CLUSTERS: [string, string] = ["west", "east"];

it("the longest chain leads over the config cluster's membership to the gateway", () => {
  const chain = longestChain(necessaryTasks(CLUSTERS, true));
  expect(chain.map(({ name, seconds }) => [name, seconds])).toEqual([
    ["enable the APIs", 30],
    ["network", 12],
    ["subnet of west", 15],
    ["cluster west", 373],
    ["membership of west", 15],
    ["ingress feature", 20],
    ["gateway classes", 120],
    ["gateway", 420],
  ]);
});

it("more clusters do not make it longer: nothing of one waits for another", () => {
  const end = (...clusters: [string, ...string[]]) =>
    Math.max(...finishTimes(necessaryTasks(clusters, true)).values());
  expect(end("a", "b", "c", "d")).toBe(end("a"));
});

it("every need says why", () => {
  const reasons = necessaryTasks(CLUSTERS, true).flatMap(({ needs }) => needs);
  expect(reasons.filter(({ because }) => because.length < 10)).toEqual([]);
});

it("the how-to makes its second cluster after the first is up, and the fleet after both", () => {
  const seconds = secondsInOrder(necessaryTasks(CLUSTERS, false), howToCommands(...CLUSTERS));
  const [apis, cluster, membership, feature, classes, gateway] = [30, 373, 15, 20, 120, 420];
  const fleet = 2 * membership + 2 * feature;
  expect(seconds).toBe(apis + 2 * cluster + fleet + classes + gateway);
});

it("the how-to's commands begin every task that no controller begins by itself", () => {
  const begun = howToCommands(...CLUSTERS).flatMap(({ begins }) => begins);
  const tasks = necessaryTasks(CLUSTERS, false).map(({ name }) => name);
  expect(tasks.filter((name) => !begun.includes(name))).toEqual(["gateway classes"]);
  expect(begun.filter((name) => !tasks.includes(name))).toEqual([]);
});
