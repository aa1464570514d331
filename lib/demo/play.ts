import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { Prisma } from '@/prisma/generated/client';
import type { World } from '@/lib/server/world';
import { theCompany } from './company';
import { approve, prepareNotice } from './scenes';
import { KINDS, PLAYS, type Kind } from './play-stories';

/** The parts that a visitor can play; robots play the others. */
export const PARTS = ['officer', 'approver', 'committee', 'bidder', 'evaluator'] as const;
export type Part = (typeof PARTS)[number];

/** What a demonstration tender remembers of how it is played (`tenders.robots`). */
export const robotsSchema = z.object({
  language: z.enum(['en', 'zh']),
  kind: z.enum(KINDS).default('plain'),
  /** Parts that the visitor plays. */
  visitor: z.array(z.enum(PARTS)),
});
export type Robots = z.infer<typeof robotsSchema>;

/** Time to bid, in seconds: long enough to read, fill in and seal; short enough for ten minutes in all. */
const BIDDING = 240;
const STANDSTILL = 60;

/**
 * Begins a tender whose clock starts now: written, keyed, signed and approved by the company, through the real
 * operations; only what the visitor wants to play is left open. @returns its ocid.
 */
export async function beginPlay(
  world: World,
  language: 'en' | 'zh',
  visitor: readonly Part[],
  kind: Kind = 'plain',
): Promise<string> {
  const company = await theCompany(world);
  const s = { world, company, story: PLAYS[kind][language] };
  const due = Math.ceil(world.clock.now() / 1000) + BIDDING;
  const id = await prepareNotice(s, new Date(due * 1000).toISOString(), STANDSTILL);
  const robots: Robots = { language, kind, visitor: [...visitor] };
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
