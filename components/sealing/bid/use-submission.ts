'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { checkKeys } from '@/lib/browser/bid/check-keys';
import { sendAll, type SendingAll } from '@/lib/browser/bid/send-all';
import {
  fitOf,
  waitingFromDraft,
  waitingFromSealer,
  type Fit,
  type Waiting,
} from '@/lib/browser/bid/waiting';
import type { SealedContent } from '@/lib/browser/drafts/sealed-envelopes';
import type { ActRefusal } from '@/lib/forms/act-result';
import { languageTags } from '@/lib/i18n/routing';
import { useAttempt } from '../use-attempt';
import type { BidDraftHandle } from '../use-bid-draft';
import type { BidPlaceProps, BidReceipt } from './place';
import {
  dropped,
  keepSealed,
  recordOf,
  sealDraft,
  settled,
  type Report,
  type SealSecrets,
} from './submission-steps';
import { useBidRefusal } from './use-bid-refusal';
import { useReport, type Work } from './use-report';

/** A submission that has just gone on record. */
export interface FiledBid {
  readonly receipts: readonly BidReceipt[];
  readonly bidKey: string;
  /** The recovery file, locked; null when it was sealed elsewhere. */
  readonly recovery: string | null;
}

export interface Submission {
  readonly state: ReturnType<typeof useAttempt>['state'];
  readonly work: Work | null;
  readonly sending: SendingAll | null;
  readonly waiting: Waiting | null;
  readonly fit: Fit;
  readonly filed: FiledBid | null;
  readonly stopped: boolean;
  /** Seals the draft and sends what was sealed. */
  seal(secrets: SealSecrets): Promise<void>;
  /** Sends what was sealed elsewhere. */
  handIn(content: SealedContent): Promise<void>;
  /** Sends what waits. */
  send(): Promise<void>;
  stop(): void;
  /** Throws the sealed form away; the draft stays. */
  drop(): void;
  /** The news of the filing have been read. */
  close(): void;
}

/** Seals, keeps, sends and files: each once, however often it must be tried, and across reloads of the page. */
export function useSubmission(props: BidPlaceProps, bid: BidDraftHandle): Submission {
  const { state, run, clear } = useAttempt();
  const [work, setWork] = useState<Work | null>(null);
  const [sending, setSending] = useState<SendingAll | null>(null);
  const [fresh, setFresh] = useState<Waiting | null>(null);
  const [filed, setFiled] = useState<FiledBid | null>(null);
  const [stopped, setStopped] = useState(false);
  const abort = useRef<AbortController | null>(null);
  const carry = useCarry(props, bid, setSending, setFiled, setFresh);
  const report = useReport(setWork);
  const refusalOf = useBidRefusal();
  const { session, draft, phase } = bid;
  const kept = phase === 'ready' && draft.sealed !== null ? draft.sealed : null;
  const stored = kept === null ? null : waitingFromDraft(kept, (file) => session.sealedBlob(file));
  const waiting = fresh ?? stored;

  const during = async (task: (report: Report, signal: AbortSignal) => Promise<ActRefusal | undefined>) => {
    const controller = new AbortController();
    abort.current = controller;
    setStopped(false);
    await run(async () => {
      try {
        return await task(report, controller.signal);
      } catch (error) {
        if (!controller.signal.aborted) return refusalOf(error);
        setStopped(true);
        return undefined;
      }
    });
    setWork(null);
    setSending(null);
  };
  return {
    ...{ state, work, sending, waiting, filed, stopped },
    fit: waiting === null ? 'fits' : fitOf(waiting, props.keyset, props.own),
    seal: (secrets) => during((tell, signal) => carry.seal(secrets, tell, signal)),
    handIn: (content) => during((tell, signal) => carry.handIn(content, tell, signal)),
    send: () =>
      during(async (tell, signal) => (waiting === null ? undefined : carry.send(waiting, tell, signal))),
    stop: () => abort.current?.abort(),
    drop: () => {
      clear();
      setStopped(false);
      setFresh(null);
      if (waiting !== null) session.update((so) => dropped(so, waiting));
      void session.flush();
    },
    close: () => setFiled(null),
  };
}

/** The work itself: each part answers with a refusal, or nothing when it is done. */
function useCarry(
  props: BidPlaceProps,
  bid: BidDraftHandle,
  setSending: (sending: SendingAll) => void,
  setFiled: (filed: FiledBid) => void,
  setFresh: (waiting: Waiting | null) => void,
) {
  const t = useTranslations('bid.errors');
  const keys = useTranslations('sealing.errors');
  const locale = useLocale();
  const { tenderId, keyset, own, onFile, refresh } = props;
  const { session } = bid;

  const send = async (waiting: Waiting, report: Report, signal: AbortSignal) => {
    report('sending');
    const options = { tenderId, language: languageTags[locale], signal };
    // Where only the answer was lost, everything is there already.
    const there = fitOf(waiting, keyset, own) === 'filed';
    const refusal = there ? null : await sendAll(waiting.envelopes, options, setSending);
    if (refusal === null) {
      report('filing');
      const answer = await onFile(recordOf(waiting));
      if (answer.ok) {
        const { bidKey, recovery } = waiting;
        session.update((draft) => settled(draft, waiting));
        await session.flush();
        setFresh(null);
        setFiled({ receipts: answer.receipts, bidKey, recovery });
        refresh();
        return undefined;
      }
      refresh();
      return answer;
    }
    // Perhaps the committee was replaced, or the time is over: the page shall know.
    refresh();
    return refusal;
  };
  const handIn = async (content: SealedContent, report: Report, signal: AbortSignal) => {
    const isKept = await keepSealed(session, content, report, signal);
    const waiting = waitingFromSealer(content, isKept);
    setFresh(waiting);
    return send(waiting, report, signal);
  };
  const seal = async (secrets: SealSecrets, report: Report, signal: AbortSignal) => {
    report('checking');
    await session.flush();
    const { registry, ocid, keySet, signingKeys, readKeySetHash } = props;
    const verdict = await checkKeys({ registry, ocid, keySet, keyset, signingKeys, readKeySetHash });
    if (verdict !== 'ok') {
      refresh();
      return { ok: false as const, code: verdict, message: keys(verdict) };
    }
    const content = await sealDraft(props, bid, secrets, report, signal);
    if (content === null) return { ok: false as const, code: 'incomplete', message: t('incomplete') };
    return handIn(content, report, signal);
  };
  return { seal, handIn, send };
}
