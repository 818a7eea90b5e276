/**
 * A terminal's Ctrl-C reaches the engine directly, and a second signal would make it abandon the operations in
 * progress.
 */
const OWN_SIGNAL_MS = 1000;

/**
 * Passes an interrupt on to a command of the engine, unless the terminal has already done so.
 * @returns the signal for the command, and what to do when that has ended
 */
export function passOn(
  interrupt: AbortSignal,
  hasHeard: () => boolean,
): { signal: AbortSignal; end: () => void } {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const listen = () => {
    timer = setTimeout(() => {
      if (!hasHeard()) stop.abort();
    }, OWN_SIGNAL_MS);
  };
  interrupt.addEventListener("abort", listen);
  const end = () => {
    interrupt.removeEventListener("abort", listen);
    clearTimeout(timer);
  };
  return { signal: stop.signal, end };
}
