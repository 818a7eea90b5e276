import type { Targets } from "../balancing/targets";
import {
  allOn,
  entriesAt,
  fieldOf,
  type Finding,
  listed,
  nameHint,
  on,
  pending,
  quoted,
  requireValue,
  type Resource,
  type Value,
  violation,
} from "../frame";

import { classOf } from "./gatewayClass";
import { sharesHostname } from "./hostnames";
import type { Parent } from "./routeParents";

/** Protocols of GKE's classes for HTTP. */
const PROTOCOLS = ["HTTP", "HTTPS"];

/**
 * Classes that pass TLS through undecrypted, to the backends of a TLSRoute. Source: "Deploy a TLS
 * passthrough Gateway" of GKE's documentation, 2026-11.
 */
const PASSES_TLS =
  /^gke-l7-(regional-external-managed(-mc)?|rilb(-mc)?|cross-regional-internal-managed-mc)$/;

/** Listeners of a Gateway of GKE with a protocol that it does not serve. */
export function* protocolFindings(gateway: Resource): Generator<Finding> {
  const gatewayClass = classOf(gateway).text ?? "";
  if (!gatewayClass.startsWith("gke-l7-")) {
    return;
  }
  for (const listener of entriesAt(gateway.props.at("spec"), "listeners")) {
    const protocol = fieldOf(listener, "protocol");
    if (protocol.unknown) {
      yield on(gateway, pending(protocol));
    } else if (protocol.text === "TLS" && PASSES_TLS.test(gatewayClass)) {
      yield* passthroughFindings(gateway, listener);
    } else if (protocol.present && !PROTOCOLS.includes(protocol.text ?? "")) {
      const problem = `${protocol} is not a protocol that a Gateway of GKE serves`;
      yield on(gateway, violation(protocol, problem, `write ${PROTOCOLS.join(" or ")}`));
    }
  }
}

function passthroughFindings(gateway: Resource, listener: Value): Iterable<Finding> {
  const mode = listener.at("tls", "mode");
  const rule = "and GKE serves TLS undecrypted only";
  const findings = requireValue(mode, {
    whenAbsent: `is not set, which stands for Terminate, ${rule}`,
    allowed: ["Passthrough"],
    whenWrong: `is ${mode}, ${rule}`,
    fix: 'write "Passthrough", or HTTPS for the protocol',
  });
  return allOn(gateway, findings);
}

/** Findings if a Gateway's listeners, or the one that the route names, do not admit the route. */
export function* admissionFindings(
  { ref, target }: Parent,
  gateway: Resource,
  targets: Targets,
): Generator<Finding> {
  if (target === undefined) {
    return;
  }
  const listeners = entriesAt(gateway.props.at("spec"), "listeners");
  const section = ref.at("sectionName");
  const named = section.present ? listeners.filter((each) => mayBeNamed(each, section)) : listeners;
  if (section.unknown) {
    yield on(target.holder, pending(section));
  } else if (section.present && named.length === 0) {
    yield on(target.holder, noListener(section, listeners, gateway));
  }
  const namespaces = {
    route: targets.namespaceOf(target.holder),
    gateway: targets.namespaceOf(gateway),
  };
  yield* hostnameFindings(target.holder, gateway, named);
  const answers = named.map((listener) => admits(listener, namespaces));
  if (answers.length > 0 && !answers.includes(true)) {
    const hidden = answers.find((answer) => typeof answer !== "boolean");
    const where = section.present ? ` at listener ${section}` : "";
    const from = namespaces.route === undefined ? "" : ` of namespace ${namespaces.route}`;
    const problem = `Gateway ${gateway.name} admits no HTTPRoute${from}${where}`;
    yield hidden === undefined
      ? on(target.holder, violation(ref, problem, "admit it by the listener's allowedRoutes"))
      : on(gateway, pending(hidden));
  }
}

/** A route is attached to a listener only if both have a name in common. */
function* hostnameFindings(
  route: Resource,
  gateway: Resource,
  listeners: readonly Value[],
): Generator<Finding> {
  const known = listeners.filter(({ unknown }) => !unknown);
  const answers = known.map((listener) => sharesHostname(route, listener));
  const hidden = answers.find((answer) => typeof answer !== "boolean");
  if (known.length < listeners.length || known.length === 0 || answers.includes(true)) {
    return;
  }
  const hostnames = route.props.at("spec", "hostnames");
  if (hidden !== undefined) {
    const isOfRoute = hidden.keys.includes("hostnames");
    yield on(isOfRoute ? route : gateway, pending(hidden));
    return;
  }
  const names = [...new Set(known.map((listener) => listener.at("hostname").text ?? ""))];
  const problem =
    `${hostnames} has no name in common with Gateway ${gateway.name}, ` +
    `whose listeners are for ${listed(names)}, so the route is attached to none of them`;
  yield on(
    route,
    violation(
      hostnames,
      problem,
      nameHint(firstOf(hostnames), names, `write "${names[0]}"`, quoted),
    ),
  );
}

function firstOf(list: Value): string | undefined {
  return list.items?.[0]?.text;
}

function mayBeNamed(listener: Value, section: Value): boolean {
  const name = fieldOf(listener, "name");
  return name.unknown || name.raw === section.raw;
}

function noListener(section: Value, listeners: readonly Value[], gateway: Resource): Finding {
  const names = listeners.flatMap((listener) => listener.at("name").text ?? []);
  const one = names.length === 0 ? "leave it out" : `name one of these: ${names.join(", ")}`;
  const fix = nameHint(section.text, names, one);
  return violation(section, `${section} is not a listener of Gateway ${gateway.name}`, fix);
}

/** Namespaces of a route and of the Gateway of a listener. */
interface Namespaces {
  readonly route: string | undefined;
  readonly gateway: string | undefined;
}

/**
 * Whether `allowedRoutes` of a listener admits the HTTPRoutes of a namespace, or the unknown value
 * that decides. True if labels of the namespace decide.
 */
function admits(listener: Value, { route, gateway }: Namespaces): boolean | Value {
  const allowed = listener.at("allowedRoutes");
  const [from, kinds] = [allowed.at("namespaces", "from"), allowed.at("kinds")];
  const hidden = [listener, allowed, from, kinds].find(({ unknown }) => unknown);
  if (hidden !== undefined) {
    return hidden;
  }
  const taken = (kinds.items ?? []).map((each) => each.at("kind"));
  if (taken.length > 0 && taken.every(({ text }) => text !== undefined && text !== "HTTPRoute")) {
    return false;
  }
  switch (from.absent ? "Same" : from.text) {
    case "None":
      return false;
    case "Same":
      return route === gateway || route === undefined || gateway === undefined;
    default:
      return true;
  }
}
