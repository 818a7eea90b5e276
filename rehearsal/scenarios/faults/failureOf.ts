import { EngineError } from "../../stage/engine";

/** The message of a command that fails. @throws Error if it passes */
export async function failureOf(command: Promise<void>): Promise<string> {
  return command.then(
    () => {
      throw new Error("it passed; it should have failed");
    },
    (error: unknown) => (error instanceof EngineError ? error.output : String(error)),
  );
}
