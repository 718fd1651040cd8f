/** Which of our two kinds of file a text is. */
import { isMap } from './json-map.ts';
import { readYaml } from './read-yaml.ts';

/** A workflow, or the repository's configuration. */
export type FileKind = 'workflow' | 'configuration';

const keysOfConfiguration = ['roles', 'policy', 'extends', 'locked'];

/** By name (`gatehouse.yml`, `gatehouse.yaml`), else by content: nothing but the keys of one is a configuration. */
export function fileKind(source: string, file: string): FileKind {
  if (/(^|[\\/])gatehouse\.ya?ml$/.test(file)) return 'configuration';
  const keys = readYaml(source, file, ({ root }) => (isMap(root.value) ? Object.keys(root.value) : []));
  const bare =
    Array.isArray(keys) && keys.length > 0 && keys.every((key) => keysOfConfiguration.includes(key));
  return bare ? 'configuration' : 'workflow';
}
