import { isMap, PropertyMap, Value } from "../../plugin";
import { Json } from "../engine/json";
import { sameIgnoringCase, sameLink } from "../engine/names";
import { projectOf } from "../engine/place";
import { ResourceType } from "../engine/resource";
import { rest } from "../engine/rest";
import { block, blockSet, bool, isZero, list, map, num, Schema, set, str } from "../engine/schema";
import { each } from "../engine/translate";
import { omit } from "../engine/values";
import { between, computeName } from "./checks";
import { COMPUTE, networkPath, nonEmpty } from "./computeApi";

const protocol = { ports: list("O"), protocol: str("R", { same: sameIgnoringCase }) };

const properties: Schema = {
  allows: blockSet("O", protocol, "allow"),
  creationTimestamp: str("C"),
  deletionPolicy: str("OCL"),
  denies: blockSet("O", protocol, "deny"),
  description: str("O"),
  destinationRanges: set("OC"),
  direction: str("OCF", { allowed: ["INGRESS", "EGRESS"] }),
  disabled: bool("O"),
  enableLogging: bool("OC"),
  logConfig: block("O", {
    metadata: str("R", { allowed: ["EXCLUDE_ALL_METADATA", "INCLUDE_ALL_METADATA"] }),
  }),
  name: str("OF", { check: computeName }),
  network: str("R", { same: sameLink }),
  params: block("OFL", { resourceManagerTags: map("O") }),
  priority: num("O", { default: 1000, check: between(0, 65535) }),
  project: str("OCF"),
  selfLink: str("C"),
  sourceRanges: set("O"),
  sourceServiceAccounts: set("O"),
  sourceTags: set("O"),
  targetServiceAccounts: set("O"),
  targetTags: set("O"),
};

const SOURCES = ["sourceRanges", "sourceTags", "sourceServiceAccounts"];

export const firewall: ResourceType = {
  token: "gcp:compute/firewall:Firewall",
  upstream: "ComputeFirewall",
  properties,
  autoName: { property: "name", maxLength: 255, lowercase: false },
  constraints: [
    { conflict: "sourceServiceAccounts", with: ["sourceTags", "targetTags"] },
    { conflict: "sourceTags", with: ["sourceServiceAccounts", "targetServiceAccounts"] },
    { conflict: "targetServiceAccounts", with: ["sourceTags", "targetTags"] },
    { conflict: "targetTags", with: ["sourceServiceAccounts", "targetServiceAccounts"] },
    { exactlyOneOf: ["allows", "denies"] },
  ],
  plan: (inputs) => {
    if (inputs.direction === "EGRESS" || SOURCES.some((source) => !isZero(inputs[source]))) return;
    throw new Error(
      "one of source_tags, source_ranges, or source_service_accounts must be defined",
    );
  },
  backend: rest({
    ...COMPUTE,
    title: "Firewall",
    properties,
    name: (inputs, config) =>
      `projects/${projectOf(inputs, config)}/global/firewalls/${String(inputs.name)}`,
    toApi: ({ direction, ...inputs }, name) => ({
      ...ruleOf(inputs, name),
      ...(direction !== undefined && { direction }),
    }),
    updates: [
      {
        properties: Object.keys(properties),
        // An emptied list is left out, and so stays as it was: so does the real one.
        send: (after, { url }) => ({
          body: omit(ruleOf(after, url.replace(`${COMPUTE.base}/`, "")), "direction", "name"),
        }),
      },
    ],
    fromApi: ({ allowed, denied, logConfig, ...json }, name): PropertyMap => {
      const log = logConfig as PropertyMap | undefined;
      const [allows, denies] = [each(allowed, ruleFromApi), each(denied, ruleFromApi)];
      return {
        ...(json as PropertyMap),
        ...(allows && { allows }),
        ...(denies && { denies }),
        ...(log?.enable === true && { logConfig: { metadata: log.metadata ?? null } }),
        enableLogging: log?.enable === true,
        project: name.split("/")[1] ?? "",
      };
    },
  }),
};

function ruleOf(inputs: PropertyMap, name: string): Json {
  const { allows, denies, logConfig, priority, disabled, description, ...others } = inputs;
  const log = isMap(logConfig)
    ? { enable: true, ...logConfig }
    : { enable: inputs.enableLogging === true };
  return {
    ...nonEmpty(omit(others, "project", "enableLogging")),
    network: networkPath(inputs.network, name),
    priority,
    logConfig: log,
    ...(disabled !== undefined && { disabled }),
    ...(description !== undefined && { description }),
    ...(isZero(allows) ? {} : { allowed: each(allows, ruleToApi) }),
    ...(isZero(denies) ? {} : { denied: each(denies, ruleToApi) }),
  };
}

function ruleToApi({ protocol: IPProtocol, ports }: Json): Json {
  return { IPProtocol, ...(isZero(ports as Value | undefined) ? {} : { ports }) };
}

function ruleFromApi({ IPProtocol, ports }: Json): Json {
  return { protocol: IPProtocol, ...(ports !== undefined && { ports }) };
}
