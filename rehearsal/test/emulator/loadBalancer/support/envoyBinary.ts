/** `describe` with the Envoy that jest's setup has found; where there is none to be had, one that says why. */
export function describeWithEnvoy(title: string, tests: (binary: string) => void): void {
  const { ENVOY: binary = "", NO_ENVOY: reason } = process.env;
  if (binary === "") describe.skip(`${title} (${reason})`, () => tests(""));
  else describe(title, () => tests(binary));
}
