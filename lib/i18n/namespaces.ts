import type acts from './messages/en/acts.json';
import type bid from './messages/en/bid.json';
import type bidDraft from './messages/en/bidDraft.json';
import type common from './messages/en/common.json';
import type demo from './messages/en/demo.json';
import type draft from './messages/en/draft.json';
import type errors from './messages/en/errors.json';
import type home from './messages/en/home.json';
import type how from './messages/en/how.json';
import type office from './messages/en/office.json';
import type opening from './messages/en/opening.json';
import type records from './messages/en/records.json';
import type sealer from './messages/en/sealer.json';
import type sealing from './messages/en/sealing.json';
import type signin from './messages/en/signin.json';
import type status from './messages/en/status.json';
import type tender from './messages/en/tender.json';
import type tenderCheck from './messages/en/tenderCheck.json';
import type tenders from './messages/en/tenders.json';
import type tour from './messages/en/tour.json';
import type tourPlay from './messages/en/tourPlay.json';
import type treePlay from './messages/en/treePlay.json';
import type ui from './messages/en/ui.json';
import type verify from './messages/en/verify.json';
import type verifier from './messages/en/verifier.json';

/**
 * The texts of the application, one JSON file per namespace and language. English gives the type; a test holds
 * Chinese to the same keys. A new namespace is added in three places of this file, and as two JSON files.
 */
export interface Messages {
  acts: typeof acts;
  bid: typeof bid;
  bidDraft: typeof bidDraft;
  common: typeof common;
  demo: typeof demo;
  draft: typeof draft;
  errors: typeof errors;
  home: typeof home;
  how: typeof how;
  office: typeof office;
  opening: typeof opening;
  records: typeof records;
  sealer: typeof sealer;
  sealing: typeof sealing;
  signin: typeof signin;
  status: typeof status;
  tender: typeof tender;
  tenderCheck: typeof tenderCheck;
  tenders: typeof tenders;
  tour: typeof tour;
  tourPlay: typeof tourPlay;
  treePlay: typeof treePlay;
  ui: typeof ui;
  verify: typeof verify;
  verifier: typeof verifier;
}

export type Namespace = keyof Messages;

const present: Record<Namespace, true> = {
  acts: true,
  bid: true,
  bidDraft: true,
  common: true,
  demo: true,
  draft: true,
  errors: true,
  home: true,
  how: true,
  office: true,
  opening: true,
  records: true,
  sealer: true,
  sealing: true,
  signin: true,
  status: true,
  tender: true,
  tenderCheck: true,
  tenders: true,
  tour: true,
  tourPlay: true,
  treePlay: true,
  ui: true,
  verify: true,
  verifier: true,
};

/** Every namespace; complete by construction (a missing one does not compile). */
export const namespaces = Object.keys(present) as Namespace[];
