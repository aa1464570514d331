import type { Json, JsonObject } from './json';

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
    releases: [...releases],
  };
}
