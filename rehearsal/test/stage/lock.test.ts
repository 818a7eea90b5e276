import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { lockState } from "../../stage/lock";

describe("the lock of a state directory", () => {
  let state: string;
  beforeEach(() => {
    state = fs.mkdtempSync(path.join(os.tmpdir(), "lock-test-"));
  });
  afterEach(() => fs.rmSync(state, { recursive: true }));

  test("refuses a second rehearsal and names the first", async () => {
    const script = path.join(state, "start.mjs");
    fs.writeFileSync(script, "setInterval(() => {}, 1000); console.log('up');");
    const other = spawn(process.execPath, [script]);
    try {
      await new Promise((resolve) => other.stdout.once("data", resolve));
      fs.writeFileSync(path.join(state, "lock"), String(other.pid));
      expect(() => lockState(state)).toThrow(
        `another rehearsal of this checkout is running (process ${other.pid}: ${process.execPath} ${script}); ` +
          "wait for it, or interrupt it",
      );
    } finally {
      other.kill("SIGKILL");
    }
  });

  test.each(["", "999999999", String(process.ppid)])(
    "is taken over from what is no rehearsal: %s",
    (pid) => {
      fs.writeFileSync(path.join(state, "lock"), pid);
      lockState(state);
      expect(fs.readFileSync(path.join(state, "lock"), "utf8")).toBe(String(process.pid));
    },
  );
});
