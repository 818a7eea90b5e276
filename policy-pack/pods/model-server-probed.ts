import { isPartial } from "../fleet/kubernetesObject";
import {
  type Finding,
  isOneOf,
  numberSetting,
  pending,
  productionStacks,
  reliability,
  resourcePolicy,
  type Selector,
  type Value,
  violation,
} from "../frame";

import { asksForGpus } from "./gpuRequests";
import { ModelServer } from "./modelServer";
import { containersOf, finitePodRunners, podRunners, servingTemplateOf } from "./podSpec";
import { probeTargetFindings } from "./probeTarget";

const servers: Selector = {
  label: `${podRunners.label} without end`,
  matches: (resource) => {
    const ends = finitePodRunners.matches(resource);
    return podRunners.matches(resource) && !isPartial(resource) && !ends;
  },
};

export const modelServerProbed = resourcePolicy({
  name: "model-server-probed",
  description:
    "Model servers say when they have loaded their model and when they can take requests.",
  severity: "medium",
  framework: reliability,
  remediationSteps:
    "Give each container that asks for GPUs a readinessProbe, without which it gets requests " +
    "while it loads its model, and a startupProbe that waits long enough for that: otherwise a " +
    "livenessProbe restarts it before it is done. Have the probes ask at a port of the container " +
    "and at the server's health path, by HTTPS if it takes nothing else. In production run at least one server.",
  url: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
  settings: {
    loadSeconds: numberSetting({
      type: "integer",
      minimum: 1,
      maximum: 7200,
      default: 420,
      description: "Seconds that a model server may take to load its model; 2 to 7 min are usual.",
    }),
    productionStacks,
  },
  judges: servers,

  *judge(resource, { loadSeconds, productionStacks: serving }) {
    const template = servingTemplateOf(resource);
    const replicas = resource.props.at("spec", "replicas");
    for (const container of containersOf(template)) {
      const findings = [
        ...probeFindings(container, loadSeconds),
        ...probeTargetFindings(new ModelServer(resource, template, container, "")),
      ];
      const gpus = asksForGpus(container);
      if (gpus === true) {
        yield* findings;
        if (replicas.number === 0 && isOneOf(resource.stack, serving)) {
          yield violation(replicas, "is 0, so no server serves", "run at least one");
        }
      } else if (gpus !== false && findings.length > 0) {
        yield pending(gpus);
      }
    }
  },
});

function* probeFindings(container: Value, loadSeconds: number): Generator<Finding> {
  const readiness = container.at("readinessProbe");
  const startup = container.at("startupProbe");
  if (readiness.unknown) {
    yield pending(readiness);
  } else if (readiness.absent) {
    const problem = "is not set, so the server gets requests while it loads its model";
    yield violation(readiness, problem, "ask the server's health path, for example /health");
  }
  if (startup.unknown) {
    yield pending(startup);
  } else if (startup.absent) {
    const problem = "is not set, so nothing waits until the model is loaded";
    yield violation(startup, problem, `give the server ${loadSeconds} s or more to load it`);
  } else {
    yield* patienceFindings(startup, loadSeconds);
  }
}

/** A startup probe that gives up too early starts the load again and again. */
function* patienceFindings(startup: Value, loadSeconds: number): Generator<Finding> {
  const failures = startup.at("failureThreshold");
  const delay = startup.at("initialDelaySeconds");
  const period = startup.at("periodSeconds");
  const hidden = [delay, period, failures].find(({ unknown }) => unknown);
  if (hidden !== undefined) {
    yield pending(hidden);
    return;
  }
  // Defaults of Kubernetes.
  const patience = (delay.number ?? 0) + (period.number ?? 10) * (failures.number ?? 3);
  if (patience < loadSeconds) {
    const problem = `gives up after ${patience} s, but loading may take ${loadSeconds} s`;
    const fix = "raise failureThreshold: it counts periods of periodSeconds each";
    yield violation(failures, problem, fix);
  }
}
