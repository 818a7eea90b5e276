/**
 * How the real provider compares references: as names, paths and URLs of any API version and host.
 */
export function sameLink(a: string, b: string): boolean {
  const [left, right] = [relativeName(a), relativeName(b)];
  if (left.includes("/") && right.includes("/")) return left === right;
  return lastSegment(left) === lastSegment(right);
}

/** `https://www.googleapis.com/compute/v1/projects/p/...` -> `projects/p/...` */
export function relativeName(reference: string): string {
  const found = /(?:^|\/)(projects\/.*)$/.exec(reference)?.[1];
  return found ?? reference;
}

export function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

export function sameIgnoringCase(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
