import { at, JsonObject } from "../../json";
import { compareVersions } from "../gkeVersions";
import { Condition } from "./filledIn";

const versionOf = ({ currentMasterVersion, version }: JsonObject) =>
  String(currentMasterVersion ?? version);

/** @param minor of GKE, such as `1.35` */
export const from = (minor: string): Condition => ({
  words: `GKE ${minor} and later`,
  holds: (resource) => compareVersions(versionOf(resource), minor) >= 0,
});

export const before = (minor: string): Condition => ({
  words: `GKE before ${minor}`,
  holds: (resource) => compareVersions(versionOf(resource), minor) < 0,
});

/** A cluster may be reached by IP address, which it may unless it says otherwise. */
export const WITH_IP_ENDPOINTS: Condition = {
  words: "IP endpoints are on",
  holds: (cluster) =>
    at(cluster, "controlPlaneEndpointsConfig.ipEndpointsConfig.enabled") !== false,
};

export const has = (field: string, words: string): Condition => ({
  words,
  holds: (resource) => at(resource, field) !== undefined,
});

export const is = (field: string, value: boolean | string, words: string): Condition => ({
  words,
  holds: (resource) => at(resource, field) === value,
});
