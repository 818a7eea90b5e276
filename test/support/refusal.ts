import { readStack } from "../../config/stack";
import { PROJECT } from "./mocks";
import { stackValues } from "./program";

/** What the program says of a stack's configuration that it refuses. */
export function refusal(config: Record<string, unknown>): string {
  const read = readStack({
    stack: "dev",
    namespace: PROJECT,
    values: stackValues("dev", config),
    isSecret: (key) => key === `${PROJECT}:huggingFaceToken`,
  });
  return typeof read === "string" ? read : "accepted";
}

/** The problems of a stack's configuration, each without the program's name. */
export function problemsIn(config: Record<string, unknown>): string[] {
  const [, ...lines] = refusal(config).split("\n");
  return lines.map((line) => line.trim().replace(new RegExp(`^${PROJECT}:`), ""));
}
