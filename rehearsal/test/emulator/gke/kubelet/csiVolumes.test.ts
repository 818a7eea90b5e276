import { mountRefusal } from "../../../../emulator/gke/kubelet/references";
import { CsiSource, Pod } from "../../../../emulator/gke/world/kinds";
import { clusterSpec, FakeCloud, FakeCluster, object } from "../support/world";

const GCSFUSE = "gcsfuse.csi.storage.gke.io";
const SECRETS = "secrets-store-gke.csi.k8s.io";
const MEMBER = "serviceAccount:demo.svc.id.goog[inference/model-server-c]";
const PRINCIPAL =
  "principal://iam.googleapis.com/projects/42/locations/global/workloadIdentityPools/" +
  "demo.svc.id.goog/subject/ns/inference/sa/model-server-c";

let cloud: FakeCloud;
let cluster: FakeCluster;
beforeEach(() => {
  cloud = new FakeCloud();
  cluster = new FakeCluster(clusterSpec("c", "us-east4"));
});

function podWith(csi: CsiSource, annotations: Record<string, string> = {}): Pod {
  const containers = [{ name: "vllm", image: "x" }];
  const spec = { serviceAccountName: "model-server-c", containers, volumes: [{ name: "v", csi }] };
  return object("Pod", "inference/p", { spec }, { annotations });
}

/** What the kubelet says, without what is always before it. */
function refusal(pod: Pod): string | undefined {
  const said = mountRefusal({ objects: cluster, cloud }, pod);
  const before = 'MountVolume.SetUp failed for volume "v" : ';
  expect(said ?? before).toContain(before);
  return said?.slice(before.length);
}

const notRegistered = (driver: string) =>
  "kubernetes.io/csi: mounter.SetUpAt failed to get CSI client: " +
  `driver name ${driver} not found in the list of registered CSI drivers`;

test.each([GCSFUSE, SECRETS])("%s needs the cluster's add-on", (driver) => {
  cloud.drivers = cloud.drivers.filter((name) => name !== driver);
  expect(refusal(podWith({ driver }))).toBe(notRegistered(driver));
});

test("a driver of another cloud is not there", () => {
  cloud.drivers.push("ebs.csi.aws.com");
  expect(refusal(podWith({ driver: "ebs.csi.aws.com" }))).toBe(notRegistered("ebs.csi.aws.com"));
});

describe("a bucket", () => {
  const volume = { driver: GCSFUSE, volumeAttributes: { bucketName: "weights" } };
  const ANNOTATED = { "gke-gcsfuse/volumes": "true" };
  const mount = (annotations: Record<string, string> = ANNOTATED) =>
    refusal(podWith(volume, annotations));
  const DENIED =
    'rpc error: code = PermissionDenied desc = failed to get GCS bucket "weights": googleapi: ' +
    "Error 403: Caller does not have storage.objects.list access to the Google Cloud Storage " +
    "bucket. Permission 'storage.objects.list' denied on resource (or it may not exist)., forbidden";

  beforeEach(() => {
    cloud.buckets.add("weights");
    cloud.grants.add(`weights roles/storage.objectUser ${MEMBER}`);
  });

  test("is mounted for the account that may list it", () => {
    expect(mount()).toBeUndefined();
    cloud.grants = new Set([`weights roles/storage.objectViewer ${PRINCIPAL}`]);
    expect(mount()).toBeUndefined();
  });

  test("needs the annotation by which the sidecar comes", () => {
    const missing =
      "rpc error: code = FailedPrecondition desc = failed to find the sidecar container in Pod spec";
    expect(mount({})).toBe(missing);
    expect(mount({ "gke-gcsfuse/volumes": "True" })).toBe(missing);
  });

  test("has to exist", () => {
    cloud.buckets.clear();
    expect(mount()).toBe(
      'rpc error: code = NotFound desc = failed to get GCS bucket "weights": storage: bucket doesn\'t exist',
    );
  });

  test.each([
    ["nobody was granted anything", []],
    ["another account was", [`weights roles/storage.objectUser ${MEMBER.replace("-c]", "-d]")}`]],
    ["the role does not list", [`weights roles/storage.objectCreator ${MEMBER}`]],
    ["it is another bucket", [`other roles/storage.objectUser ${MEMBER}`]],
  ])("is refused where %s", (_why, grants) => {
    cloud.grants = new Set(grants);
    expect(mount()).toBe(DENIED);
  });

  test("is refused where the cluster has no Workload Identity", () => {
    cloud.pool = undefined;
    expect(mount()).toBe(DENIED);
  });
});

describe("secrets", () => {
  const RESOURCE = "projects/demo/secrets/hf/versions/latest";
  const volume = { driver: SECRETS, volumeAttributes: { secretProviderClass: "hf-token" } };
  const mount = () => refusal(podWith(volume));
  const failed = (why: string) =>
    "rpc error: code = Unknown desc = failed to mount secrets store objects for pod inference/p, " +
    `err: ${why}`;

  function provide(spec: object = {}) {
    const secrets = `- resourceName: ${RESOURCE}\n  path: token\n`;
    const full = { provider: "gke", parameters: { secrets }, ...spec };
    cluster.put(object("SecretProviderClass", "inference/hf-token", { spec: full }));
  }

  beforeEach(() => {
    provide();
    cloud.secretVersions.add(RESOURCE);
    cloud.grants.add(`projects/demo/secrets/hf roles/secretmanager.secretAccessor ${MEMBER}`);
  });

  test("are mounted for the account that may read them", () => {
    expect(mount()).toBeUndefined();
  });

  test("need their class, in the pod's namespace", () => {
    cluster.objects.length = 0;
    expect(mount()).toBe(
      "rpc error: code = Unknown desc = failed to get secretproviderclass inference/hf-token, error: " +
        'SecretProviderClass.secrets-store.csi.x-k8s.io "hf-token" not found',
    );
  });

  test("need the provider of the add-on", () => {
    provide({ provider: "gcp" });
    expect(mount()).toBe(
      failed('error connecting to provider "gcp": provider not found: provider "gcp"'),
    );
  });

  test.each([
    "",
    "token",
    "- path: token",
    "- resourceName: x",
    "a: [",
    "- resourceName: x\n  path: ",
  ])("need a list of names and paths, not %j", (secrets) => {
    provide({ parameters: { secrets } });
    expect(mount()).toBe(failed("failed to unmarshal secrets attribute"));
  });

  test("are refused where the account may not read them", () => {
    const role = "roles/secretmanager.viewer";
    cloud.grants = new Set([`projects/demo/secrets/hf ${role} ${MEMBER}`]);
    expect(mount()).toBe(
      failed(
        "rpc error: code = PermissionDenied desc = Permission 'secretmanager.versions.access' " +
          `denied for resource '${RESOURCE}' (or it may not exist).`,
      ),
    );
  });

  test("need a version", () => {
    cloud.secretVersions.clear();
    expect(mount()).toBe(
      failed(
        "rpc error: code = NotFound desc = Secret [projects/demo/secrets/hf] not found or has no versions.",
      ),
    );
    const resourceName = RESOURCE.replace("latest", "7");
    provide({ parameters: { secrets: `- { resourceName: "${resourceName}", path: token }` } });
    expect(mount()).toBe(
      failed(`rpc error: code = NotFound desc = Secret Version [${resourceName}] not found.`),
    );
  });
});
