/** How hard fuzzing and properties try: little in the ordinary run, GATEHOUSE_FUZZ times as much where somebody asks for it. */

const times = Math.max(0.01, Number(process.env['GATEHOUSE_FUZZ'] ?? 1) || 1);

/** So many runs, times the effort asked for. */
export const runs = (ordinary: number): { readonly numRuns: number } => ({
  numRuns: Math.ceil(ordinary * times),
});

/** A test's patience in ms, growing with the effort. */
export const patience = (ordinary: number): number => Math.ceil(ordinary * Math.max(1, times));

/** How long `work` takes at best, in ms: a slow moment of the machine is no slow program, so it has three tries. */
export const fastest = (work: () => unknown, limit: number): number => {
  let best = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 3 && best > limit; tries += 1) {
    const began = performance.now();
    work();
    best = Math.min(best, performance.now() - began);
  }
  return best;
};
