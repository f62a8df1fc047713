import { createRng } from '#core/kernel/rng.ts';
import { drawFillStory, outcomeOf, shuffledMessages } from '../support/protocol/fill-stories.ts';
import type { Proof } from './types.ts';

const ORDERS_OF_ARRIVAL = 20;

/** Whatever the order in which a venue's messages arrive, and however often, the books end the same. */
export const r5: Proof = {
  id: 'R5',
  title: 'fills in any order, repeated, end in the same books',
  async run({ size, seed }) {
    const wanted = size === 'ci' ? 100_000 : 2_000_000;
    const rng = createRng(seed);
    let done = 0;
    let different = 0;
    let example = '';
    while (done < wanted) {
      const story = drawFillStory(rng);
      const expected = outcomeOf(story, story.messages);
      for (let i = 0; i < ORDERS_OF_ARRIVAL; i++, done++) {
        const seen = outcomeOf(story, shuffledMessages(story.messages, rng));
        if (seen === expected) continue;
        different += 1;
        example ||= `; first: "${seen}" instead of "${expected}"`;
      }
    }
    // A reducer that adds what it is told, the usual bug, must be seen by the same comparison.
    let counted = 0;
    for (let i = 0; i < 1_000; i++) {
      const { messages } = drawFillStory(rng);
      const naive = (list: typeof messages): number => list.filter(({ kind }) => kind === 'trade').length;
      if (naive(shuffledMessages(messages, rng)) !== naive(messages)) counted += 1;
    }
    return {
      kind: 'ran',
      rows: [
        {
          what: `permutations and repetitions with another outcome, seed ${seed}`,
          goal: '0',
          measured: `${different}${example}`,
          n: done,
          kind: 'goal',
          met: different === 0,
        },
        {
          what: 'control: counting every message as a new fill is noticed',
          goal: 'noticed',
          measured: `${counted} of 1000 stories`,
          n: 1_000,
          kind: 'control',
          met: counted > 0,
        },
      ],
    };
  },
};
