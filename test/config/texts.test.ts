import * as fc from "fast-check";

import * as texts from "../../config/texts";

const long = (count: number, letter = "a") => letter.repeat(count);
const DNS_LONGEST = `${long(63)}.${long(63)}.${long(63)}.${long(61)}`;

const PROJECT =
  "the id of a Google Cloud project, not its number or title: 6 to 30 lower-case letters, digits and -, starting with a letter, not ending in -";
const REPOSITORY =
  "a repository on Hugging Face such as meta-llama/Llama-3.1-8B: an owner and /, then at most 96 letters, digits, -, _ and ., without -- and ..";
const REVISION =
  "a branch, tag or commit such as main: letters, digits, ., _, -, +, @, #, = and /, starting with a letter or digit";
const ADAPTER =
  "letters, digits, -, _, ., : and /, 1 to 96, starting and ending with a letter or digit";
const RELEASE = "a release of vLLM such as v0.18.1";
const BUCKET =
  "the name of a bucket, without gs://: 3 to 63 lower-case letters, digits, -, _ and ., starting and ending with a letter or digit, without goog at its start and without google";
const RESERVATION =
  "the name of a reservation: 1 to 63 lower-case letters, digits and -, starting with a letter; or, if another project shares it, projects/<project>/reservations/<name>";
const SECRET =
  "projects/<project>/secrets/<secret>, and /versions/<version> behind it if it is not the newest";
const CHANNEL =
  "projects/<project>/notificationChannels/<id>, as `gcloud beta monitoring channels list` shows its name";
const DNS =
  "a DNS name without a dot at its end such as llm.corp.internal: two labels or more of lower-case letters, digits and -, 63 characters each and 253 in all";
const LABEL = "lower-case letters, digits and -, 1 to 40, starting with a letter";
const OWN_NAMESPACE = "a namespace of its own: this one belongs to Kubernetes or GKE";
const hides = (domain: string) =>
  `a name below a domain of yours: this one would hide names of ${domain} from the VPC`;

/** What no grammar takes: it would be read as a flag or a path, or is no name at all. */
const NEVER = [
  "",
  " ",
  "-x",
  "--help",
  "/x",
  "../x",
  "./x",
  "a b",
  "a\n",
  " a",
  "<your name>",
  "é",
  "$(TOKEN)",
  "a/../b",
];

describe.each<[keyof typeof texts, string[], Record<string, string[]>]>([
  [
    "projectId",
    ["my-project", "abcdef", `a${long(29)}`, "p-1234", "example.com:my-project"],
    {
      [PROJECT]: [
        ...["My-Project", "my project", "projects/my-project", "<your project>", "123456789012"],
        ...["abcde", `a${long(30)}`, "my-project-", "my_project", "1-project", "my.project"],
        ...["my-undefined-project", "example:my-project", "example.com:", ":my-project"],
      ],
    },
  ],
  [
    "repository",
    ["meta-llama/Llama-3.1-8B-Instruct", "gpt2", "a/b_c.d", "Qwen/Qwen2.5-7B", `a/${long(96)}`],
    {
      [REPOSITORY]: [
        ...["../../etc/passwd", "/bucket/x", "https://huggingface.co/a/b", "--trust-remote-code"],
        ...["a/b/c", "meta llama/x y", "a/b\n", "a/b ", "ä/b", "a//b", "a/", "/", ".hidden/x"],
        ...["a/b.git", "a/b--c", "a/b..c", "a/b-", "a/.b", `a/${long(97)}`, "s3://a/b", "a:b"],
      ],
    },
  ],
  [
    "revision",
    ["main", "v1.0", "refs/pr/12", "4215823", "feature/a-b", "0a1b2c", "release@2", "a#b"],
    {
      [REVISION]: [
        ...[
          "--help",
          "my branch",
          "/main",
          "a//b",
          "a/",
          "a..b",
          "a.",
          "a/.b",
          "a.lock",
          "a~1",
          "a^",
        ],
        ...["a:b", "a?", "a*", "a[b", "a\\b", "a@{b", ".a", long(256)],
      ],
    },
  ],
  [
    "adapterName",
    ["food-review-1", "Food_Review.v1", "acme/food", "ft:llama:acme", "A", "1", long(96)],
    { [ADAPTER]: ["_base", ".", "..", "a/", "/a", "a..b", "a//b", "a,b", '"a"', "a\\", long(97)] },
  ],
  [
    "imageRelease",
    ["v0.18.1", "v0.18.1-cu130", "v0.5.6.post2", "v0.19.0rc1", "v1.0.0-1"],
    {
      [RELEASE]: [
        ...[
          "v0.18.1+cu130",
          "v0.18.1-cu130+x",
          "latest",
          "0.18.1",
          "v0.18",
          "v0.18.1-",
          "v0.18.1 ",
        ],
        ...[`v0.18.1-${long(121)}`, "v0.18.1@sha256:ab", `v${long(400, "9")}.0.0`],
      ],
    },
  ],
  [
    "bucket",
    ["my-weights", "a_b", "abc", "1.a", long(63), "weights.example.com"],
    {
      [BUCKET]: [
        ...["gs://my-weights", "ab", long(64), "My-weights", "-ab", "ab-", "a..b", "192.168.5.4"],
        ...["goog-weights", "my-google-weights", "my-g00gle", "a/b", "_", `${long(64)}.com`],
      ],
    },
  ],
  [
    "reservation",
    [
      "mine",
      "a",
      long(63),
      "projects/my-project/reservations/mine",
      "projects/1234/reservations/mine",
      "projects/my-project/reservations/mine/reservationBlocks/block-1",
    ],
    {
      [RESERVATION]: [
        "Mine",
        "my_gpus",
        "1a",
        "a-",
        long(64),
        "projects/x/reservations/mine",
        "zones/a/b",
      ],
    },
  ],
  [
    "secretName",
    [
      "projects/my-project/secrets/hf_token",
      "projects/123/secrets/a",
      "projects/my-project/secrets/a/versions/7",
      "projects/my-project/secrets/a/versions/latest",
      "projects/my-project/secrets/a/versions/stable_1",
    ],
    {
      [SECRET]: [
        ...[
          "hf",
          "projects/<your project>/secrets/hf",
          "projects/my-project/secrets/",
          "projects/p/secrets/hf",
        ],
        ...["projects/my-project/secrets/a.b", `projects/my-project/secrets/${long(256)}`],
        ...["projects/my-project/secrets/a/versions/0", "projects/my-project/secrets/a/versions/"],
        "projects/my-project/locations/us-east4/secrets/a",
      ],
    },
  ],
  [
    "channelName",
    ["projects/my-project/notificationChannels/1234567890", "projects/123/notificationChannels/1"],
    {
      [CHANNEL]: [
        ...["on-call", "1234567890", "oncall@example.com", "projects/x/notificationChannels/1"],
        ...["projects/<your project>/notificationChannels/1", "projects/my-project/channels/1"],
        ...[
          "projects/my-project/notificationChannels/",
          "projects/my-project/notificationChannels/1/2",
          "projects/my-project/notificationChannels/<id>",
        ],
      ],
    },
  ],
  [
    "dnsName",
    [
      "llm.corp.internal",
      "llm.internal",
      "a.b",
      "xn--d1acufc.example",
      "1.example.com",
      "llm.co.uk.corp",
      "mygoogleapis.com",
      DNS_LONGEST,
    ],
    {
      [DNS]: [
        ...[
          "llm",
          "LLM.corp.internal",
          "l_m.corp",
          "llm.corp.",
          ".corp",
          "a..b",
          "a.1",
          "10.0.0.1",
        ],
        ...[
          "-a.b",
          "a-.b",
          `${long(64)}.b`,
          `${DNS_LONGEST}a`,
          Array(9).fill(long(60)).join("."),
          "*.corp",
        ],
      ],
      [hides("google.internal")]: ["metadata.google.internal", "google.internal"],
      [hides("googleapis.com")]: ["storage.googleapis.com", "googleapis.com"],
      [hides("cluster.local")]: ["x.svc.cluster.local", "cluster.local"],
      [hides("goog")]: ["gke.goog"],
      [hides("huggingface.co")]: ["huggingface.co"],
      [hides("arpa")]: ["1.10.in-addr.arpa"],
      [hides("localhost")]: ["llm.localhost"],
      [hides("co.uk")]: ["co.uk"],
      [hides("com.br")]: ["com.br"],
    },
  ],
  [
    "namespace",
    ["inference", "a", "llm-1", "system", "kube", "defaults", long(40)],
    {
      [OWN_NAMESPACE]: [
        ...[
          "default",
          "kube-system",
          "kube-public",
          "kube-x",
          "gke-managed-system",
          "gke-gmp-system",
        ],
        ...["gmp-system", "gmp-public", "istio-system", "config-management-system"],
      ],
      [LABEL]: ["Inference", "my_ns", "1a", "a-", long(41), "a.b"],
    },
  ],
  ["objectName", ["vllm", "a-1"], { [LABEL]: ["V", "a_b", "a/b", long(41), "1"] }],
])("%s", (name, taken, refused) => {
  const grammar = texts[name] as texts.Grammar;

  test.each(taken)("takes %j", (text) => {
    expect(grammar(text)).toBeUndefined();
  });

  test.each(Object.entries(refused).flatMap(([form, given]) => given.map((text) => [text, form])))(
    "refuses %j",
    (text, form) => {
      expect(grammar(text)).toBe(form);
    },
  );

  test.each(NEVER)("never takes %j", (text) => {
    expect(grammar(text)).toEqual(expect.any(String));
  });

  test("never takes what would be a flag, a path, or more than one word", () => {
    const bad = fc.oneof(
      fc.string().map((rest) => `-${rest}`),
      fc.string().map((rest) => `/${rest}`),
      fc.string().map((rest) => `../${rest}`),
      fc
        .tuple(
          fc.string(),
          fc.constantFrom(" ", "\n", "\t", "\0", "$", '"', "'", "\\", "<"),
          fc.string(),
        )
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(bad, (text) => grammar(text) !== undefined),
      SEED,
    );
  });
});

const SEED = { seed: 20261130, numRuns: 300 };

/** Texts near the border of a grammar: its letters and a few others. */
function near(letters: string, maxLength: number) {
  return fc.string({ unit: fc.constantFrom(...letters), maxLength });
}

describe("what is accepted keeps the rule as its owner states it", () => {
  const { projectId, repository, namespace, bucket, dnsName, secretName, imageRelease } = texts;

  test.each<[string, texts.Grammar, fc.Arbitrary<string>, (text: string) => boolean]>([
    [
      "a project's id has 6 to 30 characters",
      projectId,
      near("abz09-", 32),
      (id) =>
        id.length >= 6 &&
        id.length <= 30 &&
        [...id].every((c) => /[a-z0-9-]/.test(c)) &&
        /[a-z]/.test(id.charAt(0)) &&
        !id.endsWith("-"),
    ],
    [
      "a repository is what huggingface_hub takes",
      repository,
      near("aZ0-_./", 12),
      (id) =>
        // REPO_ID_REGEX of huggingface_hub, whose `\b` needs a letter, digit or _ on one side.
        /^(\b[\w\-.]+\b\/)?\b[\w\-.]{1,96}\b$/.test(id) &&
        !id.includes("--") &&
        !id.includes("..") &&
        !id.endsWith(".git") &&
        id.split("/").length <= 2,
    ],
    [
      "a namespace is a DNS label of 40 characters that starts with a letter",
      namespace,
      near("abz09-", 42),
      (name) =>
        name.length >= 1 &&
        name.length <= 40 &&
        !/[^a-z0-9-]/.test(name) &&
        /^[a-z]/.test(name) &&
        !name.endsWith("-"),
    ],
    [
      "a bucket's parts are labels",
      bucket,
      near("ab9-_.", 12),
      (name) =>
        name.length >= 3 &&
        /^[a-z0-9]/.test(name) &&
        /[a-z0-9]$/.test(name) &&
        name.split(".").every((part) => part !== "") &&
        !/^\d+(\.\d+){3}$/.test(name),
    ],
    [
      "a DNS name is made of labels",
      dnsName,
      near("ab9-.", 14),
      (name) => {
        const labels = name.split(".");
        return (
          labels.length >= 2 &&
          labels.every((l) => l !== "" && !l.startsWith("-") && !l.endsWith("-")) &&
          /^[a-z]/.test(labels.at(-1) ?? "")
        );
      },
    ],
    [
      "a release is the tag of an image",
      imageRelease,
      near("v019.-+ac_", 14).map((rest) => `v0.18.1${rest}`),
      (tag) =>
        /^[\w][\w.-]{0,127}$/.test(tag) &&
        (tag === "v0.18.1" || /^v0\.18\.1(\d+)?([-.]?[a-z].*|-.+)?$/.test(tag)),
    ],
  ])("%s", (_, grammar, arbitrary, rule) => {
    const accepts = (text: string) => grammar(text) === undefined;
    fc.assert(
      fc.property(arbitrary, (text) => accepts(text) === rule(text)),
      { ...SEED, numRuns: 2000 },
    );
  });

  test("a secret's project is a project", () => {
    const name = near("ab9-", 8).map((id) => [id, `projects/${id}/secrets/hf`] as const);
    fc.assert(
      fc.property(name, ([id, secret]) => {
        const isProject = projectId(id) === undefined || /^[1-9]\d*$/.test(id);
        return (secretName(secret) === undefined) === isProject;
      }),
      SEED,
    );
  });
});

test("a secret and its version are told apart", () => {
  const secret = "projects/my-project/secrets/hf";
  expect(texts.partsOfSecret(secret)).toEqual({ secret });
  expect(texts.partsOfSecret(`${secret}/versions/7`)).toEqual({ secret, version: "7" });
});
