import { regionOf } from "../fleet/fleet";
import { missing } from "../fleet/hiddenObjects";
import { gateways } from "../fleet/kinds";
import { Namespaces } from "../fleet/namespaces";
import {
  type Finding,
  groupBy,
  numberSetting,
  on,
  pending,
  reliability,
  type Resource,
  stackPolicy,
  violation,
} from "../frame";

import { importReferences } from "./poolImports";
import { type Pool, poolsOf } from "./pools";

export const twoRegions = stackPolicy({
  name: "two-regions",
  description: "A pool behind a multi-cluster gateway is in clusters of two regions or more.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Create the InferencePool and its model servers in clusters of another region, so that " +
    "requests have somewhere to go when a region is full or down. Where other stacks own the " +
    "clusters of other regions, disable this policy.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/about-multi-cluster-inference-gateway",
  settings: {
    minimumRegions: numberSetting({
      type: "integer",
      minimum: 2,
      maximum: 16,
      default: 2,
      description: "Regions that each pool is to be in at least.",
    }),
  },

  *judge(stack, { minimumRegions }) {
    if (!stack.select(gateways).some(isMultiCluster)) {
      return;
    }
    const namespaces = new Namespaces(stack);
    const pools = poolsOf(stack, namespaces);
    const unnamed = pools.filter(({ namespace, name }) => !namespace || !name);
    const named = pools.filter(({ namespace, name }) => namespace && name);
    const groups = groupBy(named, ({ namespace, name }) => `${namespace}/${name}`);
    const routed = importReferences(stack, namespaces)
      .map(({ namespace, name }) => `${namespace}/${name.text}`)
      .filter((name) => groups.has(name));
    // If no route of this stack leads to a pool, another stack has the routes, so all pools count.
    // Otherwise only pools with a route do.
    const behind = routed.length === 0 ? [...groups.keys()] : [...new Set(routed)];
    for (const name of behind) {
      const findings = [...regionFindings(name, groups.get(name) ?? [], minimumRegions)];
      // A pool whose name is not known yet may be the same pool in another region.
      const isUnsure = findings.length > 0 && unnamed.length > 0;
      const [namespace] = name.split("/");
      for (const finding of isUnsure ? nameFindings(unnamed) : findings) {
        yield missing(stack, { namespace }, finding);
      }
    }
  },
});

function* nameFindings(unnamed: readonly Pool[]): Generator<Finding> {
  for (const { resource } of unnamed) {
    const places = ["name", "namespace"].map((field) => resource.props.at("metadata", field));
    const hidden = places.find(({ unknown }) => unknown);
    if (hidden !== undefined) {
      yield on(resource, pending(hidden));
    }
  }
}

function isMultiCluster(gateway: Resource): boolean {
  return gateway.props.at("spec", "gatewayClassName").text?.endsWith("-mc") ?? false;
}

function* regionFindings(
  name: string,
  pools: readonly Pool[],
  minimumRegions: number,
): Generator<Finding> {
  const found = pools.map(({ member }) => member.cluster);
  const clusters = [...new Set(found)].filter((cluster) => cluster !== undefined);
  const placed = clusters.map((cluster) => ({ cluster, region: regionOrStandard(cluster) }));
  const regions = new Set(
    placed.map(({ region }) => region).filter((region) => region !== undefined),
  );
  const [first] = pools;
  if (first === undefined || found.includes(undefined) || regions.size >= minimumRegions) {
    return;
  }
  const hidden = placed.filter(({ region }) => region === undefined);
  if (hidden.length > 0) {
    for (const { cluster } of hidden.filter(
      ({ cluster: { props } }) => props.at("location").unknown,
    )) {
      yield on(cluster, pending(cluster.props.at("location")));
    }
    return;
  }
  const places = placed.map(({ cluster, region }) => `${cluster.name} in ${region}`).join(", ");
  const problem =
    `pool ${name} is in ${regions.size} of the ${minimumRegions} regions that it needs ` +
    `(clusters: ${places})`;
  const missing = minimumRegions - regions.size;
  const fix = `create it in a cluster of ${missing} more region${missing === 1 ? "" : "s"}`;
  const place = first.resource.props.at("metadata", "name");
  yield on(first.resource, violation(place, problem, fix));
}

/** The region of a cluster; without a location, that of its provider. */
function regionOrStandard(cluster: Resource): string | undefined {
  if (!cluster.props.at("location").absent) {
    return regionOf(cluster);
  }
  const { provider } = cluster;
  const zone = provider?.props.at("zone").text;
  return zone?.replace(/-[a-z]$/, "") ?? provider?.props.at("region").text;
}
