/** One thing that is wrong with what was given. */
export interface Refusal {
  /** Steps from the key down. */
  path: (string | number)[];
  given: unknown;
  /** Words that follow "allowed: ". */
  allowed: string;
}
