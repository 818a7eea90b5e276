import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

import { PickerChecks } from "../../../emulator/loadBalancer/pickers";
import { Picker } from "./support/picker";

test("a picker takes connections once a handshake has succeeded, and no longer once one has failed", async () => {
  let answer = true;
  const checks = new PickerChecks(() => Promise.resolve(answer));
  expect(checks.takes("127.0.0.1:9002")).toBe(false);
  await checks.tick(["127.0.0.1:9002"]);
  expect(checks.takes("127.0.0.1:9002")).toBe(true);
  answer = false;
  await checks.tick(["127.0.0.1:9002"]);
  expect(checks.takes("127.0.0.1:9002")).toBe(false);
});

test("one that is wanted no more is forgotten", async () => {
  const checks = new PickerChecks(() => Promise.resolve(true));
  await checks.tick(["127.0.0.1:1", "127.0.0.1:2"]);
  await checks.tick(["127.0.0.1:2"]);
  expect([checks.takes("127.0.0.1:1"), checks.takes("127.0.0.1:2")]).toEqual([false, true]);
});

test("a check that is under way is not begun twice", async () => {
  const asked: string[] = [];
  let finish = (_: boolean) => undefined as void;
  const checks = new PickerChecks((address) => {
    asked.push(address);
    return new Promise((resolve) => (finish = resolve));
  });
  const first = checks.tick(["127.0.0.1:1"]);
  await checks.tick(["127.0.0.1:1"]);
  expect(asked).toEqual(["127.0.0.1:1"]);
  finish(true);
  await first;
  expect(checks.takes("127.0.0.1:1")).toBe(true);
});

describe("on a socket", () => {
  test("a server that completes the handshake takes connections", async () => {
    const picker = await Picker.start("127.71.3.7", () => "");
    const checks = new PickerChecks();
    await checks.tick([picker.address]);
    expect(checks.takes(picker.address)).toBe(true);
    await picker.stop();
    await checks.tick([picker.address]);
    expect(checks.takes(picker.address)).toBe(false);
  });

  test("one that breaks off does not", async () => {
    const deaf = createServer((socket) => socket.destroy());
    await once(deaf.listen(0, "127.0.0.1"), "listening");
    const address = `127.0.0.1:${(deaf.address() as AddressInfo).port}`;
    const checks = new PickerChecks();
    await checks.tick([address]);
    expect(checks.takes(address)).toBe(false);
    deaf.close();
  });

  test("one that says nothing is given up when the balancer ends", async () => {
    const silent = createServer();
    await once(silent.listen(0, "127.0.0.1"), "listening");
    const address = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const checks = new PickerChecks();
    const check = checks.tick([address]);
    checks.stop();
    await check;
    expect(checks.takes(address)).toBe(false);
    silent.close();
  });
});
