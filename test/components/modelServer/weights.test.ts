import {
  ARGS,
  BUCKET,
  type Container,
  modelServer,
  podOf,
  SECRET_MANAGER,
  vllmOf,
} from "../../support/modelServerMocks";

const HF_TOKEN = {
  name: "HF_TOKEN",
  valueFrom: { secretKeyRef: { name: "hf-token", key: "token" } },
};
const SHM = { name: "shm", mountPath: "/dev/shm" };

describe("weights on the node's disk", () => {
  const node = () => modelServer({ weightsCache: { kind: "node" } });

  test("are in a directory that outlives the pod", async () => {
    const { spec } = podOf(await node());
    expect(spec.volumes[0]).toEqual({
      name: "weights",
      hostPath: { path: "/var/lib/model-weights", type: "DirectoryOrCreate" },
    });
    expect(spec.initContainers).toBeUndefined();
  });

  test("are Hugging Face's cache, and do not count as the pod's own disk", async () => {
    const { env, volumeMounts, resources, args } = vllmOf(await node());
    expect(env).toEqual([HF_TOKEN, { name: "HF_HOME", value: "/weights" }]);
    expect(volumeMounts).toEqual([{ name: "weights", mountPath: "/weights" }, SHM]);
    expect(resources.limits["ephemeral-storage"]).toBe("10Gi");
    expect(args.slice(0, 3)).toEqual([ARGS.model.id, "--revision", "0e9e39f"]);
  });
});

describe("weights in a bucket", () => {
  let server: Container;
  let loader: Container;
  let pod: ReturnType<typeof podOf>;
  beforeAll(async () => {
    const recording = await modelServer({ weightsCache: BUCKET });
    pod = podOf(recording);
    server = vllmOf(recording);
    const [first, ...others] = pod.spec.initContainers ?? [];
    if (!first || others.length > 0) throw new Error("not one init container");
    loader = first;
  });

  test("GKE mounts the bucket by a sidecar without limits", () => {
    expect(pod.metadata.annotations).toEqual({
      "gke-gcsfuse/volumes": "true",
      "gke-gcsfuse/cpu-limit": "0",
      "gke-gcsfuse/memory-limit": "0",
      "gke-gcsfuse/ephemeral-storage-limit": "0",
    });
    expect(pod.spec.volumes).toEqual([
      {
        name: "bucket",
        csi: {
          driver: "gcsfuse.csi.storage.gke.io",
          volumeAttributes: {
            bucketName: "weights",
            mountOptions:
              "implicit-dirs,metadata-cache:negative-ttl-secs:0,file-cache:max-size-mb:-1," +
              "file-cache:enable-parallel-downloads:true,file-cache:cache-file-for-range-read:true",
          },
        },
      },
      { name: "model", emptyDir: {} },
      { name: "scratch", emptyDir: {} },
      { name: "shm", emptyDir: { medium: "Memory" } },
    ]);
  });

  test("a container before the server fetches model and adapters, each with its link", () => {
    const [python, flag, script, ...directories] = loader.command;
    expect([python, flag]).toEqual(["python3", "-c"]);
    expect(script).toContain("snapshot_download");
    expect(directories.slice(0, 3)).toEqual(["/bucket", "/model", "/scratch"]);
    expect(JSON.parse(directories[3] ?? "")).toEqual([
      { repository: ARGS.model.id, revision: "0e9e39f", link: "_base" },
      { repository: "Kawon/food", revision: "main", link: "food-review-1" },
    ]);
  });

  test("an adapter's name may have a /, which is encoded in its link", async () => {
    const adapters = [{ name: "acme/Food_1", source: "Kawon/food" }];
    const recording = await modelServer({
      weightsCache: BUCKET,
      model: { ...ARGS.model, adapters },
    });
    const [fetcher] = podOf(recording).spec.initContainers ?? [];
    const [, link] = JSON.parse(fetcher?.command.at(-1) ?? "") as unknown[];
    expect(link).toEqual({
      repository: "Kawon/food",
      revision: "main",
      link: "acme%2FFood_1",
    });
    expect(vllmOf(recording).args.at(-1)).toBe(
      `{"name":"acme/Food_1","path":"/model/acme%2FFood_1","base_model_name":"${ARGS.model.id}"}`,
    );
  });

  test("it runs the server's image, without a GPU, and may write to the bucket", () => {
    expect({ ...loader, command: undefined }).toEqual({
      name: "fetch-weights",
      command: undefined,
      image: server.image,
      env: [HF_TOKEN, { name: "HF_HOME", value: "/scratch/.hugging-face" }],
      resources: {
        limits: { "ephemeral-storage": "60Gi" },
        requests: { cpu: "2", memory: "10Gi", "ephemeral-storage": "60Gi" },
      },
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
      volumeMounts: [
        { name: "bucket", mountPath: "/bucket" },
        { name: "model", mountPath: "/model" },
        { name: "scratch", mountPath: "/scratch" },
      ],
    });
  });

  test("the server reads only, has no token, and answers to the model's own name", () => {
    expect(server.env).toEqual([{ name: "HF_HUB_OFFLINE", value: "1" }]);
    expect(server.volumeMounts).toEqual([
      { name: "bucket", mountPath: "/bucket", readOnly: true },
      { name: "model", mountPath: "/model", readOnly: true },
      SHM,
    ]);
    expect(server.args).toEqual([
      "/model/_base",
      ...["--served-model-name", ARGS.model.id],
      ...["--port", "8000"],
      ...["--max-model-len", "8192"],
      ...["--shutdown-timeout", "100"],
      ...["--enable-lora", "--max-loras", "1", "--lora-modules"],
      `{"name":"food-review-1","path":"/model/food-review-1","base_model_name":"${ARGS.model.id}"}`,
    ]);
  });

  test("a token of Secret Manager is mounted where it is needed, and there only", async () => {
    const recording = await modelServer({ weightsCache: BUCKET, token: SECRET_MANAGER });
    const [fetcher] = podOf(recording).spec.initContainers ?? [];
    const mount = { name: "hf-token", mountPath: "/var/run/secrets/hugging-face", readOnly: true };
    expect(fetcher?.volumeMounts).toContainEqual(mount);
    expect(fetcher?.env[0]).toEqual({
      name: "HF_TOKEN_PATH",
      value: "/var/run/secrets/hugging-face/token",
    });
    expect(vllmOf(recording).volumeMounts).not.toContainEqual(mount);
  });
});
