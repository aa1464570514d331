import { stretches } from '@/lib/browser/tour/fingerprint';

interface DigestProps {
  label: string;
  value: string;
  /** Where it differs from this one it is marked. */
  other?: string | undefined;
}

/** A fingerprint in full, under its name. */
export function Digest({ label, value, other }: DigestProps) {
  return (
    <div className="min-w-0">
      <dt className="text-sm font-semibold">{label}</dt>
      <dd>
        <code className="break-all font-mono text-sm">
          {other === undefined ? value : <Marked text={value} other={other} />}
        </code>
      </dd>
    </div>
  );
}

/** A text with what differs from another marked, by more than colour. */
export function Marked({ text, other }: { text: string; other: string }) {
  return stretches(text, other).map(({ text: part, differs }, at) =>
    differs ? (
      <mark key={at} className="bg-bad-soft font-bold text-bad underline">
        {part}
      </mark>
    ) : (
      <span key={at}>{part}</span>
    ),
  );
}
