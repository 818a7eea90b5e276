import * as net from "node:net";

import { freePort, isFree } from "../../../../emulator/gke/controlPlane/ports";

test("a free port can be listened on, and is not free while somebody does", async () => {
  const port = await freePort();
  expect(port).toBeGreaterThan(0);
  expect(await isFree(port)).toBe(true);
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  expect(await isFree(port)).toBe(false);
  await new Promise((resolve) => server.close(resolve));
  expect(await isFree(port)).toBe(true);
});
