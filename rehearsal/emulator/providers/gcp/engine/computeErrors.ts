import type { Json } from "./json";

/** One of the things that an operation of Compute Engine failed with. */
interface Fault {
  code?: string;
  message?: string;
  errorDetails?: Detail[];
}

interface Detail {
  quotaInfo?: Quota;
  localizedMessage?: { message?: string };
  help?: { links?: { description?: string; url?: string }[] };
}

interface Quota {
  metricName?: string;
  limitName?: string;
  limit?: number;
  futureLimit?: number;
  dimensions?: Record<string, string>;
}

/** Something that an operation needs is still being created: not a failure if the provider waits for it. */
export function isNotReady(operation: Json): boolean {
  return faultsOf(operation).some(({ code }) => code === "RESOURCE_NOT_READY");
}

/**
 * Why an operation of Compute Engine failed, in the official provider's words.
 * Source: `writeOperationError` in compute_operation.go of terraform-provider-google-beta, 93c65b2d60.
 */
export function failureOfCompute(operation: Json): string | undefined {
  const { error } = operation;
  return error ? faultsOf(operation).map(told).join("") : undefined;
}

function faultsOf({ error }: Json): Fault[] {
  return ((error ?? {}) as { errors?: Fault[] }).errors ?? [];
}

function told({ code, message = "", errorDetails = [] }: Fault): string {
  // An exceeded quota is reported in full, followed only by the errors before it.
  const quotaAt = errorDetails.findIndex(({ quotaInfo }) => code === "QUOTA_EXCEEDED" && quotaInfo);
  const quota = errorDetails[quotaAt]?.quotaInfo;
  const told = quota ? errorDetails.slice(0, quotaAt) : errorDetails;
  const localized = told.find((detail) => detail.localizedMessage)?.localizedMessage?.message;
  const link = told.flatMap(({ help }) => help?.links ?? [])[0];
  return [
    `${message}\n`,
    ...(quota ? exceeded(quota) : []),
    ...(localized ? [`\n\n${localized}\n`] : []),
    ...(link ? ["\n\n", line(link.description), line(link.url)] : []),
  ].join("");
}

function exceeded({ metricName = "", limitName = "", ...numbers }: Quota): string[] {
  const { limit, futureLimit, dimensions } = numbers;
  return [
    `\tmetric name = ${metricName}\n`,
    `\tlimit name = ${limitName}\n`,
    ...(limit ? [`\tlimit = ${limit}\n`] : []),
    ...(futureLimit
      ? [`\tfuture limit = ${futureLimit}\n`, "\trollout status = in progress\n"]
      : []),
    ...(dimensions ? [`\tdimensions = ${goMap(dimensions)}\n`] : []),
  ];
}

/** As Go prints one. */
function goMap(map: Record<string, string>): string {
  const keys = Object.keys(map).sort();
  return `map[${keys.map((key) => `${key}:${map[key] ?? ""}`).join(" ")}]`;
}

function line(text: string | undefined): string {
  return text ? `${text}\n` : "";
}
