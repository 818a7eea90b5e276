import { UNKNOWN } from "../support/unknown";
import { imagePinned } from "../../pods/image-pinned";
import { modelServer } from "../fixtures/gpu";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { findingsIn } from "../support/findings";
import type { Registered } from "../support/policies";

const IMAGE = "spec.template.spec.containers[0].image";
const FIX = "name a release's tag, or a digest (@sha256:...)";
const DIGEST = `sha256:${"0".repeat(64)}`;
const noTag = (given: string) => `${IMAGE}: "${given}" has no tag, which stands for latest; ${FIX}`;
const moves = (tag: string, place = IMAGE) =>
  `${place}: tag ${tag} does not always name the same image; ${FIX}`;

const findings = findingsIn(imagePinned);

const running = (image: unknown) => modelServer("server", "eu", {}, { image });

test.each<[string, Registered]>([
  ["a release", running("vllm/vllm-openai:v0.18.1")],
  ["a digest", running(`vllm/vllm-openai@${DIGEST}`)],
  ["a digest behind a tag that moves", running(`vllm/vllm-openai:latest@${DIGEST}`)],
  ["a registry with a port", running("registry.local:5000/vllm:v1")],
  ["a tag that only begins like one that moves", running("vllm:nightly-2026-08-01")],
  [
    "a patch without an image",
    asPatch(changed(running(null), "spec.template.spec.containers.0.image")),
  ],
  ["an object that runs no pods", changed(running("vllm"), "kind", "Service")],
  ["no containers", changed(running("vllm"), "spec.template.spec.containers")],
  ["an object for a list", changed(running("vllm"), "spec.template.spec.containers", {})],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test.each<[string, Registered, string]>([
  ["no tag", running("vllm/vllm-openai"), noTag("vllm/vllm-openai")],
  ["no tag behind a port", running("registry.local:5000/vllm"), noTag("registry.local:5000/vllm")],
  ["latest", running("vllm:latest"), moves("latest")],
  ["a branch", running("vllm:main"), moves("main")],
  ["a build of tonight", running("vllm:nightly"), moves("nightly")],
  ["no image", running(null), `${IMAGE}: is not set; ${FIX}`],
  ["an empty image", running(""), `${IMAGE}: "" is not an image; ${FIX}`],
  ["a number", running(5), `${IMAGE}: 5 is not an image; ${FIX}`],
  ["a patch", asPatch(running("vllm:latest")), moves("latest")],
  [
    "a container that runs before the others",
    modelServer("server", "eu", { initContainers: [{ image: "busybox:latest" }] }),
    moves("latest", "spec.template.spec.initContainers[0].image"),
  ],
])("fails %s", async (_, resource, message) => {
  expect(await findings(resource)).toEqual([["mandatory", message]]);
});

test("judges among siblings that are not known yet", async () => {
  const container = { name: UNKNOWN, image: "vllm:latest", env: UNKNOWN, resources: UNKNOWN };
  const resource = modelServer("server", "eu", { nodeSelector: UNKNOWN }, container);
  expect(await findings(resource)).toEqual([["mandatory", moves("latest")]]);
});

test.each<[string, Registered]>([
  [IMAGE, running(UNKNOWN)],
  ["spec.template.spec.containers", changed(running(1), "spec.template.spec.containers", UNKNOWN)],
  ["spec.template.spec.initContainers", modelServer("server", "eu", { initContainers: UNKNOWN })],
])("advises where %s is not known yet", async (path, resource) => {
  expect(await findings(resource)).toEqual([["advisory", pending(path)]]);
});

test("takes other tags", async () => {
  const config = { [imagePinned.name]: { moving: ["nightly*"] } };
  expect(await findings(running("vllm:latest"), { config })).toEqual([]);
  expect(await findings(running("vllm:nightly-1"), { config })).toEqual([
    ["mandatory", moves("nightly-1")],
  ]);
});

function asPatch(resource: Registered): Registered {
  return { ...resource, type: `${resource.type}Patch` };
}
