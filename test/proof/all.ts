import { l1 } from './l1-any-model.ts';
import { l2 } from './l2-attacks.ts';
import { l3 } from './l3-real-model.ts';
import { l4 } from './l4-model-process.ts';
import { r1 } from './r1-kill-loop.ts';
import { r2 } from './r2-simulation.ts';
import { r3 } from './r3-power-loss.ts';
import { r4 } from './r4-fault-matrix.ts';
import { r5 } from './r5-fill-reducer.ts';
import { r6 } from './r6-restart.ts';
import { r7 } from './r7-availability.ts';
import { r8, r9 } from './r8-latency.ts';
import { r10 } from './r10-kill-switch.ts';
import { r11 } from './r11-drawdown.ts';
import { r12 } from './r12-freshness.ts';
import { r13 } from './r13-failing-disk.ts';
import { r14 } from './r14-memory.ts';
import { s1 } from './s1-malformed-frames.ts';
import { s2 } from './s2-forged-senders.ts';
import { s3 } from './s3-electron-checklist.ts';
import { s4 } from './s4-nothing-readable.ts';
import { s5 } from './s5-bit-flips.ts';
import { s6 } from './s6-tamper.ts';
import { s7 } from './s7-vault.ts';
import { s8 } from './s8-unlock.ts';
import { s9 } from './s9-authenticator.ts';
import { s10 } from './s10-backup.ts';
import { s11 } from './s11-supply-chain.ts';
import { s12 } from './s12-no-secret-comes-back.ts';
import type { Proof } from './types.ts';
import { w1 } from './w1-window-load.ts';
import { w2 } from './w2-chart.ts';
import { w3 } from './w3-heap.ts';
import { w4 } from './w4-cold-start.ts';

/** In the order in which they run and are printed. */
export const PROOFS: readonly Proof[] = [
  l1,
  l2,
  l3,
  l4,
  r1,
  r2,
  r3,
  r4,
  r5,
  r6,
  r7,
  r8,
  r9,
  r10,
  r11,
  r12,
  r13,
  r14,
  s1,
  s2,
  s3,
  s4,
  s5,
  s6,
  s7,
  s8,
  s9,
  s10,
  s11,
  s12,
  w1,
  w2,
  w3,
  w4,
];
