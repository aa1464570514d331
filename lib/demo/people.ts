import type { MemberRole } from '@/lib/server/auth';

/** The people of the demonstration; all of them, and their organizations, are invented. */
export interface Persona {
  slug: string;
  name: string;
  organization: { slug: string; name: string };
  roles: readonly MemberRole[];
}

const org = (slug: string, name: string) => ({ slug, name });

const harbour = org('lindenhafen', 'City of Lindenhafen');
const oversight = org('oversight', 'Procurement Oversight Office');
const watch = org('open-spending-watch', 'Open Spending Watch');
const panel = org('expert-panel', 'Panel of Experts');
const school = org('linjiang-education', '临江市教育局');

export const PERSONAS = [
  { slug: 'officer', name: 'Mara Lindqvist', organization: harbour, roles: ['officer'] },
  { slug: 'approver', name: 'Tomas Okafor', organization: harbour, roles: ['approver'] },
  { slug: 'regulator', name: 'Ines Duarte', organization: oversight, roles: ['regulator'] },
  { slug: 'observer', name: 'Samuel Boateng', organization: watch, roles: ['observer'] },
  {
    slug: 'bidder-a',
    name: 'Freya Hansen',
    organization: org('nordlicht', 'Nordlicht Bau GmbH'),
    roles: ['tenderer'],
  },
  {
    slug: 'bidder-b',
    name: 'Rui Costa',
    organization: org('ponteverde', 'Ponteverde Lda'),
    roles: ['tenderer'],
  },
  {
    slug: 'bidder-c',
    name: 'Amara Singh',
    organization: org('harbour-works', 'Harbour Works Ltd'),
    roles: ['tenderer'],
  },
  { slug: 'evaluator-1', name: 'Yuki Tanaka', organization: panel, roles: ['evaluator'] },
  { slug: 'evaluator-2', name: 'Elif Kaya', organization: panel, roles: ['evaluator'] },
  { slug: 'evaluator-3', name: 'Paul Novak', organization: panel, roles: ['evaluator'] },
  { slug: 'officer-zh', name: '王敏', organization: school, roles: ['officer'] },
  { slug: 'approver-zh', name: '李建国', organization: school, roles: ['approver'] },
  {
    slug: 'bidder-zh-a',
    name: '陈思',
    organization: org('huaxing', '华星教育科技有限公司'),
    roles: ['tenderer'],
  },
  {
    slug: 'bidder-zh-b',
    name: '赵磊',
    organization: org('yuanjing', '远景信息工程有限公司'),
    roles: ['tenderer'],
  },
  {
    slug: 'bidder-zh-c',
    name: '孙婷',
    organization: org('jiangnan', '江南办公设备有限公司'),
    roles: ['tenderer'],
  },
] as const satisfies readonly Persona[];

export type PersonaSlug = (typeof PERSONAS)[number]['slug'];

/** Who plays which part in a tender of each language. */
export const CAST = {
  en: {
    officer: 'officer',
    approver: 'approver',
    committee: ['officer', 'regulator', 'observer'],
    evaluators: ['evaluator-1', 'evaluator-2', 'evaluator-3'],
    bidders: ['bidder-a', 'bidder-b', 'bidder-c'],
  },
  zh: {
    officer: 'officer-zh',
    approver: 'approver-zh',
    committee: ['officer-zh', 'regulator', 'observer'],
    evaluators: ['evaluator-1', 'evaluator-2', 'evaluator-3'],
    bidders: ['bidder-zh-a', 'bidder-zh-b', 'bidder-zh-c'],
  },
} as const satisfies Record<
  'en' | 'zh',
  {
    officer: PersonaSlug;
    approver: PersonaSlug;
    committee: readonly PersonaSlug[];
    evaluators: readonly PersonaSlug[];
    bidders: readonly PersonaSlug[];
  }
>;
export type Cast = (typeof CAST)['en'] | (typeof CAST)['zh'];

/** The committee's seats, in the order of the cast. */
export const SEATS = ['officer', 'regulator', 'observer'] as const;
