import { PropertyMap } from "../../../../rehearsal/providers/plugin";
import { FakeApiServer } from "./support/fakeApiServer";
import { Harness } from "./support/harness";

const TYPE = "kubernetes:core/v1:ConfigMap";
const INPUTS: PropertyMap = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "a", namespace: "default" },
};
const KNOWN = { id: "default/a", oldInputs: INPUTS, oldOutputs: INPUTS };
const HELP =
  "If the cluster was deleted, you can remove this resource from Pulumi state by rerunning the " +
  'operation with the PULUMI_K8S_DELETE_UNREACHABLE environment variable set to "true"';

let kubeconfig: string;
let reason: string;
beforeAll(async () => {
  const server = await FakeApiServer.start();
  kubeconfig = server.kubeconfig();
  const address = server.url.replace("http://", "");
  reason = `${server.url} (context here): connect ECONNREFUSED ${address}`;
  await server.stop();
});

async function unreachable(config: PropertyMap = {}): Promise<Harness> {
  const harness = new Harness();
  await harness.provider.configure({ kubeconfig, ...config });
  return harness;
}

it("previews as if nothing was wrong", async () => {
  const harness = await unreachable();
  expect(await harness.check(TYPE, INPUTS)).toEqual({ inputs: INPUTS });
  const created = await harness.create(TYPE, INPUTS, { preview: true });
  expect(created).toEqual({ id: "", outputs: INPUTS });
  const news = { ...INPUTS, data: { a: "b" } };
  expect(await harness.update(TYPE, { newInputs: news, preview: true })).toBe(news);
  const { changes } = await harness.diff(TYPE, {
    oldOutputs: { ...INPUTS, __inputs: INPUTS },
    newInputs: news,
  });
  expect(changes).toMatchObject([{ path: ["data"], kind: "add", replace: true }]);
});

it("fails what is real, naming the cluster", async () => {
  const harness = await unreachable();
  const message = `configured Kubernetes cluster is unreachable: ${reason}`;
  await expect(harness.create(TYPE, INPUTS)).rejects.toThrow(new Error(message));
  await expect(harness.update(TYPE, { newInputs: INPUTS })).rejects.toThrow(new Error(message));
  await expect(harness.delete(TYPE, KNOWN)).rejects.toThrow(new Error(`${message}. ${HELP}`));
  await expect(harness.read(TYPE, KNOWN)).rejects.toThrow(
    new Error(`failed to read resource state due to unreachable cluster: ${reason}. ${HELP}`),
  );
});

it("forgets its objects with deleteUnreachable", async () => {
  const harness = await unreachable({ deleteUnreachable: "true" });
  expect(await harness.read(TYPE, KNOWN)).toBeUndefined();
  await harness.delete(TYPE, KNOWN);
  const message =
    `warning: configured Kubernetes cluster is unreachable: ${reason}; ` +
    "the resource leaves the state";
  expect(harness.log.messages).toEqual([message, message]);
});

it("leaves its objects as they were with skipUpdateUnreachable", async () => {
  const harness = await unreachable({ skipUpdateUnreachable: "true" });
  expect(await harness.read(TYPE, KNOWN)).toEqual({
    id: "default/a",
    inputs: INPUTS,
    outputs: INPUTS,
  });
  const checked = await harness.check(TYPE, { data: { a: "b" } }, { oldInputs: INPUTS });
  expect(checked).toEqual({ inputs: INPUTS });
});

it("stays unreachable for the whole run", async () => {
  const server = await FakeApiServer.start();
  server.refuseNext("GET", { code: 401, reason: "Unauthorized", message: "Unauthorized" });
  const harness = await Harness.over(server);
  await expect(harness.create(TYPE, INPUTS)).rejects.toThrow(
    new Error(
      `configured Kubernetes cluster is unreachable: ${server.url} (context here): Unauthorized`,
    ),
  );
  expect(server.writes).toEqual([]);
  await server.stop();
});

it("says what is wrong with the kubeconfig or the credentials", async () => {
  const harness = new Harness();
  await harness.provider.configure({ kubeconfig: "{}" });
  await expect(harness.create(TYPE, INPUTS)).rejects.toThrow(
    new Error("configured Kubernetes cluster is unreachable: kubeconfig: no context is selected"),
  );
  const config = JSON.parse(kubeconfig) as { users: object[] };
  config.users = [{ name: "me", user: { exec: { command: "no-such-plugin", apiVersion: "v1" } } }];
  await harness.provider.configure({ kubeconfig: JSON.stringify(config) });
  await expect(harness.create(TYPE, INPUTS)).rejects.toThrow(
    /: http:\/\/127\.0\.0\.1:\d+ \(context here\): getting credentials: spawn no-such-plugin ENOENT$/,
  );
});

it("names the cluster that goes away in the middle of a run", async () => {
  const server = await FakeApiServer.start();
  const harness = await Harness.over(server);
  const { url } = server;
  await server.stop();
  const custom = { ...INPUTS, apiVersion: "demo.dev/v1", metadata: { name: "a" } };
  const address = url.replace("http://", "");
  await expect(harness.check("kubernetes:demo.dev/v1:Gateway", custom)).rejects.toThrow(
    new Error(
      `configured Kubernetes cluster is unreachable: ${url} (context here): ` +
        `connect ECONNREFUSED ${address}`,
    ),
  );
});
