const PATTERN = /^v(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:[-.]?[a-z][\w.-]*|-[\w.-]+)?$/;
/** Source: distribution/reference. It has no `+` either, with which semantic versions begin a build. */
const LONGEST_TAG = 128;

/**
 * Whether a text is the tag of a release's image: `v0.18.1`, also with a suffix such as `v0.18.1-cu130` or
 * `v0.5.6.post2`.
 */
export function isRelease(version: string): boolean {
  return PATTERN.test(version) && version.length <= LONGEST_TAG;
}

/**
 * Whether a release is the floor or newer. Parts compare as numbers; a suffix does not count.
 * @param of what is released, for the message: `vLLM`
 * @throws Error if the version is not one
 */
export function isReleaseAtLeast(of: string, version: string, floor: string): boolean {
  const [ours, least] = [parts(of, version), parts(of, floor)];
  const differs = ours.findIndex((part, i) => part !== least[i]);
  return differs < 0 || (ours[differs] ?? 0) > (least[differs] ?? 0);
}

function parts(of: string, version: string): number[] {
  if (!isRelease(version)) {
    throw new Error(`"${version}" is not a version of ${of}; expected the form v0.18.1`);
  }
  return version.slice(1).split(/[^\d]/, 3).map(Number);
}
