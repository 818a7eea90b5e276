/** A fact about the world outside this repository. It ages: `docs/facts.md` lists all of them with their dates. */
export interface Dated {
  /** What the fact is about. */
  title: string;
  /** A public source that is not this project. */
  source: string;
  /** Day on which the source said so: `YYYY-MM-DD`. */
  asOf: string;
  /** Months after which the source has to be checked again. */
  goodForMonths: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

export function ageInDays({ asOf }: Pick<Dated, "asOf">, today: Date): number {
  return Math.floor((today.getTime() - Date.parse(asOf)) / DAY_MS);
}

/** The day until which a fact holds: `YYYY-MM-DD`. A month without that day ends earlier. */
export function goodUntil({ asOf, goodForMonths }: Dated): string {
  const [year = 0, month = 0, day = 0] = asOf.split("-").map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + goodForMonths, 0)).getUTCDate();
  const until = Date.UTC(year, month - 1 + goodForMonths, Math.min(day, lastOfMonth));
  return new Date(until).toISOString().slice(0, 10);
}

/** Whether the source has to be checked again. */
export function isOld(fact: Dated, today: Date): boolean {
  return today.toISOString().slice(0, 10) > goodUntil(fact);
}
