import { useTranslations } from 'next-intl';
import { CopyButton } from './copy-button';
import { classNames } from './class-names';

/** Bars drawn from the first bytes: two fingerprints that differ look different at a glance. */
function Bars({ value }: { value: string }) {
  const nibbles = [...value.replace(/^0x/, '').slice(0, 8)].map((digit) => Number.parseInt(digit, 16));
  return (
    <svg viewBox="0 0 31 16" aria-hidden="true" className="h-4 w-8 shrink-0 text-accent" data-print="hide">
      {nibbles.map((nibble, index) => (
        <rect
          key={index}
          x={index * 4}
          y={15 - (Number.isNaN(nibble) ? 0 : nibble)}
          width="3"
          height={1 + (Number.isNaN(nibble) ? 0 : nibble)}
          fill="currentColor"
        />
      ))}
    </svg>
  );
}

interface HashProps {
  /** Hexadecimal, with or without 0x. */
  value: string;
  /** Characters kept at each end; the whole is printed, read on hover, and copied. */
  ends?: number;
  /** Written out whole, over several lines where needed. */
  full?: boolean;
  copy?: boolean;
  className?: string;
}

/** A fingerprint (SHA-256, address, transaction): bars, the two ends, and a button that copies the whole. */
export function Hash({ value, ends = 6, full = false, copy = true, className }: HashProps) {
  const t = useTranslations('ui');
  const short =
    full || value.length <= ends * 2 + 1 ? value : `${value.slice(0, ends)}…${value.slice(-ends)}`;
  return (
    <span className={classNames('inline-flex max-w-full items-center gap-2 align-bottom', className)}>
      <Bars value={value} />
      <code
        title={value}
        className={classNames('font-mono text-sm', full ? 'break-all' : 'whitespace-nowrap')}
      >
        {short}
      </code>
      {copy ? <CopyButton compact text={value} label={t('copyHash')} /> : null}
    </span>
  );
}
