import { serve } from "../plugin";
import { GcpProvider } from "./provider";

/**
 * The provider version whose behaviour is stood in for: npm package @pulumi/gcp of the same number.
 */
const VERSION = "9.37.0";

void serve((log) => new GcpProvider(VERSION, process.env, log));
