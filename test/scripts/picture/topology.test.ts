import type { Registration } from "../../../rehearsal/stage/registrations";

import { connections, pageOf, synthesisOf, textIn, type Variant } from "./support/draw";

const POOL = "vllm-llama3-8b-instruct";

describe("who feeds whom", () => {
  test.each<[Variant, string[]]>([
    [
      "dev",
      [
        "config: objects-gke-west -> gateway",
        "metric: servers-gke-east -> gateway",
        "metric: servers-gke-west -> gateway",
        "request: address-europe-west3 -> pool-gke-west",
        "request: address-us-east4 -> pool-gke-east",
        "request: clients -> gateway",
        "request: pool-gke-east -> servers-gke-east",
        "request: pool-gke-west -> servers-gke-west",
        "runs: servers-gke-east -> nodes-gke-east-gpu",
        "runs: servers-gke-west -> nodes-gke-west-gpu",
        "spill: above region-europe-west3 -> above region-us-east4",
      ],
    ],
    [
      "further fallbacks",
      [
        "config: objects-gke-west -> gateway",
        "fallback: nodes-gke-east-fallback-1 -> nodes-gke-east-fallback-2",
        "fallback: nodes-gke-east-fallback-2 -> nodes-gke-east-fallback-3",
        "fallback: nodes-gke-east-gpu -> nodes-gke-east-fallback-1",
        "fallback: nodes-gke-west-fallback-1 -> nodes-gke-west-fallback-2",
        "fallback: nodes-gke-west-fallback-2 -> nodes-gke-west-fallback-3",
        "fallback: nodes-gke-west-gpu -> nodes-gke-west-fallback-1",
        "metric: servers-gke-east -> gateway",
        "metric: servers-gke-west -> gateway",
        "request: address-europe-west3 -> pool-gke-west",
        "request: address-us-east4 -> pool-gke-east",
        "request: clients -> gateway",
        "request: pool-gke-east -> servers-gke-east",
        "request: pool-gke-west -> servers-gke-west",
        "runs: servers-gke-east -> nodes-gke-east-gpu",
        "runs: servers-gke-west -> nodes-gke-west-gpu",
        "spill: above region-europe-west3 -> above region-us-east4",
      ],
    ],
    [
      "a drained region",
      [
        "config: objects-gke-west -> gateway",
        "metric: servers-gke-east -> gateway",
        "metric: servers-gke-west -> gateway",
        "request: address-europe-west3 -> pool-gke-west",
        "request: address-us-east4 -> above region-us-east4",
        "request: clients -> gateway",
        "request: pool-gke-east -> servers-gke-east",
        "request: pool-gke-west -> servers-gke-west",
        "runs: servers-gke-east -> nodes-gke-east-gpu",
        "runs: servers-gke-west -> nodes-gke-west-gpu",
        "spill: above region-europe-west3 -> above region-us-east4",
      ],
    ],
    [
      "two clusters in the only region",
      [
        "config: objects-gke-west -> gateway",
        "metric: servers-gke-west -> gateway",
        "metric: servers-gke-west-2 -> gateway",
        "request: address-europe-west3 -> pool-gke-west",
        "request: address-europe-west3 -> pool-gke-west-2",
        "request: clients -> gateway",
        "request: pool-gke-west -> servers-gke-west",
        "request: pool-gke-west-2 -> servers-gke-west-2",
        "runs: servers-gke-west -> nodes-gke-west-gpu",
        "runs: servers-gke-west-2 -> nodes-gke-west-2-gpu",
      ],
    ],
    [
      "a config cluster without GPUs",
      [
        "config: objects-gke-ops -> gateway",
        "metric: servers-gke-east -> gateway",
        "metric: servers-gke-west -> gateway",
        "request: address-europe-west3 -> pool-gke-west",
        "request: address-us-east4 -> pool-gke-east",
        "request: clients -> gateway",
        "request: pool-gke-east -> servers-gke-east",
        "request: pool-gke-west -> servers-gke-west",
        "runs: servers-gke-east -> nodes-gke-east-gpu",
        "runs: servers-gke-west -> nodes-gke-west-gpu",
        "spill: above region-europe-west3 -> above region-us-east4",
      ],
    ],
    [
      "requests in flight",
      [
        "config: objects-gke-west -> gateway",
        "request: address-europe-west3 -> pool-gke-west",
        "request: address-us-east4 -> pool-gke-east",
        "request: clients -> gateway",
        "request: pool-gke-east -> servers-gke-east",
        "request: pool-gke-west -> servers-gke-west",
        "runs: servers-gke-east -> nodes-gke-east-gpu",
        "runs: servers-gke-west -> nodes-gke-west-gpu",
        "spill: above region-europe-west3 -> above region-us-east4",
      ],
    ],
    [
      "a private name",
      [
        "config: objects-gke-west -> gateway",
        "metric: servers-gke-east -> gateway",
        "metric: servers-gke-west -> gateway",
        "request: address-europe-west3 -> pool-gke-west",
        "request: address-us-east4 -> pool-gke-east",
        "request: clients -> dns",
        "request: dns -> gateway",
        "request: pool-gke-east -> servers-gke-east",
        "request: pool-gke-west -> servers-gke-west",
        "runs: servers-gke-east -> nodes-gke-east-gpu",
        "runs: servers-gke-west -> nodes-gke-west-gpu",
        "spill: above region-europe-west3 -> above region-us-east4",
      ],
    ],
  ])("%s", async (variant, expected) => {
    const found = connections(pageOf(await synthesisOf(variant)));
    expect(found.map((each) => each.replaceAll(`-${POOL}`, "")).sort()).toEqual(expected);
  });
});

describe("what a box says", () => {
  test.each<[Variant, Record<string, string>]>([
    [
      "dev",
      {
        page:
          "Stack dev / 3.29 to 6.22 $/h / project my-project-dev / " +
          "always, and at most, by list prices of 2026-07-30 / control planes: 2 · 0.20 $/h",
        clients: "Clients in the VPC use the address of their own region",
        gateway:
          "Gateway cross-region-gateway / 0.15 $/h / " +
          "gke-l7-cross-regional-internal-managed-mc · port 80 · timeout 600 s / " +
          "Requests spill over at maxUtilization 60 % of the KV cache.",
        spill: "spill-over at maxUtilization 60 %",
        "address-us-east4": "address in us-east4",
        "region-us-east4": "us-east4 / NAT for 4 to 8 nodes / 0.01 to 0.02 $/h",
        "cluster-gke-west": "gke-west / config cluster",
        "cluster-gke-east": "gke-east",
        [`pool-gke-west-${POOL}`]: `InferencePool / ${POOL} / endpoint picker v1.5.0 · 1 pod`,
        [`servers-gke-west-${POOL}`]:
          "1 model server / meta-llama/Llama-3.1-8B-Instruct / vllm-openai:v0.18.1",
        "nodes-gke-west-gpu":
          "node pool gpu / 0.60 to 1.21 $/h / 1 to 2 × g2-standard-8 / 1 × nvidia-l4 each · spot / " +
          "europe-west3-a, europe-west3-b",
        "nodes-gke-west-system":
          "node pool system / 1.04 to 2.07 $/h / 3 to 6 × e2-standard-8 / on-demand / zones that GKE chooses",
        "objects-gke-west":
          "Objects of the gateway / GCPBackendPolicy, Gateway, HTTPRoute, / HealthCheckPolicy",
        legend:
          "requests / requests that spill over / use of the KV cache, reported to the gateway / " +
          "configuration of the gateway / runs on",
      },
    ],
    [
      "further fallbacks",
      {
        page:
          "Stack prod / 61.67 to 315.98 $/h, without unknown prices / project my-project-prod / " +
          "always, and at most, by list prices of 2026-07-30 / control planes: 2 · 0.20 $/h",
        "nodes-gke-west-fallback-1":
          "node pool fallback-1 / 0.00 to 104.43 $/h / 0 to 1 × a3-highgpu-8g / " +
          "8 × nvidia-h100-80gb each / reservation mine / europe-west3-c",
        "nodes-gke-west-fallback-2":
          "node pool fallback-2 / price unknown / 0 to 3 × g2-standard-96 / " +
          "8 × nvidia-l4 each · flex-start / europe-west3-a, europe-west3-b",
      },
    ],
    [
      "a drained region",
      {
        "region-us-east4":
          "us-east4 / drained: gets no new request / NAT for 4 to 8 nodes / 0.01 to 0.02 $/h",
      },
    ],
    [
      "a preferred region, and one with half of its capacity",
      {
        "region-europe-west3":
          "europe-west3 / preferred: filled before any other region / NAT for 4 to 8 nodes / 0.01 to 0.02 $/h",
        "region-us-east4":
          "us-east4 / 50 % of its capacity is used / NAT for 4 to 8 nodes / 0.01 to 0.02 $/h",
      },
    ],
    [
      "a config cluster without GPUs",
      {
        "region-europe-west4":
          "europe-west4 / serves no model: no address / NAT for 3 to 6 nodes / 0.01 $/h",
        "cluster-gke-ops": "gke-ops / config cluster / without GPUs",
        "cluster-gke-west": "gke-west",
      },
    ],
    [
      "requests in flight",
      {
        gateway:
          "Gateway cross-region-gateway / 0.15 $/h / " +
          "gke-l7-cross-regional-internal-managed-mc · port 80 · timeout 600 s / " +
          "Requests spill over at 1000000000 requests in flight in each model server.",
        spill: "spill-over at 1000000000 requests in flight",
      },
    ],
    ["requests per second", { spill: "spill-over at 1000000000 requests/s" }],
    [
      "a dry run",
      {
        gateway:
          "Gateway cross-region-gateway / 0.15 $/h / " +
          "gke-l7-cross-regional-internal-managed-mc · port 80 · timeout 600 s / " +
          "Dry run: maxUtilization 60 % of the KV cache is reported, and not balanced on.",
        spill: "maxUtilization 60 %, dry run",
      },
    ],
    [
      "a private name",
      {
        clients: "Clients in the VPC use one name",
        dns: "llm.corp.internal / private DNS name, leads to the nearest address",
      },
    ],
    [
      "model servers that are scaled, weights in a bucket, another model in one cluster",
      {
        [`servers-gke-west-${POOL}`]:
          "6 to 8 model servers / meta-llama/Llama-3.1-8B-Instruct / vllm-openai:v0.18.1",
        [`servers-gke-east-${POOL}`]:
          "6 to 8 model servers / meta-llama/Llama-3.2-3B-Instruct / vllm-openai:v0.18.1",
      },
    ],
  ])("%s", async (variant, expected) => {
    const page = pageOf(await synthesisOf(variant));
    const said = Object.keys(expected).map((id) => [id, textIn(page, id)]);
    expect(Object.fromEntries(said)).toEqual(expected);
  });
});

describe("what is registered decides, not what is configured", () => {
  test("a pool that is not exported gets no request", async () => {
    const page = await altered("gke-east-pool", { metadata: { name: POOL } });
    expect(textIn(page, `pool-gke-east-${POOL}`)).toBe(
      `InferencePool / ${POOL} / not exported: gets no request / endpoint picker v1.5.0 · 1 pod`,
    );
    expect(connections(page)).not.toContain(`request: address-us-east4 -> pool-gke-east-${POOL}`);
  });

  test("a metric that its cluster does not export is not reported", async () => {
    const page = await altered("gke-east-metric", { spec: { metrics: [] } });
    expect(connections(page).filter((each) => each.startsWith("metric"))).toEqual([
      `metric: servers-gke-west-${POOL} -> gateway`,
    ]);
  });

  test("a pool whose labels select no pod has no model server", async () => {
    const page = await altered("gke-east", { spec: { template: { metadata: { labels: {} } } } });
    expect(connections(page).filter((each) => each.includes("gke-east"))).toEqual([
      `request: address-us-east4 -> pool-gke-east-${POOL}`,
    ]);
  });

  test("each component of the cost is shown once", async () => {
    const synthesis = await synthesisOf("prod");
    const other = { name: "a new component", what: "2 of them", hourlyUsd: 1, mostHourlyUsd: 2 };
    const cost = { ...synthesis.cost, components: [...synthesis.cost.components, other] };
    expect(textIn(pageOf({ ...synthesis, cost }), "page")).toContain(
      "control planes: 2 · 0.20 $/h / a new component: 2 of them · 1.00 to 2.00 $/h",
    );
  });
});

/** The picture of dev, with some inputs of the object of this name changed. */
async function altered(name: string, changed: Record<string, unknown>) {
  const synthesis = await synthesisOf("dev");
  const kinds = /:(InferencePool|AutoscalingMetric|Deployment)$/;
  const registrations = synthesis.registrations.map((each): Registration => {
    if (each.name !== name || !kinds.test(each.type)) return each;
    return { ...each, inputs: merged(each.inputs, changed) };
  });
  return pageOf({ ...synthesis, registrations });
}

/** Lists and empty objects replace what was there. */
function merged(one: Record<string, unknown>, other: Record<string, unknown>) {
  const result = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const before = result[key];
    const isDeep = isObject(value) && isObject(before) && Object.keys(value).length > 0;
    result[key] = isDeep && key !== "metadata" ? merged(before, value) : value;
  }
  return result;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
