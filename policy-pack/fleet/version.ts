/** `v1.5.0`, `1.34.1-gke.1127000`, `0.10`, `v0.10.1.1`, `v0.11.0rc1`; a missing part counts as 0. */
const VERSION =
  /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.(\d+))?(?:-gke\.(\d+))?(?:[-+].*|rc\d+|\.post\d+)?$/;

/** The numbers of a version, most significant first; undefined for any other text. */
function numbersOf(version: string): readonly number[] | undefined {
  return VERSION.exec(version)
    ?.slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
}

/** Whether it is a version at all, of a program or of GKE. */
export function isVersion(text: string): boolean {
  return numbersOf(text) !== undefined;
}

/** Whether `version` is `floor` or newer; undefined if one of them is not a version. */
export function isAtLeast(version: string, floor: string): boolean | undefined {
  const [given, least] = [numbersOf(version), numbersOf(floor)];
  if (given === undefined || least === undefined) {
    return undefined;
  }
  const difference = given.map((number, i) => number - (least[i] ?? 0)).find((n) => n !== 0);
  return (difference ?? 0) >= 0;
}
