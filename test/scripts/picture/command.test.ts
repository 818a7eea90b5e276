import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";

import { readStackConfig } from "../../../scripts/picture/stackConfig";

const ROOT = path.resolve(__dirname, "../../..");

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "picture-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** Runs the command in the folder. */
async function picture(env: Record<string, string>) {
  const args = [path.join(ROOT, "scripts/run.mjs"), "picture"];
  const options = { cwd: folder, env: { ...process.env, STACK: "", OUT: "", ...env } };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, options);
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

function write(name: string, text: string): void {
  fs.writeFileSync(path.join(folder, name), text);
}

describe("make picture", () => {
  test("draws what docs/pictures has of dev", async () => {
    fs.copyFileSync(path.join(ROOT, "Pulumi.dev.yaml"), path.join(folder, "Pulumi.dev.yaml"));
    const { code, stdout } = await picture({ STACK: "dev" });
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nWritten: docs\/pictures\/dev\.svg\n$/);
    const [written, page] = [folder, ROOT].map((root) =>
      fs.readFileSync(path.join(root, "docs/pictures/dev.svg"), "utf8"),
    );
    expect(written).toBe(page);
  });

  test("draws a stack with an encrypted token and a bucket of weights, into another file", async () => {
    write(
      "Pulumi.mine.yaml",
      fs
        .readFileSync(path.join(ROOT, "Pulumi.dev.yaml"), "utf8")
        .concat("  inference-gateway:huggingFaceToken: { secure: AAABAHx }\n")
        .concat("  inference-gateway:weightsCache: { kind: bucket, bucket: my-weights }\n"),
    );
    expect(await picture({ STACK: "team/mine", OUT: "a/b.svg" })).toMatchObject({ code: 0 });
    expect(fs.readFileSync(path.join(folder, "a/b.svg"), "utf8")).toContain(">Stack mine</text>");
  });

  test("refuses an invalid configuration with the words of `pulumi up`", async () => {
    write(
      "Pulumi.bad.yaml",
      [
        "config:",
        "  gcp:project: my-project-dev",
        "  inference-gateway:clusters: { a: { region: europe-west3 }, b: { region: us-east4 } }",
        "  inference-gateway:configCluster: c",
        "  inference-gateway:accelerator: { machineType: g2-standard-8 }",
        "  inference-gateway:drained: [us-east5]",
      ].join("\n"),
    );
    const { code, stdout, stderr } = await picture({ STACK: "bad" });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr.split("\n")).toEqual([
      "The configuration of stack bad has 2 problems:",
      '  inference-gateway:configCluster: got "c"; allowed: one of the clusters: a, b',
      '  inference-gateway:drained[0]: got "us-east5"; allowed: a region of a cluster with GPUs: europe-west3, us-east4',
      "",
    ]);
    expect(fs.readdirSync(folder)).toEqual(["Pulumi.bad.yaml"]);
  });

  test("refuses a stack that does not exist", async () => {
    const { code, stdout, stderr } = await picture({ STACK: "nowhere" });
    const file = path.join(fs.realpathSync(folder), "Pulumi.nowhere.yaml");
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: "",
      stderr: `There is no ${file}.\n`,
    });
  });
});

describe("a stack file is read", () => {
  const token = "inference-gateway:huggingFaceToken";
  const secret = "inference-gateway:huggingFaceSecret";
  const encrypted = "{ secure: AAABAHx }";

  test.each([
    ["without a token", "{}", { [token]: "hf_rehearsal" }, [token]],
    ["with an encrypted one", `{ ${token}: ${encrypted} }`, { [token]: "hf_rehearsal" }, [token]],
    ["with one in plain text", `{ ${token}: hf_mine }`, { [token]: "hf_mine" }, [token]],
    ["with a secret in its place", `{ ${secret}: a/b }`, { [secret]: "a/b" }, [token]],
    [
      "with another key encrypted",
      `{ ${token}: hf_mine, a:b: ${encrypted} }`,
      { [token]: "hf_mine", "a:b": '{"secure":"AAABAHx"}' },
      ["a:b", token],
    ],
    [
      "with structured values",
      `{ ${token}: hf_mine, a:b: [1, x], a:c: 1.5 }`,
      { [token]: "hf_mine", "a:b": '[1,"x"]', "a:c": "1.5" },
      [token],
    ],
  ])("%s", (_, config, values, secrets) => {
    write("Pulumi.mine.yaml", `config: ${config}`);
    const read = readStackConfig(folder, "mine");
    expect(read).toEqual({ stack: "mine", values, secrets });
  });

  test.each([
    ["config: [", "unexpected end of the stream within a flow collection (1:10)"],
    ["a: b: c", "bad indentation of a mapping entry (1:5)"],
  ])("not if it is not YAML: %s", (text, words) => {
    write("Pulumi.mine.yaml", text);
    const file = path.join(folder, "Pulumi.mine.yaml");
    expect(() => readStackConfig(folder, "mine")).toThrow(`${file} is not valid YAML: ${words}`);
  });

  test.each(["", "# a comment", "config:", "environment: [a]"])(
    "without keys, if it has none: %j",
    (text) => {
      write("Pulumi.mine.yaml", text);
      const { values } = readStackConfig(folder, "mine");
      expect(values).toEqual({ [token]: "hf_rehearsal" });
    },
  );

  test.each(["config: text", "config: [1]", "- a list", "text"])(
    "not if it is another file: %j",
    (text) => {
      write("Pulumi.mine.yaml", text);
      const file = path.join(folder, "Pulumi.mine.yaml");
      const words = `${file} is not a stack file: it has no key \`config\` with keys below it.`;
      expect(() => readStackConfig(folder, "mine")).toThrow(words);
    },
  );
});
