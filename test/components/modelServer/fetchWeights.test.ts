import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/**
 * Hugging Face's library as far as the script uses it. Its one repository is a directory; each call goes to a log, and
 * what is in HOLD happens while a download is under way.
 */
const LIBRARY = `
import os, pathlib, shutil

HUB = pathlib.Path(os.environ["HUB"])

def note(line):
    with open(HUB / "calls", "a") as calls:
        calls.write(line + "\\n")

class HfApi:
    def model_info(self, repository, revision):
        note(f"model_info {repository} {revision}")
        class Info:
            sha = (HUB / "sha").read_text()
        return Info

def snapshot_download(repository, revision, local_dir, ignore_patterns):
    note(f"snapshot_download {repository} {revision} {' '.join(ignore_patterns)}")
    shutil.copytree(HUB / "files", local_dir)
    (local_dir / ".cache").mkdir()
    (local_dir / ".cache" / "lock").write_text("")
    exec(os.environ.get("HOLD", ""), {"local": local_dir})
`;

/** Itself, not a version manager's shim, which may take longer than the script. */
const PYTHON = execFileSync("python3", ["-c", "import sys; print(sys.executable)"], {
  encoding: "utf8",
}).trim();
const SCRIPT = path.resolve(__dirname, "../../../components/modelServer/fetch_weights.py");

interface Place {
  root: string;
  run(revision?: string, hold?: string): { status: number | null; said: string };
  calls(): string[];
  bucket(): string[];
}

/** A bucket, a pod's directories and a hub with one repository, at commit c1. */
function place(): Place {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "fetch-weights-"));
  const at = (...parts: string[]) => path.join(root, ...parts);
  for (const name of ["bucket", "links", "scratch", "hub/files/part", "python"]) {
    fs.mkdirSync(at(name), { recursive: true });
  }
  fs.writeFileSync(at("python/huggingface_hub.py"), LIBRARY);
  fs.writeFileSync(at("hub/sha"), "c1");
  fs.writeFileSync(at("hub/files/model.safetensors"), "weights");
  fs.writeFileSync(at("hub/files/part/config.json"), "{}");
  const run = (revision = "main", hold = "") => {
    const wanted = JSON.stringify([{ repository: "org/model", revision, link: "_base" }]);
    const directories = [at("bucket"), at("links"), at("scratch")];
    const env = { ...process.env, PYTHONPATH: at("python"), HUB: at("hub"), HOLD: hold };
    const script = fs.readFileSync(SCRIPT, "utf8");
    const done = spawnSync(PYTHON, ["-c", script, ...directories, wanted], { env });
    return { status: done.status, said: `${done.stdout}${done.stderr}` };
  };
  const calls = () => {
    const file = at("hub/calls");
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8").trim().split("\n") : [];
  };
  const bucket = () =>
    fs
      .readdirSync(at("bucket"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(at("bucket"), path.join(entry.parentPath, entry.name)))
      .sort();
  return { root, run, calls, bucket };
}

const LOADED = [
  "org/model/c1/model.safetensors",
  "org/model/c1/part/config.json",
  "org/model/refs/main",
];

describe("the script that fetches weights", () => {
  let here: Place;
  beforeEach(() => {
    here = place();
  });
  afterEach(() => fs.rmSync(here.root, { recursive: true }));

  const linked = () => fs.readlinkSync(path.join(here.root, "links/_base"));
  const inBucket = (...name: string[]) => path.join(here.root, "bucket", ...name);

  test("lays a revision below its commit, notes the commit last, and links to it", () => {
    expect(here.run()).toEqual({ status: 0, said: "org/model@main: not in the bucket yet\n" });
    expect(here.calls()).toEqual([
      "model_info org/model main",
      "snapshot_download org/model c1 original/*",
    ]);
    expect(here.bucket()).toEqual(LOADED);
    expect(fs.readFileSync(inBucket("org/model/refs/main"), "utf8")).toBe("c1");
    expect(linked()).toBe(inBucket("org/model/c1"));
    expect(fs.readdirSync(path.join(here.root, "scratch/org"))).toEqual([]);
  });

  test("does not ask Hugging Face for what the bucket has, also where the branch has moved", () => {
    here.run();
    fs.writeFileSync(path.join(here.root, "hub/sha"), "c2");
    expect(here.run()).toEqual({ status: 0, said: "org/model@main: c1\n" });
    expect(here.calls()).toHaveLength(2);
    expect(linked()).toBe(inBucket("org/model/c1"));
  });

  test("takes another revision as another", () => {
    here.run();
    fs.writeFileSync(path.join(here.root, "hub/sha"), "c2");
    expect(here.run("v2").status).toBe(0);
    expect(linked()).toBe(inBucket("org/model/c2"));
    expect(here.bucket().filter((name) => name.includes("refs"))).toEqual([
      "org/model/refs/main",
      "org/model/refs/v2",
    ]);
  });

  test("goes on where a pod was killed, and writes no file twice", () => {
    fs.mkdirSync(inBucket("org/model/c1"), { recursive: true });
    const whole = inBucket("org/model/c1/model.safetensors");
    fs.writeFileSync(whole, "WEIGHTS");
    expect(here.run().status).toBe(0);
    expect(fs.readFileSync(whole, "utf8")).toBe("WEIGHTS");
    expect(here.bucket()).toEqual(LOADED);
  });

  test("writes again what was cut off", () => {
    fs.mkdirSync(inBucket("org/model/c1"), { recursive: true });
    const cut = inBucket("org/model/c1/model.safetensors");
    fs.writeFileSync(cut, "wei");
    expect(here.run().status).toBe(0);
    expect(fs.readFileSync(cut, "utf8")).toBe("weights");
  });

  test("a reference that is still empty is none", () => {
    fs.mkdirSync(inBucket("org/model/refs"), { recursive: true });
    fs.writeFileSync(inBucket("org/model/refs/main"), "");
    expect(here.run().status).toBe(0);
    expect(here.bucket()).toEqual(LOADED);
  });

  test("an object that another pod finishes first is as good", () => {
    // What a bucket answers to the slower of two writers.
    const hold = [
      "import shutil",
      "real = shutil.copyfile",
      "def slow(source, destination):",
      "    real(source, destination)",
      "    raise OSError(116, 'Stale file handle')",
      "shutil.copyfile = slow",
    ].join("\n");
    expect(here.run("main", hold).status).toBe(0);
    expect(here.bucket()).toEqual(LOADED);
  });

  test("a disk that is full is an error, and the revision stays unknown", () => {
    const hold = [
      "import shutil",
      "def full(source, destination):",
      "    raise OSError(28, 'No space left on device')",
      "shutil.copyfile = full",
    ].join("\n");
    const { status, said } = here.run("main", hold);
    expect(status).toBe(1);
    expect(said).toContain("No space left on device");
    expect(here.bucket()).toEqual([]);
  });
});
