import { type Synthesis, synthesize } from "../support/program";
import { UNKNOWN } from "../../policy-pack/test/support/unknown";
import { childrenOf, find } from "../../rehearsal/stage/registrations";

describe("what the clusters share", () => {
  let dev: Synthesis;
  beforeAll(async () => {
    dev = await synthesize("dev");
  });

  test("ProjectServices enables thirteen APIs, leaves them on, and gives the controller its role", () => {
    const children = childrenOf(dev, "inference-gateway:index:ProjectServices::apis");
    const services = children.filter((id) => id.startsWith("gcp:projects/service:Service"));
    expect(services.map((id) => find(dev, id).inputs)).toEqual(
      [
        "autoscaling",
        "cloudresourcemanager",
        "compute",
        "container",
        "dns",
        "gkehub",
        "iam",
        "logging",
        "monitoring",
        "multiclusteringress",
        "multiclusterservicediscovery",
        "networkservices",
        "trafficdirector",
      ].map((api) => ({
        project: "my-project-dev",
        service: `${api}.googleapis.com`,
        disableOnDestroy: false,
      })),
    );
    expect(
      find(dev, "gcp:projects/iAMMember:IAMMember::apis-multiclusteringress-agent-role").inputs,
    ).toEqual({
      project: "my-project-dev",
      role: "roles/container.admin",
      member:
        "serviceAccount:service-123456789012@gcp-sa-multiclusteringress.iam.gserviceaccount.com",
    });
    expect(children).toHaveLength(15);
  });

  test("the controller's agent follows from the project's number, once it is made and the number can be asked", async () => {
    const role = "gcp:projects/iAMMember:IAMMember::apis-multiclusteringress-agent-role";
    expect(find(dev, role).propertyDependencies.member).toEqual([
      "gcp:projects/service:Service::apis-cloudresourcemanager",
      "gcp:projects/serviceIdentity:ServiceIdentity::apis-multiclusteringress-agent",
    ]);
    const preview = await synthesize("dev", { preview: true });
    expect(find(preview, role).inputs.member).toBe(UNKNOWN);
  });

  test("Network is a custom-mode VPC with a subnet for each cluster and a NAT for each region", () => {
    expect(childrenOf(dev, "inference-gateway:index:Network::network")).toEqual([
      "gcp:compute/firewall:Firewall::network-load-balancer",
      "gcp:compute/network:Network::network",
      "gcp:compute/router:Router::network-europe-west3",
      "gcp:compute/router:Router::network-us-east4",
      "gcp:compute/routerNat:RouterNat::network-europe-west3",
      "gcp:compute/routerNat:RouterNat::network-us-east4",
      "gcp:compute/subnetwork:Subnetwork::network-gke-east",
      "gcp:compute/subnetwork:Subnetwork::network-gke-west",
    ]);
    expect(find(dev, "gcp:compute/network:Network::network").inputs.autoCreateSubnetworks).toBe(
      false,
    );
    expect(find(dev, "gcp:compute/subnetwork:Subnetwork::network-gke-west").inputs).toEqual({
      project: "my-project-dev",
      region: "europe-west3",
      network: "network-id",
      ipCidrRange: "10.80.144.0/20",
      secondaryIpRanges: [
        { rangeName: "pods", ipCidrRange: "10.80.0.0/17" },
        { rangeName: "services", ipCidrRange: "10.80.128.0/20" },
      ],
      privateIpGoogleAccess: true,
    });
  });

  test("a NAT serves every subnet of its region, with as many ports for a node as it needs", () => {
    expect(find(dev, "gcp:compute/routerNat:RouterNat::network-us-east4").inputs).toEqual({
      project: "my-project-dev",
      region: "us-east4",
      router: "network-us-east4-1234567",
      natIpAllocateOption: "AUTO_ONLY",
      enableDynamicPortAllocation: true,
      sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
      logConfig: { enable: true, filter: "ERRORS_ONLY" },
    });
  });

  test("proxies and health checkers may reach model servers and endpoint pickers, nobody else", () => {
    expect(find(dev, "gcp:compute/firewall:Firewall::network-load-balancer").inputs).toEqual({
      project: "my-project-dev",
      network: "network-id",
      direction: "INGRESS",
      sourceRanges: ["35.191.0.0/16", "130.211.0.0/22", "10.80.192.0/23", "10.140.192.0/23"],
      allows: [{ protocol: "tcp", ports: ["8000", "9002", "9003"] }],
    });
  });

  test("ProxySubnet is one GLOBAL_MANAGED_PROXY subnet", () => {
    expect(find(dev, "gcp:compute/subnetwork:Subnetwork::us-east4-proxy").inputs).toEqual({
      project: "my-project-dev",
      region: "us-east4",
      network: "network-id",
      ipCidrRange: "10.140.192.0/23",
      purpose: "GLOBAL_MANAGED_PROXY",
      role: "ACTIVE",
    });
  });

  test("NodeIdentity is an account of its own with six roles, each granted by itself", () => {
    const children = childrenOf(dev, "inference-gateway:index:NodeIdentity::nodes");
    const grants = children.filter((id) => id.startsWith("gcp:projects/iAMMember"));
    expect(grants.map((id) => find(dev, id).inputs.role)).toEqual([
      "roles/artifactregistry.reader",
      "roles/autoscaling.metricsWriter",
      "roles/logging.logWriter",
      "roles/monitoring.metricWriter",
      "roles/monitoring.viewer",
      "roles/stackdriver.resourceMetadata.writer",
    ]);
    expect(find(dev, "gcp:serviceaccount/account:Account::nodes").inputs.accountId).toBe(
      "inference-node-a1b2c3",
    );
    expect(children).toHaveLength(8);
  });

  test("FleetMembership is global, named after its cluster, and goes before its successor comes", () => {
    const { inputs, deleteBeforeReplace } = find(dev, "gcp:gkehub/membership:Membership::gke-east");
    expect(inputs).toEqual({
      project: "my-project-dev",
      membershipId: "gke-east",
      location: "global",
      endpoint: { gkeCluster: { resourceLink: "//container.googleapis.com/gke-east-id" } },
      authority: { issuer: "https://container.googleapis.com/v1/gke-east-id" },
    });
    expect(deleteBeforeReplace).toBe(true);
  });

  test.each([3, 16])(
    "%i regions: the same program, a cluster's worth of resources more for each",
    async (count) => {
      const regions = (
        "europe-west3 us-east4 asia-east1 asia-northeast1 asia-northeast3 asia-south1 asia-southeast1 europe-west1 " +
        "europe-west2 europe-west4 europe-west6 me-central2 us-central1 us-east1 us-west1 us-west4"
      ).split(" ");
      const clusters = Object.fromEntries(
        regions.slice(0, count).map((region) => [`gke-${region}`, { region }]),
      );
      const config = { clusters, configCluster: "gke-us-east4" };
      const { registrations, outputs } = await synthesize("dev", { config });
      const [, ...others] = regions.slice(0, count).map((region) => {
        const own = registrations.filter(({ name }) => name.includes(region));
        return own.map(({ id }) => id.replaceAll(region, "R")).sort();
      });
      const first = registrations.filter(({ name }) => name.includes("europe-west3"));
      for (const other of others) {
        expect(other).toEqual(first.map(({ id }) => id.replaceAll("europe-west3", "R")).sort());
      }
      expect(Object.keys(outputs.gatewayAddresses as object)).toEqual(regions.slice(0, count));
    },
  );
});
