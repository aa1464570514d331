import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { Prisma } from '@/prisma/generated/client';
import type { World } from '@/lib/server/world';
import { theCompany } from './company';
import { approve, prepareNotice } from './scenes';
import type { Story } from './story';

/** The parts that a visitor can play; robots play the others. */
export const PARTS = ['officer', 'approver', 'committee', 'bidder', 'evaluator'] as const;
export type Part = (typeof PARTS)[number];

/** What a demonstration tender remembers of how it is played (`tenders.robots`). */
export const robotsSchema = z.object({
  language: z.enum(['en', 'zh']),
  /** Parts that the visitor plays. */
  visitor: z.array(z.enum(PARTS)),
});
export type Robots = z.infer<typeof robotsSchema>;

/** Time to bid, in seconds: long enough to read, fill in and seal; short enough for ten minutes in all. */
const BIDDING = 240;
const STANDSTILL = 60;

export const PLAYS: Record<'en' | 'zh', Story> = {
  en: {
    language: 'en',
    ending: 'implementation',
    publishedDaysAgo: 0,
    biddingDays: 0,
    title: 'Bicycle stands for the central station',
    description:
      'Delivery and installation of covered bicycle stands with two levels, lighting and six stands for cargo bicycles.',
    category: 'goods',
    value: '96000.00',
    currency: 'EUR',
    budget: 'Mobility plan, line 4.3 Parking',
    items: [
      { id: '1', description: 'Covered bicycle stand, two levels, 20 places', quantity: '12', unit: 'piece' },
      { id: '2', description: 'Stand for cargo bicycles', quantity: '6', unit: 'piece' },
    ],
    quality: [
      {
        id: 'design',
        title: 'Design',
        description: 'Ease of use, lighting, how it looks in the square.',
        weight: 25,
      },
      { id: 'durability', title: 'Durability', description: 'Materials, warranty, repair.', weight: 15 },
    ],
    bids: [
      ['5600.00', '1150.00'],
      ['5850.00', '990.00'],
      ['5490.00', '1240.00'],
    ],
    reasons: 'The bid ranked first: best sum of points for price, design and durability.',
  },
  zh: {
    language: 'zh',
    ending: 'implementation',
    publishedDaysAgo: 0,
    biddingDays: 0,
    title: '图书馆自习座位及储物柜采购',
    description: '为市图书馆采购自习座位与储物柜，包含运输、安装及三年质保。',
    category: 'goods',
    value: '480000.00',
    currency: 'CNY',
    budget: '市级财政资金，公共文化服务',
    items: [
      { id: '1', description: '自习座位（含电源与台灯）', quantity: '200', unit: '套' },
      { id: '2', description: '储物柜，12 门', quantity: '20', unit: '组' },
    ],
    quality: [
      { id: 'design', title: '设计', description: '舒适度、照明与整体协调性。', weight: 25 },
      { id: 'durability', title: '耐用性', description: '材料、质保与维修。', weight: 15 },
    ],
    bids: [
      ['1680.00', '5400.00'],
      ['1590.00', '6100.00'],
      ['1720.00', '4980.00'],
    ],
    reasons: '综合得分排名第一，价格、设计与耐用性得分之和最高。',
  },
};

/**
 * Begins a tender whose clock starts now: written, keyed, signed and approved by the company, through the real
 * operations; only what the visitor wants to play is left open. @returns its ocid.
 */
export async function beginPlay(
  world: World,
  language: 'en' | 'zh',
  visitor: readonly Part[],
): Promise<string> {
  const company = await theCompany(world);
  const s = { world, company, story: PLAYS[language] };
  const due = Math.ceil(world.clock.now() / 1000) + BIDDING;
  const id = await prepareNotice(s, new Date(due * 1000).toISOString(), STANDSTILL);
  const robots: Robots = { language, visitor: [...visitor] };
  const { ocid } = await world.db.tender.update({ where: { id }, data: { robots }, select: { ocid: true } });
  if (!visitor.includes('approver')) await approve(s, id);
  return ocid;
}

/** How many demonstration tenders wait for bids now. */
export const playsUnderWay = (world: World): Promise<number> =>
  world.db.tender.count({
    where: { phase: { in: ['approval', 'publishing', 'open'] }, robots: { not: Prisma.DbNull } },
  });

/** Waits until the chain has published a tender, twenty seconds at most: its page is not public before. */
export async function published(world: World, ocid: string): Promise<void> {
  for (let i = 0; i < 80; i += 1) {
    const tender = await world.db.tender.findUnique({ where: { ocid }, select: { publishedAt: true } });
    if (tender?.publishedAt) return;
    await sleep(250);
  }
}
