/** Versions from `atLeast` up to, and without, `below`. Both are `major.minor.patch`. */
export interface VersionRange {
  atLeast: string;
  below?: string;
}

/** The first `major.minor[.patch]` in what a program says of itself, as three numbers. */
export function findVersion(text: string): string | undefined {
  const match = /(?:^|[^\d.])(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match ? `${match[1]}.${match[2]}.${match[3] ?? "0"}` : undefined;
}

/** Negative where `a` is older than `b`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function fits(version: string, range: VersionRange): boolean {
  return (
    compareVersions(version, range.atLeast) >= 0 &&
    (range.below === undefined || compareVersions(version, range.below) < 0)
  );
}

/** `3.259.0 or later, below 4.0.0` */
export function describeRange({ atLeast, below }: VersionRange): string {
  return below === undefined ? `${atLeast} or later` : `${atLeast} or later, below ${below}`;
}
