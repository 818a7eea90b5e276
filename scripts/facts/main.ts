import { isOld } from "../../catalog/dated";

import { facts } from "./facts";
import { factsOn } from "./table";

/** `make facts`: all facts that age, as Markdown. Fails where one is too old. */
const today = new Date();
console.log(factsOn(facts, today));
process.exitCode = facts.some((fact) => isOld(fact, today)) ? 1 : 0;
