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
