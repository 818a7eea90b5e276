import { fleetOf } from "../fleet/fleet";
import { secrets } from "../fleet/kinds";
import { Namespaces } from "../fleet/namespaces";
import {
  entriesAt,
  type Finding,
  nameHint,
  pending,
  type Resource,
  type Stack,
  type Value,
  violation,
} from "../frame";

import type { ClassedGateway } from "./gkeGateways";

/** TLS options by which GKE finds certificates of Google Cloud. */
const OPTIONS = ["networking.gke.io/cert-manager-certs", "networking.gke.io/pre-shared-certs"];

/** Annotation with a certificate map, which only global load balancers take. */
const MAP = "networking.gke.io/certmap";
const TAKES_MAP = /^gke-l7-(global-external-managed|gxlb)(-mc)?$/;

/** What a Secret with a certificate holds. */
const ENTRIES = ["tls.crt", "tls.key"];

/** The certificates of the listeners of a stack. */
export class Certificates {
  private readonly stack: Stack;
  private readonly namespaces: Namespaces;
  private readonly secrets: ReadonlyMap<string, Resource>;

  constructor(stack: Stack) {
    this.stack = stack;
    this.namespaces = new Namespaces(stack);
    this.secrets = new Map(
      stack.select(secrets).map((secret) => {
        const name = secret.props.at("metadata", "name").text;
        return [this.placeOf(secret, this.namespaces.of(secret), name), secret] as const;
      }),
    );
  }

  /** What is wrong with the certificates of a Gateway, or of a patch of one. */
  *findings({ gateway, gatewayClass }: ClassedGateway): Generator<Finding> {
    for (const listener of entriesAt(gateway.props.at("spec"), "listeners")) {
      const tls = listener.at("tls");
      for (const ref of tls.unknown ? [] : entriesAt(tls, "certificateRefs")) {
        yield* this.referenceFindings(gateway, ref);
      }
      yield* optionFindings(tls.at("options"));
      if (listener.at("protocol").text === "HTTPS") {
        yield* httpsFindings(tls, gateway, gatewayClass);
      }
    }
  }

  private *referenceFindings(gateway: Resource, ref: Value): Generator<Finding> {
    const [group, kind, name] = [ref.at("group"), ref.at("kind"), ref.at("name")];
    if (group.present && group.raw !== "") {
      yield violation(group, `${group} is not the group of a Secret`, 'write "", or leave it out');
    }
    if (kind.present && kind.raw !== "Secret") {
      yield violation(kind, `GKE takes no certificate of a ${kind}`, "name a Secret");
    }
    if (name.absent || name.raw === "") {
      yield violation(name, namesNone(name), "write the name of a Secret");
      return;
    }
    const own = ref.at("namespace");
    const namespace = own.absent ? this.namespaces.of(gateway) : own.text;
    const secret = this.secrets.get(this.placeOf(gateway, namespace, name.text));
    const missing = secret === undefined ? [] : entriesMissing(secret);
    if (missing.length > 0) {
      const problem = `Secret ${name} has no ${missing.join(" and no ")}`;
      yield violation(name, problem, "name one with a certificate");
    }
  }

  private placeOf(object: Resource, namespace: string | undefined, name: string | undefined) {
    return JSON.stringify([fleetOf(this.stack).memberOf(object).key, namespace, name]);
  }
}

/** Entries that a Secret of this stack lacks; none if its content is not known. */
function entriesMissing({ props }: Resource): readonly string[] {
  const parts = [props.at("data"), props.at("stringData")];
  if (parts.some((part) => part.unknown)) {
    return [];
  }
  return ENTRIES.filter((entry) => parts.every((part) => part.at(entry).absent));
}

function* optionFindings(options: Value): Generator<Finding> {
  for (const [key, option] of options.fields ?? []) {
    if (!OPTIONS.includes(key)) {
      const fix = nameHint(key, OPTIONS, `GKE knows ${OPTIONS.join(", ")}`);
      yield violation(option, "GKE knows no such option", fix);
    } else if (option.absent || option.text?.replaceAll(",", "").trim() === "") {
      yield violation(option, namesNone(option), "write the name of one");
    }
  }
}

function namesNone(value: Value): string {
  return `${value.absent ? "is not set, so it" : value} names no certificate`;
}

/** The API server refuses HTTPS in passthrough mode, so the mode is judged first. */
function* httpsFindings(tls: Value, gateway: Resource, gatewayClass: string): Generator<Finding> {
  const mode = tls.at("mode");
  if (mode.present && mode.raw !== "" && mode.raw !== "Terminate") {
    const fix = 'write "Terminate", with a certificate, or TLS for the protocol';
    yield violation(mode, `${mode} is not a mode for HTTPS, which the listener decrypts`, fix);
    return;
  }
  if (mode.unknown && !tls.unknown) {
    yield pending(mode);
  }
  yield* absenceFindings(tls, gateway, gatewayClass);
}

function* absenceFindings(tls: Value, gateway: Resource, gatewayClass: string): Generator<Finding> {
  const [refs, options] = [tls.at("certificateRefs"), tls.at("options")];
  const hidden = [tls, refs, options].find(({ unknown }) => unknown);
  if (hidden !== undefined) {
    yield pending(hidden);
    return;
  }
  const given = [...(refs.items ?? []), ...(options.fields ?? [])];
  const map = gateway.props.at("metadata", "annotations", MAP);
  if (given.length > 0 || (map.given && TAKES_MAP.test(gatewayClass))) {
    return;
  }
  const problem = map.absent
    ? "names no certificate, and HTTPS needs one"
    : `names no certificate, and a Gateway of class ${gatewayClass} takes no certificate map`;
  yield violation(tls, problem, `set certificateRefs, or options["${OPTIONS[0]}"]`);
}
