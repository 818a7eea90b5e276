/** How a command ends that does not do all it was asked to: its message says why and how to go on. */
export abstract class CommandExit extends Error {
  abstract readonly exitCode: number;
}

/** It was not begun: something has to be done first. */
export class Refused extends CommandExit {
  readonly exitCode = 1;
}

/** It came to a stop on the way. */
export class Failed extends CommandExit {
  readonly exitCode = 1;
}

/** A signal stopped it. Exits with the code that shells give a command that Ctrl-C ended. */
export class Interrupted extends CommandExit {
  readonly exitCode = 130;
}
