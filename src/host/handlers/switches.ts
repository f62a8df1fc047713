import { payloadOf } from '#core/cycle/records.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { EngineParts } from '../parts.ts';

/** When one strategy family took the place of another. */
export const createSwitchHandlers = ({
  pastFamilies,
  instruments,
}: EngineParts): Pick<AppHandlers, 'strategies.switches'> => ({
  'strategies.switches': ({ limit }) =>
    pastFamilies.switches(limit).map((record) => {
      const { instrumentId, from, to, ...rest } = payloadOf(record, 'strategy.switched');
      const instrument = instruments.find(({ id }) => id === instrumentId)?.symbol ?? instrumentId;
      return {
        seq: record.seq,
        cycle: record.cycle,
        at: record.ts,
        instrument,
        from: { ...from },
        to: { ...to },
        ...rest,
      };
    }),
});
