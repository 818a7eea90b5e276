import type { Json } from "./json";
import { Refusal, refusalOf } from "./refusal";

/** An operation of any of Google's APIs, as far as a waiting caller needs it. */
export interface Operation {
  name: string;
  /** URL of the call that began it. */
  url: string;
  done: boolean;
  failure?: Refusal;
  /** The call that says how it stands. */
  poll: { verb: "GET" | "POST"; url: string };
  /** Where what it made or changed is read, if the operation itself does not have it. */
  made?: string;
  /** What it made, where it has that itself. */
  response: Json;
}

/**
 * The operation that an answer is, if it is one.
 * @param url of the call that began it: names of operations lack host and version
 */
export function operationIn(url: string, answer: Json): Operation | undefined {
  if (answer.kind === "compute#operation") return ofCompute(url, answer);
  if (answer.kind === "dns#change") return ofDnsChange(url, answer);
  if (typeof answer.operationType === "string") return ofContainer(url, answer);
  if (/(^|\/)operations\/[^/]+$/.test(text(answer.name))) return longrunning(url, answer);
  return undefined;
}

/** Compute Engine holds the call until the operation is done, at most two minutes. */
function ofCompute(url: string, answer: Json): Operation {
  const { error, httpErrorStatusCode: code } = answer;
  const [first] = ((error as Json | undefined)?.errors ?? []) as { message: string }[];
  return {
    name: text(answer.name),
    url,
    done: answer.status === "DONE",
    failure: first && new Refusal(Number(code), first.message),
    poll: { verb: "POST", url: `${text(answer.selfLink)}/wait` },
    made: answer.operationType === "delete" ? undefined : text(answer.targetLink),
    response: {},
  };
}

/** Kubernetes Engine. */
function ofContainer(url: string, answer: Json): Operation {
  const error = answer.error as { code?: number; message?: string } | undefined;
  return {
    name: text(answer.name),
    url,
    done: answer.status === "DONE",
    failure: error && refusalOf(error),
    poll: { verb: "GET", url: text(answer.selfLink) },
    made: text(answer.operationType).startsWith("DELETE_") ? undefined : text(answer.targetLink),
    response: {},
  };
}

/** Cloud DNS: a change of record sets is kept below the collection that it was sent to. */
function ofDnsChange(url: string, answer: Json): Operation {
  const collection = url.replace(/\/changes(\/.*)?$/, "/changes");
  return {
    name: `change ${text(answer.id)}`,
    url,
    done: answer.status === "done",
    poll: { verb: "GET", url: `${collection}/${text(answer.id)}` },
    response: answer,
  };
}

/** `google.longrunning.Operation`: by its name at the same host and version. */
function longrunning(url: string, answer: Json): Operation {
  const { origin, pathname } = new URL(url);
  const [, version = ""] = pathname.split("/");
  const error = answer.error as { code?: number; message?: string } | undefined;
  const response = Object.entries(answer.response ?? {}).filter(([key]) => key !== "@type");
  return {
    name: text(answer.name),
    url,
    done: answer.done === true,
    failure: error && refusalOf(error),
    poll: { verb: "GET", url: `${origin}/${version}/${text(answer.name)}` },
    response: Object.fromEntries(response) as Json,
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
