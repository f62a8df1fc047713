import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { Lab } from '../lab/create-lab.ts';
import { labFamilies } from '../lab/families.ts';

type LabHandlers = Pick<AppHandlers, Extract<keyof AppHandlers, `lab.${string}`>>;

/** The lab over the contract. */
export const createLabHandlers = (lab: Lab): LabHandlers => ({
  'lab.families': () => [...labFamilies()],
  'lab.backtest': (request) => lab.backtest(request),
  'lab.arbitrage': (request) => lab.arbitrage(request),
  'lab.measureFamilies': (request) => lab.measureFamilies(request),
  'lab.measurements': () => lab.measurements(),
  'lab.measurement': ({ id }) => lab.measurement(id),
  'lab.stopMeasurement': ({ id }) => ({ stopped: lab.stopMeasurement(id) }),
  'lab.report': (request) => lab.report(request),
  'lab.search': (request) => lab.search(request),
  'lab.walkForward': (request) => lab.walkForward(request),
  'lab.evolve': (request) => lab.evolve(request),
  'lab.lineage': ({ id }) => lab.lineage(id),
  'lab.review': (request) => lab.review(request),
  'lab.resume': ({ id }) => lab.resume(id),
  'lab.cancel': ({ id }) => ({ canceled: lab.cancel(id) }),
  'lab.wait': ({ id }) => lab.wait(id),
  'lab.list': ({ limit }) => lab.list(limit),
  'lab.show': ({ id }) => lab.show(id),
  'lab.curve': ({ id }) => lab.curve(id),
  'lab.chart': (asked) => lab.chart(asked),
  'lab.compare': ({ ids }) => lab.compare(ids),
  'lab.export': (request) => lab.export(request),
  'lab.openHoldout': ({ id }) => lab.openHoldout(id),
});
