import { reasonOf } from "../../kube/errors";
import { Clock } from "./clock";
import { isNotFound } from "./requests";

/** Seconds between the tries of a create: six tries, 31 seconds. */
const WAITS_SECONDS = [1, 2, 4, 8, 16];

/**
 * Repeats a create while something that it needs is missing: its namespace, or the CRD of its kind. Nothing else is
 * worth a second try.
 * @throws the error of the last try, or that of the one before which the user gave up
 */
export async function retryMissing<T>(
  attempt: () => Promise<T>,
  { clock, cancelled }: { clock: Clock; cancelled: AbortSignal },
  onRetry: (message: string) => void,
): Promise<T> {
  for (const [index, seconds] of WAITS_SECONDS.entries()) {
    try {
      return await attempt();
    } catch (error) {
      if (!isNotFound(error) || cancelled.aborted) throw error;
      onRetry(`Retry #${index}; creation failed: ${reasonOf(error)}`);
    }
    await clock.sleep(seconds * 1000, cancelled);
  }
  return attempt();
}
