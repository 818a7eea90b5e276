import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { directoriesBelow } from "../../stage/directories";
import { writeProgram, writeStackFile, overlayStackFile, readStackFile } from "../../stage/program";

describe("the program as the engine runs it", () => {
  let scratch: string;
  const lay = () => {
    const checkout = path.join(scratch, "checkout");
    const directories = directoriesBelow(path.join(scratch, "state"), checkout, "");
    writeProgram(directories);
    writeStackFile(directories, "dev");
    return directories;
  };
  beforeEach(() => {
    scratch = fs.mkdtempSync(path.join(os.tmpdir(), "program-test-"));
    fs.mkdirSync(path.join(scratch, "checkout", "components"), { recursive: true });
    fs.writeFileSync(path.join(scratch, "checkout", "index.ts"), "export {};\n");
    fs.writeFileSync(
      path.join(scratch, "checkout", "Pulumi.dev.yaml"),
      "config:\n  gcp:project: p\n",
    );
  });
  afterEach(() => fs.rmSync(scratch, { recursive: true }));

  test("is links into the checkout, so that an edit is what runs next", () => {
    const { program } = lay();
    fs.writeFileSync(path.join(scratch, "checkout", "index.ts"), "edited\n");
    expect(fs.readFileSync(path.join(program, "index.ts"), "utf8")).toBe("edited\n");
    expect(fs.readlinkSync(path.join(program, "components"))).toBe(
      path.join(scratch, "checkout", "components"),
    );
  });

  test("stack files are copies: salt and secrets that the engine writes stay out of the checkout, and stay", () => {
    const { program } = lay();
    const copy = path.join(program, "Pulumi.dev.yaml");
    fs.writeFileSync(
      copy,
      "encryptionsalt: salt\nconfig:\n  gcp:project: old\n  x:token:\n    secure: sealed\n",
    );
    lay();
    expect(readStackFile(copy)).toEqual({
      encryptionsalt: "salt",
      config: { "gcp:project": "p", "x:token": { secure: "sealed" } },
    });
    expect(fs.readFileSync(path.join(scratch, "checkout", "Pulumi.dev.yaml"), "utf8")).toBe(
      "config:\n  gcp:project: p\n",
    );
  });

  test("settings are laid over a copy as a merge patch, and over the copy alone", () => {
    const directories = lay();
    overlayStackFile(directories, "dev", {
      model: { replicas: 2, id: "m" },
      drained: ["a"],
      scopes: [],
    });
    overlayStackFile(directories, "dev", { model: { id: null }, drained: ["b"], scopes: null });
    expect(readStackFile(path.join(directories.program, "Pulumi.dev.yaml"))).toEqual({
      config: {
        "gcp:project": "p",
        "inference-gateway:model": { replicas: 2 },
        "inference-gateway:drained": ["b"],
      },
    });
    expect(fs.readFileSync(path.join(directories.checkout, "Pulumi.dev.yaml"), "utf8")).toBe(
      "config:\n  gcp:project: p\n",
    );
  });
});
