/**
 * Words of finance and of crypto markets with the tone that they give a headline about a price: 1 a hint, 2 plain, 3 strong. Written for
 * this program from ordinary usage; general sentiment lexicons read "share", "interest" or "united" as good and "debt" as neither.
 * One line is one weight: words are lower case and stand in every form that is meant.
 */
const TONES = `
3 surge surges surged surging soar soars soared soaring skyrocket skyrockets skyrocketed skyrocketing rocketed
3 all-time-high record-high breakthrough windfall moon mooning
2 rally rallies rallied rallying jump jumps jumped jumping spike spiked upbeat bullish outperform outperforms outperformed outperforming
2 profit profits profitable profitability gain gains gained gaining boost boosts boosted boosting upgrade upgrades upgraded
2 rebound rebounds rebounded rebounding recover recovers recovered recovering recovery boom booms booming thrive thrives thriving
2 approve approves approved approval approvals win wins won winning beat beats beaten exceed exceeds exceeded exceeding
2 strong stronger strongest strength strengthen strengthens strengthened strengthening improve improves improved improving improvement
2 optimism optimistic success successful successfully inflow inflows accumulate accumulating accumulation
2 breakout uptrend tailwind tailwinds accelerate accelerates accelerated accelerating
2 surpass surpasses surpassed surpassing overtake overtakes overtaken skyward
1 positive growth adopt adopts adopted adopting adoption support supports supported partnership partner partners expand expands expanded expanding
1 expansion launch launches launched launching benefit benefits benefited advantage advance advances advanced advancing award awarded awards
1 confident confidence promising opportunity opportunities milestone favourable favorable good great better best excellent
1 secure secured resilient stable bullishness bull bulls demand agreement deal contract order orders won dovish halving encouraging
1 efficient efficiency popularity popular backed embrace embraces embraced welcome welcomes welcomed steady healthy
1 legalise legalises legalised legalize legalizes legalized legal-tender reclaim reclaims reclaimed
-3 crash crashes crashed crashing collapse collapses collapsed collapsing plunge plunges plunged plunging plummet plummets plummeted plummeting
-3 hack hacked hacks hacker hackers exploit exploited exploits bankrupt bankruptcy insolvent insolvency fraud fraudulent ponzi
-3 scam scams theft stolen rug-pull default defaulted defaults meltdown
-2 loss losses lose loses lost losing slump slumps slumped slumping tumble tumbles tumbled tumbling sink sinks sank sinking
-2 bearish downgrade downgrades downgraded underperform underperforms underperformed sell-off selloff sell-offs capitulation
-2 lawsuit lawsuits sue sues sued charged charges indicted guilty ban bans banned banning crackdown illegal reject rejects rejected rejection
-2 weak weaker weakest weakness weaken weakens weakened weakening recession crisis crises panic fear fears fearful downturn downtrend
-2 layoff layoffs laid-off lay-offs cut-jobs redundancies liquidation liquidations liquidated outflow outflows headwind headwinds
-2 decline declines declined declining dip dips dipped dropping shrink shrank shrinks deteriorate deteriorated deteriorating
-2 suffer suffers suffered suffering struggle struggles struggled struggling pain bleed bleeding halt halts halted suspend suspends suspended
-2 deficit delist delists delisted delisting phishing malware attack attacks attacked vulnerability breach breached seized seizes
-2 suffocate worst worse bad negative failure fails failed fail collapse-of
-1 risk risks risky concern concerns concerned worry worries worried warn warns warned warning warnings uncertainty uncertain
-1 volatile volatility pressure pressures pressured bear bears sell selling sold-off resistance delay delays delayed postpone postponed
-1 investigation investigations investigate probe probes allegation allegations alleged allegedly penalty penalties fine fined sanction sanctions
-1 criticise criticised criticize criticized criticism doubt doubts dispute close-down closure closures shutdown strike strikes hawkish
-1 difficult difficulties problem problems threat threats threaten threatens trouble troubled unable cautious caution debt debts
-1 besieged sluggish stagnant slow slows slowed slowing slowdown overvalued bubble lawsuit-over outage outages
-1 dismiss dismisses dismissed terminate terminated resign resigns resigned layoff-round pessimistic pessimism correction corrections
`;

/** Words that only say which way something went; what it was decides whether that is good. */
const UP =
  'rise rises rose risen rising increase increases increased increasing up grow grows grew grown growing higher climb climbs climbed climbing doubled doubles tripled above raise raises raised';
const DOWN =
  'fall falls fell fallen falling decrease decreases decreased decreasing down drop drops dropped lower lowers lowered slide slides slid sliding reduce reduces reduced below cut cuts narrow narrows narrowed halved retreat retreats retreated slip slips slipped';

/** Things of which less is better. */
const BAD_THINGS =
  'loss losses cost costs debt debts deficit deficits unemployment inflation expense expenses outflow outflows liquidation liquidations volatility fear fears risk risks fraud hacks complaints bankruptcies claims tax taxes fees selling pressure';

const NEGATIONS =
  "not no never none neither nor without cannot can't won't don't doesn't didn't isn't aren't wasn't weren't wouldn't couldn't shouldn't hasn't haven't hadn't fails failed unlikely lack lacks lacking denies denied deny hardly barely";

const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

function parseTones(text: string): ReadonlyMap<string, number> {
  const tones = new Map<string, number>();
  for (const line of text.trim().split('\n')) {
    const [weight = '0', ...words] = wordsOf(line);
    for (const word of words) tones.set(word, Number(weight));
  }
  return tones;
}

export const WORD_TONES = parseTones(TONES);
export const UP_WORDS: ReadonlySet<string> = new Set(wordsOf(UP));
export const DOWN_WORDS: ReadonlySet<string> = new Set(wordsOf(DOWN));
export const BETTER_LESS: ReadonlySet<string> = new Set(wordsOf(BAD_THINGS));
export const NEGATION_WORDS: ReadonlySet<string> = new Set(wordsOf(NEGATIONS));
