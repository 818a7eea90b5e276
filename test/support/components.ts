import * as pulumi from "@pulumi/pulumi";

import { type MockOptions, underMocks } from "./mocks";
import type { Recorded } from "../../rehearsal/stage/registrations";

/** A component that was built alone, and all that it registered. */
export interface Recording<T> extends Recorded {
  component: T;
}

/**
 * Registers a component without an engine and without the rest of the program.
 * @param build makes the component, and what it needs
 */
export async function register<T>(
  build: () => T,
  options: Omit<MockOptions, "stack"> = {},
): Promise<Recording<T>> {
  const { result, ...recorded } = await underMocks(pulumi.runtime, options, build);
  return { component: result, ...recorded };
}
