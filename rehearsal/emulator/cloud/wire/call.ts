import type { Caller } from "../access/caller";
import { JsonObject } from "../json";
import { Found } from "./discovery";

/** One call of a method of Google's. */
export interface Call extends Found {
  query: URLSearchParams;
  body: JsonObject;
  caller: Caller;
}
