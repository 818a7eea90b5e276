import type { JsonObject } from "../json";

/** A request to one of Google's hosts. */
export interface GoogleRequest {
  host: string;
  verb: string;
  /** Encoded, as it came. */
  pathname: string;
  query: URLSearchParams;
  body: JsonObject;
  authorization: string | undefined;
}

/** An answer; without a body where the method has none. */
export interface GoogleAnswer {
  status: number;
  body?: JsonObject;
}
