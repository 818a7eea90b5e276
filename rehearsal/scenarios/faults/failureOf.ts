import { EngineError } from "../../stage/engine";

/** What a command says that fails. @throws Error where it passes */
export async function failureOf(command: Promise<void>): Promise<string> {
  return command.then(
    () => {
      throw new Error("it passed, though it should have failed");
    },
    (error: unknown) => (error instanceof EngineError ? error.output : String(error)),
  );
}
