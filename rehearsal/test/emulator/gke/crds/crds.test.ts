import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";

import { autoscalingMetric, metricShape } from "../../../../emulator/gke/crds/autoscalingMetric";
import { computeClass } from "../../../../emulator/gke/crds/computeClass";
import { customResourceDefinition, Kind } from "../../../../emulator/gke/crds/definition";
import { gcpBackendPolicy } from "../../../../emulator/gke/crds/gcpBackendPolicy";
import { gcpGatewayPolicy } from "../../../../emulator/gke/crds/gcpGatewayPolicy";
import { gcpInferencePoolImport } from "../../../../emulator/gke/crds/gcpInferencePoolImport";
import { healthCheckPolicy } from "../../../../emulator/gke/crds/healthCheckPolicy";
import { gkeDefinitions } from "../../../../emulator/gke/crds/install";
import { clusterPodMonitoring, podMonitoring } from "../../../../emulator/gke/crds/podMonitoring";
import { secretProviderClass } from "../../../../emulator/gke/crds/secretProviderClass";
import { Schema } from "../../../../emulator/gke/crds/schema";
import { fields, find, messages, notStructural } from "./support/schema";

const NEWER = "1.34.1-gke.1127000";
const KINDS: Kind[] = [
  gcpBackendPolicy(NEWER),
  gcpBackendPolicy("1.33.5-gke.1"),
  healthCheckPolicy(),
  gcpGatewayPolicy(),
  gcpInferencePoolImport(),
  autoscalingMetric("endpoints"),
  autoscalingMetric("pods"),
  podMonitoring(),
  clusterPodMonitoring(),
  computeClass(),
];

test.each(KINDS.map((kind) => [kind.kind, kind] as const))(
  "%s: structural, with a status subresource",
  (name, kind) => {
    const { metadata, spec } = customResourceDefinition(kind);
    const { versions, names } = spec as {
      versions: { subresources: object; schema: { openAPIV3Schema: Schema } }[];
      names: object;
    };
    expect(metadata.name).toBe(`${kind.plural}.${kind.group}`);
    expect(names).toEqual({
      kind: name,
      listKind: `${name}List`,
      plural: kind.plural,
      singular: name.toLowerCase(),
    });
    expect(versions[0]?.subresources).toEqual({ status: {} });
    const schema = versions[0]?.schema.openAPIV3Schema ?? {};
    expect(notStructural(schema, "")).toEqual([]);
    expect(schema.required).toEqual(kind.spec ? ["spec"] : []);
  },
);

describe("GCPBackendPolicy", () => {
  const { spec } = gcpBackendPolicy(NEWER);
  const balancing = [
    "balancingMode",
    "backendPreference",
    "capacityScalerPercent",
    "customMetrics",
    "customMetrics[].name",
    "customMetrics[].dryRun",
    "customMetrics[].maxUtilizationPercent",
    "maxRatePerEndpoint",
    "maxInFlightRequestsPerEndpoint",
    "trafficDuration",
  ];

  test("has these fields and no others: no maxUtilization, no dryRun of the default", () => {
    expect(fields(find(spec, "default"))).toEqual([
      ...balancing,
      "scopes",
      "scopes[].selector",
      "scopes[].selector{}",
      ...balancing.map((field) => `scopes[].${field}`),
      "timeoutSec",
      "connectionDraining",
      "connectionDraining.drainingTimeoutSec",
      "logging",
      "logging.enabled",
      "logging.sampleRate",
      "logging.optionalMode",
      "logging.optionalFields",
      "securityPolicy",
      "iap",
      "iap.enabled",
      "iap.clientID",
      "iap.oauth2ClientSecret",
      "iap.oauth2ClientSecret.name",
      "sessionAffinity",
      "sessionAffinity.type",
      "sessionAffinity.cookieTtlSec",
    ]);
  });

  test.each([
    ["default.timeoutSec", { minimum: 1, maximum: 2147483647 }],
    ["default.customMetrics", { maxItems: 2 }],
    ["default.customMetrics[]", { required: ["dryRun", "name"] }],
    [
      "default.customMetrics[].name",
      { minLength: 1, maxLength: 63, pattern: "^[a-z]([-_.:a-z0-9]*[a-z0-9])?$" },
    ],
    [
      "default.customMetrics[].maxUtilizationPercent",
      { minimum: 0, maximum: 100, format: "int32" },
    ],
    ["default.maxInFlightRequestsPerEndpoint", { minimum: 1, maximum: 1_000_000_000 }],
    ["default.capacityScalerPercent", { minimum: 0, maximum: 100 }],
    ["default.scopes", { maxItems: 16 }],
    ["default.balancingMode", { enum: ["RATE", "UTILIZATION", "CUSTOM_METRICS", "IN_FLIGHT"] }],
    ["targetRef", { required: ["group", "kind", "name"] }],
  ])("limits of %s", (at, limits) => {
    expect(find(spec, at)).toMatchObject(limits);
  });

  test("says in these words what does not go together", () => {
    const pairs = [
      "balancingMode cannot be RATE or unset when trafficDuration is LONG",
      "balancingMode cannot be IN_FLIGHT when trafficDuration is SHORT or unset",
      "maxInFlightRequestsPerEndpoint cannot be configured when balancingMode is RATE or unset",
      "maxInFlightRequestsPerEndpoint cannot be configured when trafficDuration is SHORT or unset",
      "maxRatePerEndpoint cannot be configured when balancingMode is IN_FLIGHT",
      "trafficDuration cannot be LONG when maxRatePerEndpoint is configured",
    ];
    const topLevel = balancing.filter((field) => !field.includes("[]"));
    expect(messages(find(spec, "default"))).toEqual([
      ...topLevel.map((f) => `${f} cannot be specified for both default and scopes fields`),
      ...pairs.flatMap((pair) => [
        pair,
        `considering the combined Default and Scopes configurations, ${pair}`,
      ]),
    ]);
    expect(spec && messages(spec)).toEqual([
      "Scopes can only be configured for ServiceImport and GCPInferencePoolImport targets",
      "sessionAffinity cannot be configured for InferencePool and GCPInferencePoolImport targets",
    ]);
  });

  test("of GKE 1.33 lacks long traffic", () => {
    const old = gcpBackendPolicy("1.33.5-gke.1").spec;
    const missing = fields(spec).filter((field) => !fields(old).includes(field));
    expect(missing).toEqual([
      "default.maxInFlightRequestsPerEndpoint",
      "default.trafficDuration",
      "default.scopes[].maxInFlightRequestsPerEndpoint",
      "default.scopes[].trafficDuration",
    ]);
    expect(find(old, "default.balancingMode").enum).toEqual([
      "RATE",
      "UTILIZATION",
      "CUSTOM_METRICS",
    ]);
    expect(old && messages(old)[0]).toBe(
      "Scopes can only be configured for ServiceImport and InferencePoolImport targets",
    );
  });
});

describe("HealthCheckPolicy", () => {
  const { spec } = healthCheckPolicy();

  test("wants the block of its type and nothing beside it", () => {
    const config = find(spec, "default.config");
    expect(config).toMatchObject({ minProperties: 2, maxProperties: 2, required: ["type"] });
    expect(messages(config)).toEqual([
      "tcpHealthCheck must be specified for type TCP",
      "httpHealthCheck must be specified for type HTTP",
      "httpsHealthCheck must be specified for type HTTPS",
      "http2HealthCheck must be specified for type HTTP2",
      "grpcHealthCheck must be specified for type GRPC",
    ]);
  });

  test("an HTTP check has these fields", () => {
    expect(fields(find(spec, "default.config.httpHealthCheck"))).toEqual([
      "host",
      "proxyHeader",
      "requestPath",
      "response",
      "port",
      "portName",
      "portSpecification",
    ]);
  });

  test("a check must end before the next begins", () => {
    expect(messages(find(spec, "default"))).toEqual([
      "timeoutSec cannot exceed checkIntervalSec",
      "when checkIntervalSec is unspecified, timeoutSec cannot exceed 5, which is the default value of checkIntervalSec",
      "when timeoutSec is unspecified, checkIntervalSec must be at least 5, which is the default value of timeoutSec",
    ]);
  });
});

describe("AutoscalingMetric", () => {
  test.each([
    ["1.34.1-gke.1126999", undefined],
    ["1.34.1-gke.1127000", "endpoints"],
    ["1.35.1-gke.1395999", "endpoints"],
    ["1.35.1-gke.1396000", "pods"],
  ])("GKE %s takes the shape %s", (version, shape) => {
    expect(metricShape(version)).toBe(shape);
  });

  test("the shapes share no field", () => {
    expect(fields(autoscalingMetric("endpoints").spec)).toEqual([
      "selector",
      "selector.matchLabels",
      "selector.matchLabels{}",
      "endpoints",
      "endpoints[].port",
      "endpoints[].path",
      "endpoints[].metrics",
      "endpoints[].metrics[].name",
      "endpoints[].metrics[].exportName",
    ]);
    expect(fields(autoscalingMetric("pods").spec).filter((f) => f.includes("gauge"))).toEqual([
      "metrics[].pod.containers[].metrics[].gauge",
      "metrics[].pod.containers[].metrics[].gauge.name",
      "metrics[].pod.containers[].metrics[].gauge.prometheusMetricName",
      "metrics[].pod.containers[].metrics[].gauge.filter",
      "metrics[].pod.containers[].metrics[].gauge.filter.matchLabels",
      "metrics[].pod.containers[].metrics[].gauge.filter.matchLabels{}",
      "metrics[].pod.containers[].metrics[].gauge.loadBalancing",
      "metrics[].pod.containers[].metrics[].gauge.loadBalancing.enabled",
    ]);
  });

  test("with its prefix an exported name has 63 characters at most", () => {
    const { maxLength = 0 } = find(
      autoscalingMetric("endpoints").spec,
      "endpoints[].metrics[].exportName",
    );
    expect("gke.named_metrics.".length + maxLength).toBe(63);
  });
});

test("only the monitoring of the whole cluster names a Secret's namespace", () => {
  const secret = "endpoints[].authorization.credentials.secret";
  expect(fields(find(podMonitoring().spec, secret))).toEqual(["name", "key"]);
  expect(fields(find(clusterPodMonitoring().spec, secret))).toEqual(["name", "key", "namespace"]);
});

describe("what GKE installs", () => {
  let directory = "";
  beforeAll(async () => {
    directory = await fs.mkdtemp(path.join(os.tmpdir(), "crds-"));
    const definition = (kind: string) =>
      `kind: CustomResourceDefinition\nmetadata: {name: ${kind}}\nspec: {names: {kind: ${kind}}}\n`;
    for (const [version, kind] of Object.entries({ v4: "BackendTLSPolicy", v5: "TLSRoute" })) {
      const folder = path.join(directory, version);
      await fs.mkdir(folder);
      await fs.writeFile(path.join(folder, "gateways.yaml"), `---\n${definition("Gateway")}`);
      await fs.writeFile(path.join(folder, "tls.yaml"), definition(kind));
      await fs.writeFile(path.join(folder, "README.md"), "not yaml: [");
    }
    await fs.writeFile(path.join(directory, "pools.yaml"), definition("InferencePool"));
    await fs.writeFile(path.join(directory, "newer.yaml"), definition("PoolWithProtocol"));
  });
  afterAll(() => fs.rm(directory, { recursive: true }));

  const files = () => ({
    gatewayApi: { "v1.4.0": path.join(directory, "v4"), "v1.5.0": path.join(directory, "v5") },
    inferencePool: {
      "v1.1.0": path.join(directory, "pools.yaml"),
      "v1.5.0": path.join(directory, "newer.yaml"),
    },
  });
  const kinds = async (version: string, channel: "STANDARD" | "DISABLED", prometheus: boolean) => {
    const cluster = {
      version,
      gatewayApiChannel: `CHANNEL_${channel}` as const,
      managedPrometheus: prometheus,
    };
    const definitions = await gkeDefinitions(cluster, [], files());
    return definitions.map(({ spec }) => (spec as { names: { kind: string } }).names.kind);
  };
  const GATEWAY = ["GCPBackendPolicy", "HealthCheckPolicy", "GCPGatewayPolicy"];

  test.each([
    [
      "1.34.1-gke.1822000",
      "STANDARD",
      true,
      [
        "ComputeClass",
        "AutoscalingMetric",
        "PodMonitoring",
        "ClusterPodMonitoring",
        ...GATEWAY,
        "Gateway",
        "BackendTLSPolicy",
        "InferencePool",
      ],
    ],
    [
      "1.34.1-gke.1127000",
      "STANDARD",
      false,
      ["ComputeClass", "AutoscalingMetric", ...GATEWAY, "Gateway", "InferencePool"],
    ],
    [
      "1.35.2-gke.1841999",
      "STANDARD",
      false,
      [
        "ComputeClass",
        "AutoscalingMetric",
        ...GATEWAY,
        "Gateway",
        "BackendTLSPolicy",
        "InferencePool",
      ],
    ],
    [
      "1.35.2-gke.1842000",
      "STANDARD",
      false,
      ["ComputeClass", "AutoscalingMetric", ...GATEWAY, "Gateway", "TLSRoute", "InferencePool"],
    ],
    [
      "1.36.0-gke.1",
      "STANDARD",
      false,
      ["ComputeClass", "AutoscalingMetric", ...GATEWAY, "Gateway", "TLSRoute", "PoolWithProtocol"],
    ],
    ["1.34.0-gke.1625999", "STANDARD", false, ["ComputeClass", ...GATEWAY, "Gateway"]],
    ["1.35.1-gke.1396000", "DISABLED", false, ["ComputeClass", "AutoscalingMetric"]],
  ] as const)(
    "%s, Gateway API %s, managed Prometheus %s",
    async (version, channel, prometheus, expected) => {
      expect(await kinds(version, channel, prometheus)).toEqual(expected);
    },
  );

  test("the Secret Manager add-on brings a kind along, with exactly the fields of its reference", async () => {
    const cluster = {
      version: NEWER,
      gatewayApiChannel: "CHANNEL_DISABLED",
      managedPrometheus: false,
    } as const;
    const named = async (driver: string) =>
      (await gkeDefinitions(cluster, [driver], files())).map(({ metadata }) => metadata.name);
    const name = "secretproviderclasses.secrets-store.csi.x-k8s.io";
    expect(await named("secrets-store-gke.csi.k8s.io")).toContain(name);
    expect(await named("gcsfuse.csi.storage.gke.io")).not.toContain(name);
    expect(fields(secretProviderClass().spec)).toEqual([
      "provider",
      "parameters",
      "parameters{}",
      "secretObjects",
      "secretObjects[].secretName",
      "secretObjects[].type",
      "secretObjects[].labels",
      "secretObjects[].labels{}",
      "secretObjects[].annotations",
      "secretObjects[].annotations{}",
      "secretObjects[].data",
      "secretObjects[].data[].objectName",
      "secretObjects[].data[].key",
    ]);
  });

  test("a directory without definitions is named", async () => {
    const empty = path.join(directory, "empty");
    await fs.mkdir(empty);
    const cluster = {
      version: NEWER,
      gatewayApiChannel: "CHANNEL_STANDARD",
      managedPrometheus: false,
    } as const;
    await expect(
      gkeDefinitions(cluster, [], { ...files(), gatewayApi: { "v1.4.0": empty } }),
    ).rejects.toThrow(`${empty}: no CustomResourceDefinition in it`);
  });

  test("a release that is not there is named", async () => {
    const cluster = {
      version: "1.36.4-gke.1391002",
      gatewayApiChannel: "CHANNEL_STANDARD",
      managedPrometheus: false,
    } as const;
    const lacking = { ...files(), gatewayApi: {} };
    await expect(gkeDefinitions(cluster, [], lacking)).rejects.toThrow(
      "no definitions of v1.5.0 were given",
    );
  });
});
