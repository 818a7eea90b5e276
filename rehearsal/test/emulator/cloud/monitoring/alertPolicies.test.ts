import { PROJECT, TestCloud } from "../support/testCloud";
import { CONDITION, makeChannel, makePolicy, POLICIES, POLICY, PROMQL, V3 } from "./support/alerts";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start(["monitoring"]);
});
afterEach(() => cloud.stop());

const withPromql = (promql: object) => ({
  conditions: [{ conditionPrometheusQueryLanguage: { ...PROMQL, ...promql } }],
});

describe("an alert policy", () => {
  it("is made, listed, changed as its mask says, and deleted", async () => {
    const made = await makePolicy(cloud);
    const { name } = made;
    const url = `${V3}/${String(name)}`;
    const record = {
      mutateTime: expect.stringMatching(/Z$/),
      mutatedBy: expect.stringMatching(/./),
    };
    expect(made).toEqual({
      ...POLICY,
      name: expect.stringMatching(new RegExp(`^projects/${PROJECT}/alertPolicies/\\d+$`)),
      enabled: true,
      conditions: [
        { ...CONDITION, name: expect.stringMatching(/\/alertPolicies\/\d+\/conditions\/\d+$/) },
      ],
      creationRecord: record,
      mutationRecord: record,
    });
    expect(await cloud.run("GET", url)).toEqual(made);
    expect(await cloud.run("GET", POLICIES)).toEqual({ alertPolicies: [made], totalSize: 1 });
    const asked = { displayName: "Other", severity: "CRITICAL" };
    const changed = await cloud.run("PATCH", `${url}?updateMask=displayName`, asked);
    expect(changed).toMatchObject({ name, displayName: "Other", conditions: made.conditions });
    expect(changed).not.toHaveProperty("severity");
    expect(await cloud.run("DELETE", url)).toEqual({});
    await expect(cloud.run("GET", url)).rejects.toThrow("404 Requested entity was not found.");
    expect(await cloud.run("GET", POLICIES)).toEqual({});
  });

  it("is replaced by a change without a mask", async () => {
    const { name, conditions } = await makePolicy(cloud, { severity: "ERROR" });
    const url = `${V3}/${String(name)}`;
    const changed = await cloud.run("PATCH", url, { ...POLICY, conditions });
    expect(changed).toMatchObject({ name, conditions });
    expect(changed).not.toHaveProperty("severity");
  });

  it("cannot change what the server sets", async () => {
    const { name } = await makePolicy(cloud);
    await expect(
      cloud.run("PATCH", `${V3}/${String(name)}?updateMask=name`, POLICY),
    ).rejects.toThrow('400 Invalid update_mask: "name" cannot be changed, but alertStrategy,');
  });

  it.each([
    [
      "has a name",
      { displayName: "" },
      'Field alert_policy.display_name had an invalid value of "": The name is required, and at most 512 characters long.',
    ],
    [
      "has a name of at most 512 characters",
      { displayName: "x".repeat(513) },
      `Field alert_policy.display_name had an invalid value of "${"x".repeat(20)}": The name is`,
    ],
    [
      "has a condition",
      { conditions: [] },
      'Field alert_policy.conditions had an invalid value of "0": A policy can have from one to six conditions.',
    ],
    [
      "has at most six conditions",
      { conditions: new Array(7).fill(CONDITION) },
      'Field alert_policy.conditions had an invalid value of "7": A policy can have from one to six conditions.',
    ],
    [
      "has conditions of a kind",
      { conditions: [{ displayName: "down" }] },
      'Field alert_policy.conditions[0].condition_case had an invalid value of "0": Condition subtype (e.g. "condition_absent","condition_threshold", etc.) is absent or unknown.',
    ],
    [
      "asks for something",
      withPromql({ query: "" }),
      'Field alert_policy.conditions[0].condition_prometheus_query_language.query had an invalid value of "": The query is not a PromQL expression.',
    ],
    [
      "asks in PromQL",
      withPromql({ query: "sum(up" }),
      'Field alert_policy.conditions[0].condition_prometheus_query_language.query had an invalid value of "sum(up": The query is not a PromQL expression.',
    ],
    [
      "waits no negative time",
      withPromql({ duration: "-1s" }),
      'Field alert_policy.conditions[0].condition_prometheus_query_language.duration had an invalid value of "-1s": Must be a non-negative duration.',
    ],
    [
      "is evaluated every 30 seconds or a multiple",
      withPromql({ evaluationInterval: "45s" }),
      'Field alert_policy.conditions[0].condition_prometheus_query_language.evaluation_interval had an invalid value of "45s": Must be a positive multiple of 30 seconds.',
    ],
    [
      "is evaluated sometimes",
      withPromql({ evaluationInterval: "0s" }),
      'Field alert_policy.conditions[0].condition_prometheus_query_language.evaluation_interval had an invalid value of "0s": Must be a positive multiple of 30 seconds.',
    ],
    [
      "names its rule as Prometheus does",
      withPromql({ alertRule: "my-rule" }),
      'Field alert_policy.conditions[0].condition_prometheus_query_language had an invalid value of "my-rule": Must be a valid Prometheus label name.',
    ],
    [
      "has labels with names of Prometheus",
      withPromql({ labels: { "a-b": "c" } }),
      'Field alert_policy.conditions[0].condition_prometheus_query_language had an invalid value of "a-b": Must be a valid Prometheus label name.',
    ],
    [
      "asks for metrics that are reported, unless it says not to look",
      withPromql({ query: "vllm:kv_cache_usage_perc > 1", disableMetricValidation: false }),
      'Field alert_policy.conditions[0].condition_prometheus_query_language.query had an invalid value of "vllm:kv_cache_usage_perc": The metric was not found in the project.',
    ],
    [
      "is documented in at most 8192 characters",
      { documentation: { content: "x".repeat(8193), mimeType: "text/markdown" } },
      "Field alert_policy.documentation.content had an invalid value of",
    ],
    [
      "is documented in at most 10240 bytes",
      { documentation: { content: "ü".repeat(5121), mimeType: "text/markdown" } },
      "Field alert_policy.documentation.content had an invalid value of",
    ],
    [
      "is documented in Markdown",
      { documentation: { content: "x", mimeType: "text/plain" } },
      'Field alert_policy.documentation.mime_type had an invalid value of "text/plain": Only "text/markdown" is supported.',
    ],
    [
      "has at most three links",
      { documentation: { links: new Array(4).fill({ url: "https://example.com" }) } },
      'Field alert_policy.documentation.links had an invalid value of "4": At most 3 are supported.',
    ],
    [
      "names its channels in full",
      { notificationChannels: ["us"] },
      "Name must begin with 'projects/{project_id}/notificationChannels/{channel_id}', got: us",
    ],
  ])("%s", async (_, change, message) => {
    await expect(makePolicy(cloud, change)).rejects.toThrow(`400 ${message}`);
  });

  it("asks for Google's own metrics without more ado", async () => {
    const query = "rate(loadbalancing_googleapis_com:https_internal_request_count[5m]) > 1";
    await makePolicy(cloud, withPromql({ query, disableMetricValidation: false }));
  });

  it("has channels that are there", async () => {
    const name = await makeChannel(cloud);
    const gone = name.replace(/\d+$/, "1");
    await expect(makePolicy(cloud, { notificationChannels: [name, gone] })).rejects.toThrow(
      "404 Notification channel not found",
    );
    const made = await makePolicy(cloud, { notificationChannels: [name] });
    expect(made).toMatchObject({ notificationChannels: [name] });
    const url = `${V3}/${String(made.name)}?updateMask=notificationChannels`;
    await expect(cloud.run("PATCH", url, { notificationChannels: [gone] })).rejects.toThrow(
      "404 Notification channel not found",
    );
  });
});
