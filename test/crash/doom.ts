/** When a process is to die: at which boundary, and at its how manieth hit. */
import { type Boundary, boundaries } from '../../src/engine/boundary.ts';

export interface Doom {
  readonly boundary: Boundary;
  /** 1 is the first time. */
  readonly hit: number;
  /** SIGSTOP makes a zombie of it: it stands still, holding what it holds, and does not know. */
  readonly by?: 'SIGKILL' | 'SIGSTOP';
}

/** `B6:3` or `B8:1:SIGSTOP` as a doom; anything else is none. */
export const readDoom = (text: string | undefined): Doom | undefined => {
  const [name, hit, by] = (text ?? '').split(':');
  const boundary = boundaries.find((one) => one === name);
  if (boundary === undefined) return undefined;
  return { boundary, hit: Number(hit), by: by === 'SIGSTOP' ? by : 'SIGKILL' };
};

/** The other way round. */
export const tellDoom = ({ boundary, hit, by }: Doom): string =>
  `${boundary}:${hit}${by === undefined ? '' : `:${by}`}`;
