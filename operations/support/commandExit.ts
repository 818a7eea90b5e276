/** The end of a command that did not do everything: its message says why and how to continue. */
export abstract class CommandExit extends Error {
  abstract readonly exitCode: number;
}

/** The command has not begun: the user has to do something first. */
export class Refused extends CommandExit {
  readonly exitCode = 1;
}

/** The command failed on the way. */
export class Failed extends CommandExit {
  readonly exitCode = 1;
}

/** A signal stopped it. Exits with the code that shells give a command that Ctrl-C ended. */
export class Interrupted extends CommandExit {
  readonly exitCode = 130;
}

/** A command that judges cannot judge: it cannot ask, or cannot read what it is given. 1 is its code for a bad result. */
export class CannotSay extends CommandExit {
  readonly exitCode = 2;
}
