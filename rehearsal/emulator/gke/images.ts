/** The name of an image and its tag, which may be empty. */
export function splitImage(image: string): { name: string; tag: string } {
  const [reference = ""] = image.split("@");
  const colon = reference.indexOf(":", reference.lastIndexOf("/") + 1);
  if (colon < 0) return { name: reference, tag: "" };
  return { name: reference.slice(0, colon), tag: reference.slice(colon + 1) };
}

/** `v0.18.1-cu128` gives 0, 18, 1; undefined where the tag is not a version. */
export function versionOf(tag: string): number[] | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(tag);
  return match?.slice(1).map(Number);
}

/** Whether a version is older than such as `0.18.1`. */
export function isBefore(version: number[], limit: string): boolean {
  const wanted = limit.split(".").map(Number);
  const i = wanted.findIndex((number, at) => number !== version[at]);
  return i >= 0 && (version[i] ?? 0) < (wanted[i] ?? 0);
}
