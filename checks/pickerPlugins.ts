import type { ChartVersion } from "../catalog/chartVersions";
import {
  ADDED_PICKER,
  FLOW_CONTROL_GATE,
  PICKER_SCHEMAS,
  type PickerSchema,
} from "../catalog/pickerPlugins";

import type { Refusal } from "./refusal";

/**
 * The reasons why the endpoint picker would not start with this body of an EndpointPickerConfig.
 * @param flowControl whether the program adds the gate of flow control
 */
export function pickerPluginProblems(
  body: Record<string, unknown>,
  version: ChartVersion,
  flowControl: boolean,
): Refusal[] {
  const schema = PICKER_SCHEMAS[version];
  const plugins = entriesOf(body, "plugins");
  return [
    ...[...unknownKeys(body, schema, version), ...notLists(body)],
    ...[...gateProblems(body, schema), ...flowControlProblems(body, flowControl)],
    ...[...typeProblems(plugins, schema, version), ...doubleNames(plugins)],
    ...doubleProfiles(entriesOf(body, "schedulingProfiles")),
    ...danglingReferences(body, plugins),
  ];
}

function unknownKeys(body: object, { keys }: PickerSchema, version: ChartVersion): Refusal[] {
  const written = ["apiVersion", "kind"];
  return Object.entries(body)
    .filter(([key]) => !keys.includes(key))
    .map(([key, given]) => ({
      path: [key],
      given,
      allowed: written.includes(key)
        ? "nothing: the program writes it"
        : `one of the keys of ${version}: ${keys.join(", ")}`,
    }));
}

function notLists(body: Record<string, unknown>): Refusal[] {
  return ["featureGates", "plugins", "schedulingProfiles"]
    .filter((key) => key in body && !Array.isArray(body[key]))
    .map((key) => ({ path: [key], given: body[key], allowed: "a list" }));
}

function gateProblems(body: Record<string, unknown>, { gates }: PickerSchema): Refusal[] {
  return listOf(body.featureGates).flatMap((given, i) =>
    typeof given === "string" && gates.includes(given)
      ? []
      : [{ path: ["featureGates", i], given, allowed: `one of ${gates.join(", ")}` }],
  );
}

function flowControlProblems(body: Record<string, unknown>, flowControl: boolean): Refusal[] {
  const allowed = "nothing, as `flowControl` is false; or set `flowControl` to true";
  if (flowControl) return [];
  const i = listOf(body.featureGates).indexOf(FLOW_CONTROL_GATE);
  return [
    ...(i < 0 ? [] : [{ path: ["featureGates", i], given: FLOW_CONTROL_GATE, allowed }]),
    ...("flowControl" in body ? [{ path: ["flowControl"], given: body.flowControl, allowed }] : []),
  ];
}

function typeProblems(plugins: Entry[], { types }: PickerSchema, version: ChartVersion): Refusal[] {
  return plugins
    .filter(({ value: { type } }) => typeof type !== "string" || !types.includes(type))
    .map(({ path, value: { type } }) => ({
      path: [...path, "type"],
      given: type,
      allowed: `a plugin of the endpoint picker ${version}: ${types.join(", ")}`,
    }));
}

function doubleNames(plugins: Entry[]): Refusal[] {
  const names = plugins.map(({ value }) => nameOf(value));
  return plugins
    .filter((_, i) => names.indexOf(names[i]) < i)
    .map(({ path, value }) => ({
      path: [...path, "name"],
      given: nameOf(value),
      allowed: "a name that no other plugin has; left out, it is the type",
    }));
}

function doubleProfiles(profiles: Entry[]): Refusal[] {
  const names = profiles.map(({ value }) => value.name);
  return profiles
    .filter((_, i) => names[i] !== undefined && names.indexOf(names[i]) < i)
    .map(({ path, value: { name } }) => ({
      path: [...path, "name"],
      given: name,
      allowed: "a name that no other profile has",
    }));
}

function danglingReferences(body: Record<string, unknown>, plugins: Entry[]): Refusal[] {
  const known = [...plugins.map(({ value }) => nameOf(value)), ADDED_PICKER];
  return entriesOf(body, "schedulingProfiles")
    .flatMap(({ path, value }) => entriesOf(value, "plugins", path))
    .filter(({ value: { pluginRef } }) => !known.includes(pluginRef))
    .map(({ path, value: { pluginRef } }) => ({
      path: [...path, "pluginRef"],
      given: pluginRef,
      allowed: `the name of a plugin: ${known.join(", ")}`,
    }));
}

interface Entry {
  path: (string | number)[];
  value: Record<string, unknown>;
}

/** The entries of a list of maps, each with its place. */
function entriesOf(
  holder: Record<string, unknown>,
  key: string,
  path: (string | number)[] = [],
): Entry[] {
  return listOf(holder[key]).map((value, i) => ({
    path: [...path, key, i],
    value: typeof value === "object" && value !== null ? { ...value } : {},
  }));
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function nameOf({ name, type }: Record<string, unknown>): unknown {
  return name ?? type;
}
