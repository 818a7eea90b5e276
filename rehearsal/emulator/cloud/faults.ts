import { ApiError } from "./errors";
import { Knobs } from "./knobs";

/** What the cloud says when it refuses a call for no fault of the caller. */
const REFUSALS: Record<number, ApiError> = {
  429: new ApiError(
    "RESOURCE_EXHAUSTED",
    "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute'. Try again later.",
    "rateLimitExceeded",
  ),
  503: new ApiError(
    "UNAVAILABLE",
    "The service is currently unavailable. Try again later.",
    "backendError",
  ),
};

/**
 * Refuses a share of all calls. Which ones depends on the seed, on the call and on how often it was
 * made, not on the order in which parallel calls arrive: so a run repeats.
 */
export class Faults {
  private readonly attempts = new Map<string, number>();
  refused = 0;

  constructor(private readonly knobs: () => Knobs) {}

  /**
   * @param call such as `POST /compute/v1/projects/p/global/networks app` @throws ApiError 429 or
   * 503
   */
  check(call: string): void {
    const { rate, statuses, seed } = this.knobs().flake;
    if (rate === 0) return;
    const attempt = this.attempts.get(call) ?? 0;
    this.attempts.set(call, attempt + 1);
    const draw = hash(`${seed} ${attempt} ${call}`);
    if (draw / 2 ** 32 >= rate) return;
    this.refused++;
    throw REFUSALS[statuses[draw % statuses.length] ?? 503] ?? REFUSALS[503];
  }

  /** Counts attempts from the start again: after a change of the knob. */
  reset(): void {
    this.attempts.clear();
  }
}

/** FNV-1a with a final mix: 32 bits, evenly spread also for texts that differ in one character. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
