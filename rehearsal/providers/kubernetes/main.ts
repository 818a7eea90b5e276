import { serve } from "../plugin";
import { KubernetesProvider } from "./provider";

void serve((log) => new KubernetesProvider(log));
