/** A fact about the world outside this repository. It ages: `docs/facts.md` lists all of them with their dates. */
export interface Dated {
  /** What the fact is about. */
  title: string;
  /** A public source that is not this project. */
  source: string;
  /** Day on which the source said so: `YYYY-MM-DD`. */
  asOf: string;
  /** Months after which somebody has to look again. */
  goodForMonths: number;
}
