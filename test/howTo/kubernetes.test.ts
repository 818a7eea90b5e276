import { whyNotExposed } from "../../rehearsal/emulator/gke/controllers/exposition";
import { whyEndless } from "../../rehearsal/emulator/gke/kubelet/daemons";
import { type Synthesis, synthesize } from "../support/program";
import { endpointPickers, type Manifest, manifests, modelServers, ofKind, podOf } from "./support";

/** What docs/how-to-differences.md names in proof: that the program's objects have none of the how-to's defects. */

interface TargetRef {
  group: string;
  kind: string;
  name: string;
}

describe("unlike in the how-to", () => {
  let dev: Synthesis;
  beforeAll(async () => {
    dev = await synthesize("dev");
  });

  test("no admission policy or webhook is installed", () => {
    const kinds = manifests(dev).map(({ apiVersion, kind }) => `${String(apiVersion)} ${kind}`);
    expect(kinds.length).toBeGreaterThan(20);
    expect(kinds.filter((kind) => kind.startsWith("admissionregistration.k8s.io"))).toEqual([]);
  });

  test("one policy has timeout, mode and target", () => {
    const policies = ofKind(dev, "GCPBackendPolicy").map(({ spec }) => spec);
    expect(policies).toEqual([
      {
        targetRef: expect.objectContaining({ kind: "GCPInferencePoolImport" }),
        default: expect.objectContaining({
          timeoutSec: 600,
          balancingMode: "CUSTOM_METRICS",
          customMetrics: [
            { name: "gke.named_metrics.kv-cache", dryRun: false, maxUtilizationPercent: 60 },
          ],
        }),
      },
    ]);
  });

  test("every objective points at the pool beside it", () => {
    for (const { spec, metadata, provider } of ofKind(dev, "InferenceObjective")) {
      const { poolRef } = spec as { poolRef: TargetRef };
      const pools = ofKind(dev, "InferencePool").filter((pool) => pool.provider === provider);
      const names = pools.map((pool) => [pool.metadata.namespace, pool.metadata.name]);
      expect(names).toEqual([[metadata.namespace, poolRef.name]]);
    }
  });

  test("endpoint pickers queue by priority", () => {
    const configs = ofKind(dev, "ConfigMap").filter(({ metadata }) => /-epp$/.test(metadata.name));
    expect(configs).toHaveLength(endpointPickers(dev).length);
    for (const { data } of configs) {
      expect(JSON.stringify(data)).toMatch(/featureGates.*flowControl/);
    }
  });

  test.each([undefined, { kind: "bucket", bucket: "weights" }])(
    "no model server waits for a container that never ends (weights cache: %j)",
    async (weightsCache) => {
      const servers = modelServers(await synthesize("dev", { config: { weightsCache } }));
      expect(servers).toHaveLength(2);
      const waitedFor = servers
        .flatMap((server) => podOf(server).spec.initContainers ?? [])
        .filter(({ restartPolicy }) => restartPolicy !== "Always");
      expect(waitedFor.filter((container) => whyEndless(container) !== undefined)).toEqual([]);
    },
  );

  test("the balanced metric is one that the server exposes", () => {
    const gauges = ofKind(dev, "AutoscalingMetric").map(({ spec }) => JSON.stringify(spec));
    const [metric = ""] = /vllm:\w+/.exec(gauges[0] ?? "") ?? [];
    expect(gauges.map((gauge) => gauge.includes(`"${metric}"`))).toEqual([true, true]);
    for (const server of modelServers(dev)) {
      // The emulated cloud's own table of what a server exposes, which knows nothing of the program's.
      expect(whyNotExposed(podOf(server).spec.containers, metric, "/metrics")).toBeUndefined();
    }
    expect(metric).toBe("vllm:kv_cache_usage_perc");
    expect(dev.outputs.metricName).toBe("gke.named_metrics.kv-cache");
  });

  test.each([
    ["1.34", ["endpoints", "selector"]],
    ["1.35", ["metrics"]],
    [undefined, ["metrics"]],
  ])("the metric has the shape of GKE %s", async (gkeVersion, fields) => {
    const synthesis = await synthesize("dev", { config: { gkeVersion } });
    for (const { spec } of ofKind(synthesis, "AutoscalingMetric")) {
      expect(Object.keys(spec as object).sort()).toEqual(fields);
    }
  });

  test("every endpoint picker is scraped", () => {
    const scraped = ofKind(dev, "PodMonitoring").map(({ spec, provider }) => {
      const { selector } = spec as { selector: { matchLabels: Record<string, string> } };
      return { provider, labels: Object.entries(selector.matchLabels) };
    });
    const pickers = endpointPickers(dev);
    expect(pickers).toHaveLength(2);
    for (const picker of pickers) {
      const { labels } = podOf(picker);
      const selecting = scraped.filter(
        (each) =>
          each.provider === picker.provider &&
          each.labels.every(([key, value]) => labels[key] === value),
      );
      expect(selecting).toHaveLength(1);
    }
  });

  test("all that belongs together is in one namespace", () => {
    const kinds = [
      "Gateway",
      "HTTPRoute",
      "HealthCheckPolicy",
      "GCPBackendPolicy",
      "InferencePool",
    ];
    const found = kinds.flatMap((kind) => ofKind(dev, kind));
    expect(new Set(found.map(({ metadata }) => metadata.namespace))).toEqual(
      new Set([dev.outputs.namespace]),
    );
  });

  test("the model of the outputs is the one that is served", () => {
    for (const server of modelServers(dev)) {
      expect(podOf(server).spec.containers[0]?.args?.[0]).toBe(dev.outputs.model);
    }
  });

  test("the token is secret wherever it is", () => {
    const holding = dev.registrations.filter((each) => JSON.stringify(each).includes("hf_test"));
    expect(holding.map(({ type, secretInputs }) => [type, secretInputs])).toEqual([
      ["kubernetes:core/v1:Secret", ["stringData"]],
      ["kubernetes:core/v1:Secret", ["stringData"]],
    ]);
    expect(JSON.stringify(dev.outputs)).not.toContain("hf_test");
  });

  test("routing is by Gateway API kinds only", () => {
    const backends = ofKind(dev, "HTTPRoute").map(
      ({ spec }) => (spec as { rules: { backendRefs: TargetRef[] }[] }).rules[0]?.backendRefs,
    );
    expect(backends).toEqual([
      [
        {
          group: "networking.gke.io",
          kind: "GCPInferencePoolImport",
          name: "vllm-llama3-8b-instruct",
        },
      ],
    ]);
    const older = ["MultiClusterIngress", "MultiClusterService", "Ingress", "ServiceExport"];
    expect(manifests(dev).filter(({ kind }) => older.includes(kind))).toEqual([]);
  });

  test("policies are about the imported pool, and none has its name", () => {
    const policies = ["GCPBackendPolicy", "HealthCheckPolicy"].flatMap((kind) => ofKind(dev, kind));
    expect(policies.map(targetOf)).toEqual([
      ["GCPInferencePoolImport", dev.outputs.poolName],
      ["GCPInferencePoolImport", dev.outputs.poolName],
    ]);
    expect(policies.map(({ metadata }) => metadata.name)).not.toContain(dev.outputs.poolName);
  });
});

function targetOf({ spec }: Manifest): [string, string] {
  const { targetRef } = spec as { targetRef: TargetRef };
  return [targetRef.kind, targetRef.name];
}
