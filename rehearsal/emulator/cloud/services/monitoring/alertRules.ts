import { ApiError } from "../../errors";
import { isObject, Json, JsonObject } from "../../json";
import { secondsOf, wrong, wrongField } from "./common";
import { metricsIn } from "./promql";

// Source of each number: the reference of `AlertPolicy` and of what is in it.
const MOST_CONDITIONS = 6;
const LONGEST_TITLE = 512;
const LONGEST_CONTENT = { characters: 8192, bytes: 10_240 };
const MOST_LINKS = 3;
const EVALUATION_STEP = 30;
const CHANNEL_NAME = /^projects\/[^/]+\/notificationChannels\/[^/]+$/;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * Rules of the reference of `projects.alertPolicies`. The words are made after recorded ones, unless a source is named.
 * @throws ApiError
 */
export function checkAlertPolicy(policy: JsonObject, exists: (channel: string) => boolean): void {
  const { displayName, conditions, documentation, notificationChannels } = policy;
  const title = textOf(displayName);
  if (title === "" || [...title].length > LONGEST_TITLE) {
    const why = `The name is required, and at most ${LONGEST_TITLE} characters long.`;
    throw wrongField("alert_policy.display_name", title.slice(0, 20), why);
  }
  const all = objectsIn(conditions);
  if (all.length < 1 || all.length > MOST_CONDITIONS) {
    const why = `A policy can have from one to six conditions.`;
    throw wrongField("alert_policy.conditions", all.length, why);
  }
  all.forEach((condition, i) => checkCondition(condition, `alert_policy.conditions[${i}]`));
  if (isObject(documentation)) checkDocumentation(documentation);
  const channels = Array.isArray(notificationChannels) ? notificationChannels.map(textOf) : [];
  channels.forEach((channel) => checkChannel(channel, exists));
}

function checkCondition(condition: JsonObject, field: string): void {
  const { conditionPrometheusQueryLanguage: promql } = condition;
  if (isObject(promql)) {
    checkPromql(promql, `${field}.condition_prometheus_query_language`);
    return;
  }
  if (Object.keys(condition).some((key) => key.startsWith("condition"))) return;
  // Source: GoogleCloudPlatform/php-docs-samples#1231.
  throw wrongField(
    `${field}.condition_case`,
    "0",
    'Condition subtype (e.g. "condition_absent","condition_threshold", etc.) is absent or unknown.',
  );
}

function checkPromql(promql: JsonObject, field: string): void {
  const { duration = "0s", evaluationInterval = "30s", alertRule = "", labels } = promql;
  const query = textOf(promql.query);
  const metrics = metricsIn(query);
  if (metrics === undefined) {
    throw wrongField(`${field}.query`, query, "The query is not a PromQL expression.");
  }
  if (secondsOf(textOf(duration)) < 0) {
    throw wrongField(`${field}.duration`, textOf(duration), "Must be a non-negative duration.");
  }
  const step = secondsOf(textOf(evaluationInterval));
  if (step <= 0 || step % EVALUATION_STEP !== 0) {
    const why = "Must be a positive multiple of 30 seconds.";
    throw wrongField(`${field}.evaluation_interval`, textOf(evaluationInterval), why);
  }
  const names = [textOf(alertRule), ...Object.keys(isObject(labels) ? labels : {})];
  const name = names.find((each) => each !== "" && !LABEL_NAME.test(each));
  if (name !== undefined) {
    throw wrongField(field, name, "Must be a valid Prometheus label name.");
  }
  if (promql.disableMetricValidation !== true) checkMetrics(metrics, `${field}.query`);
}

/**
 * A metric that nobody has reported is refused, unless the policy says not to look; here nobody reports any, and those
 * of Google's own services are always known. Source: superserve-ai/sandbox#370, and the reference of
 * `disableMetricValidation`.
 */
function checkMetrics(metrics: string[], field: string): void {
  const unknown = metrics.find((metric) => !/^(\w+_googleapis_com|kubernetes_io):/.test(metric));
  if (unknown === undefined) return;
  throw wrongField(field, unknown, "The metric was not found in the project.");
}

function checkDocumentation({ content, mimeType, links }: JsonObject): void {
  const field = "alert_policy.documentation";
  const text = textOf(content);
  const { characters, bytes } = LONGEST_CONTENT;
  if ([...text].length > characters || Buffer.byteLength(text) > bytes) {
    const why = `The content may not exceed ${characters} characters and ${bytes} bytes.`;
    throw wrongField(`${field}.content`, `${text.slice(0, 20)}...`, why);
  }
  if (text !== "" && textOf(mimeType) !== "text/markdown") {
    const why = 'Only "text/markdown" is supported.';
    throw wrongField(`${field}.mime_type`, textOf(mimeType), why);
  }
  const count = objectsIn(links).length;
  if (count > MOST_LINKS) throw wrongField(`${field}.links`, count, "At most 3 are supported.");
}

/** Sources: crossplane-contrib/provider-upjet-gcp#498; hashicorp/terraform-provider-google#25878. */
function checkChannel(channel: string, exists: (channel: string) => boolean): void {
  if (!CHANNEL_NAME.test(channel)) {
    throw wrong(
      `Name must begin with 'projects/{project_id}/notificationChannels/{channel_id}', got: ${channel}`,
    );
  }
  if (!exists(channel)) throw new ApiError("NOT_FOUND", "Notification channel not found");
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function objectsIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
