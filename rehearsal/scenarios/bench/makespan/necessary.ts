import { duration } from "../../../emulator/cloud/tables/durations";
import { SECONDS } from "../../../emulator/gke/delays";

import type { Need, Task } from "./schedule";

/**
 * What has to happen before a gateway in front of these clusters serves, in the order that no tool can change. It
 * follows from the rules of Google Cloud and Kubernetes, not from the program's own graph: a needless edge there shows
 * as a longer schedule than this. Ends where `pulumi up` does: model servers ready, Gateway programmed, route resolved.
 * @param clusters names; the first is the config cluster
 * @param network whether the VPC and its subnets are made too; otherwise they are there
 */
export function necessaryTasks(clusters: [string, ...string[]], network: boolean): Task[] {
  return [
    {
      name: "enable the APIs",
      seconds: duration("serviceusage.googleapis.com/Service enable"),
      needs: [],
    },
    ...(network ? networkTasks(clusters) : []),
    ...clusters.flatMap((cluster) => clusterTasks(cluster, network)),
    ...fleetTasks(clusters),
    ...gatewayTasks(clusters),
  ];
}

const API: Need = { task: "enable the APIs", because: "a disabled API refuses every call" };

function networkTasks(clusters: string[]): Task[] {
  return [
    { name: "network", seconds: duration("compute.googleapis.com/Network insert"), needs: [API] },
    ...clusters.map((cluster) => ({
      name: `subnet of ${cluster}`,
      seconds: duration("compute.googleapis.com/Subnetwork insert"),
      needs: [{ task: "network", because: "a subnet is part of its network" }],
    })),
  ];
}

function clusterTasks(cluster: string, network: boolean): Task[] {
  const subnet: Need = {
    task: `subnet of ${cluster}`,
    because: "nodes, pods and services take their addresses from it",
  };
  return [
    {
      name: `cluster ${cluster}`,
      seconds: duration("container.googleapis.com/Cluster insert regional"),
      needs: network ? [API, subnet] : [API],
    },
    {
      name: `GPU nodes of ${cluster}`,
      seconds: duration("container.googleapis.com/NodePool insert"),
      needs: [{ task: `cluster ${cluster}`, because: "nodes join a control plane" }],
    },
    {
      name: `model server of ${cluster}`,
      seconds: SECONDS.containerStarted + SECONDS.modelLoaded,
      needs: [{ task: `GPU nodes of ${cluster}`, because: "weights are loaded into a GPU" }],
    },
    {
      name: `proxy-only subnet of ${cluster}`,
      seconds: duration("compute.googleapis.com/Subnetwork insert"),
      needs: [network ? { task: "network", because: "a subnet is part of its network" } : API],
    },
  ];
}

function fleetTasks([config, ...others]: [string, ...string[]]): Task[] {
  const membership = (cluster: string): Task => ({
    name: `membership of ${cluster}`,
    seconds: duration("gkehub.googleapis.com/Membership insert"),
    needs: [
      API,
      { task: `cluster ${cluster}`, because: "only a cluster that exists is registered" },
    ],
  });
  return [
    ...[config, ...others].map(membership),
    {
      name: "discovery feature",
      seconds: duration("gkehub.googleapis.com/Feature insert"),
      needs: [API],
    },
    {
      name: "ingress feature",
      seconds: duration("gkehub.googleapis.com/Feature insert"),
      needs: [
        { task: `membership of ${config}`, because: "it names the config membership" },
        { task: "discovery feature", because: "it is refused without multi-cluster discovery" },
      ],
    },
  ];
}

function gatewayTasks(clusters: [string, ...string[]]): Task[] {
  const ofEach = (what: string, because: string) =>
    clusters.map((cluster): Need => ({ task: `${what} of ${cluster}`, because }));
  return [
    {
      name: "gateway classes",
      seconds: SECONDS.gatewayClasses,
      needs: [{ task: "ingress feature", because: "it installs them on the config cluster" }],
    },
    {
      name: "import of the pool",
      seconds: SECONDS.poolImport,
      needs: [
        { task: "gateway classes", because: "the import's kind comes with them" },
        ...ofEach("membership", "only pools of fleet members are imported"),
      ],
    },
    {
      name: "gateway",
      seconds: SECONDS.gatewayProgrammed,
      needs: [
        { task: "gateway classes", because: "no controller looks at a Gateway without a class" },
        ...ofEach("proxy-only subnet", "its proxies take their addresses from it"),
      ],
    },
    {
      name: "route",
      seconds: 0,
      needs: [
        { task: "gateway", because: "a route is bound to its Gateway" },
        { task: "import of the pool", because: "it is the route's backend" },
      ],
    },
  ];
}
