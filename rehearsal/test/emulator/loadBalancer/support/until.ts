/**
 * Waits for what comes true a moment later, however slow the machine is.
 * @param state what there is instead, for the error where it never comes true
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
  state: () => string,
): Promise<void> {
  // Shortly before the test itself is ended, without a word on the state.
  const deadline = Date.now() + 110_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`it did not come true: ${state()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
