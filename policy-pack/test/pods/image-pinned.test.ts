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

const illegal = (part: string, given: string, form: string) =>
  `${IMAGE}: ${part} ${given} is not one that Kubernetes reads, a ${part} has ${form}; ${FIX}`;
const TAG_FORM = "letters, digits, '_', '.' and '-', 128 at most";
const NAME_FORM = "lower-case letters, digits, and single '.', '_' and '-' between them";

/** Each says by a date, a commit or a release which build it is. */
const GOOD_TAGS = [
  "nightly-2026-08-01",
  "nightly-20260801",
  "nightly-5f0c35aa1b7e",
  "main-4f2a9bc",
  "main-v1.2.3",
  "sha-4f2a9bc-dev",
  "v0.18.1-cu130",
  "v0.18.1",
  "v0.19.0.dev20260801",
  "latest-20260801",
  "maintenance-3",
  "mainline",
  "1.22-dev",
  "a".repeat(128),
];

const findings = findingsIn(imagePinned);

const running = (image: unknown) => modelServer("server", "eu", {}, { image });

test.each<[string, Registered]>([
  ["a release", running("vllm/vllm-openai:v0.18.1")],
  ["a digest", running(`vllm/vllm-openai@${DIGEST}`)],
  ["a digest behind a tag that moves", running(`vllm/vllm-openai:latest@${DIGEST}`)],
  ["a registry with a port", running("registry.local:5000/vllm:v1")],
  ...GOOD_TAGS.map((tag) => [`tag ${tag}`, running(`vllm:${tag}`)] as [string, Registered]),
  ["a registry with capitals", running("Registry.Local:5000/a/b__c-d.e:v1")],
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
  ...[
    "latest-cu128",
    "cu130-latest",
    "v1.4.0-latest",
    "openai-latest-gpu",
    "LATEST",
    "main-cu128",
    "master_gpu",
    "nightly-cu130",
    "gpu.nightly",
  ].map((tag): [string, Registered, string] => [`tag ${tag}`, running(`vllm:${tag}`), moves(tag)]),
  [
    "a version with a +",
    running("vllm/vllm-openai:v0.18.1+cu130"),
    illegal("tag", "v0.18.1+cu130", TAG_FORM),
  ],
  ["a tag with a blank", running("vllm:v1 "), illegal("tag", "v1 ", TAG_FORM)],
  [
    "a long tag",
    running(`vllm:${"a".repeat(129)}`),
    illegal("tag", `${"a".repeat(57)}...`, TAG_FORM),
  ],
  [
    "capitals",
    running("vLLM/vllm-openai:v1"),
    illegal("repository", "vLLM/vllm-openai", NAME_FORM),
  ],
  [
    "a short digest",
    running("vllm@sha256:0000"),
    illegal("digest", "sha256:0000", "sha256: and 64 hexadecimal digits"),
  ],
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
