import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import {
  driftOf,
  type EngineEvent,
  readEvents,
  replacedOldFirst,
  stepsOf,
} from "../../../scenarios/changes/eventLog";

const POOL =
  "urn:pulumi:dev::inference-gateway::inference-gateway:index:InferenceCluster$gcp:container/nodePool:NodePool::gke-east-gpu";
const POLICY =
  "urn:pulumi:dev::inference-gateway::kubernetes:networking.gke.io/v1:GCPBackendPolicy::policy";

function begins(op: string, urn = POOL, paths: string[] = []): EngineEvent {
  return { resourcePreEvent: { metadata: { op, urn, detailedDiff: diff(paths) } } };
}

function ended(op: string, urn = POOL, paths: string[] = [], now: object | null = {}): EngineEvent {
  return { resOutputsEvent: { metadata: { op, urn, new: now, detailedDiff: diff(paths) } } };
}

function diff(paths: string[]): Record<string, { diffKind: string }> | null {
  return paths.length > 0
    ? Object.fromEntries(paths.map((path) => [path, { diffKind: "update" }]))
    : null;
}

test("a log is one event a line", () => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "events-")), "log");
  fs.writeFileSync(file, '{"sequence":0}\n{"sequence":1}\n');
  expect(readEvents(file)).toEqual([{ sequence: 0 }, { sequence: 1 }]);
  fs.rmSync(path.dirname(file), { recursive: true });
});

test("what is the same, read or refreshed is no step; a component's child goes by its own type", () => {
  const events = [
    begins("same"),
    begins("refresh"),
    begins("read"),
    {},
    begins("update", POLICY, ["spec.b", "spec.a"]),
    ended("update", POLICY, ["spec.b", "spec.a"]),
    begins("create"),
    begins("delete"),
  ];
  const pool = "gcp:container/nodePool:NodePool::gke-east-gpu";
  expect(stepsOf(events)).toEqual([
    {
      operation: "update",
      resource: "kubernetes:networking.gke.io/v1:GCPBackendPolicy::policy",
      properties: ["spec.a", "spec.b"],
    },
    { operation: "create", resource: pool, properties: [] },
    { operation: "delete", resource: pool, properties: [] },
  ]);
});

test("a step that failed is none; items of a list are the list, files the data", () => {
  const failed = { resOpFailedEvent: { metadata: { op: "create", urn: POOL } } };
  const paths = ["spec.args[3]", "spec.args[4]", "spec.items[0].name", 'data["a.yaml"]'];
  expect(stepsOf([begins("create"), failed, begins("update", POLICY, paths)])).toEqual([
    {
      operation: "update",
      resource: "kubernetes:networking.gke.io/v1:GCPBackendPolicy::policy",
      properties: ["data", "spec.args", "spec.items[0].name"],
    },
  ]);
});

describe("a replacement", () => {
  const successorFirst = [
    begins("create-replacement"),
    ended("create-replacement"),
    begins("replace", POOL, ["nodeConfig.spot"]),
    begins("delete-replaced"),
  ];

  test("is one step", () => {
    expect(stepsOf(successorFirst)).toEqual([
      {
        operation: "replace",
        resource: "gcp:container/nodePool:NodePool::gke-east-gpu",
        properties: ["nodeConfig.spot"],
      },
    ]);
  });

  test("is in order when the successor is there before its predecessor goes", () => {
    expect(replacedOldFirst(successorFirst)).toEqual([]);
  });

  test("is not when the successor is only being made", () => {
    const [makes, made, replaces, goes] = successorFirst;
    const early = [makes, goes, made, replaces] as EngineEvent[];
    expect(replacedOldFirst(early)).toEqual(["gcp:container/nodePool:NodePool::gke-east-gpu"]);
  });
});

test("drift is what a refresh found changed or gone", () => {
  const events = [
    ended("refresh", POLICY, ["spec.a"]),
    ended("refresh", POOL, [], null),
    ended("refresh", POOL),
    ended("update", POLICY, ["spec.a"]),
    begins("refresh", POLICY, ["spec.a"]),
  ];
  expect(driftOf(events)).toEqual([
    {
      operation: "update",
      resource: "kubernetes:networking.gke.io/v1:GCPBackendPolicy::policy",
      properties: ["spec.a"],
    },
    {
      operation: "delete",
      resource: "gcp:container/nodePool:NodePool::gke-east-gpu",
      properties: [],
    },
  ]);
});
