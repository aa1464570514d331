'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { codeReader, readFromCamera, type CodeReader } from '@/lib/browser/verify/code-reader';
import { fetchEvidence, fetchText, LookupError } from '@/lib/browser/verify/lookup';
import { readQr } from '@/lib/browser/verify/qr-content';
import { Button } from '../ui/button';
import { FileDrop } from '../ui/file-drop';

interface ScanCodeProps {
  onDigest: (sha256: string) => void;
  /** Evidence or a receipt that the code holds or names. */
  onFile: (file: File) => void;
}

type Said =
  | 'none'
  | 'found'
  | 'noCode'
  | 'noCamera'
  | 'noPicture'
  | 'noReader'
  | 'noEvidence'
  | { key: 'verifyPage' | 'other'; text: string };

/** Reads the code on a printed document, with the camera or out of a picture. Nothing that it says is followed. */
export function ScanCode({ onDigest, onFile }: ScanCodeProps) {
  const t = useTranslations('verify.scan');
  const [said, setSaid] = useState<Said>('none');
  const [scanning, setScanning] = useState<AbortController | null>(null);
  const video = useRef<HTMLVideoElement>(null);
  // Fetched when somebody wants it: few do.
  const found = useRef<Promise<CodeReader>>(null);
  const reader = async (): Promise<CodeReader | null> => {
    try {
      return await (found.current ??= codeReader());
    } catch {
      found.current = null;
      setSaid('noReader');
      return null;
    }
  };
  useEffect(() => () => scanning?.abort(), [scanning]);

  const take = async (content: string): Promise<void> => {
    const read = readQr(content);
    switch (read.kind) {
      case 'digest':
        onDigest(read.sha256);
        return setSaid('found');
      case 'file':
        onFile(new File([read.text], 'code.json', { type: 'application/json' }));
        return setSaid('found');
      case 'record':
        return setSaid(await fetchRecord(read.recordId, onFile));
      case 'verify-page':
        return setSaid({ key: 'verifyPage', text: read.host });
      case 'other':
        return setSaid({ key: 'other', text: read.text });
    }
  };
  const scan = async (): Promise<void> => {
    if (video.current === null) return;
    // At once: the program that reads may have to be fetched first, and nobody should press twice.
    const controller = new AbortController();
    setScanning(controller);
    setSaid('none');
    try {
      const read = await reader();
      if (read === null || controller.signal.aborted) return;
      const content = await readFromCamera(video.current, read, controller.signal);
      if (content !== '') await take(content);
    } catch {
      setSaid('noCamera');
    } finally {
      setScanning(null);
    }
  };
  const readPicture = async ([picture]: readonly File[]): Promise<void> => {
    const read = picture === undefined ? null : await reader();
    if (read === null || picture === undefined) return;
    try {
      const content = await read(await createImageBitmap(picture));
      if (content === '') setSaid('noCode');
      else await take(content);
    } catch {
      setSaid('noPicture');
    }
  };
  return (
    <details>
      <summary className="link min-h-11 cursor-pointer py-2 font-semibold">{t('title')}</summary>
      <div className="mt-2 flex flex-col items-start gap-4">
        <p className="text-ink-soft">{t('lead')}</p>
        <video
          ref={video}
          muted
          playsInline
          aria-label={t('picture')}
          className={scanning === null ? 'hidden' : 'w-full max-w-80 rounded-md border border-line'}
        />
        {scanning === null ? (
          <Button variant="secondary" onClick={() => void scan()}>
            {t('camera')}
          </Button>
        ) : (
          <Button variant="secondary" onClick={() => scanning.abort()}>
            {t('stop')}
          </Button>
        )}
        <div className="w-full">
          <FileDrop
            name="code"
            label={t('image')}
            accept="image/*"
            onFiles={(files) => void readPicture(files)}
          />
        </div>
        <p role="status" aria-live="polite" className="break-words">
          {said === 'none' ? null : typeof said === 'string' ? t(said) : t(said.key, { text: said.text })}
        </p>
      </div>
    </details>
  );
}

async function fetchRecord(recordId: string, onFile: (file: File) => void): Promise<Said> {
  try {
    const text = await fetchEvidence(recordId, fetchText);
    onFile(new File([text], `${recordId}.evidence.json`, { type: 'application/json' }));
    return 'found';
  } catch (error) {
    if (error instanceof LookupError) return 'noEvidence';
    throw error;
  }
}
