/** A call that Google's API refused, or an operation that failed; the message is the API's own. */
export class Refusal extends Error {
  /** @param code of HTTP */
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
    this.name = "Refusal";
  }
}

/** Source: the comments of google/rpc/code.proto. */
const HTTP_CODES: Record<number, number> = {
  1: 499,
  2: 500,
  3: 400,
  4: 504,
  5: 404,
  6: 409,
  7: 403,
  8: 429,
  9: 400,
  10: 409,
  11: 400,
  12: 501,
  13: 500,
  14: 503,
  15: 500,
  16: 401,
};

/** The refusal of a failed operation: `google.rpc.Status`. */
export function refusalOf({ code, message }: { code?: number; message?: string }): Refusal {
  return new Refusal(HTTP_CODES[code ?? 2] ?? 500, message ?? "");
}
