import { deleteAddresses, makeAddresses } from "./compute/address";
import { deleteFirewalls, makeFirewalls } from "./compute/firewall";
import { deleteNetworks, deleteUsedNetwork, makeNetworks } from "./compute/network";
import { deleteRouters, makeRouters } from "./compute/router";
import { deleteSubnetworks, makeSubnetworks } from "./compute/subnetwork";
import { report } from "./support/client";

report(async () => {
  const network = await makeNetworks();
  const subnetwork = await makeSubnetworks();
  const router = await makeRouters();
  const firewall = await makeFirewalls();
  const address = await makeAddresses();
  const used = await deleteUsedNetwork();
  return {
    address: { ...address, ...(await deleteAddresses()) },
    firewall: { ...firewall, ...(await deleteFirewalls()) },
    router: { ...router, ...(await deleteRouters()) },
    subnetwork: { ...subnetwork, ...(await deleteSubnetworks()) },
    network: { ...network, used, ...(await deleteNetworks()) },
  };
});
