import type { CancelAnswer, PlaceAnswer, VenueGateway } from '../ports/venue-gateway.ts';
import type { AskVenue, QuestionName } from './steps.ts';

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What a call that threw says about the outcome: nothing. A gateway promises not to; should it, an order is unknown and an answer failed. */
const nothingKnown = (name: QuestionName, error: unknown): unknown => {
  const reason = `the gateway threw: ${textOf(error)}`;
  const placed: PlaceAnswer = { kind: 'unknown', reason };
  const failed: CancelAnswer = { kind: 'failed', reason };
  return name === 'place' ? placed : failed;
};

/** The questions of the protocol put to a gateway, each exactly once. */
export const askGateway =
  (gateway: VenueGateway): AskVenue =>
  (name, args, answer) => {
    const call = gateway[name] as (...given: unknown[]) => Promise<never>;
    let asked: Promise<unknown>;
    try {
      asked = call.apply(gateway, args as unknown[]);
    } catch (error) {
      asked = Promise.resolve(nothingKnown(name, error));
    }
    void asked.catch((error: unknown) => nothingKnown(name, error)).then((value) => answer(value as never));
  };
