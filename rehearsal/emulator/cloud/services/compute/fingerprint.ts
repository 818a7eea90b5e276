import { randomBytes } from "node:crypto";

import { ApiError } from "../../errors";
import { JsonObject } from "../../json";

/**
 * A change says which state of the resource it was made from.
 * Source of the words: hashicorp/terraform-provider-google#4238.
 * @param key `fingerprint`, or that of labels alone
 * @throws ApiError 412
 */
export function checkFingerprint(body: JsonObject, current: JsonObject, key = "fingerprint"): void {
  if (body[key] === current[key]) return;
  throw new ApiError(
    "CONDITION_NOT_MET",
    key === "labelFingerprint"
      ? "Labels fingerprint either invalid or resource labels have changed"
      : "Supplied fingerprint does not match current metadata fingerprint.",
    "conditionNotMet",
  );
}

/** Another one after each change. */
export function newFingerprint(): string {
  return randomBytes(8).toString("base64");
}
