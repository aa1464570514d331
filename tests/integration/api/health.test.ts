import { ed25519 } from '@noble/curves/ed25519.js';
import { PrismaPg } from '@prisma/adapter-pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GET as getHealth } from '@/app/api/v1/health/route';
import { GET as getMetrics } from '@/app/api/v1/metrics/route';
import { witnessKey } from '@/lib/merkle/cosignature';
import { toHex } from '@/lib/record/hex';
import { PARTS, reportHealth } from '@/lib/server/health';
import { fileCover } from '@/lib/server/log-store';
import { registryStatus } from '@/lib/server/queries/status';
import { PrismaClient } from '@/prisma/generated/client';
import { expectDescribed } from './asked';
import { call, newTender, startRegistry, type Registry } from './fixture';

const TOKEN = 'a-token-of-the-operator-0123456789';

describe('health and metrics', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry();
    await newTender(registry);
    await fileCover(registry.world.db, registry.time.now);
    await registry.until(async () => (await registry.world.db.anchor.count()) > 0);
    // Blocks may be dated a little ahead of our clock.
    registry.time.now += 60_000;
  });
  afterAll(() => registry.stop());
  beforeEach(async () => {
    registry.world.env.METRICS_TOKEN = TOKEN;
    await registry.world.db.filing.deleteMany();
    await registry.world.db.alarm.deleteMany();
    await registry.world.db.partHealth.deleteMany();
    for (const part of PARTS)
      await reportHealth(registry.world.db, { part, state: 'ok', code: 'ok' }, registry.time.now);
  });

  const fileAt = (age: number) =>
    registry.world.db.filing.create({
      data: {
        commitment: crypto.getRandomValues(new Uint8Array(32)),
        filedAt: new Date(registry.time.now - age),
      },
    });

  async function health() {
    const response = await call(getHealth.as(null), '/api/v1/health', {});
    const answer = (await response.json()) as { parts: { part: string; state: string; code: string }[] };
    expectDescribed('Health', answer);
    return { status: response.status, ...answer };
  }

  const metrics = (headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }) =>
    call(getMetrics.as(null), '/api/v1/metrics', {}, { headers });

  /** The samples of our own gauges: `name{labels}` → value. */
  async function samples(): Promise<Map<string, number>> {
    const lines = (await (await metrics()).text()).split('\n').filter((line) => /^tenderproof_/.test(line));
    return new Map(
      lines.map((line) => {
        const at = line.lastIndexOf(' ');
        return [line.slice('tenderproof_'.length, at), Number(line.slice(at + 1))];
      }),
    );
  }

  describe('for machines', () => {
    it('says how large log and anchor are, and how each part stands', async () => {
      const head = await registry.world.db.checkpoint.findFirstOrThrow({ orderBy: { treeSize: 'desc' } });
      const anchor = await registry.world.db.anchor.findFirstOrThrow({ orderBy: { index: 'desc' } });
      const answer = await health();
      expect(answer).toMatchObject({
        status: 200,
        ok: true,
        treeSize: Number(head.treeSize),
        checkpointAt: head.time.toISOString(),
        anchoredSize: Number(anchor.treeSize),
        anchoredAt: anchor.time.toISOString(),
        filingsWaiting: 0,
        openAlarms: 0,
      });
      expect(answer.parts.map(({ part }) => part)).toEqual([...PARTS, 'tenders']);
    });

    it('is good while the chain is away, and says so', async () => {
      const away = { part: 'chain', state: 'down', code: 'away' } as const;
      await reportHealth(registry.world.db, away, registry.time.now);
      const answer = await health();
      expect(answer).toMatchObject({ status: 200, ok: true, condition: 'down' });
      expect(answer.parts.find(({ part }) => part === 'chain')).toMatchObject(away);
    });

    it('is bad when the log does not move', async () => {
      await fileAt(29_000);
      expect(await health()).toMatchObject({ status: 200, ok: true, filingsWaiting: 1 });
      await registry.world.db.filing.deleteMany();
      await fileAt(31_000);
      expect(await health()).toMatchObject({ status: 503, ok: false, condition: 'standing' });
    });

    it('calls a part silent that stopped reporting, and its worker when all did', async () => {
      const { db } = registry.world;
      await reportHealth(db, { part: 'clock', state: 'ok', code: 'ok' }, registry.time.now - 61_000);
      const one = await health();
      expect(one.parts.find(({ part }) => part === 'clock')).toMatchObject({ state: 'silent' });
      expect(one).toMatchObject({ status: 200, condition: 'warnings' });
      await db.partHealth.updateMany({ data: { checkedAt: new Date(registry.time.now - 300_000) } });
      expect(await health()).toMatchObject({ condition: 'silent' });
    });

    it('says only that it is bad while the database does not answer', async () => {
      const holder = registry.world;
      const { db } = holder;
      // Nothing listens on the discard port: the connection is refused as that of a stopped database is.
      const url = new URL(registry.test.databaseUrl);
      url.port = '9';
      const gone = new PrismaClient({
        adapter: new PrismaPg({ connectionString: url.href, connectionTimeoutMillis: 2000 }),
      });
      holder.db = gone;
      try {
        const response = await call(getHealth.as(null), '/api/v1/health', {});
        expect(response.status).toBe(503);
        expect(await response.json()).toEqual({ ok: false });
      } finally {
        holder.db = db;
        await gone.$disconnect();
      }
    });
  });

  describe('for Prometheus', () => {
    it('are refused without the token, from loopback too, and not there when none is configured', async () => {
      for (const headers of [
        {},
        { authorization: `Bearer ${TOKEN}x` },
        { authorization: `Bearer ${TOKEN.slice(0, -1)}` },
        { authorization: 'Bearer ' },
        { authorization: `Basic ${btoa(`metrics:${TOKEN}`)}` },
        { 'x-forwarded-for': '127.0.0.1' },
      ] as Record<string, string>[]) {
        const response = await metrics(headers);
        expect(response.status).toBe(401);
        expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
        expect(await response.text()).toBe('');
      }
      delete registry.world.env.METRICS_TOKEN;
      expect((await metrics()).status).toBe(404);
      expect((await metrics({ authorization: 'Bearer undefined' })).status).toBe(404);
    });

    it('are in the text format, with the process beside the registry, as often as they are asked for', async () => {
      for (let i = 0; i < 3; i += 1) {
        const response = await metrics();
        expect(response.status).toBe(200);
        expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
        const text = await response.text();
        expect(text.match(/^# TYPE tenderproof_log_size gauge$/gm)).toHaveLength(1);
        expect(text.match(/^# TYPE process_cpu_seconds_total counter$/gm)).toHaveLength(1);
        const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1]);
        expect(new Set(names).size).toBe(names.length);
      }
    });

    it('say what the tables say', async () => {
      const { db } = registry.world;
      await fileAt(12_000);
      const low = { wei: '123000000000000000', days: 4, address: '0x0' };
      await reportHealth(
        db,
        { part: 'balance', state: 'warning', code: 'low', facts: low },
        registry.time.now,
      );
      await reportHealth(db, { part: 'chain', state: 'down', code: 'away' }, registry.time.now - 7_000);
      const time = new Date(registry.time.now - 1000);
      await db.alarm.createMany({
        data: [
          { id: 'a', code: 'x', subject: 's', facts: {}, raisedAt: time, seenAt: time },
          { id: 'b', code: 'y', subject: 's', facts: {}, raisedAt: time, seenAt: time, clearedAt: time },
        ],
      });
      const [found, status] = [await samples(), await registryStatus(registry.world)];
      expect(Object.fromEntries(found)).toMatchObject({
        log_size: status.treeSize,
        log_anchored_size: status.anchoredSize,
        filings_waiting: 1,
        filing_oldest_wait_seconds: 12,
        anchor_waiting: status.treeSize - status.anchoredSize,
        anchor_age_seconds: (registry.time.now - (status.lastAnchor?.time ?? 0)) / 1000,
        'chain_calls{status="pending"}': 0,
        'chain_calls{status="failed"}': 0,
        tenders_stuck: 0,
        'part_up{part="sequencer"}': 1,
        'part_up{part="balance"}': 1,
        'part_up{part="chain"}': 0,
        'part_state{part="chain",state="down",code="away"}': 1,
        'part_report_age_seconds{part="chain"}': 7,
        balance_wei: 1.23e17,
        balance_days: 4,
        alarms_open: 1,
      });
    });

    it('say how far each witness has come', async () => {
      const { db, env } = registry.world;
      const keys = ['witness.example/one', 'witness.example/two'].map((name, i) =>
        witnessKey(name, ed25519.getPublicKey(new Uint8Array(32).fill(i + 1))),
      );
      env.WITNESSES = keys.map((key) => ({ key, url: null }));
      try {
        const head = await db.checkpoint.findFirstOrThrow({ orderBy: { treeSize: 'desc' } });
        const time = new Date(registry.time.now);
        const [one] = keys as [(typeof keys)[number]];
        await db.cosignature.create({
          data: {
            treeSize: head.treeSize,
            keyName: one.name,
            keyId: toHex(one.keyId),
            line: 'x',
            time,
            receivedAt: time,
          },
        });
        const found = await samples();
        expect(found.get('witness_lag{witness="witness.example/one"}')).toBe(0);
        expect(found.get('witness_lag_seconds{witness="witness.example/one"}')).toBe(0);
        expect(found.get('witness_lag{witness="witness.example/two"}')).toBe(Number(head.treeSize));
        expect(found.get('witness_lag_seconds{witness="witness.example/two"}')).toBeGreaterThanOrEqual(60);
      } finally {
        env.WITNESSES = [];
      }
    });

    it('hold no secret and no name', async () => {
      const text = await (await metrics()).text();
      const { env, db } = registry.world;
      const tender = await db.tender.findFirstOrThrow();
      for (const secret of [
        TOKEN,
        env.AUTH_SECRET,
        env.LOG_KEY,
        env.ANCHORER_KEY.slice(2),
        env.DATABASE_URL,
        tender.id,
        tender.ocid,
      ]) {
        expect(text).not.toContain(secret);
      }
    });
  });
});
