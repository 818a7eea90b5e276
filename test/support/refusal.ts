import { readConfig } from "./program";

/** The error with which a stack refuses its configuration. */
export function refusal(config: Record<string, unknown>): string {
  try {
    readConfig("dev", config);
    return "accepted";
  } catch (error) {
    return (error as Error).message;
  }
}
