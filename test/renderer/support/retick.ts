/** The same answer of an engine whose instruments all have a tick of so many decimals. Columns of numbers stay as they are. */
export function retick<T>(answer: T, decimals: number): T {
  if (Array.isArray(answer)) return answer.map((one) => retick(one, decimals)) as T;
  if (answer === null || typeof answer !== 'object' || ArrayBuffer.isView(answer)) return answer;
  const change = ([key, value]: [string, unknown]): [string, unknown] =>
    key === 'priceDecimals'
      ? [key, decimals]
      : key === 'tickSize'
        ? [key, (10 ** -decimals).toFixed(decimals)]
        : [key, retick(value, decimals)];
  return Object.fromEntries(Object.entries(answer).map(change)) as T;
}
