import type { Upload } from '@/lib/procedure/decision';
import type { Act, Role } from '@/lib/procedure/permissions';
import type { Phase } from '@/lib/procedure/phases';
import type { Process } from '@/lib/procedure/state';
import type { Unit } from '@/lib/procedure/units';

/** Who is signed in. `roles` are those that the organization gave, not those in one tender. */
export interface SignedIn {
  person: { id: string; name: string };
  organization: { id: string; name: string };
  roles: string[];
}

/** One process as one reader may know it: already filtered by the disclosure table. */
export interface TenderView {
  /** Row id, for uploads. */
  id: string;
  /** The process, or the unit that was asked for (`process.unit`). */
  process: Process;
  phase: Phase;
  /** Of a divided process: its units, where each stands and what the reader may do there; empty otherwise. */
  units: { unit: Unit; phase: Phase; may: Act[] }[];
  /** The server's time when this was read, in milliseconds. */
  now: number;
  signedIn: SignedIn | null;
  /** Roles of the reader in this process. */
  roles: Role[];
  /** What the reader may do now, by the one table. */
  may: Act[];
  /** Uploads that are not part of a record yet and that the reader may see (the draft's documents). */
  uploads: Upload[];
  /** Names of persons by their pseudonym, only where the reader's role may know them (office), else empty. */
  people: Record<string, string>;
  /** In words, for officers: why the registry waits (the chain is away …); null when it does not. */
  stuck: string | null;
  /** The reader is one of the demonstration's people: a demonstration key is at hand. */
  demonstration: boolean;
}

/** A row in lists. */
export interface TenderRow {
  ocid: string;
  title: string;
  buyerName: string;
  language: string;
  category: string | null;
  value: { amount: string; currency: string } | null;
  phase: Phase;
  publishedAt: string | null;
  bidsDue: string | null;
}
