/** Whether a label is among others: GitHub takes `Role:dev` and `role:DEV` for one label, and shows it as it was first made. */

/** Label names as GitHub shows them, and one of them in any spelling → whether it is there. */
export const hasLabel = (labels: readonly string[], name: string): boolean =>
  labels.some((label) => label.toLowerCase() === name.toLowerCase());
