import { fleetOf } from "../fleet/fleet";
import { gateways } from "../fleet/kinds";
import { objectsOfKind } from "../fleet/kubernetesObject";
import {
  entriesAt,
  fieldOf,
  type Finding,
  on,
  pending,
  reliability,
  type Resource,
  type Stack,
  stackPolicy,
  type Value,
  violation,
} from "../frame";

import { classOf, isMultiCluster } from "./gatewayClass";

const extensionKinds = ["GCPTrafficExtension", "GCPRoutingExtension"].map((kind) => {
  return objectsOfKind({ kind, groups: ["networking.gke.io"] });
});

/** Model Armor's service, global or of a region: `modelarmor.<region>.rep.googleapis.com`. */
const MODEL_ARMOR = /^modelarmor\./i;

export const noModelArmor = stackPolicy({
  name: "no-model-armor",
  description:
    "No extension puts Model Armor on a multi-cluster gateway, which does not support it.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Remove the extension from the multi-cluster Gateway; Model Armor filters behind " +
    "single-cluster Gateways only, or is called by the application itself.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/about-multi-cluster-inference-gateway",
  settings: {},

  *judge(stack) {
    const known = new GatewaysByName(stack);
    for (const extension of extensionKinds.flatMap((kind) => stack.select(kind))) {
      for (const target of known.targetsOf(extension)) {
        yield* serviceFindings(extension, target);
      }
    }
  },
});

/** The multi-cluster Gateways of a stack, by the names that extensions use. */
class GatewaysByName {
  private readonly stack: Stack;
  private readonly byPlace = new Map<string, Resource>();
  private readonly byUrn = new Map<string, Resource>();

  constructor(stack: Stack) {
    this.stack = stack;
    for (const gateway of stack.select(gateways)) {
      if (isMultiCluster(classOf(gateway))) {
        const name = gateway.props.at("metadata", "name").text;
        this.byUrn.set(gateway.urn, gateway);
        if (name !== undefined) {
          this.byPlace.set(this.place(gateway, name), gateway);
        }
      }
    }
  }

  targetsOf(extension: Resource): readonly Resource[] {
    const targets = extension.props.at("spec", "targetRefs").items ?? [];
    const named = targets
      .filter((target) => (target.at("kind").text ?? "Gateway") === "Gateway")
      .flatMap((target) => this.targetsAt(target, extension));
    return [...new Set(named)];
  }

  /** If the name of a Gateway is not known, the source of the reference identifies it. */
  private targetsAt(target: Value, extension: Resource): readonly Resource[] {
    const { text, unknown } = target.at("name");
    if (unknown) {
      return extension.dependenciesOf("spec").flatMap((urn) => this.byUrn.get(urn) ?? []);
    }
    return text === undefined ? [] : [this.byPlace.get(this.place(extension, text)) ?? []].flat();
  }

  /** Key of cluster, namespace and name; the source stands for a namespace that is not known. */
  private place(object: Resource, name: string): string {
    const namespace = object.props.at("metadata", "namespace");
    const source = object.dependenciesOf("metadata").join();
    const where = namespace.unknown
      ? `from ${source || object.urn}`
      : (namespace.text ?? "default");
    return JSON.stringify([fleetOf(this.stack).memberOf(object).key, where, name]);
  }
}

function* serviceFindings(extension: Resource, gateway: Resource): Generator<Finding> {
  const services = entriesAt(extension.props.at("spec"), "extensionChains")
    .flatMap((chain) => entriesAt(chain, "extensions"))
    .map((entry) => fieldOf(entry, "googleAPIServiceName"));
  for (const service of services) {
    if (service.unknown) {
      yield on(extension, pending(service));
    } else if (MODEL_ARMOR.test(service.text ?? "")) {
      const problem = `Model Armor does not work on the multi-cluster Gateway ${gateway.name}`;
      const fix = "remove the extension, or use a single-cluster Gateway for it";
      yield on(extension, violation(service, problem, fix));
    }
  }
}
