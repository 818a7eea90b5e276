import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { creationOf } from "../../../scenarios/traffic/creation";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "creation-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const URN = "urn:pulumi:dev::inference-gateway::inference-gateway:index:InferenceCluster$";

function event(timestamp: number, kind: string, op: string, type: string, name: string): string {
  return JSON.stringify({ timestamp, [kind]: { metadata: { op, urn: `${URN}${type}::${name}` } } });
}

test("each created resource has its region, and its seconds since the first event", () => {
  const file = path.join(folder, "events.jsonl");
  const lines = [
    JSON.stringify({ timestamp: 100, preludeEvent: {} }),
    event(101, "resourcePreEvent", "create", "gcp:container/cluster:Cluster", "gke-east"),
    event(102, "resourcePreEvent", "create", "gcp:projects/service:Service", "apis-compute"),
    event(103, "resOutputsEvent", "create", "gcp:projects/service:Service", "apis-compute"),
    event(160, "resOutputsEvent", "create", "gcp:container/cluster:Cluster", "gke-east"),
    event(161, "resOutputsEvent", "same", "gcp:compute/address:Address", "europe-west3"),
    event(162, "resOutputsEvent", "create", "gcp:compute/address:Address", "europe-west3"),
  ];
  fs.writeFileSync(file, `${lines.join("\n")}\n`);
  const type = "inference-gateway:index:InferenceCluster$";
  expect(creationOf(file)).toEqual([
    {
      resource: `${type}gcp:projects/service:Service::apis-compute`,
      startSecond: 2,
      endSecond: 3,
    },
    {
      resource: `${type}gcp:container/cluster:Cluster::gke-east`,
      region: "us-east4",
      startSecond: 1,
      endSecond: 60,
    },
    {
      resource: `${type}gcp:compute/address:Address::europe-west3`,
      region: "europe-west3",
      startSecond: 62,
      endSecond: 62,
    },
  ]);
});
