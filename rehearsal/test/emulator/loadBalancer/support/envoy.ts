/** The program that jest's setup has found or downloaded; without one it runs no test at all. */
export function envoyProgram(): string {
  const { ENVOY: program } = process.env;
  if (!program) {
    throw new Error("ENVOY is not set: jest's setup sets it to the Envoy that tests run");
  }
  return program;
}
