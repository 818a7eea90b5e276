import type { Registered } from "../../support/policies";
import { UNKNOWN } from "../../support/unknown";
import { edited, without } from "../alter";
import { cloud, RENAMED, type Site, SITE } from "../parts/site";
import { program } from "../program";

const zonal: Site = {
  ...SITE,
  places: [
    { name: "ams", location: "europe-west4-b", block: 1 },
    { name: "ord", location: "us-central1-a", block: 2 },
  ],
};

const three: Site = {
  ...SITE,
  places: [...SITE.places, { name: "nrt", location: "asia-northeast1", block: 3 }],
};

const CONFIG = "projects/acme-ml/locations/global/memberships/control";

/** The config cluster is made by another stack, with the gateway in it. */
function configElsewhere(): Registered[] {
  const path = "spec.multiclusteringress.configMembership";
  const [feature, ...rest] = split(edited(program(), "ingress", path, CONFIG), "ingress");
  const objects = /(?:Gateway|HTTPRoute|GCPBackendPolicy|HealthCheckPolicy)::/;
  return without([...rest, { ...feature, propertyDependencies: {} } as Registered], objects);
}

/** The gateway is in the config cluster that another stack makes. */
function gatewayElsewhere(): Registered[] {
  const path = "spec.multiclusteringress.configMembership";
  const [feature, ...rest] = split(edited(program(), "ingress", path, CONFIG), "ingress");
  const objects = /(?:Gateway|HTTPRoute|GCPBackendPolicy|HealthCheckPolicy)::/;
  const control: Registered = {
    type: "pulumi:providers:kubernetes",
    name: "control",
    inputs: { clusterIdentifier: "gke_acme-ml_europe-west4_control", kubeconfig: "{}" },
  };
  const moved = rest.map((each) => {
    const isMoved = objects.test(`${each.type}::`);
    return isMoved ? { ...each, provider: "pulumi:providers:kubernetes::control" } : each;
  });
  return [...moved, control, { ...feature, propertyDependencies: {} } as Registered];
}

function split(resources: readonly Registered[], name: string): Registered[] {
  const picked = resources.filter((each) => each.name === name && each.type.includes("feature"));
  return [...picked, ...resources.filter((each) => !picked.includes(each))];
}

/** Autopilot: GKE makes the nodes. */
function autopilot(): Registered[] {
  const clusters = /Cluster::(?:ams|ord)$/;
  const bare = without(program(), /NodePool::/);
  const auto = edited(bare, clusters, "enableAutopilot", true);
  const account = { autoProvisioningDefaults: { serviceAccount: UNKNOWN } };
  return edited(
    edited(auto, clusters, "removeDefaultNodePool"),
    clusters,
    "clusterAutoscaling",
    account,
  );
}

function ownBlock(): Registered[] {
  const ids = { project: "acme-ml" };
  const bare = without(program(), /Membership::/);
  const ingress = edited(
    bare,
    "ingress",
    "spec.multiclusteringress.configMembership",
    "projects/acme-ml/locations/global/memberships/ams",
  );
  return edited(ingress, /Cluster::(?:ams|ord)$/, "fleet", ids);
}

/** Where the clusters are, and who makes them. */
export const clusters: readonly (readonly [string, readonly Registered[]])[] = [
  ["zonal clusters", program({ site: zonal })],
  ["three clusters", program({ site: three })],
  ["Autopilot", autopilot()],
  ["a config cluster of another stack, which has the gateway", configElsewhere()],
  ["a gateway in a config cluster of another stack", gatewayElsewhere()],
  ["clusters that register themselves with the fleet", ownBlock()],
  ["a membership by the cluster's path", membershipsByText()],
  [
    "nodes that run as an account of another stack",
    edited(
      without(program(), /Account::gpu-nodes/, /(?:writes|records)-(?:metrics|logs)$/),
      /NodePool::/,
      "nodeConfig.serviceAccount",
      "pool@acme-ml-base.iam.gserviceaccount.com",
    ).map((each) => ({
      ...each,
      propertyDependencies: {},
      ...(each.type.includes("nodePool")
        ? {}
        : { propertyDependencies: each.propertyDependencies ?? {} }),
    })),
  ],
  ["a fleet member beside them that serves nothing, in another VPC", withCiCluster()],
  ["a fleet in a host project", fleetInHost()],
  ["a role of nodes that ends in the far future", withCondition("2999-01-01T00:00:00Z")],
];

function membershipsByText(): Registered[] {
  return program({ site: RENAMED }).map((each) => {
    if (!each.type.includes("membership")) return each;
    const path = `//container.googleapis.com/projects/zeta-inference/locations/${each.name === "tokyo" ? "asia-northeast1" : "australia-southeast1"}/clusters/${each.name}`;
    return {
      ...each,
      inputs: { ...each.inputs, endpoint: { gkeCluster: { resourceLink: path } } },
      propertyDependencies: {},
    };
  });
}

function withCiCluster(): Registered[] {
  return [
    ...program(),
    cloud("container/cluster:Cluster", "builds", {
      name: "builds",
      project: "acme-ml",
      location: "europe-west1",
      network: "projects/acme-ml/global/networks/builds",
      enableAutopilot: true,
      releaseChannel: { channel: "REGULAR" },
      ipAllocationPolicy: { clusterSecondaryRangeName: "p", servicesSecondaryRangeName: "s" },
      privateClusterConfig: { enablePrivateEndpoint: true, enablePrivateNodes: true },
      clusterAutoscaling: {
        autoProvisioningDefaults: { serviceAccount: "builds@acme-ml.iam.gserviceaccount.com" },
      },
    }),
    cloud(
      "gkehub/membership:Membership",
      "builds",
      {
        project: "acme-ml",
        membershipId: "builds",
        endpoint: { gkeCluster: { resourceLink: UNKNOWN } },
      },
      { endpoint: ["gcp:container/cluster:Cluster::builds"] },
    ),
  ];
}

function fleetInHost(): Registered[] {
  const fleet = /gkehub\/(?:membership|feature)/;
  const apis = ["gkehub", "multiclusteringress", "multiclusterservicediscovery"];
  const all = program().map((each) => {
    return fleet.test(each.type)
      ? { ...each, inputs: { ...each.inputs, project: "acme-fleet" } }
      : each;
  });
  const host = all
    .filter(({ type }) => type.includes("projects/service:"))
    .map((each) => ({
      ...each,
      name: `host-${each.name}`,
      inputs: { ...each.inputs, project: "acme-fleet" },
    }));
  return apis.length > 0 ? [...all, ...host] : all;
}

function withCondition(end: string): Registered[] {
  const condition = { title: "until", expression: `request.time < timestamp("${end}")` };
  return edited(program(), "writes-logs", "condition", condition);
}
