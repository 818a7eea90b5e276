import { clusterText, fleetOf } from "../fleet/fleet";
import { missing } from "../fleet/hiddenObjects";
import { Namespaces } from "../fleet/namespaces";
import { Scopes } from "../fleet/scopes";
import {
  advice,
  type Finding,
  LISTED,
  nameHint,
  on,
  pending,
  reliability,
  Resource,
  type Stack,
  stackPolicy,
  violation,
} from "../frame";

import type { EndpointPicker } from "./endpointPicker";
import { PickedPools } from "./pickedPools";
import { targetFindings } from "./pickerPort";
import { type PickerReference, pickerReferences, PickerServices } from "./pickerServices";

export const pickerReachable = stackPolicy({
  name: "picker-reachable",
  description:
    "A pool's reference leads to its endpoint picker: by a Service beside it, its port and its " +
    "pods.",
  severity: "critical",
  framework: reliability,
  remediationSteps:
    "Name the endpoint picker's Service and its port in endpointPickerRef, create the Service in " +
    "the pool's namespace in every cluster, and have it select the endpoint picker's pods at the " +
    "port that they listen at, 9002 by default. Where another stack runs the endpoint picker, " +
    "disable this policy.",
  url: "https://gateway-api-inference-extension.sigs.k8s.io/reference/spec/",
  settings: {},

  *judge(stack) {
    const references = pickerReferences(stack);
    const scopes = new Scopes(stack);
    const namespaces = new Namespaces(stack);
    const services = new PickerServices(stack, scopes, namespaces);
    const pools = new PickedPools(stack, scopes);
    const sight = { stack, scopes, namespaces, services };
    for (const reference of references) {
      const { pool } = reference;
      const service = services.of(reference);
      if (service instanceof Resource) {
        yield* selectorFindings(service, sight);
        yield* portFindings(reference, service, services);
      } else if (pools.pickerOf(pool) ?? services.pickersBeside(pool)[0]) {
        // If no endpoint picker is in this stack, the Service may be in another stack, too.
        yield service === undefined
          ? missing(stack, scopes.placeOf(pool), missingService(reference, sight))
          : on(pool, pending(reference.name));
      }
    }
  },
});

/** What a policy knows of a stack's Services. */
interface Sight {
  readonly stack: Stack;
  readonly scopes: Scopes;
  readonly namespaces: Namespaces;
  readonly services: PickerServices;
}

function missingService({ pool, name }: PickerReference, sight: Sight): Finding {
  const { stack, namespaces, services } = sight;
  const namespace = namespaces.of(pool);
  const scope = namespace === undefined ? "" : `namespace ${namespace} of `;
  const given = name.absent ? "is not set, so it names no" : `${name} is not the name of a`;
  const problem = `${given} Service in ${scope}${clusterText(fleetOf(stack).memberOf(pool))}`;
  const beside = services.namesBeside(pool);
  const fix = nameHint(name.text, beside, "create the endpoint picker's there");
  return on(pool, violation(name, problem, fix));
}

function* selectorFindings(service: Resource, sight: Sight): Generator<Finding> {
  const { stack, scopes, services } = sight;
  const selector = service.props.at("spec", "selector");
  const owners = services.ownersBehind(service);
  const [picker] = services.pickersBeside(service);
  const hidden = services.hiddenFrom(service, fleetOf(stack).memberOf(service).key);
  const labels = picker?.template.at("metadata", "labels");
  const fix = labels?.present
    ? `use labels of the endpoint picker ${picker?.resource.name}: ${labels}`
    : "use the labels of the endpoint picker's pods";
  if (selector.unknown) {
    yield on(service, pending(selector));
  } else if (owners.length === 0 && hidden !== undefined) {
    yield on(hidden.resource, pending(hidden.at));
  } else if (owners.length === 0) {
    const given = selector.absent ? "is not set, so it selects" : `${selector} selects`;
    const problem = `${given} no pods of this stack, and the gateway reaches no endpoint picker`;
    const finding = on(service, violation(selector, problem, fix));
    yield missing(stack, scopes.placeOf(service), finding);
  } else if (picker !== undefined && services.pickersBehind(service).length === 0) {
    const names = owners.slice(0, LISTED).map(({ resource }) => resource.name);
    const problem = `${selector} selects the pods of ${names.join(", ")}, and no endpoint picker's`;
    const finding = on(service, violation(selector, problem, fix));
    yield missing(stack, scopes.placeOf(service), finding);
  }
}

/** An endpoint picker that is switched off, which may be on purpose. */
function* idleFindings(pool: Resource, { resource }: EndpointPicker): Generator<Finding> {
  const replicas = resource.props.at("spec", "replicas");
  if (replicas.raw === 0) {
    const problem = `is 0, so nothing chooses a model server for InferencePool ${pool.name}`;
    yield on(resource, advice(replicas, problem, "run at least one"));
  }
}

/** picker-fail-open judges a reference without a port. */
function* portFindings(
  { pool, port }: PickerReference,
  service: Resource,
  services: PickerServices,
): Generator<Finding> {
  const ports = service.props.at("spec", "ports");
  const numbers = (ports.items ?? []).map((item) => item.at("port"));
  const index = numbers.findIndex(({ raw }) => raw === port.raw);
  const match = ports.items?.[index];
  const hidden = [ports, ...numbers].find(({ unknown }) => unknown);
  if (port.unknown) {
    yield on(pool, pending(port));
  } else if (port.absent) {
    return;
  } else if (match !== undefined) {
    for (const picker of services.pickersBehind(service)) {
      yield* targetFindings(service, match, picker);
      yield* idleFindings(pool, picker);
    }
  } else if (hidden !== undefined) {
    yield on(service, pending(hidden));
  } else {
    const list = numbers.map(String).join(" and ");
    const problem = `${port} is not a port of the Service ${service.name}, which has ${list || "none"}`;
    yield on(pool, violation(port, problem, "name the port that leads to the endpoint picker"));
  }
}
