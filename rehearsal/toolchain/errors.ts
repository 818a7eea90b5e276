/** The toolchain is not available; the message says what is missing and how to get it. */
export class ToolchainError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ToolchainError";
  }
}

/** `ENOENT` and its like; undefined where an error carries none. */
export function codeOf(error: unknown): string | undefined {
  return isObject(error) && typeof error.code === "string" ? error.code : undefined;
}

export function messageOf(error: unknown): string {
  return isObject(error) && typeof error.message === "string" ? error.message : String(error);
}

/**
 * Why `fetch` failed: it hides that in the cause, and calls every failure "fetch failed" itself.
 */
export function networkReason(error: unknown): string {
  const cause = isObject(error) ? error.cause : undefined;
  return codeOf(cause) ?? messageOf(cause ?? error);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
