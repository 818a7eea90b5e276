import {
  type Finding,
  nameHint,
  on,
  pending,
  type Resource,
  type Value,
  violation,
} from "../frame";

import type { EndpointPicker } from "./endpointPicker";
import { keyOf, pathInside, PickerConfig, type PickerConfigs } from "./pickerConfig";
import { isExpanded } from "./poolNamespace";

const KIND = "EndpointPickerConfig";

/** What is wrong with the configuration file that the command line of an endpoint picker names. */
export function* configFileFindings(
  picker: EndpointPicker,
  configs: PickerConfigs,
): Generator<Finding> {
  const { resource, container, template } = picker;
  const file = picker.flag("config-file")?.value;
  const lists = [container.at("volumeMounts"), template.at("spec", "volumes")];
  const hidden = [file, ...lists].find((value) => value?.unknown);
  if (file === undefined || file.absent || isExpanded(file)) {
    return;
  }
  if (hidden !== undefined) {
    yield on(resource, pending(hidden));
    return;
  }
  const path = file.text ?? "";
  const mount = container
    .at("volumeMounts")
    .items?.find((each) => pathInside(each, path) !== undefined);
  if (mount === undefined) {
    const problem = `${path} is in no volume of the container, and the endpoint picker exits at once`;
    yield on(resource, violation(file, problem, "mount the ConfigMap that has the file there"));
    return;
  }
  const volume = volumeOf(template, mount);
  const source = volume?.at("configMap");
  if (volume !== undefined && isEmpty(volume)) {
    const problem = `is an empty folder, in which the endpoint picker looks for ${path}`;
    yield on(resource, violation(volume, problem, "name the ConfigMap that has the file"));
  } else if (source?.present) {
    const configMap = configs.configMapOf(picker, source);
    const inside = pathInside(mount, path) ?? "";
    // pod-references-exist judges whether the ConfigMap exists.
    yield* configMap === undefined
      ? []
      : contentFindings({ picker, configMap, source, file, inside });
  }
}

interface Content {
  readonly picker: EndpointPicker;
  readonly configMap: Resource;
  readonly source: Value;
  readonly file: Value;
  /** The file's path in the volume. */
  readonly inside: string;
}

function* contentFindings(content: Content): Generator<Finding> {
  const { picker, configMap, source, file, inside } = content;
  const [data, binary] = [configMap.props.at("data"), configMap.props.at("binaryData")];
  const key = keyOf(source, inside);
  const text = data.at(key);
  const names = [data, binary].flatMap(({ fields = [] }) => fields.map(([name]) => name));
  const hidden = [data, binary, text].find(({ unknown }) => unknown);
  if (text.text !== undefined) {
    const isConfig = new PickerConfig(text.text).valuesOf("kind").includes(KIND);
    const problem = `is not an ${KIND}, so the endpoint picker ${picker.resource.name} exits at once`;
    yield* isConfig ? [] : [on(configMap, violation(text, problem, `write one of kind ${KIND}`))];
  } else if (hidden !== undefined) {
    yield on(configMap, pending(hidden));
  } else if (!names.includes(key) && source.at("optional").raw !== true) {
    const has = names.length === 0 ? "which has none" : `which has ${names.join(", ")}`;
    const problem = `${inside} is not a file of the ConfigMap ${configMap.name}, ${has}`;
    const fix = nameHint(key, names, "add it there");
    yield on(picker.resource, violation(file, problem, fix));
  }
}

function volumeOf(template: Value, mount: Value): Value | undefined {
  const volumes = template.at("spec", "volumes").items ?? [];
  return volumes.find((each) => each.at("name").text === mount.at("name").text);
}

/** A volume without a source is an empty directory. */
function isEmpty(volume: Value): boolean {
  return (volume.fields ?? []).every(([name, value]) => name === "name" || value.absent);
}
