import * as z from 'zod';
import { digestSchema, MAX_ENTRY_LENGTH } from '@/lib/record/record';

/*
 * The registry's answers to an auditor, as shapes that are checked before anything is believed. Unknown fields are let
 * pass: a later registry may say more.
 */

const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const next = count.nullable();
const word = z.string().max(200);

/** What the registry keeps of a row goes through as it stands: that it is wrong is for the audit to say, by name. */
const kept = z.string().max(MAX_ENTRY_LENGTH);

const recordSchema = z.object({
  id: word,
  type: word,
  stage: count.nullable(),
  round: count.nullable(),
  time: word,
  commitment: kept,
  index: count.nullable(),
  anchoredBy: kept.nullable(),
  entry: z.string().nullable(),
  salt: kept.nullable(),
  erased: z.boolean(),
});

const stageSchema = z.object({
  key: digestSchema,
  stage: count,
  round: count,
  rootHash: kept,
  count,
  anchorIndex: count,
  leaves: z.array(z.number()),
});

export const processesPage = z.object({
  processes: z.array(z.object({ key: digestSchema, ocid: word, change: word })).max(1000),
  next,
});

export const processPage = z.object({
  key: digestSchema,
  ocid: word,
  stages: z.array(stageSchema).max(10_000),
  records: z.array(recordSchema).max(1000),
  next,
});

export const recordsPage = z.object({ records: z.array(recordSchema).max(1000), next });

export const anchorsPage = z.object({
  anchors: z
    .array(
      z.object({
        index: count,
        treeSize: count,
        time: count,
        rootHash: kept,
        checkpoint: z.string().max(16_384).nullable(),
      }),
    )
    .max(1000),
});
