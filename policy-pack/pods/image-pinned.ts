import {
  type Finding,
  isOneOf,
  listSetting,
  pending,
  reliability,
  requireValue,
  resourcePolicy,
  type Value,
} from "../frame";

import { illegalPart, imageOf, movesWith } from "./image";
import { containersOf, initContainersOf, podRunners, podTemplatesOf } from "./podSpec";

const FIX = "name a release's tag, or a digest (@sha256:...)";

export const imagePinned = resourcePolicy({
  name: "image-pinned",
  description: "Every container image has a tag that always names the same image, or a digest.",
  severity: "medium",
  framework: reliability,
  remediationSteps:
    "Name the image by the tag of a release, or by its digest: with any other tag two pods of " +
    "one Deployment can run different versions, and a rollback may not restore the version " +
    "before.",
  url: "https://kubernetes.io/docs/concepts/containers/images/",
  settings: {
    moving: listSetting({
      default: ["latest", "main", "master", "nightly"],
      description:
        "Tags that do not always name the same image, also with other words that name no date, " +
        "commit or release (latest-cu128); * stands for any text.",
    }),
  },
  judges: podRunners,

  *judge(resource, { moving }) {
    for (const template of podTemplatesOf(resource)) {
      for (const name of ["initContainers", "containers"]) {
        const list = template.at("spec", name);
        if (list.unknown) {
          yield pending(list);
        }
      }
      for (const container of [...initContainersOf(template), ...containersOf(template)]) {
        const image = container.at("image");
        if (!image.leftOut) {
          yield* imageFindings(image, moving);
        }
      }
    }
  },
});

function imageFindings(image: Value, moving: readonly string[]): Iterable<Finding> {
  const whenWrong = imageProblem(image, moving);
  return requireValue(image, { whenAbsent: "is not set", whenWrong, fix: FIX });
}

function imageProblem(image: Value, moving: readonly string[]): string | undefined {
  const parts = imageOf(image);
  if (parts === undefined) {
    return `${image} is not an image`;
  }
  if (parts.digest === undefined && parts.tag === undefined) {
    return `${image} has no tag, which stands for latest`;
  }
  const illegal = illegalPart(parts);
  if (illegal !== undefined) {
    const { part, given, form } = illegal;
    return `${part} ${cut(given)} is not one that Kubernetes reads, a ${part} has ${form}`;
  }
  const moves = parts.digest === undefined && isMoving(parts.tag ?? "", moving);
  return moves ? `tag ${parts.tag} does not always name the same image` : undefined;
}

/** A word stands for a whole family of tags; a pattern only for what it matches. */
function isMoving(tag: string, moving: readonly string[]): boolean {
  return isOneOf(tag, moving) || moving.some((word) => !word.includes("*") && movesWith(tag, word));
}

function cut(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
