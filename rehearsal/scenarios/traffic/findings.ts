import type { Figure } from "./record";

/** What a scenario has measured, and where that is not what it should be. */
export class Findings {
  readonly figures: Figure[] = [];
  readonly problems: string[] = [];

  /** A figure that may be what it is. */
  note(name: string, value: number | string, unit = ""): void {
    this.figures.push({ name, value: written(value, unit) });
  }

  /** A figure with bounds, both inclusive; a number that is missing is a problem too. */
  within(
    name: string,
    value: number | undefined,
    [low, high]: [low: number, high: number],
    unit = "",
  ): void {
    const expected =
      low === high
        ? written(low, unit)
        : high === Infinity
          ? `at least ${written(low, unit)}`
          : low === -Infinity
            ? `at most ${written(high, unit)}`
            : `${written(low, "")} to ${written(high, unit)}`;
    const shown = value === undefined ? "nothing" : written(value, unit);
    this.figures.push({ name, value: shown, expected });
    if (value === undefined || !(value >= low && value <= high)) {
      this.problems.push(`${name}: ${shown}; expected ${expected}`);
    }
  }

  atLeast(name: string, value: number | undefined, least: number, unit = ""): void {
    this.within(name, value, [least, Infinity], unit);
  }

  atMost(name: string, value: number | undefined, most: number, unit = ""): void {
    this.within(name, value, [-Infinity, most], unit);
  }

  equal(name: string, value: number | undefined, expected: number, unit = ""): void {
    this.within(name, value, [expected, expected], unit);
  }

  /** A text that has to match. */
  says(name: string, value: string, pattern: RegExp): void {
    this.figures.push({ name, value, expected: String(pattern) });
    if (!pattern.test(value)) this.problems.push(`${name}: ${value}; expected ${String(pattern)}`);
  }
}

function written(value: number | string, unit: string): string {
  const text = typeof value === "number" ? String(Number(value.toPrecision(3))) : value;
  return unit ? `${text} ${unit}` : text;
}
