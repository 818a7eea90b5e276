import { splitImage } from "../../images";
import type { Container } from "../../world/kinds";
import { endpointPicker } from "./endpointPicker";
import { modelServer } from "./modelServer";
import type { Program } from "./program";

const PROGRAMS: readonly Program[] = [endpointPicker, modelServer];

/** The program that runs in place of a container's image; undefined where none does. */
export function programOf({ image = "" }: Container): Program | undefined {
  const { name } = splitImage(image);
  return PROGRAMS.find((program) => program.image.test(name));
}
