/** Memory for the equity curve of a run of this many candles. Everything in it is written anew by the run. */
export type CurveMemory = (candles: number) => Float64Array;

export const ownCurve: CurveMemory = (candles) => new Float64Array(candles);

/**
 * The same memory for one run after another: the curve of a run is gone when the next one begins. Pages that the operating system gives for the
 * first time cost a quarter of the whole event loop of a million candles.
 */
export function lentCurve(): CurveMemory {
  let memory = new Float64Array(0);
  return (candles) => {
    if (memory.length < candles) memory = new Float64Array(candles);
    return memory.subarray(0, candles);
  };
}
