/** Other words for commands: the names of requirements SG in both spellings people may type. */

/** The names as the requirements write them → the command, with what they say beside it. */
const signals: Readonly<Record<string, string>> = {
  pauseOrchestrator: 'pause',
  resumeOrchestrator: 'resume',
  pauseDevelopment: 'pause development',
  resumeDevelopment: 'resume development',
  skipGate: 'skip',
  overrideGate: 'override',
  skipTask: 'skip',
  updatePriority: 'priority',
  updateTaskPriority: 'priority',
  addBlocker: 'block',
  removeBlocker: 'unblock',
  approveRequirement: 'approve',
  approveTasks: 'approve',
  approveReview: 'approve',
  approveCodeReview: 'approve',
  approveProduction: 'approve',
  rejectRequirement: 'reject',
  rejectProduction: 'reject',
  requestRevisions: 'reject',
  requestTaskRevisions: 'reject',
  requestChanges: 'reject',
  requestCodeChanges: 'reject',
  revise: 'reject',
  requestClarification: 'clarify',
  requestMoreEvidence: 'request-evidence',
  addCustomTask: 'add-task',
  addTask: 'add-task',
  addStage: 'add-stage',
  emergencyStop: 'emergency-stop',
  stop: 'emergency-stop',
  requestEvidence: 'request-evidence',
};

const withDashes = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Every other word → the command's own, and what stands for its first words; `skipGate` and `skip-gate` alike. */
export const aliases: ReadonlyMap<string, string> = new Map(
  Object.entries(signals).flatMap(([name, command]) =>
    [name, withDashes(name)].filter((word) => word !== command).map((word) => [word, command] as const),
  ),
);
