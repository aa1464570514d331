'use client';

import { useCallback, useRef, useState } from 'react';
import { createRecoveryFile } from '@/lib/browser/keys/recovery-file';
import { workerLock } from '@/lib/browser/keys/worker-lock';
import type { SealedPart, SealedSubmission } from '@/lib/browser/sealing/seal-bid';
import { sealInWorker } from '@/lib/browser/sealing/seal-client';
import type { Sending } from '@/lib/browser/upload/send-upload';
import type { PriceForm } from '@/lib/sealing/price-form';
import type { BidReceipt, EnvelopeToSend, SealBidProps } from './bid-types';
import { useAttempt } from './use-attempt';

export type WorkPhase = 'sealing' | 'locking' | 'uploading' | 'filing';

export interface Work {
  phase: WorkPhase;
  done: number;
  total: number;
  /** Milliseconds since the phase began, at the last report: for the rate. */
  elapsed: number;
  /** While it is being sent. */
  sending?: Sending;
}

export interface FiledBid {
  envelopeHash: string;
  size: number;
  receipt: BidReceipt;
  recovery: BidReceipt;
}

export interface BidAnswers {
  priceForm: PriceForm;
  files: readonly File[];
  passphrase: string;
}

/** What has been achieved for one set of answers; a retry goes on from there, another set begins anew. */
interface Progress {
  answers: BidAnswers;
  sealed?: SealedSubmission;
  recovery?: string;
  upload?: string;
}

type Input = Pick<SealBidProps, 'identity' | 'keySet' | 'demonstration' | 'onUpload' | 'onFile'>;

/** Seals, protects the recovery file, uploads and files: each once, however often it must be tried. */
export function useSubmitBid(props: Input) {
  const { state, run, clear } = useAttempt();
  const [work, setWork] = useState<Work | null>(null);
  const [filed, setFiled] = useState<FiledBid | null>(null);
  const [stopped, setStopped] = useState(false);
  const [sealed, setSealed] = useState<EnvelopeToSend | null>(null);
  const progress = useRef<Progress | null>(null);
  const abort = useRef<AbortController | null>(null);

  const began = useRef<{ phase: WorkPhase; at: number } | null>(null);

  const report = useCallback<Report>((phase, done = 0, total = 0, sending) => {
    const now = performance.now();
    if (began.current?.phase !== phase) began.current = { phase, at: now };
    setWork({ phase, done, total, elapsed: now - began.current.at, ...(sending ? { sending } : {}) });
  }, []);

  const submit = async (answers: BidAnswers): Promise<void> => {
    if (progress.current === null || !sameAnswers(progress.current.answers, answers))
      progress.current = { answers };
    const controller = new AbortController();
    abort.current = controller;
    setStopped(false);
    await run(async () => {
      try {
        const so = progress.current ?? { answers };
        const result = await carryOut(props, so, { report, setSealed }, controller.signal);
        if (!result.ok) return result;
        setFiled(result);
        return undefined;
      } catch (error) {
        if (!controller.signal.aborted) throw error;
        setStopped(true);
        return undefined;
      }
    });
    setWork(null);
  };
  const stop = () => abort.current?.abort();
  return { state, work, filed, stopped, sealed, submit, stop, clear };
}

function sameAnswers(a: BidAnswers, b: BidAnswers): boolean {
  return a.priceForm === b.priceForm && a.files === b.files && a.passphrase === b.passphrase;
}

type Report = (phase: WorkPhase, done?: number, total?: number, sending?: Sending) => void;

async function carryOut(
  { identity, keySet, demonstration, onUpload, onFile }: Input,
  so: Progress,
  { report, setSealed }: { report: Report; setSealed: (sealed: EnvelopeToSend) => void },
  signal: AbortSignal,
) {
  const { priceForm, files, passphrase } = so.answers;
  const content = { identity, keySet, priceForm, consortium: [], declarations: [], files };
  so.sealed ??= await sealInWorker({ envelopes: [content] }, report, signal);
  const { sealed } = so;
  const { envelope, envelopeHash } = sealed.envelopes[0] as SealedPart;
  const { size } = envelope;
  setSealed({ envelope, sha256: envelopeHash });
  if (so.recovery === undefined) {
    report('locking');
    so.recovery = await createRecoveryFile(sealed.recovery, passphrase, demonstration, workerLock);
  }
  signal.throwIfAborted();
  if (so.upload === undefined) {
    report('uploading', 0, size);
    const onSending = (sending: Sending) => report('uploading', sending.done, sending.total, sending);
    const uploaded = await onUpload({ envelope, sha256: envelopeHash }, onSending, signal);
    signal.throwIfAborted();
    if (!uploaded.ok) return uploaded;
    so.upload = uploaded.upload;
  }
  report('filing');
  const { bidKey } = sealed;
  const filed = await onFile({ upload: so.upload, envelope: envelopeHash, size, bidKey });
  if (!filed.ok) {
    // What the server refused to file it may also have discarded.
    delete so.upload;
    return filed;
  }
  const recovery = { name: `tenderproof-recovery-${envelopeHash.slice(0, 8)}.json`, text: so.recovery };
  return { ok: true as const, envelopeHash, size, receipt: filed.receipt, recovery };
}
