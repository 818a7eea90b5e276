/** @throws Error with the whole output, if it lacks some of the words */
export function expectWords(said: string, expected: RegExp[]): void {
  const missing = expected.filter((words) => !words.test(said));
  if (missing.length > 0) throw new Error(`it did not say ${missing.join(" and ")}:\n${said}`);
}
