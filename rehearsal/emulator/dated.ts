/** A fact about the world that is emulated, which ages. The program has its own, so that one can prove the other wrong. */
export interface Dated {
  title: string;
  /** A public source that is not this project. */
  source: string;
  /** Day on which the source said so: `YYYY-MM-DD`. */
  asOf: string;
  /** Months after which the fact must be checked again. */
  goodForMonths: number;
}
