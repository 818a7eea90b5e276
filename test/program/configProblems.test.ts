import { refusal } from "../support/refusal";

const WEST = { region: "europe-west3" };
const VERSIONS =
  "a minor from 1.34 on, such as 1.36; a full version from 1.34.1-gke.1127000 on; or nothing for the channel's default";

test("one error lists every problem, with rules that join keys beside those of a single key", () => {
  const message = refusal({
    clusters: { "gke-west": { ...WEST, zones: ["us-east4-b"] }, "gke-east": { region: "mars" } },
    configCluster: "gke-north",
    accelerator: { machineType: "h100", maxNodes: 0 },
    fallbacks: [{ machineType: "a3-highgpu-2g", provisioning: "on-demand" }],
    gkeVersion: "1.33.0-gke.1",
    loadBalancing: { mode: "kv" },
    model: { replicas: 0, vllmVersion: "latest" },
    colour: "blue",
    "gcp:project": undefined,
    huggingFaceToken: undefined,
  });
  expect(message.split("\n")).toEqual([
    "The configuration of stack dev has 13 problems:",
    expect.stringMatching(
      /^ {2}inference-gateway:clusters\.gke-east\.region: got "mars"; allowed: one of africa-south1, /,
    ),
    expect.stringMatching(
      /^ {2}inference-gateway:accelerator\.machineType: got "h100"; allowed: one of g2-standard-4, /,
    ),
    "  inference-gateway:accelerator.maxNodes: got 0; allowed: at least 1",
    "  inference-gateway:model.replicas: got 0; allowed: at least 1",
    '  inference-gateway:model.vllmVersion: got "latest"; allowed: a release of vLLM such as v0.18.1',
    '  inference-gateway:loadBalancing.mode: got "kv"; allowed: one of kv-cache, in-flight, rate',
    `  inference-gateway:gkeVersion: got "1.33.0-gke.1"; allowed: ${VERSIONS}`,
    expect.stringMatching(/^ {2}inference-gateway:colour: unknown key; allowed: model, scopes, /),
    '  inference-gateway:configCluster: got "gke-north"; allowed: one of the clusters: gke-west, gke-east',
    '  inference-gateway:clusters.gke-west.zones[0]: got "us-east4-b"; allowed: a zone of europe-west3: europe-west3-a, europe-west3-b, europe-west3-c',
    expect.stringMatching(
      /^ {2}inference-gateway:fallbacks\[0\]\.provisioning: got "on-demand"; allowed: /,
    ),
    "  gcp:project: got nothing; allowed: the id of a Google Cloud project, not its number or title: 6 to 30 lower-case letters, digits and -, starting with a letter, not ending in -",
    "  inference-gateway:huggingFaceToken: got nothing; allowed: a secret, a Hugging Face token that may read the model, or huggingFaceSecret in its place",
  ]);
});
