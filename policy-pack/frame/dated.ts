/** A fact about the world outside this pack, which ages. */
export interface Dated {
  readonly title: string;
  /** A public source that is not this project. */
  readonly source: string;
  /** Day on which the source said so: `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Months after which the source has to be read again. */
  readonly goodForMonths: number;
}
