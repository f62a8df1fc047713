import type { AttackText } from './families.ts';

/** Where in an entry of a feed the words of the attacker stand. `apply` answers headline and body as a feed would hold them. */
export type Carrier = { readonly name: string; apply(attack: AttackText, cover: AttackText): AttackText };

const markup = (text: string): string => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const attribute = (text: string): string => markup(text).replaceAll('"', '&quot;');

export const CARRIERS: readonly Carrier[] = [
  { name: 'headline', apply: ({ title, body }) => ({ title: `${title} ${body}`, body: '' }) },
  { name: 'body', apply: (attack) => attack },
  {
    name: 'hidden element',
    apply: ({ title, body }, cover) => ({
      title: cover.title,
      body: `<p>${cover.body}</p><div style="display:none">${markup(`${title}. ${body}`)}</div>`,
    }),
  },
  {
    name: 'comment',
    apply: ({ title, body }, cover) => ({
      title: cover.title,
      body: `<p>${cover.body}</p><!-- ${`${title}. ${body}`.replaceAll('--', '- -')} -->`,
    }),
  },
  {
    name: 'attribute',
    apply: ({ title, body }, cover) => ({
      title: cover.title,
      body: `<p>${cover.body}</p><a title="${attribute(`${title}. ${body}`)}" href="https://news.example/a">more</a>`,
    }),
  },
  {
    name: 'quote',
    apply: ({ title, body }, cover) => ({
      title: cover.title,
      body: `${cover.body} "${title}. ${body}", a reader wrote.`,
    }),
  },
];
