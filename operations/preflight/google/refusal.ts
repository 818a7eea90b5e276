/** Why a question got no answer, as far as this command distinguishes it. */
export type Reason =
  /** The credentials are not valid any more. */
  | "unauthenticated"
  /** The API is not enabled. */
  | "disabled"
  /** The project has no billing account, or a closed one. */
  | "billing"
  /** Credentials of a user need a project that is charged for the calls. */
  | "quotaProject"
  /** The account lacks a permission. */
  | "denied"
  | "missing"
  /** No answer came. */
  | "unreachable"
  | "other";

/** Google's answer is an error, or there is none. */
export class GoogleRefusal extends Error {
  /**
   * @param api that is not enabled: `compute.googleapis.com`
   * @param consumer the project that the call counts for, by number or id
   */
  constructor(
    readonly reason: Reason,
    message: string,
    readonly api?: string,
    readonly consumer?: string,
  ) {
    super(message);
    this.name = "GoogleRefusal";
  }

  /** Google's own words, without the advice that follows the first sentence. */
  get words(): string {
    const [sentence = ""] = /^.*?[.!](?=\s|$)|^.*$/s.exec(this.message) ?? [];
    return sentence.length <= MOST_WORDS ? sentence : `${sentence.slice(0, MOST_WORDS)}...`;
  }
}

const MOST_WORDS = 240;

interface ErrorBody {
  error?: {
    message?: string;
    details?: { reason?: string; metadata?: { service?: string; consumer?: string } }[];
    errors?: { reason?: string }[];
  };
}

/** The error that an answer stands for. */
export function refusalIn(status: number, body: unknown): GoogleRefusal {
  const { error } = (typeof body === "object" && body !== null ? body : {}) as ErrorBody;
  const message = error?.message ?? `HTTP ${status}`;
  const info = error?.details?.find(({ reason }) => reason !== undefined);
  const short = error?.errors?.[0]?.reason;
  const reason = reasonOf(status, message, [info?.reason, short]);
  const { service, consumer } = info?.metadata ?? {};
  const api = service ?? /\bapi\/([\w.]+)\/overview/.exec(message)?.[1];
  return new GoogleRefusal(reason, message, api, consumer?.replace(/^projects\//, ""));
}

function reasonOf(status: number, message: string, given: (string | undefined)[]): Reason {
  if (status === 401) return "unauthenticated";
  if (status === 404) return "missing";
  // Source: the message to credentials of `gcloud auth application-default login` without a quota project.
  if (/requires a quota project/.test(message)) return "quotaProject";
  if (given.some((reason) => /^(BILLING_DISABLED|inactiveBillingState)$/.test(reason ?? ""))) {
    return "billing";
  }
  if (/requires billing to be enabled/.test(message)) return "billing";
  if (given.some((reason) => /^(SERVICE_DISABLED|accessNotConfigured)$/.test(reason ?? ""))) {
    return "disabled";
  }
  return status === 403 ? "denied" : "other";
}
