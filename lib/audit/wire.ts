import * as z from 'zod';
import { digestSchema, MAX_ENTRY_LENGTH } from '@/lib/record/record';

/*
 * The registry's answers to an auditor, as shapes that are checked before anything is believed. Unknown fields are let
 * pass: a later registry may say more.
 */

const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const next = count.nullable();
const word = z.string().max(200);

const recordSchema = z.object({
  id: word,
  type: word,
  stage: count.nullable(),
  round: count.nullable(),
  time: word,
  commitment: digestSchema,
  index: count.nullable(),
  anchoredBy: word,
  entry: z.string().max(MAX_ENTRY_LENGTH).nullable(),
  salt: digestSchema.nullable(),
  erased: z.boolean(),
});

const stageSchema = z.object({
  key: digestSchema,
  stage: count,
  round: count,
  rootHash: digestSchema,
  count,
  anchorIndex: count,
  leaves: z.array(count),
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
        rootHash: digestSchema,
        checkpoint: z.string().max(16_384).nullable(),
      }),
    )
    .max(1000),
});
