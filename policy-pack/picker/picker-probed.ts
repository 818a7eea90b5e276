import { isPartial } from "../fleet/kubernetesObject";
import {
  type Finding,
  pending,
  reliability,
  resourcePolicy,
  type Value,
  violation,
} from "../frame";

import { type EndpointPicker, endpointPickerOf, endpointPickers } from "./endpointPicker";
import { isOn } from "./flags";

const STANDARD_PORT = 9003;
const PORT_FLAG = "grpc-health-port";

/** Services that are healthy while the picker leads, first choice first. */
const LEADS = ["readiness", "", "envoy.service.ext_proc.v3.ExternalProcessor"];
/** The service that is healthy while the picker runs. */
const RUNS = ["liveness"];

/** The services that each probe may ask for if the pickers elect a leader. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  livenessProbe: RUNS,
  readinessProbe: LEADS,
  startupProbe: RUNS,
};

export const pickerProbed = resourcePolicy({
  name: "picker-probed",
  description: "The probes of an endpoint picker use the port and the services that it answers.",
  severity: "medium",
  framework: reliability,
  remediationSteps:
    "Give the endpoint picker gRPC probes at its health port, 9003 if --grpc-health-port does " +
    "not say otherwise. Where several elect a leader, have the liveness probe ask for service " +
    "liveness and the readiness probe for service readiness, for which only the leader is ready.",
  url: "https://github.com/kubernetes-sigs/gateway-api-inference-extension/blob/main/cmd/epp/runner/health.go",
  settings: {},
  judges: {
    label: endpointPickers.label,
    matches: (resource) => !isPartial(resource) && endpointPickers.matches(resource),
  },

  *judge(resource) {
    const picker = endpointPickerOf(resource);
    if (picker === undefined) {
      return;
    }
    const readiness = picker.container.at("readinessProbe");
    if (readiness.absent) {
      const problem = "is not set, so the gateway asks the picker before it knows the pool";
      yield violation(readiness, problem, "ask its health port by a gRPC probe");
    }
    for (const [name, services] of Object.entries(SERVICES)) {
      const probe = picker.container.at(name);
      const grpc = probe.at("grpc");
      if (grpc.unknown) {
        yield pending(probe.unknown ? probe : grpc);
      } else if (grpc.present) {
        yield* portFindings(picker, grpc.at("port"));
        yield* serviceFindings(picker, grpc.at("service"), services);
      }
    }
  },
});

function* portFindings(picker: EndpointPicker, port: Value): Generator<Finding> {
  const flag = picker.flag(PORT_FLAG)?.value;
  const hidden = picker.hidesFlags ? picker.container.at("args") : flag;
  const answering = flag === undefined ? STANDARD_PORT : Number(flag.raw);
  if (port.unknown) {
    yield pending(port);
  } else if (hidden?.unknown) {
    yield pending(hidden);
  } else if (Number(port.raw) !== answering) {
    const problem = port.absent ? "is not set" : `the endpoint picker does not answer at ${port}`;
    yield violation(port, problem, `set it to its health port, ${answering}`);
  }
}

/** A picker without leader election gives the same answer for every service. */
function* serviceFindings(
  picker: EndpointPicker,
  service: Value,
  services: readonly string[],
): Generator<Finding> {
  if (!isOn(picker.flag("ha-enable-leader-election"))) {
    return;
  }
  const given = service.absent ? "" : service.raw;
  const [wanted = ""] = services;
  if (service.unknown) {
    yield pending(service);
  } else if (!services.includes(String(given))) {
    const named = service.absent ? "is not set, so" : `with ${service}`;
    const fails = LEADS.includes(String(given))
      ? "the kubelet restarts every picker but the leader"
      : "the probe always fails: the picker has no such service";
    const unready = RUNS.includes(String(given))
      ? "pickers that do not lead count as ready"
      : fails;
    yield violation(service, `${named} ${unready}`, `set it to "${wanted}"`);
  }
}
