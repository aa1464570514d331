'use client';

import { useEffect, useRef, useState } from 'react';
import type { TenderCheckMessage, TenderCheckRequest } from '@/lib/browser/tender-check/check-worker';
import type { CheckRow } from '@/lib/tender-check/report';

export interface TenderCheckState {
  readonly phase: 'idle' | 'running' | 'done' | 'unknown' | 'failed' | 'stopped';
  readonly rows: readonly CheckRow[];
  readonly done: number;
  readonly of: number;
  readonly reason: string;
}

const IDLE: TenderCheckState = { phase: 'idle', rows: [], done: 0, of: 0, reason: '' };

function after(state: TenderCheckState, message: TenderCheckMessage): TenderCheckState {
  switch (message.kind) {
    case 'row':
      return { ...state, rows: [...state.rows, message.row] };
    case 'progress':
      return { ...state, done: message.done, of: message.of };
    case 'done':
      return { ...state, phase: message.found ? 'done' : 'unknown' };
    case 'failed':
      return { ...state, phase: 'failed', reason: message.reason };
  }
}

/** Checks a whole tender in a worker of this browser; to stop it, the worker is ended. */
export function useTenderCheck() {
  const [state, setState] = useState<TenderCheckState>(IDLE);
  const worker = useRef<Worker | null>(null);
  const end = (): void => {
    worker.current?.terminate();
    worker.current = null;
  };
  useEffect(() => end, []);
  const start = (request: TenderCheckRequest): void => {
    end();
    setState({ ...IDLE, phase: 'running' });
    const started = new Worker(
      new URL('../../../lib/browser/tender-check/check-worker.ts', import.meta.url),
      {
        type: 'module',
      },
    );
    worker.current = started;
    started.addEventListener('message', ({ data }: MessageEvent<TenderCheckMessage>) => {
      setState((before) => after(before, data));
      if (data.kind === 'done' || data.kind === 'failed') end();
    });
    started.addEventListener('error', ({ message }) => {
      setState((before) => ({ ...before, phase: 'failed', reason: message }));
      end();
    });
    started.postMessage(request);
  };
  const stop = (): void => {
    end();
    setState((before) => ({ ...before, phase: 'stopped' }));
  };
  return { state, start, stop };
}
