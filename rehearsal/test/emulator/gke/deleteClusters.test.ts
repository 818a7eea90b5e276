import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";

import { EmulatedGke } from "../../../emulator/gke/emulatedGke";

const WEST = "projects/p/locations/europe-west3/clusters/gke-west";
const EAST = "projects/p/locations/us-east4/clusters/gke-east";

let stateDir: string;
beforeEach(async () => {
  stateDir = await fs.mkdtemp(path.join(os.tmpdir(), "gke-"));
});
afterEach(() => fs.rm(stateDir, { recursive: true }));

/** One whose clusters end when they are told to. */
function twoClusters(said: string[], ended: Record<string, Promise<void>>): EmulatedGke {
  const gke = new EmulatedGke({ stateDir } as never, {} as never, {} as never, {} as never);
  const etcd = {
    deletePrefix: (prefix: string) => Promise.resolve(void said.push(`keys of ${prefix}`)),
    stop: () => Promise.resolve(void said.push("etcd ends")),
  };
  Reflect.set(gke, "etcd", Promise.resolve(etcd));
  jest.spyOn(gke, "cloudChanged").mockReturnValue();
  const clusters = Object.entries(ended).map(([id, end]) => {
    return [id, { plane: { client: {} }, stop: () => end }] as const;
  });
  Reflect.set(gke, "clusters", new Map(clusters));
  return gke;
}

test("etcd ends with the last of two clusters that are deleted at the same time", async () => {
  const said: string[] = [];
  let end: () => void = () => undefined;
  const later = new Promise<void>((resolve) => (end = resolve));
  const gke = twoClusters(said, { [WEST]: later, [EAST]: Promise.resolve() });
  const west = gke.deleteCluster(WEST);
  await gke.deleteCluster(EAST);
  expect(said).toEqual([`keys of /${EAST}/`]);
  end();
  await west;
  expect(said).toEqual([`keys of /${EAST}/`, `keys of /${WEST}/`, "etcd ends"]);
});
