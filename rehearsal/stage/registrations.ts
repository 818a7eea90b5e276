import type {
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

/** One resource as a program or a component registered it. */
export interface Registration {
  type: string;
  name: string;
  /** `type::name` */
  id: string;
  /** As the engine gets them: a secret is an object with a mark and the value; what is not known yet is `UNKNOWN`. */
  raw: Record<string, unknown>;
  /** The same without the marks of secrets. */
  inputs: Record<string, unknown>;
  /** Top-level inputs that are secret. */
  secretInputs: string[];
  /** Its component, as `type::name` like every other resource here; undefined at the top. */
  parent: string | undefined;
  provider: string | undefined;
  /** What it waits for, in the order of the alphabet: `dependsOn` and the resources whose outputs it takes. */
  dependsOn: string[];
  /** The resources that the values of each input come from; inputs that come from none are left out. */
  propertyDependencies: Record<string, string[]>;
  custom: boolean;
  protect: boolean;
  deleteBeforeReplace: boolean;
  ignoreChanges: string[];
  replaceOnChanges: string[];
  /** Those that were given, as `30m`. */
  timeouts: { create?: string; update?: string; delete?: string };
}

/** Resources that were registered, in order. */
export interface Registrations {
  registrations: Registration[];
}

/** Everything that the program reported to the engine. */
export interface Recorded extends Registrations {
  /** What components, or the stack, gave as their outputs; like `raw` with the marks of secrets. */
  componentOutputs: unknown[];
}

/** The key by which the engine knows an object that stands for a secret. */
const SECRET = "4dabf18193072939515e22adb298388d";

/** Notes each request before the mocks answer it: parents, edges and options are nowhere else. */
export function record(monitor: MockMonitor): Recorded {
  const recorded: Recorded = { registrations: [], componentOutputs: [] };
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request: RegisterResourceRequest, callback) => {
    recorded.registrations.push(registrationOf(request));
    return register(request, callback);
  };
  const registerOutputs = monitor.registerResourceOutputs.bind(monitor);
  monitor.registerResourceOutputs = (request: RegisterResourceOutputsRequest, callback) => {
    recorded.componentOutputs.push(request.getOutputs()?.toJavaScript());
    registerOutputs(request, callback);
  };
  return recorded;
}

function registrationOf(request: RegisterResourceRequest): Registration {
  const raw = (request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>;
  return {
    type: request.getType(),
    name: request.getName(),
    id: `${request.getType()}::${request.getName()}`,
    raw,
    inputs: plain(raw) as Record<string, unknown>,
    secretInputs: Object.keys(raw).filter((key) => isSecret(raw[key])),
    parent: shortUrn(request.getParent()),
    // The engine's reference to a provider ends with its id.
    provider: shortUrn(request.getProvider().split("::").slice(0, -1).join("::")),
    dependsOn: request
      .getDependenciesList()
      .map((urn) => shortUrn(urn) ?? urn)
      .sort(),
    propertyDependencies: propertyDependenciesOf(request),
    custom: request.getCustom(),
    protect: request.getProtect() ?? false,
    deleteBeforeReplace: request.getDeletebeforereplace(),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    timeouts: timeoutsOf(request),
  };
}

function propertyDependenciesOf(request: RegisterResourceRequest): Record<string, string[]> {
  const sources = [...request.getPropertydependenciesMap().entries()].map(
    ([property, urns]) =>
      [property, urns.getUrnsList().map((urn) => shortUrn(urn) ?? urn)] as const,
  );
  return Object.fromEntries(sources.filter(([, ids]) => ids.length > 0));
}

function timeoutsOf(request: RegisterResourceRequest): Registration["timeouts"] {
  const given = request.getCustomtimeouts();
  const timeouts = {
    create: given?.getCreate(),
    update: given?.getUpdate(),
    delete: given?.getDelete(),
  };
  return Object.fromEntries(Object.entries(timeouts).filter(([, timeout]) => timeout));
}

/** `urn:...::parentType$type::name` as `type::name`. */
function shortUrn(urn: string): string | undefined {
  const [type, name] = urn.split("::").slice(-2);
  return type && name ? `${type.split("$").pop()}::${name}` : undefined;
}

/** Drops the marks of secrets. */
export function plain(value: unknown): unknown {
  return mapped(value, (secret) => plain(secret.value));
}

/** What is left when everything that is marked as a secret is taken out. */
export function withoutSecrets(value: unknown): unknown {
  return mapped(value, () => "[secret]");
}

function mapped(value: unknown, onSecret: (secret: { value?: unknown }) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapped(item, onSecret));
  if (typeof value !== "object" || value === null) return value;
  if (isSecret(value)) return onSecret(value);
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, mapped(v, onSecret)]));
}

function isSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && SECRET in value;
}

/** @throws where no such resource was registered */
export function find({ registrations }: Registrations, id: string): Registration {
  const found = registrations.find((registration) => registration.id === id);
  if (found) return found;
  throw new Error(`there is no ${id} among ${registrations.map((each) => each.id).join(", ")}`);
}

/** The children of a component, to all depths, as `type::name`, in alphabetical order. */
export function childrenOf({ registrations }: Registrations, component: string): string[] {
  const children = registrations.filter(({ parent }) => parent === component).map(({ id }) => id);
  return [...children, ...children.flatMap((id) => childrenOf({ registrations }, id))].sort();
}
