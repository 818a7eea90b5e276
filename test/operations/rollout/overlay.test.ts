import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { load } from "js-yaml";

import { overlaid, OverlayFile } from "../../../operations/rollout/overlay";

const STACK_FILE = `# a comment
environment: [ shared ]
encryptionsalt: v1:salt=
config:
  gcp:project: my-project
  inference-gateway:clusters:
    gke-west: { region: europe-west3, zones: [europe-west3-a] }
    gke-east: { region: us-east4 }
  inference-gateway:huggingFaceToken:
    secure: v1:cipher==
  inference-gateway:gkeVersion: "1.34"
  inference-gateway:deletionProtection: "false"
`;
const clusters = {
  "gke-west": { region: "europe-west3", zones: ["europe-west3-a"] },
  "gke-east": { region: "us-east4" },
};
const model = {
  id: "m",
  revision: "1",
  adapters: [],
  maxLength: 8192,
  replicas: 1,
  vllmVersion: "v0.18.1",
};

test("two keys change and nothing else; secrets stay as they are encrypted", () => {
  const overlay = { drained: ["us-east4" as const], models: { "gke-east": model } };
  expect(load(overlaid(STACK_FILE, "inference-gateway", { clusters }, overlay))).toEqual({
    environment: ["shared"],
    encryptionsalt: "v1:salt=",
    config: {
      "gcp:project": "my-project",
      "inference-gateway:clusters": {
        "gke-west": { region: "europe-west3", zones: ["europe-west3-a"] },
        "gke-east": { region: "us-east4", model },
      },
      "inference-gateway:huggingFaceToken": { secure: "v1:cipher==" },
      "inference-gateway:gkeVersion": "1.34",
      "inference-gateway:deletionProtection": "false",
      "inference-gateway:drained": ["us-east4"],
    },
  });
});

test("a model of the cluster's own gives way to the one it goes on with", () => {
  const own = { a: { region: "us-east4", model: { revision: "2" } } };
  const overlay = { drained: [], models: { a: model } };
  expect(load(overlaid("", "p", { clusters: own }, overlay))).toEqual({
    config: { "p:drained": [], "p:clusters": { a: { region: "us-east4", model } } },
  });
});

test("a drained region is nobody's first choice; other scopes stay", () => {
  const scopes = [
    { region: "us-east4", preferred: true },
    { region: "europe-west3", capacityPercent: 50 },
  ];
  const config = (drained: "us-east4" | "us-central1") =>
    (
      load(overlaid("", "p", { clusters, scopes }, { drained: [drained], models: {} })) as {
        config: object;
      }
    ).config;
  expect(config("us-east4")).toMatchObject({
    "p:scopes": [{ region: "europe-west3", capacityPercent: 50 }],
  });
  expect(config("us-central1")).not.toHaveProperty("p:scopes");
});

test("the copy is for the user's eyes only, goes in the end, and the stack's own file is not written", () => {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "overlay-test-"));
  const stackFile = path.join(home, "Pulumi.dev.yaml");
  fs.writeFileSync(stackFile, STACK_FILE);
  const file = new OverlayFile(stackFile, "inference-gateway", { clusters });
  const copy = file.write({ drained: ["us-east4"], models: {} });
  expect(path.basename(copy)).toBe("Pulumi.dev.yaml");
  expect(fs.statSync(copy).mode & 0o777).toBe(0o600);
  expect(fs.readFileSync(copy, "utf8")).toContain("secure: v1:cipher==");
  file.remove();
  expect(fs.existsSync(path.dirname(copy))).toBe(false);
  expect(fs.readFileSync(stackFile, "utf8")).toBe(STACK_FILE);
  fs.rmSync(home, { recursive: true });
});
