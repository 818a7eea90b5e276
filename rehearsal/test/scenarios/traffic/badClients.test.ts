import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { BadClient } from "../../../scenarios/traffic/badClients";

let server: Server;
const bodies: string[] = [];
const broken: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    response.on("close", () => {
      if (!response.writableFinished) broken.push(request.url ?? "");
    });
    request.setEncoding("utf8").on("data", (text: string) => bodies.push(text));
    request.on("end", () => response.writeHead(200).write("data: begun\n\n"));
    request.on("error", () => undefined);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
});
afterAll(() => server.close());

const client = () => BadClient.to(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(setImmediate);
}

test("one that is slow sends the beginning of its body, and its end never", async () => {
  const slow = await client();
  slow.head(1000);
  slow.body('{"model": ');
  await until(() => bodies.includes('{"model": '));
  slow.hangUp();
  await until(() => broken.includes("/v1/completions"));
});

test("one that hangs up in a stream has heard that it began", async () => {
  const before = broken.length;
  const leaver = await client();
  leaver.head(2);
  leaver.body("{}");
  expect(await leaver.hear()).toMatch(/^HTTP\/1.1 200 /);
  leaver.hangUp();
  await until(() => broken.length === before + 1);
});
