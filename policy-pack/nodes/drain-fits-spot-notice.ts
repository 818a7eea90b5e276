import { fleetOf } from "../fleet/fleet";
import { isPartial } from "../fleet/kubernetesObject";
import {
  type Finding,
  numberSetting,
  on,
  pending,
  reliability,
  type Resource,
  stackPolicy,
  type Value,
  violation,
} from "../frame";
import { asksForGpus } from "../pods/gpuRequests";
import { containersOf, podRunners, podTemplatesOf } from "../pods/podSpec";

import { type ClassPriority, prioritiesByCluster } from "./computeClass";
import { type NodeGroup, nodeGroupsOf } from "./nodeGroup";
import { asksForSpot, COMPUTE_CLASS_LABEL, fitsSpotGroup } from "./placement";
import { noticeIn, sleepIn, STANDARD_NOTICE } from "./spotNotice";

/** Kubernetes' default. */
const DEFAULT_GRACE = 30;

export const drainFitsSpotNotice = stackPolicy({
  name: "drain-fits-spot-notice",
  description:
    "Model servers on Spot nodes stop within the time that they get when Google takes the node " +
    "back.",
  severity: "medium",
  enforcementLevel: "advisory",
  framework: reliability,
  remediationSteps:
    "Set terminationGracePeriodSeconds to 25 and let preStop and the requests that are left fit " +
    "into 15 s, or raise kubeletConfig.shutdownGracePeriodSeconds of the Spot pools to 120 (GKE " +
    "1.35 and later); pods get that time minus shutdownGracePeriodCriticalPodsSeconds.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms",
  settings: {
    longestGraceSeconds: numberSetting({
      type: "integer",
      minimum: 1,
      maximum: 120,
      default: 25,
      description: "Largest terminationGracePeriodSeconds where the Spot pool has GKE's notice.",
    }),
  },

  *judge(stack, { longestGraceSeconds }) {
    const priorities = prioritiesByCluster(stack);
    for (const [{ cluster }, runners] of fleetOf(stack).byMember(stack.select(podRunners))) {
      const groups = cluster === undefined ? [] : nodeGroupsOf(cluster, fleetOf(stack));
      const classes = cluster === undefined ? [] : (priorities.get(cluster) ?? []);
      const spot = { groups: groups.filter(isSpotGpu), priorities: classes.filter(isSpotGpu) };
      for (const runner of runners.filter((each) => !isPartial(each))) {
        for (const template of podTemplatesOf(runner)) {
          const servers = containersOf(template).filter((each) => asksForGpus(each) === true);
          const seconds = servers.length > 0 ? noticeOf(runner, template, spot) : undefined;
          if (seconds !== undefined) {
            const longest = Math.max(longestGraceSeconds, seconds);
            yield* graceFindings(runner, template, longest);
            yield* preStopFindings(runner, servers, seconds);
          }
        }
      }
    }
  },
});

interface SpotNodes {
  readonly groups: readonly NodeGroup[];
  readonly priorities: readonly ClassPriority[];
}

function isSpotGpu(nodes: NodeGroup | ClassPriority): boolean {
  return nodes.hasGpus && nodes.spot === true;
}

/** Fewest seconds that a pod gets on any of its Spot nodes; undefined if it runs on none. */
function noticeOf(runner: Resource, template: Value, spot: SpotNodes): number | undefined {
  const selected = template.at("spec", "nodeSelector", COMPUTE_CLASS_LABEL).text;
  const groups = spot.groups.filter((group) => fitsSpotGroup(runner, template, group));
  const priorities = spot.priorities.filter(({ resource }) => {
    return selected !== undefined && resource.props.at("metadata", "name").text === selected;
  });
  const notices = [
    ...groups.map(({ config }) => noticeIn(config)),
    ...priorities.map(({ systemConfig }) => noticeIn(systemConfig)),
  ];
  if (notices.length === 0) {
    return asksForSpot(template) ? STANDARD_NOTICE : undefined;
  }
  return Math.min(...notices);
}

function* graceFindings(runner: Resource, template: Value, longest: number): Generator<Finding> {
  const grace = template.at("spec", "terminationGracePeriodSeconds");
  if (grace.unknown) {
    yield on(runner, pending(grace));
  } else if ((grace.number ?? DEFAULT_GRACE) > longest) {
    const given = grace.absent ? `is not set, so it is ${DEFAULT_GRACE} s` : `is ${grace} s`;
    const problem = `${given}, but a Spot node is gone before that`;
    yield on(runner, violation(grace, problem, `set it to ${longest} or less`));
  }
}

function* preStopFindings(
  runner: Resource,
  servers: readonly Value[],
  seconds: number,
): Generator<Finding> {
  for (const preStop of servers.map((server) => server.at("lifecycle", "preStop"))) {
    const sleep = sleepIn(preStop);
    if (sleep.at.unknown) {
      yield on(runner, pending(sleep.at));
    } else if (sleep.seconds > 0 && sleep.seconds >= seconds) {
      const problem =
        `sleeps ${sleep.seconds} s, but the pod is killed ${seconds} s after a Spot node's ` +
        "notice, with all requests that it has";
      const fix = `let it sleep less than ${seconds} s, and the requests end in the rest`;
      yield on(runner, violation(sleep.at, problem, fix));
    }
  }
}
