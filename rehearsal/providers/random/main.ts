import { serve } from "../plugin";
import { RandomProvider } from "./provider";

void serve(() => new RandomProvider());
