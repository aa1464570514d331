'use client';

import { useTranslations } from 'next-intl';
import { useId, useRef, useState, type ReactNode } from 'react';
import { Button, type ButtonVariant } from './button';

interface ConfirmDialogProps {
  /** The button that opens it. */
  trigger: ReactNode;
  triggerVariant?: ButtonVariant | undefined;
  title: string;
  /** What will happen, and whether it can be taken back. */
  children?: ReactNode;
  confirmLabel?: string | undefined;
  danger?: boolean | undefined;
  disabled?: boolean | undefined;
  /** The dialog stays open and busy until this settles, then closes. */
  onConfirm: () => void | Promise<void>;
}

/** Asks once more before an act that cannot be taken back. A native dialog: Escape and focus work by themselves. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    trigger,
    triggerVariant = 'primary',
    title,
    children,
    confirmLabel,
    danger = false,
    disabled,
    onConfirm,
  } = props;
  const t = useTranslations('ui');
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    if (busy) return;
    setBusy(true);
    try {
      await onConfirm();
    } finally {
      setBusy(false);
      dialog.current?.close();
    }
  };
  return (
    <>
      <Button variant={triggerVariant} disabled={disabled} onClick={() => dialog.current?.showModal()}>
        {trigger}
      </Button>
      <dialog
        ref={dialog}
        aria-labelledby={heading}
        onCancel={(event) => busy && event.preventDefault()}
        className="w-[min(34rem,calc(100vw-2rem))] rounded-lg border border-line bg-surface p-6 text-ink shadow-2xl"
      >
        <h2 id={heading} className="text-xl">
          {title}
        </h2>
        {children ? <div className="mt-3 text-ink-soft">{children}</div> : null}
        <div className="mt-6 flex flex-wrap gap-3">
          <Button variant={danger ? 'danger' : 'primary'} aria-disabled={busy} onClick={() => void confirm()}>
            {busy ? t('working') : (confirmLabel ?? t('confirm'))}
          </Button>
          <Button variant="secondary" disabled={busy} autoFocus onClick={() => dialog.current?.close()}>
            {t('cancel')}
          </Button>
        </div>
      </dialog>
    </>
  );
}
