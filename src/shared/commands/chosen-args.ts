import { z } from 'zod';
import { FAMILIES } from '../strategy-families.ts';
import { amountArg, FORM, flag, option, repeated, wholeNumber } from './fields.ts';
import { paramsArg } from './lab-fields.ts';

const FRACTION = 'write a fraction of the equity, for instance 0.005 for half a percent';

/** What of an agent may be chosen by hand. Functions, because each command needs arguments of its own. */
export const chosenArgs = () => ({
  set: repeated(
    paramsArg(),
    'NAME=VALUE',
    'a parameter of the family; may be given again, and mt strategies show NAME lists them with their bounds',
    'write NAME=NUMBER, once for each parameter, for instance --set fastLength=12 --set slowLength=36',
  ),
  budget: option(
    amountArg().optional(),
    'AMOUNT',
    'the most that it may hold, in the asset of the account',
    FORM.amount,
  ),
  risk: option(amountArg().optional(), 'FRACTION', 'the most that a trade may lose', FRACTION),
  dayLoss: option(amountArg().optional(), 'FRACTION', 'lost in a day, it enters no more', FRACTION),
  candles: option(
    wholeNumber(2, 1_000).optional(),
    'N',
    'how many candles it may live',
    'a whole number of 2 or more; the limits say how many at most',
  ),
  brief: flag('show what it would be and what it would put at stake, and start nothing'),
});

/** The family that is chosen in place of the judgement's. */
export const familyArg = () =>
  option(
    z.enum(FAMILIES, { error: 'is no strategy family' }).optional(),
    'NAME',
    'choose the strategy family yourself, in mode manual too; without it the judgement chooses',
    `choose one of ${FAMILIES.join(', ')}`,
  );
