/** The `Status` object with which an API server refuses a request. */
export interface Status {
  code: number;
  reason: string;
  message: string;
  details?: { kind?: string; name?: string; causes?: { field?: string; reason?: string }[] };
}

/** A request that an API server answered with a refusal. `code` is the HTTP status. */
export class KubeError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: NonNullable<Status["details"]>;

  constructor(status: Status) {
    super(status.message);
    this.name = "KubeError";
    this.code = status.code;
    this.reason = status.reason;
    this.details = status.details ?? {};
  }

  /** No resource of the server has this kind: its CRD is not installed (yet). */
  static noMatch(apiVersion: string, kind: string): KubeError {
    return new KubeError({
      code: 404,
      reason: "NoMatch",
      message: `no matches for kind "${kind}" in version "${apiVersion}"`,
    });
  }
}

/** Nothing answered at the API server's address, or no credentials could be had for it. */
export class ClusterUnreachable extends Error {
  constructor(server: string, cause: Error, context = "") {
    super(`${server}${context && ` (context ${context})`}: ${reasonOf(cause)}`, { cause });
    this.name = "ClusterUnreachable";
  }
}

/** What an error says; one of several attempts (a host name with two addresses) has just a code. */
export function reasonOf(error: unknown): string {
  const { message, code } = error as Partial<NodeJS.ErrnoException>;
  return message || code || String(error);
}
