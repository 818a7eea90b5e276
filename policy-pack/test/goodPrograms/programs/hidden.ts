import type { Registered } from "../../support/policies";
import { without } from "../alter";
import { object, PROVIDER, SITE } from "../parts/site";
import { program } from "../program";

const release = (cluster: string, name: string, namespace = SITE.namespace): Registered => ({
  type: "kubernetes:helm.sh/v3:Release",
  name: `${cluster}-${name}`,
  provider: `${PROVIDER}::${cluster}`,
  inputs: { chart: name, namespace },
});

const component = (type: string, name = "all"): Registered => ({
  type: `kubernetes:${type}`,
  name,
  inputs: {},
});

const METRICS = /AutoscalingMetric::/;
const FRONT = /(?:Gateway|HTTPRoute|GCPBackendPolicy|HealthCheckPolicy)::/;
const SERVERS = /Deployment::.*-servers/;
const POOL = /::ord-inferencepool-/;
const PICKER = /::ord-(?:deployment|service|serviceaccount|role|rolebinding)-llama-picker$/;

const RENDERERS = [
  ...["helm.sh/v4:Chart", "helm.sh/v3:Chart", "helm.sh/v2:Chart", "kustomize/v2:Directory"],
  ...["kustomize:Directory", "yaml/v2:ConfigFile", "yaml/v2:ConfigGroup", "yaml:ConfigFile"],
  "yaml:ConfigGroup",
];

/** Objects that a chart, a release or a file brings, which no policy sees. */
export const hidden: readonly (readonly [string, readonly Registered[]])[] = [
  [
    "metrics that releases bring",
    [...without(program(), METRICS), release("ams", "metrics"), release("ord", "metrics")],
  ],
  ...RENDERERS.flatMap((type) => [
    [
      `everything before the pools, in a ${type}`,
      [...without(program(), FRONT), component(type)],
    ] as const,
    [`metrics, in a ${type}`, [...without(program(), METRICS), component(type)]] as const,
    [
      `servers of a cluster, in a ${type}`,
      [...without(program(), "ord-deployment-llama-servers"), component(type)],
    ] as const,
    [
      `a pool and its picker, in a ${type}`,
      [...without(program(), POOL, PICKER), component(type)],
    ] as const,
  ]),
  [
    "the route and the policies, in a file",
    [
      ...without(program(), /(?:HTTPRoute|GCPBackendPolicy|HealthCheckPolicy)::/),
      component("yaml/v2:ConfigGroup"),
    ],
  ],
  [
    "servers of a cluster, by a release",
    [...without(program(), "ord-deployment-llama-servers"), release("ord", "vllm")],
  ],
  [
    "all servers, by releases",
    [...without(program(), SERVERS), release("ams", "vllm"), release("ord", "vllm")],
  ],
  ["an add-on by a release", [...program(), release("ams", "prometheus", "monitoring")]],
  [
    "metrics that Flux brings",
    [
      ...without(program(), METRICS),
      ...["ams", "ord"].map((name) => {
        const metadata = { name: "metrics", namespace: SITE.namespace };
        return object(name, "helm.toolkit.fluxcd.io/v2:HelmRelease", metadata, { spec: {} });
      }),
    ],
  ],
  [
    "metrics that Config Sync brings",
    [
      ...without(program(), METRICS),
      ...["ams", "ord"].map((name) => {
        const metadata = { name: "root", namespace: "config-management-system" };
        return object(name, "configsync.gke.io/v1beta1:RootSync", metadata, { spec: {} });
      }),
    ],
  ],
];
