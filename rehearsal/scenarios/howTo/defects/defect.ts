/** A test of this repository, by file and title; describe blocks are not part of the title. */
export interface TestRef {
  file: string;
  title: string;
  /** The row of its table, by what it begins with, where the test has one. */
  row?: string;
}

/** How one can see that the how-to does not work as written. */
export type Shown =
  /** `make how-to` does as the how-to says and sees exactly this, line by line. */
  | {
      by: "run";
      /** What refuses it or misbehaves: `API server`, `emulated cloud`. */
      judge: string;
      seen: string[];
    }
  /** Only the program's avoidance of it is tested; why it cannot be run here. */
  | { by: "test"; why: string };

/** Something in the how-to that does not work, or not as it says. */
export interface Defect {
  /** 1..27, in the order of docs/how-to-differences.md. */
  number: number;
  title: string;
  /** What the how-to does. */
  howTo: string;
  /** The effect. */
  happens: string;
  /** What this program does instead. */
  instead: string;
  /** Tests that fail if the program does not. */
  tests: TestRef[];
  shown: Shown;
}
