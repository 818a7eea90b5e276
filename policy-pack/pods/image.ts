import type { Value } from "../frame";

/** The parts of a reference to a container image. */
export interface Image {
  /** Without registry, e.g. `vllm/vllm-openai`. */
  readonly repository: string;
  /** Undefined if there is none, which stands for `latest`. */
  readonly tag: string | undefined;
  /** `sha256:...`, by which the image can never change. */
  readonly digest: string | undefined;
}

/** `[registry/]repository[:tag][@digest]`; the registry has a dot or a port, or is `localhost`. */
const REFERENCE = /^(?:(?:[^/]+[.:][^/]*|localhost)\/)?([^:@]+)(?::([^@]+))?(?:@(.+))?$/;

/** The image that a container's `image` names; undefined if that is not a text, or not known. */
export function imageOf(image: Value): Image | undefined {
  const [, repository, tag, digest] = REFERENCE.exec(image.text ?? "") ?? [];
  return repository === undefined ? undefined : { repository, tag, digest };
}

/**
 * What each part may be. Kubernetes calls any other reference InvalidImageName.
 * https://github.com/distribution/reference/blob/v0.6.0/regexp.go
 */
const PART = String.raw`[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*`;
const REPOSITORY = new RegExp(`^${PART}(?:/${PART})*$`);
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/** Why Kubernetes cannot read the reference, and the form of the part; undefined if it can. */
export function illegalPart({ repository, tag, digest }: Image): IllegalPart | undefined {
  if (!REPOSITORY.test(repository)) {
    const form = "lower-case letters, digits, and single '.', '_' and '-' between them";
    return { part: "repository", given: repository, form };
  }
  if (tag !== undefined && !TAG.test(tag)) {
    const form = "letters, digits, '_', '.' and '-', 128 at most";
    return { part: "tag", given: tag, form };
  }
  if (digest !== undefined && !DIGEST.test(digest)) {
    return { part: "digest", given: digest, form: "sha256: and 64 hexadecimal digits" };
  }
  return undefined;
}

/** A part of a reference that is not in the form that it must have. */
export interface IllegalPart {
  readonly part: "repository" | "tag" | "digest";
  readonly given: string;
  readonly form: string;
}

/** Says which build it is: a date, a commit, a release. */
const DATE = /(?:^|[-_.+a-z])20\d\d[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:[0-2]\d|3[01])(?!\d)/i;
const COMMIT =
  /(?:^|[-_.+])(?:sha-?|g)?(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}(?:$|[-_.])/i;
const RELEASE = /(?:^|[-_])v?\d+\.\d+/;

/**
 * Whether a word is a part of a tag, and nothing else in the tag says which build it is:
 * `latest-cu128`, but not `nightly-2026-08-01`.
 */
export function movesWith(tag: string, word: string): boolean {
  const words = tag.toLowerCase().split(/[-_.]/);
  if (!words.includes(word)) {
    return false;
  }
  // The latest of a release is a build that comes again; a branch of a release is one build.
  const isRelease = word !== "latest" && RELEASE.test(tag);
  return !DATE.test(tag) && !COMMIT.test(tag) && !isRelease;
}
