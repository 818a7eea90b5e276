import { fleetOf } from "../fleet/fleet";
import { hiddenObjectsOf } from "../fleet/hiddenObjects";
import { podMonitorings } from "../fleet/kinds";
import { Namespaces } from "../fleet/namespaces";
import { Scopes } from "../fleet/scopes";
import {
  type Finding,
  on,
  operationalExcellence,
  pending,
  type Resource,
  stackPolicy,
  type Value,
  violation,
} from "../frame";

import { podPortsOf, portsText } from "./containerPorts";
import { METRICS_PATH, modelServerOf } from "./modelServer";
import { type PodOwner, podOwnersOf } from "./podOwners";
import { podTemplatesOf } from "./podSpec";
import { SelectedPods } from "./selectedPods";

export const monitoringSelectsPods = stackPolicy({
  name: "monitoring-selects-pods",
  description: "A PodMonitoring reads metrics where pods of the stack report them.",
  severity: "medium",
  framework: operationalExcellence,
  remediationSteps:
    "Select the pods by their labels, name a port that they declare and the path of their " +
    "metrics, which is /metrics for vLLM and SGLang, and leave managed Prometheus of the cluster " +
    "on. Where something else than this stack runs the pods, disable this policy.",
  url: "https://cloud.google.com/stackdriver/docs/managed-prometheus/setup-managed",
  settings: {},

  *judge(stack) {
    const monitorings = stack.select(podMonitorings);
    const scopes = new Scopes(stack);
    const owners = podOwnersOf(stack, new Namespaces(stack), { jobs: true });
    const pods = new SelectedPods(monitorings, owners, scopes, hiddenObjectsOf(stack));
    for (const [{ cluster }, [first]] of fleetOf(stack).byMember(monitorings)) {
      const enabled = cluster?.props.at("monitoringConfig", "managedPrometheus", "enabled");
      if (cluster !== undefined && first !== undefined && enabled?.raw === false) {
        const problem = `is off, so nothing reads what PodMonitoring ${first.name} names`;
        yield on(cluster, violation(enabled, problem, "turn it on"));
      }
    }
    for (const monitoring of monitorings) {
      const [owner] = pods.of(monitoring);
      const findings = [
        ...pods.findings(monitoring, "so no metrics are read"),
        ...endpointFindings(monitoring, owner),
      ];
      yield* findings.map((finding) => on(monitoring, finding));
    }
  },
});

function* endpointFindings({ props }: Resource, owner: PodOwner | undefined): Generator<Finding> {
  const endpoints = props.at("spec", "endpoints");
  if (endpoints.unknown) {
    yield pending(endpoints);
  } else if ((endpoints.items ?? []).length === 0) {
    const problem = "names no port, so no metrics are read";
    yield violation(endpoints, problem, "name the port that the pods report metrics at");
  }
  for (const endpoint of owner === undefined ? [] : (endpoints.items ?? [])) {
    yield* portFindings(endpoint.at("port"), owner);
    yield* pathFindings(endpoint.at("path"), owner);
  }
}

/** A pod that declares no ports may listen on any. */
function* portFindings(port: Value, owner: PodOwner | undefined): Generator<Finding> {
  const templates = owner === undefined ? [] : podTemplatesOf(owner.resource);
  const declared = templates.map(podPortsOf);
  const known = declared.flatMap((ports) => ports ?? []);
  const isOpen = declared.length === 0 || declared.includes(undefined);
  const isThere = known.some(
    ({ name, number }) => name === port.text || number === Number(port.raw),
  );
  if (port.unknown) {
    yield pending(port);
  } else if (!isOpen && !port.absent && !isThere) {
    const problem = `${port} is not a port of the pods of ${owner?.resource.name}`;
    yield violation(port, problem, `use one of theirs: ${portsText(known)}`);
  }
}

function* pathFindings(path: Value, owner: PodOwner | undefined): Generator<Finding> {
  const server = owner && modelServerOf(owner.resource, "");
  if (path.unknown) {
    yield pending(path);
  } else if (server?.engine !== undefined && !path.absent && path.raw !== METRICS_PATH) {
    // Another container of the pod may report its own metrics elsewhere.
    const alone = podTemplatesOf(server.resource).every((template) => {
      return (template.at("spec", "containers").items ?? []).length === 1;
    });
    if (alone) {
      const problem = `${server.title} of ${server.resource.name} has no metrics at ${path}`;
      yield violation(path, problem, `write "${METRICS_PATH}"`);
    }
  }
}
