/** The label prefix of contract §2. */
const prefix = 'workflow:';

/** The workflow a label names: `workflow:feature` → `feature`; undefined for any other label. */
export const workflowLabel = (label: string): string | undefined => {
  const name = label.toLowerCase().startsWith(prefix) ? label.slice(prefix.length).trim() : '';
  return name === '' ? undefined : name;
};
