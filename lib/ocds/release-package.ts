import { isObject, type Json, type JsonObject } from './json';

/** The extension that lots follow, in its version for OCDS 1.1. */
const LOTS_EXTENSION =
  'https://raw.githubusercontent.com/open-contracting-extensions/ocds_lots_extension/v1.1.5/extension.json';

const hasLots = ({ tender }: JsonObject): boolean => isObject(tender) && tender.lots !== undefined;

/** A release package (OCDS 1.1) around releases; serialize with `writeJson`. */
export function releasePackage(
  releases: readonly JsonObject[],
  about: { uri: string; publishedDate: string; publisher: string },
): Json {
  return {
    version: '1.1',
    uri: about.uri,
    publishedDate: about.publishedDate,
    publisher: { name: about.publisher },
    ...(releases.some(hasLots) ? { extensions: [LOTS_EXTENSION] } : {}),
    releases: [...releases],
  };
}
