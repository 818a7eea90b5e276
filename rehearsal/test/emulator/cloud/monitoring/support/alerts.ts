import { PROJECT, type TestCloud } from "../../support/testCloud";

/** The API of policies and channels. The name of one follows it in that one's URL. */
export const V3 = "https://monitoring.googleapis.com/v3";
export const POLICIES = `${V3}/projects/${PROJECT}/alertPolicies`;
export const CHANNELS = `${V3}/projects/${PROJECT}/notificationChannels`;

export const PROMQL = { query: "up < 1", duration: "300s", disableMetricValidation: true };
export const CONDITION = { displayName: "down", conditionPrometheusQueryLanguage: PROMQL };
export const POLICY = {
  displayName: "Gateway is down",
  combiner: "OR",
  conditions: [CONDITION],
  documentation: { content: "Look.", mimeType: "text/markdown" },
};

/** @param change fields that the policy has in place of, or beside, those of `POLICY` */
export function makePolicy(cloud: TestCloud, change: object = {}) {
  return cloud.run("POST", POLICIES, { ...POLICY, ...change });
}

/** @returns the name of a channel that sends an email */
export async function makeChannel(cloud: TestCloud): Promise<string> {
  const { name } = await cloud.run("POST", CHANNELS, { type: "email", displayName: "us" });
  return String(name);
}
