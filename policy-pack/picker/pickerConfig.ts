import { configMaps } from "../fleet/kinds";
import { Names, type Scopes } from "../fleet/scopes";
import type { Resource, Value } from "../frame";

import type { EndpointPicker } from "./endpointPicker";

/**
 * An EndpointPickerConfig. It needs no YAML parser, which would be a dependency of the pack:
 * policies read only a few keys, whose names occur nowhere else in it.
 */
export class PickerConfig {
  private readonly text: string;

  constructor(text: string) {
    this.text = text.replace(/(^|\s)#.*$/gm, "$1");
  }

  /** Names of the enabled features. */
  get featureGates(): readonly string[] {
    const [, inline, block] =
      /["']?\bfeatureGates["']?\s*:\s*(?:\[([^\]]*)\]|((?:\s*-\s*[^\n]+)+))/.exec(this.text) ?? [];
    return (inline ?? block ?? "").match(/[A-Za-z]\w*/g) ?? [];
  }

  /** All values of a key, wherever it occurs. */
  valuesOf(key: string): readonly string[] {
    const pattern = new RegExp(`\\b${key}["']?\\s*:\\s*["']?([^\\s"',}\\]]+)`, "g");
    return [...this.text.matchAll(pattern)].map(([, value = ""]) => value);
  }
}

/** Finds the configurations of endpoint pickers in the ConfigMaps of a stack. */
export class PickerConfigs {
  private readonly scopes: Scopes;
  private readonly configMaps: ReadonlyMap<string, readonly Resource[]>;
  private readonly names = new Map<string, Names>();

  constructor(scopes: Scopes) {
    this.scopes = scopes;
    this.configMaps = scopes.group(configMaps);
    for (const [scope, objects] of this.configMaps) {
      this.names.set(scope, new Names(objects));
    }
  }

  /** The configuration of a picker; undefined if it is not in this stack. */
  of(picker: EndpointPicker): PickerConfig | undefined {
    const text = picker.flag("config-text");
    const file = picker.flag("config-file");
    if (picker.hidesFlags) {
      return undefined;
    }
    if (text === undefined && file === undefined) {
      return new PickerConfig("");
    }
    const found = text?.value.text ?? this.fileOf(picker, file?.value.text ?? "");
    return found === undefined ? undefined : new PickerConfig(found);
  }

  private fileOf(picker: EndpointPicker, path: string): string | undefined {
    for (const mount of picker.container.at("volumeMounts").items ?? []) {
      const inside = pathInside(mount, path);
      const volume = (picker.template.at("spec", "volumes").items ?? []).find((each) => {
        return each.at("name").text === mount.at("name").text;
      });
      if (inside !== undefined && volume !== undefined) {
        const source = volume.at("configMap");
        const configMap = this.configMapOf(picker, source);
        return configMap?.props.at("data", keyOf(source, inside)).text;
      }
    }
    return undefined;
  }

  /** The ConfigMap of a volume; undefined if this stack does not have it. */
  configMapOf({ resource }: EndpointPicker, source: Value): Resource | undefined {
    const scope = this.scopes.of(resource);
    const name = source.at("name");
    if (!name.unknown) {
      return this.names.get(scope)?.get(name);
    }
    const urns = new Set(resource.dependenciesOf("spec"));
    const [only, second] = (this.configMaps.get(scope) ?? []).filter(({ urn }) => urns.has(urn));
    return second === undefined ? only : undefined;
  }
}

/** The part of a file's path below its mount. */
export function pathInside(mount: Value, path: string): string | undefined {
  const folder = (mount.at("mountPath").text ?? "").replace(/\/$/, "");
  const subPath = mount.at("subPath").text;
  if (subPath !== undefined) {
    return folder === path ? subPath : undefined;
  }
  return folder !== "" && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

/** Key of a ConfigMap behind a file of its volume. */
export function keyOf(source: Value, file: string): string {
  const item = (source.at("items").items ?? []).find((each) => each.at("path").text === file);
  return item?.at("key").text ?? file;
}
